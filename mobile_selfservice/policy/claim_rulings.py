"""Who may claim business calls on a private phone, for which calls, and how late.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.3.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from mobile_selfservice.policy.claim_terms import ClaimTerms
from mobile_selfservice.policy.explained import Ruling, Step
from mobile_selfservice.policy.months import day_in_words


class ClaimOutcome(StrEnum):
    """What becomes of a claim by its age."""

    NONTAXABLE = "nontaxable"
    TAXABLE = "taxable"
    REFUSED = "refused"


class SubmittedBeforeIncurred(ValueError):  # noqa: N818
    """A claim is dated before the call it is for."""


@dataclass(frozen=True, slots=True)
class Outage:
    """The days an employer's device did not work, both included; no end: still so."""

    first: date
    last: date | None = None

    def covers(self, day: date) -> bool:
        """Tell whether a day lies inside."""
        return self.first <= day and (self.last is None or day <= self.last)


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimant:
    """What is known of a person who claims, and of the claim."""

    has_stipend: bool = False
    has_city_device: bool = False
    is_eligible_for_device: bool = True
    has_declined_device: bool = True
    has_call_details: bool = True
    outages: tuple[Outage, ...] = ()
    call_dates: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class ClaimRuling:
    """Whether a claim may be made, and the days whose calls it may hold."""

    ruling: Ruling
    calls_accepted: tuple[date, ...]

    @property
    def is_allowed(self) -> bool:
        """Tell whether nothing stands against the claim."""
        return self.ruling.is_allowed


@dataclass(frozen=True, slots=True)
class ClaimAge:
    """How many days after a call it was claimed, and what follows."""

    days: int
    outcome: ClaimOutcome
    steps: tuple[Step, ...]


def may_claim(claimant: Claimant, terms: ClaimTerms) -> ClaimRuling:
    """Rule whether a person may claim, and for calls of which days.

    Who has a working City device or a stipend may not; while the device is inoperable
    the calls of those days may be claimed, the first and the last included.

    Clause: Lodi 2011 §3.B.3. Reading: AMB-17.
    """
    refused = [*_refusals(claimant, terms)]
    accepted = claimant.call_dates
    notes: list[Step] = []
    if claimant.has_city_device:
        accepted = tuple(
            day
            for day in claimant.call_dates
            if any(outage.covers(day) for outage in claimant.outages)
        )
        if claimant.outages:
            text = "only calls of the days the device was inoperable are accepted"
            notes.append(Step(text, terms.clause, None, "AMB-17"))
        if not claimant.outages or (claimant.call_dates and not accepted):
            text = (
                "A claim is not open to somebody with a device of the employer's, "
                "except for calls while it is inoperable."
            )
            refused.append(Step(text, terms.clause, None, "AMB-17"))
    ruling = Ruling(tuple(refused), tuple(notes))
    return ClaimRuling(ruling, accepted if ruling.is_allowed else ())


def _refusals(claimant: Claimant, terms: ClaimTerms) -> list[Step]:
    no_device = not claimant.has_city_device
    against = {
        "Claims for a private phone are not part of this policy.": not terms.is_enabled,
        "A claim is not open to somebody who receives a stipend.": claimant.has_stipend,
        "A claim must list its calls: day, number, minutes.": (
            terms.requires_call_details and not claimant.has_call_details
        ),
        "A claim is open only to somebody who may have a device of the employer's.": (
            no_device and not claimant.is_eligible_for_device
        ),
        "A claim is open only to somebody who declined the employer's device.": (
            no_device and not claimant.has_declined_device
        ),
    }
    return [Step(text, terms.clause) for text, holds in against.items() if holds]


def claim_age(incurred: date, submitted: date, terms: ClaimTerms) -> ClaimAge:
    """Say whether a claim is in time, paid as taxable income, or too old.

    The day of the call does not count. The last day of each span is still inside it.

    Clause: Lodi 2011 §3.B.3. Reading: none; the spans are the employer's.

    Raises:
        SubmittedBeforeIncurred: if it is dated before the call.
    """
    days = (submitted - incurred).days
    if days < 0:
        raise SubmittedBeforeIncurred(f"{submitted} is before {incurred}")
    counted = (
        f"call of {day_in_words(incurred)}, claimed {day_in_words(submitted)}: "
        f"{days:,} day{'' if days == 1 else 's'}"
    )
    outcome, why = _outcome(days, terms)
    steps = (Step(counted, terms.clause), Step(why, terms.clause))
    return ClaimAge(days, outcome, steps)


def _outcome(days: int, terms: ClaimTerms) -> tuple[ClaimOutcome, str]:
    if terms.refuse_after is not None and days > terms.refuse_after:
        text = f"more than {terms.refuse_after} days: the claim is refused"
        return ClaimOutcome.REFUSED, text
    if terms.taxable_after is not None and days > terms.taxable_after:
        text = f"more than {terms.taxable_after} days: paid as taxable income"
        return ClaimOutcome.TAXABLE, text
    return ClaimOutcome.NONTAXABLE, "in time: paid free of tax"
