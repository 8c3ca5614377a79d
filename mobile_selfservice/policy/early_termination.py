"""What giving up a City phone early costs, and how long a stipend then waits.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.2.c.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil, floor

from mobile_selfservice.policy.explained import Clause, Explained, Step
from mobile_selfservice.policy.money import ZERO, dollars
from mobile_selfservice.policy.months import (
    month_in_words,
    month_of,
    months_in_words,
    months_later,
)
from mobile_selfservice.policy.parameters import Edition, NotSet

EARLY_TERMINATION = Clause("Lodi 2011", "3.B.2.c")


class DeferralRounding(StrEnum):
    """What the last part of a month of waiting comes to (AMB-23)."""

    CEIL = "ceil"
    PARTIAL = "partial"


class DeferralMode(StrEnum):
    """Whether the wait is fixed at the election or follows the stipend (AMB-23)."""

    FIXED = "fixed"
    RUNNING = "running"


class ProjectedStipend(StrEnum):
    """Which stipend the penalty is divided by (AMB-23)."""

    PAYABLE = "payable"
    SCHEDULE = "schedule"


class WaitFrom(StrEnum):
    """The month the wait is counted from (AMB-24)."""

    STIPEND_START = "stipend_start"
    RELINQUISHMENT = "relinquishment"


class NoStipend(ValueError):  # noqa: N818
    """There is no stipend that could ever make up for the penalty."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TerminationTerms:
    """The readings a wait for a stipend is worked out under."""

    rounding: DeferralRounding = DeferralRounding.CEIL
    mode: DeferralMode = DeferralMode.FIXED
    projected: ProjectedStipend = ProjectedStipend.PAYABLE
    wait_from: WaitFrom = WaitFrom.STIPEND_START
    clause: Clause = EARLY_TERMINATION


