"""Where an authorization form stands, as a badge and in words."""

from collections.abc import Mapping
from typing import Any

import reflex as rx

from mobile_selfservice.components.status import badge

# Each state of a form: its badge's words, tone and icon. A draft that was referred back
# is shown as such.
FORM_STATES = {
    "draft": ("Draft", "info", "pencil-line"),
    "referred_back": ("Referred back", "warn", "undo-2"),
    "submitted": ("Waits for approval", "warn", "hourglass"),
    "exception_pending": ("Exception waits", "warn", "hourglass"),
    "approved": ("Approved", "success", "circle-check"),
    "declined": ("Declined by the employee", "neutral", "circle-slash"),
    "refused": ("Refused", "danger", "circle-x"),
    "withdrawn": ("Withdrawn", "neutral", "undo-2"),
    "ordered": ("Ordered", "info", "truck"),
    "ready": ("Ready to collect", "info", "package-check"),
    "active": ("In use", "success", "smartphone"),
    "ending": ("To be returned", "warn", "package-open"),
    "closed": ("Closed", "neutral", "lock"),
}
WAITS: Mapping[str, str] = {
    "director": "The director",
    "dcm": "The Deputy City Manager",
    "city_manager": "The City Manager",
    "it": "Information Systems",
    "employee": "The employee",
}


def form_state(state: Any) -> rx.Component:
    """Show where a form stands."""
    if not isinstance(state, rx.Var):
        return badge(*FORM_STATES[state])
    cases = [(name, badge(*look)) for name, look in FORM_STATES.items()]
    return rx.match(state, *cases, badge(state))


def waits_in_words(waits_for: str) -> str:
    """Say of whom the next step is awaited: "dcm|city_manager"; empty for nobody."""
    named = [WAITS.get(role, role) for role in waits_for.split("|") if role]
    return " or ".join(named)
