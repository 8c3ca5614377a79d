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


def _layout(role: str, title: str, *headings: str) -> Layout:
    """Build a layout that only `Type` may be missing from."""
    needed = tuple(name for name in headings if name != TYPE)
    return Layout(CARRIER, role, title, headings, needed)


LAYOUTS = (
    _layout(CALLS, CALLS_TITLE, MOMENT, NUMBER, DESTINATION, MINUTES, TYPE),
    _layout(CALLS, CALLS_TITLE, DATE, TIME, DESTINATION, NUMBER, MINUTES, TYPE),
    _layout(MESSAGES, MESSAGES_TITLE, MOMENT, NUMBER, DESTINATION, DIRECTION, TYPE),
    _layout(MESSAGES, MESSAGES_TITLE, DATE, TIME, DESTINATION, NUMBER, DIRECTION, TYPE),
)