@dataclass(frozen=True, slots=True)
class FeeSchedule:
    """A carrier's fee: its start, what it falls by each completed month, its floor."""

    start: Decimal
    monthly_drop: Decimal
    floor: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class StipendChange:
    """A new stipend once so many months have been waited."""

    after_months: int
    stipend: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Election:
    """An employee's wish to give up a City phone for a stipend.

    `stipend` is what would be paid, `schedule` the amount before its limits. `start` is
    the first day of the month it would be paid from but for the penalty,
    `relinquished` the day the phone was given up. `changes` are known changes of the
    stipend during the wait.
    """

    penalty: Decimal
    stipend: Decimal
    start: date
    schedule: Decimal | None = None
    relinquished: date | None = None
    changes: tuple[StipendChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Deferral:
    """How many months a stipend waits, its first month and what that month pays."""

    months: int
    first_month: date
    first_amount: Decimal
    steps: tuple[Step, ...]


def termination_terms(edition: Edition, on: date) -> TerminationTerms:
    """Take the terms from the edition in force on the day of the election.

    Clause: Lodi 2011 §3.B.2.c. Reading: AMB-23, AMB-24.

    Raises:
        NotSet: if a choice has no value in force.
    """
    return TerminationTerms(
        rounding=DeferralRounding(edition.text("etf.deferral_rounding", on)),
        mode=DeferralMode(edition.text("etf.deferral_mode", on)),
        projected=ProjectedStipend(edition.text("etf.projected_stipend", on)),
        wait_from=WaitFrom(edition.text("etf.wait_from", on)),
        clause=edition.parameter("etf.deferral_mode").clause,
    )


def fee_schedule(
    edition: Edition, contract_on: date, carrier: str, device_class: str
) -> FeeSchedule:
    """Find a carrier's fee for a class of phone, as of the day of the contract.

    Clause: Lodi 2011 §3.B.2.c. Reading: AMB-23.

    Raises:
        NotSet: if no fee is on record for that carrier and class.
    """
    for row in edition.rows("etf.fee_schedule", contract_on):
        if (row["carrier"], row["class"]) == (carrier, device_class):
            return FeeSchedule(
                Decimal(row["start"]),
                Decimal(row["monthly_drop"] or "0"),
                Decimal(row["floor"] or "0"),
            )
    parameter = edition.parameter("etf.fee_schedule")
    raise NotSet(parameter, contract_on, f"{carrier}, {device_class}")


def penalty(
    schedule: FeeSchedule, completed_months: int, terms: TerminationTerms
) -> Explained:
    """Work out the fee after so many completed months, never below its floor.

    Clause: Lodi 2011 §3.B.2.c. Reading: AMB-23.
    """
    lowered = schedule.start - schedule.monthly_drop * completed_months
    owed = max(schedule.floor, lowered)
    text = (
        f"{dollars(schedule.start)} − {dollars(schedule.monthly_drop)} × "
        f"{months_in_words(completed_months)} = {dollars(lowered)}"
    )
    if owed != lowered:
        text += f", never below {dollars(schedule.floor)}"
    return Explained(owed, (Step(text, terms.clause, owed),))


def quoted_penalty(quote: Decimal, terms: TerminationTerms) -> Explained:
    """Take the carrier's own quote as the penalty.

    Clause: Lodi 2011 §3.B.2.c. Reading: AMB-23.
    """
    text = f"the carrier quotes {dollars(quote)}"
    return Explained(quote, (Step(text, terms.clause, quote),))


def base_month(approved_on: date, returned_on: date) -> date:
    """Return the month a stipend would be paid from if nothing were to be waited.

    It is the month after both approval and return of the phone.

    Clause: Lodi 2011 §3.B.2.c. Reading: AMB-24.
    """
    return months_later(month_of(max(approved_on, returned_on)), 1)


def deferral(election: Election, terms: TerminationTerms) -> Deferral:
    """Work out how many months a stipend waits for the penalty to be made up.

    Clause: Lodi 2011 §3.B.2.c. Reading: AMB-23, AMB-24.

    Raises:
        NoStipend: if no stipend is paid, or a falling one never makes up the penalty.
    """
    projected = _projected(election, terms)
    if terms.mode is DeferralMode.RUNNING:
        changes = election.changes
        text = f"{dollars(election.penalty)} made up month by month"
    else:
        changes = ()
        text = f"{dollars(election.penalty)} ÷ {dollars(projected)} a month"
    waited = _whole_months(election.penalty, projected, changes, terms)
    months, short = waited.months, waited.short
    first = _first_month(election, months, terms)
    in_force = _stipend_after(election, months)
    first_amount = max(ZERO, in_force - short)
    steps = [
        Step(f"{text}: {months_in_words(months)}", terms.clause, None, "AMB-23"),
        Step(f"first stipend: {month_in_words(first)}", terms.clause, None, "AMB-24"),
    ]
    if short:
        text = f"that month pays {dollars(in_force)} − {dollars(short)}"
        text = f"{text} = {dollars(first_amount)}"
        steps.append(Step(text, terms.clause, first_amount, "AMB-23"))
    return Deferral(months, first, first_amount, tuple(steps))


@dataclass(frozen=True, slots=True)
class _Waited:
    months: int
    short: Decimal


def _projected(election: Election, terms: TerminationTerms) -> Decimal:
    if election.penalty < 0:
        raise ValueError(f"a penalty of {election.penalty} is less than nothing")
    if election.stipend <= 0:
        raise NoStipend(
            "No stipend would be paid, so the penalty could never be made up: "
            "the City phone cannot be given up for a stipend."
        )
    if terms.projected is ProjectedStipend.PAYABLE:
        return election.stipend
    if not election.schedule:
        raise NoStipend("The yearly stipend that the penalty is divided by is missing.")
    return election.schedule


def _whole_months(
    owed: Decimal,
    stipend: Decimal,
    changes: tuple[StipendChange, ...],
    terms: TerminationTerms,
) -> _Waited:
    """Count whole months, stretch by stretch between changes of the stipend."""
    months, left, in_force = 0, owed, stipend
    for change in sorted(changes, key=lambda change: change.after_months):
        needed = _months_to_cover(left, in_force, terms)
        room = max(0, change.after_months - months)
        if needed is not None and needed < room:
            break
        left = max(ZERO, left - in_force * room)
        months += room
        in_force = change.stipend
    needed = _months_to_cover(left, in_force, terms)
    if needed is None:
        raise NoStipend(
            "The stipend falls to nothing before the penalty is made up: "
            "the City phone cannot be given up for a stipend."
        )
    return _Waited(months + needed, max(ZERO, left - in_force * needed))


def _months_to_cover(
    owed: Decimal, stipend: Decimal, terms: TerminationTerms
) -> int | None:
    if not owed:
        return 0
    if stipend <= 0:
        return None
    months = Fraction(owed) / Fraction(stipend)
    is_partial = terms.rounding is DeferralRounding.PARTIAL
    return floor(months) if is_partial else ceil(months)


def _stipend_after(election: Election, months: int) -> Decimal:
    stipend = election.stipend
    for change in sorted(election.changes, key=lambda change: change.after_months):
        if change.after_months <= months:
            stipend = change.stipend
    return stipend


def _first_month(election: Election, months: int, terms: TerminationTerms) -> date:
    start = month_of(election.start)
    if terms.wait_from is WaitFrom.RELINQUISHMENT and election.relinquished:
        counted_from = month_of(election.relinquished)
        return max(start, months_later(counted_from, months))
    return months_later(start, months)
