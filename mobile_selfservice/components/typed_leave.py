"""Reading the days of a leave as a form sends them."""

from datetime import date

from mobile_selfservice.services.leave.telling import LeaveDaysWrong, TypedLeave
from mobile_selfservice.services.refusals import NotUnderstood


def typed_leave(form_data: dict[str, str]) -> TypedLeave:
    """Return a leave as it was typed.

    Raises:
        LeaveDaysWrong: if the first day is missing.
        NotUnderstood: if one of the days is no date.
    """
    first = _day(form_data.get("first", ""))
    if first is None:
        raise LeaveDaysWrong("Say on which day the leave begins. Nothing was saved.")
    last = _day(form_data.get("last", ""))
    return TypedLeave(form_data.get("kind", ""), first, last)


def _day(said: str) -> date | None:
    if not said:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise NotUnderstood("One of the days is no date.") from None
