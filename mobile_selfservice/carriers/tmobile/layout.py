"""T-Mobile's lists of calls and messages, in the two layouts they have had."""

from mobile_selfservice.carriers.layout import Layout

CARRIER = "tmobile"

MOMENT = "Date Time"
DATE = "Date"
TIME = "Time"
NUMBER = "Number"
DESTINATION = "Destination"
MINUTES = "Minutes"
DIRECTION = "Direction"
TYPE = "Type"

CALLS, MESSAGES = "calls", "messages"
CALLS_TITLE = "T-Mobile list of calls (CSV_Calls)"
MESSAGES_TITLE = "T-Mobile list of messages (CSV_Messages)"


# T-Mobile's lists name the line in the file's name and the account nowhere.
NEVER = (
    *("Wireless number", "Mobile number", "Phone number", "Line number", "Line"),
    *("Subscriber", "Subscriber number", "MSISDN", "Account", "Account number"),
)


def _layout(role: str, title: str, *headings: str) -> Layout:
    """Build a layout that only `Type` may be missing from."""
    needed = tuple(name for name in headings if name != TYPE)
    own = (DESTINATION, MINUTES if role == CALLS else DIRECTION)
    return Layout(CARRIER, role, title, headings, needed, own, NEVER)


LAYOUTS = (
    _layout(CALLS, CALLS_TITLE, MOMENT, NUMBER, DESTINATION, MINUTES, TYPE),
    _layout(CALLS, CALLS_TITLE, DATE, TIME, DESTINATION, NUMBER, MINUTES, TYPE),
    _layout(MESSAGES, MESSAGES_TITLE, MOMENT, NUMBER, DESTINATION, DIRECTION, TYPE),
    _layout(MESSAGES, MESSAGES_TITLE, DATE, TIME, DESTINATION, NUMBER, DIRECTION, TYPE),
)
