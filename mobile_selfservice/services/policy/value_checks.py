"""What a value must fit besides its kind, before an official may set it."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from mobile_selfservice.models.reimbursement import Method
from mobile_selfservice.policy.kinds import Row
from mobile_selfservice.policy.parameters import DatedValue, Edition, NotSet
from mobile_selfservice.policy.stipend_limits import (
    NoPrice,
    schedule_allowed,
    schedule_limits,
)
from mobile_selfservice.policy.stipend_terms import stipend_terms
from mobile_selfservice.services.policy.typed_value import ValueUnclear

PLACES = {"line", "period", "due", "personal", "incidental", "owed", "credit"}
PLACE = re.compile(r"\{([^}]*)\}")
OFFICES = {"director", "deputy_city_manager"}
RUNG = re.compile(r"[0-9]{1,3} [a-z_]+")
MONTH_AND_DAY = re.compile(r"[0-9]{2}-[0-9]{2}")
SURVEYED = {
    "carrier": "carrier",
    "plan": "plan",
    "class": "class",
    "surveyed_on": "day of the survey",
}
LONGEST_DEADLINE = 3650  # days; no period of the policy comes near


def refuse_unsound(draft: Edition, set_to: DatedValue) -> None:
    """Refuse a value that the rules could not work with.

    Raises:
        ValueUnclear: saying what would be right.
    """
    refuse_unusable(set_to)
    check = CHECKS.get(set_to.key)
    if check is not None:
        check(draft, set_to)
    if set_to.key.startswith("cert.text."):
        _known_places(str(set_to.value))


def refuse_unusable(set_to: DatedValue) -> None:
    """Refuse what no day could be counted with, in a draft as well.

    Raises:
        ValueUnclear: saying what would be right.
    """
    if set_to.key == "deadlines.timezone":
        _time_zone(set_to)
    if "day" not in set_to.unit and "month" not in set_to.unit:
        return
    said = set_to.value if isinstance(set_to.value, tuple) else (set_to.value,)
    if any(type(each) is int and abs(each) > LONGEST_DEADLINE for each in said):
        raise ValueUnclear(
            "That is longer than any period here. Write a smaller number."
        )


def _known_places(sentence: str) -> None:
    stray = sorted(set(PLACE.findall(sentence)) - PLACES)
    if stray:
        known = ", ".join(f"{{{name}}}" for name in sorted(PLACES))
        raise ValueUnclear(
            f"{{{stray[0]}}} is no place the portal can fill in. It knows {known}."
        )


def _time_zone(set_to: DatedValue) -> None:
    try:
        ZoneInfo(str(set_to.value))
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueUnclear(
            "That is no time zone. Write one such as America/Los_Angeles."
        ) from None


def _fiscal_year(_: Edition, set_to: DatedValue) -> None:
    said = str(set_to.value)
    try:
        sound = bool(
            MONTH_AND_DAY.fullmatch(said) and date.fromisoformat(f"2023-{said}")
        )
    except ValueError:
        sound = False
    if not sound:
        raise ValueUnclear("Write the month and the day, such as 07-01 for July 1.")


def _ladder(_: Edition, set_to: DatedValue) -> None:
    for rung in set_to.value if isinstance(set_to.value, tuple) else ():
        said = str(rung)
        if not RUNG.fullmatch(said) or said.partition(" ")[2] not in OFFICES:
            raise ValueUnclear(
                f"“{said}” is not clear. Write days overdue and who is told, such as "
                "“1 director” or “15 deputy_city_manager”, one a line."
            )


def _schedule(draft: Edition, set_to: DatedValue) -> None:
    """Refuse an amount above what the policy allows, with the arithmetic (AMB-18)."""
    if not set_to.scope:
        raise ValueUnclear("Name the class of phone the amount is for.")
    on = set_to.valid_from
    try:
        limits = schedule_limits(draft, on, set_to.scope)
        terms = stipend_terms(draft, on)
        ruling = schedule_allowed(
            draft.amount(set_to.key, on, set_to.scope), limits, terms
        )
    except NotSet as missing:
        raise ValueUnclear(f"It cannot be measured yet. {missing}") from None
    except NoPrice:
        return  # measured by each employee's own plan, when the stipend is paid
    if not ruling.is_allowed:
        raise ValueUnclear(ruling.why_not)


def _survey(_: Edition, set_to: DatedValue) -> None:
    """Refuse a surveyed contract that nobody could look up again (AMB-18)."""
    rows = set_to.value if isinstance(set_to.value, tuple) else ()
    for number, row in enumerate(rows, start=1):
        for column, named in SURVEYED.items():
            if isinstance(row, Row) and not row[column].strip():
                raise ValueUnclear(f"Line {number}: the {named} is missing.")
        if isinstance(row, Row) and not Decimal(row["price"]):
            raise ValueUnclear(f"Line {number}: a contract costs more than nothing.")


def _some(_: Edition, set_to: DatedValue) -> None:
    if not set_to.value:
        raise ValueUnclear("Name at least one.")


def _two(_: Edition, set_to: DatedValue) -> None:
    if not isinstance(set_to.value, tuple) or len(set_to.value) != 2:
        raise ValueUnclear(f"Write two numbers with a comma between: {set_to.unit}.")


def _payment_methods(_: Edition, set_to: DatedValue) -> None:
    known = [method.value for method in Method]
    named = set_to.value if isinstance(set_to.value, tuple) else ()
    if not named or not set(named) <= set(known):
        raise ValueUnclear(f"Name at least one of {', '.join(known)}, one a line.")


CHECKS: dict[str, Callable[[Edition, DatedValue], None]] = {
    "fiscal_year_start": _fiscal_year,
    "cert.escalation": _ladder,
    "stipend.retail_survey": _survey,
    "stipend.schedule": _schedule,
    "cert.statements": _some,
    "claim.own_fraction": _two,
    "elig.locations": _two,
    "plan.low_use_threshold": _two,
    "personal_use.payment_methods": _payment_methods,
}
