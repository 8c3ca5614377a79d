"""The reports of AT&T's Premier portal, heading by heading; FirstNet's are the same.

A city names some columns itself (`DEPARTMENT NAME`, `UDL 2`): those stand in no layout.
"""

from mobile_selfservice.carriers.att.pooling_headings import POOLING_HEADINGS
from mobile_selfservice.carriers.att.raw_headings import RAW_HEADINGS
from mobile_selfservice.carriers.layout import Layout

CARRIER = "att"

FOUNDATION = "Foundation account"
FOUNDATION_NAME = "Foundation account name"
ACCOUNT = "Account number"
ACCOUNT_DESCRIBED = "Account and descriptions"
BILL_NAME = "Billing account name"
NUMBER_DESCRIBED = "Wireless number and descriptions"
NUMBER = "Wireless number"
USER = "User name"
CYCLE_END = "Market cycle end date"
INVOICE_DATE = "Invoice date"
RATE_CODE = "Rate code"
PLAN = "Rate plan name"
GROUP = "Group ID"
TOTAL_CURRENT = "Total current charges"
FAN_CHARGES = "Total FAN level charges"
ADJUSTMENTS = "Total adjustments"
LINE_STATED = {
    "monthly_charges": "Total monthly charges",
    "activity": "Total activity since last bill",
    "taxes": "Total taxes",
    "surcharges": "Total company fees and surcharges",
    "fan_charges": FAN_CHARGES,
    "adjustments": ADJUSTMENTS,
}
KILOBYTES_USED = "Total KB usage"
MINUTES_USED = "Total minutes usage"
MESSAGES_USED = "Total messages"

ROAM = "Roam home intl. description"
DATE = "Date"
TIME = "Time"
RATING_PERIOD = "Rating period"
DESCRIPTION = "Charge description"
ORIGIN = "Originating city/state"
DESTINATION = "Called city/state"
DIALED = "Dialed number"
DIRECTION = "In/out"
FEATURE = "Feature used"
MINUTES = "Minutes usage"
KILOBYTES = "KB usage"
EVENTS = "Total number of events"
SENT_TO = "MSG sent to"
RECEIVED_FROM = "MSG received from"
TOTAL_CHARGES = "Total charges"
SOURCE = "Source"
INTERNATIONAL = "International call indicator"
LONG_DISTANCE = "LD charges"

ALL_CHARGES = Layout(
    CARRIER,
    "all_charges",
    "All Wireless Charges and Usage",
    (
        *(FOUNDATION, FOUNDATION_NAME, ACCOUNT, ACCOUNT_DESCRIBED, BILL_NAME),
        *(NUMBER_DESCRIBED, NUMBER, USER, CYCLE_END, INVOICE_DATE, RATE_CODE, PLAN),
        *(GROUP, TOTAL_CURRENT, "Total monthly charges"),
        *("Total activity since last bill", "Total taxes"),
        *("Total company fees and surcharges", KILOBYTES_USED, MINUTES_USED),
        *(MESSAGES_USED, FAN_CHARGES, ADJUSTMENTS),
    ),
    (CYCLE_END, TOTAL_CURRENT),
    has_labels=True,
)

DETAIL = Layout(
    CARRIER,
    "detail",
    "Detail",
    (
        *(FOUNDATION, ACCOUNT, NUMBER, CYCLE_END, ROAM, DATE, TIME, RATE_CODE),
        *(RATING_PERIOD, DESCRIPTION, ORIGIN, DESTINATION, DIALED, DIRECTION, FEATURE),
        *(MINUTES, KILOBYTES, EVENTS, SENT_TO, RECEIVED_FROM, TOTAL_CHARGES, SOURCE),
        *(INTERNATIONAL, LONG_DISTANCE),
    ),
    (NUMBER, CYCLE_END, DATE, TOTAL_CHARGES, SOURCE),
)

POOLING = Layout(
    CARRIER,
    "pooling",
    "Pooling",
    POOLING_HEADINGS,
    (NUMBER, CYCLE_END, "Pool name"),
    has_labels=True,
)

SECTION = "Section ID"
LEVEL = "Billing Entity Level"
RAW_ACCOUNT = "Billing Account Number"
PERIOD_END = "Period End Date"
RAW = Layout(
    CARRIER,
    "raw",
    "rawdataoutput",
    RAW_HEADINGS,
    (SECTION, LEVEL, RAW_ACCOUNT, PERIOD_END, "Section_1"),
)

INVENTORY_ACCOUNT = "Billing account number"
INVENTORY_USER = "Wireless user name"
STATUS = "Status"
STATUS_SINCE = "Status effective date"
IMEI = "Device IMEI"
MAKE = "Device make"
MODEL = "Device model"
DEVICE_TYPE = "Device type"
SIM = "SIM number (ICCID)"
ACTIVATED = "Activation date"
CONTRACT_END = "Contract end date"
EMAIL = "Email address"

INVENTORY = Layout(
    CARRIER,
    "inventory",
    "Inventory",
    (
        *("Last updated date", FOUNDATION, FOUNDATION_NAME, INVENTORY_ACCOUNT),
        *(BILL_NAME, NUMBER, INVENTORY_USER, STATUS, STATUS_SINCE),
        *(PLAN, DEVICE_TYPE, IMEI, MAKE, MODEL),
        *("Network IMEI mismatch", "Device IMEI (network)", "Device make (network)"),
        *("Device model (network)", "Operating system", "Operating system version"),
        *("IMEI software version", "SIM Type", "SIM network", SIM),
        *("Rate plan SOC: Name", GROUP, "Group plan SOC: Name"),
        *("Group line SOC: Name", "Primary line", ACTIVATED),
        *("Last upgrade date", "Upgrade in progress", "Contract type"),
        *("Contract start date", CONTRACT_END, "Contract term"),
        *("Contract status", EMAIL, "Primary place of use"),
        "Device effective date",
    ),
    (NUMBER, INVENTORY_ACCOUNT, IMEI),
)

LAYOUTS = (ALL_CHARGES, DETAIL, POOLING, RAW, INVENTORY)
