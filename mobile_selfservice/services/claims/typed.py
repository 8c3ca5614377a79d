"""Reading what an employee types of their contract and of a call: days, dollars, times.

Whatever is not clear is told with what to write instead; nothing is guessed.
"""

import re
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal

from mobile_selfservice.models.business_claim import ClaimAnswer
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.services.claims.call_list import CallTyped, CallUnclear
from mobile_selfservice.services.claims.contract import ContractTerms, TermsUnclear
from mobile_selfservice.services.claims.decisions import Verdict
from mobile_selfservice.services.money.typed_amount import NotAnAmount, dollars_typed
from mobile_selfservice.services.refusals import Refused

Typed = Mapping[str, str]
LONGEST_COUNT = 9
# 09:05, 9:05 pm, or 09:05:30: a clock has no smaller parts.
CLOCK = re.compile(r"([0-9]{1,2}):([0-9]{2})(?::[0-5][0-9])?\s*(?:([ap])\.?m\.?)?")
DECIDABLE = (ClaimAnswer.APPROVED, ClaimAnswer.RETURNED, ClaimAnswer.REFUSED)


class NothingChosen(Refused):
    """The form of a decision came without one."""

    def __init__(self) -> None:
        super().__init__("Choose what you decide. Nothing was recorded.")


def terms_typed(typed: Typed) -> ContractTerms:
    """Read the terms of a contract from the fields of a form.

    Raises:
        TermsUnclear: if a day, an amount or a count is no such thing.
    """
    is_unlimited = "unlimited" in typed
    allowance = None if is_unlimited else _count(typed, "allowance_minutes", "minutes")
    if allowance is None and not is_unlimited:
        raise TermsUnclear(
            "Write how many minutes your plan includes, or tick that it has no limit. "
            "Nothing was saved."
        )
    return ContractTerms(
        carrier=typed.get("carrier", ""),
        period_from=_needed_day(typed, "period_from", "first"),
        period_through=_needed_day(typed, "period_through", "last"),
        base_charges=_dollars(typed, "base_charges", "base charges") or ZERO,
        taxes=_dollars(typed, "taxes", "taxes") or ZERO,
        allowance_minutes=allowance,
        total_minutes=_count(typed, "total_minutes", "minutes of the whole bill"),
        employer_plan=_dollars(typed, "employer_plan", "price of the City's plan"),
        outage_from=_day(typed, "outage_from"),
        outage_through=_day(typed, "outage_through"),
    )


def call_typed(typed: Typed) -> CallTyped:
    """Read one call from the fields of a form.

    Raises:
        CallUnclear: if the day, the time, the minutes or the charge is no such thing.
    """
    try:
        day = date.fromisoformat(typed.get("day", ""))
        at = _clock(typed.get("time", ""))
        charge = typed.get("charge", "").strip()
        return CallTyped(
            started=datetime.combine(day, at),
            number=typed.get("number", ""),
            minutes=_whole(typed.get("minutes", "")),
            counts="counts" in typed,
            charge=dollars_typed(charge) if charge else ZERO,
        )
    except NotAnAmount:
        raise CallUnclear("Write the charge in dollars and cents: 1.20.") from None
    except ValueError:
        raise CallUnclear(
            "Give the day and the time of the call, such as 14:05 or 2:05 pm, and its "
            "minutes as a whole number."
        ) from None


def _needed_day(typed: Typed, name: str, which: str) -> date:
    found = _day(typed, name)
    if found is None:
        raise TermsUnclear(
            f"Give the {which} day of the billing period, as it stands on your bill. "
            "Nothing was saved."
        )
    return found


def _day(typed: Typed, name: str) -> date | None:
    said = typed.get(name, "").strip()
    if not said:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise TermsUnclear("One of the days is no day. Nothing was saved.") from None


def _dollars(typed: Typed, name: str, what: str) -> Decimal | None:
    said = typed.get(name, "").strip()
    if not said:
        return None
    try:
        return dollars_typed(said)
    except NotAnAmount:
        raise TermsUnclear(
            f"Write the {what} in dollars and cents, such as 39.99. Nothing was saved."
        ) from None


def _count(typed: Typed, name: str, what: str) -> int | None:
    said = typed.get(name, "").strip()
    if not said:
        return None
    try:
        return _whole(said)
    except ValueError:
        raise TermsUnclear(
            f"Write the {what} as a whole number, such as 450. Nothing was saved."
        ) from None


def _clock(said: str) -> time:
    """Read a time of the clock to the minute: 14:05, 14:05:30 or 2:05 pm."""
    found = CLOCK.fullmatch(said.strip().lower())
    if found is None:
        raise ValueError(said)
    hour, minute, half = int(found[1]), int(found[2]), found[3]
    if half is None:
        return time(hour, minute)
    if not 1 <= hour <= 12:
        raise ValueError(said)
    return time(hour % 12 + (12 if half == "p" else 0), minute)


def _whole(said: str) -> int:
    """Read a whole number: 12 or 1,204."""
    plain = said.strip().replace(",", "")
    if not (plain.isascii() and plain.isdigit()) or len(plain) > LONGEST_COUNT:
        raise ValueError(said)
    return int(plain)


def verdict_typed(typed: Typed, version: int) -> Verdict:
    """Read what a director decided from the fields of a form.

    Raises:
        NothingChosen: if no decision was chosen.
    """
    said = typed.get("answer", "")
    if said not in DECIDABLE:
        raise NothingChosen
    return Verdict(
        answer=ClaimAnswer(said),
        version=version,
        reason=typed.get("reason", ""),
        confirms_outage="confirms_outage" in typed,
    )
