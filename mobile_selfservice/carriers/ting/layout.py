"""Ting's three files of one bill, heading by heading."""

from mobile_selfservice.carriers.layout import Layout

CARRIER = "ting"

DATE = "Date"
TIME = "Time"
NICKNAME = "Nickname"
PHONE = "Phone"
DEVICE = "Device"
PARTY = "Partner's Phone"
LOCATION = "Location"
COUNTRY = "Country"
PARTY_LOCATION = "Partner's Location"
PARTY_COUNTRY = "Partner's Country"
WAY_OF_CALL = "Incoming/Outgoing"
WAY_OF_MESSAGE = "Sent/Received"
ROAMING = "Roaming"
ROAMING_COUNTRY = "Roaming Country"
MINUTES_USED = "Duration (min)"
KILOBYTES = "Kilobytes"
SURCHARGES = "Surcharges ($)"
FEATURES = "Features"
TYPE = "Type"

MINUTES = Layout(
    CARRIER,
    "minutes",
    "Ting minutes",
    (
        *(DATE, TIME, WAY_OF_CALL, PHONE, NICKNAME, LOCATION, COUNTRY, PARTY),
        *("Partner Nickname", PARTY_LOCATION, PARTY_COUNTRY, MINUTES_USED),
        *(SURCHARGES, FEATURES),
    ),
    (DATE, PHONE, WAY_OF_CALL, MINUTES_USED, SURCHARGES),
)
MESSAGES = Layout(
    CARRIER,
    "messages",
    "Ting messages",
    (
        *(DATE, TIME, PHONE, NICKNAME, PARTY, "Partner's Nickname", WAY_OF_MESSAGE),
        *(ROAMING, ROAMING_COUNTRY, SURCHARGES),
    ),
    (DATE, PHONE, WAY_OF_MESSAGE, SURCHARGES),
)
MEGABYTES = Layout(
    CARRIER,
    "megabytes",
    "Ting megabytes",
    (DATE, DEVICE, NICKNAME, LOCATION, KILOBYTES, SURCHARGES, TYPE),
    (DATE, DEVICE, KILOBYTES, SURCHARGES),
)
LAYOUTS = (MINUTES, MESSAGES, MEGABYTES)
