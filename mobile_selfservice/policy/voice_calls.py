"""A line's calls and plan, as the rules of personal use look at them.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.1.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy.voice_terms import IncidentalExempts, VoiceTerms

NONE = Fraction(0)


class Use(StrEnum):
    """What a call was for. Every call has exactly one."""

    BUSINESS = "business"
    PERSONAL = "personal"
    INCIDENTAL = "incidental"


class PlanKind(StrEnum):
    """How the plan of a line charges for calls.

    A pooled line shares its minutes; `pool.line_share` works out what it pays.
    """

    ALLOWANCE = "allowance"
    CONSUMPTION = "consumption"
    UNLIMITED = "unlimited"
    POOLED = "pooled"


class PlanIncomplete(ValueError):  # noqa: N818
    """The plan lacks a figure this bill cannot be worked out without."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """The calling plan of a line in the billing period."""

    kind: PlanKind
    allowance: int | None = None
    overage_rate: Decimal | None = None
    base_charge: Decimal | None = None


@dataclass(frozen=True, slots=True)
class PoolShare:
    """What falls on one line of the overage of a shared plan, with the working.

    `minutes` are the line's personal minutes that lie beyond the shared allowance.
    """

    amount: Decimal
    minutes: Fraction
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call as the carrier billed it, or `times` calls alike in every respect.

    `rate` is the rate in force on the day of the call (AMB-48). `counts` says whether
    it draws on the allowance. `airtime` is the carrier's charge for the minutes
    themselves, without overage, which belongs to the bill; `extra` is what comes
    beside it, such as roaming or long distance, and `tax` the tax printed on that.
    All three are for one call, not for `times` of them. `is_mapped` is False where
    nobody has said what the carrier's code for the call means.
    """

    use: Use
    rate: Decimal
    minutes: int | None = None
    seconds: int | None = None
    counts: bool = True
    airtime: Decimal = ZERO
    extra: Decimal = ZERO
    tax: Decimal = ZERO
    times: int = 1
    is_mapped: bool = True

    @property
    def billed(self) -> int:
        """The minutes the carrier billed: begun minutes where only seconds are known.

        Clause: Lodi 2011 §3.B.1. Reading: AMB-12.
        """
        if self.minutes is not None:
            return self.minutes
        return -(-(self.seconds or 0) // 60)

    @property
    def measured(self) -> Fraction:
        """The minutes to the second where the carrier says them, else as billed.

        Clause: Lodi 2011 §3.B.1. Reading: AMB-12.
        """
        if self.seconds is None:
            return Fraction(self.billed)
        return Fraction(self.seconds, 60)


@dataclass(frozen=True, slots=True, kw_only=True)
class VoiceBill:
    """The voice part of one bill.

    `calls` stand in the carrier's order; only the chronological reading of overage
    looks at it, and under it a group may hold only calls that follow one another.
    `business_minutes` are counted minutes the carrier does not itemise, before all
    calls. `overage_charged` is what the carrier charged this line for minutes beyond
    the allowance; without it the plan's overage rate decides. `taxes` and `taxable`
    are the bill's, needed only where tax is shared proportionally. `pool` is the line's
    share where the plan is pooled. `has_text_or_data` and `option` matter to a flat
    monthly fee only: what the line is used for, and what its holder chose.
    """

    plan: Plan
    calls: tuple[Call, ...]
    business_minutes: int = 0
    overage_charged: Decimal | None = None
    taxes: Decimal = ZERO
    taxable: Decimal = ZERO
    pool: PoolShare | None = None
    has_text_or_data: bool = False
    option: str = ""


def is_free(call: Call, terms: VoiceTerms) -> bool:
    """Tell whether a personal call is one the carrier neither counts nor bills.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-05, AMB-06.
    """
    if call.use is not Use.PERSONAL or terms.free_usage_rated:
        return False
    if not call.is_mapped:
        return False
    return not call.counts and not call.airtime


def is_rated(call: Call, terms: VoiceTerms) -> bool:
    """Tell whether the rate per minute or the actual cost is owed for a call.

    Whether a call under a code that nobody has mapped is free cannot be known; only
    what the carrier charged for it is certain.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-05, AMB-07.
    """
    if not call.is_mapped and not call.airtime:
        return False
    return call.use is Use.PERSONAL and not is_free(call, terms)


def pays_extras(call: Call, terms: VoiceTerms) -> bool:
    """Tell whether overage and extra charges of a call fall on the employee.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-08.
    """
    if call.use is Use.INCIDENTAL:
        return terms.incidental_exempts is IncidentalExempts.BASE_RATE_ONLY
    return call.use is Use.PERSONAL


def minutes_of(bill: VoiceBill, chosen: Callable[[Call], bool]) -> int:
    """Add up the billed minutes of the calls chosen.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-12.
    """
    return sum(call.billed * call.times for call in bill.calls if chosen(call))
