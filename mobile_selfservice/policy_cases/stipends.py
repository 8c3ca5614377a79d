"""Cases about who receives a stipend, how much, and what must be proved."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from mobile_selfservice.policy import stipend as rules
from mobile_selfservice.policy import stipend_limits, stipend_proof
from mobile_selfservice.policy.kinds import Row
from mobile_selfservice.policy.stipend import Standing, StipendClass, StipendFacts
from mobile_selfservice.policy.stipend_terms import CostBasis, CostCompare, StipendTerms
from mobile_selfservice.policy_cases.calculation import (
    Amount,
    Answered,
    Calculation,
    guard,
    ruled,
)
from mobile_selfservice.policy_cases.deadlines import DueDay
from mobile_selfservice.policy_cases.orders import ClassName
from mobile_selfservice.policy_cases.records import called

LODI = StipendTerms()


@dataclass(frozen=True, slots=True, kw_only=True)
class StipendParams:
    """The choices; what is not said is the Lodi reading. A null percent is no limit."""

    cap_pct: Decimal | None = field(
        default=LODI.cap_percent, metadata=called("cap_pct", "cap_pct_of_min_retail")
    )
    cap_out_of_pocket: bool = LODI.caps_at_own_cost
    require_city_cost_not_less: bool = LODI.needs_city_cost
    city_cost_compare: CostCompare = LODI.cost_compare
    city_cost_basis: CostBasis = LODI.cost_basis
    city_cost_months: int = LODI.cost_months
    prepaid_allowed: bool = LODI.prepaid_allowed

    def terms(self) -> StipendTerms:
        """Return the choices as the rules take them."""
        return StipendTerms(
            cap_percent=self.cap_pct,
            caps_at_own_cost=self.cap_out_of_pocket,
            needs_city_cost=self.require_city_cost_not_less,
            cost_compare=self.city_cost_compare,
            cost_basis=self.city_cost_basis,
            cost_months=self.city_cost_months,
            prepaid_allowed=self.prepaid_allowed,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenStanding:
    """What must be so whatever the amount. What is not said is in order."""

    need_approved: bool = True
    active_contract: bool = True
    prepaid: bool = False
    proof_in_date: bool = True
    has_city_device: bool = False
    params: StipendParams = StipendParams()

    def standing(self) -> Standing:
        """Return the facts as the rules take them."""
        return Standing(
            need_approved=self.need_approved,
            has_active_contract=self.active_contract,
            is_prepaid=self.prepaid,
            proof_in_date=self.proof_in_date,
            has_city_device=self.has_city_device,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Surveyed:
    """A surveyed contract: its class and its price a month."""

    name: ClassName = field(metadata=called("class"))
    price: Decimal
    carrier: str = ""
    plan: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stipend(GivenStanding):
    """One employee's stipend. The fallback is the class without data."""

    stipend_class: ClassName = field(default=ClassName.CELL, metadata=called("class"))
    nominal: Decimal = field(metadata=called("nominal", "schedule"))
    min_retail: Decimal | None = None
    out_of_pocket: Decimal | None = None
    city_cost: Decimal | None = None
    city_bills: tuple[Decimal, ...] = ()
    city_quote: Decimal | None = None
    survey: tuple[Surveyed, ...] = ()
    sync: bool = True
    on_list: bool = True
    voice_need: bool = True
    fallback_nominal: Decimal | None = None
    fallback_min_retail: Decimal | None = None


@dataclass(frozen=True, slots=True)
class StipendAnswer(Amount):
    """Whether a stipend is due, how much, and of which class."""

    eligible: bool | None = None
    stipend_class: str | None = field(default=None, metadata=called("class"))
    reason: str | None = None


def stipend(given: Stipend) -> Answered:
    """Decide about the stipend."""
    fallback = None
    if given.fallback_nominal is not None:
        below = _price(given.fallback_min_retail, given.survey, rules.CELL)
        fallback = StipendClass(rules.CELL, given.fallback_nominal, below)
    terms, name = given.params.terms(), given.stipend_class.value
    price = _price(given.min_retail, given.survey, name)
    facts = StipendFacts(
        wanted=StipendClass(name, given.nominal, price),
        out_of_pocket=given.out_of_pocket,
        city_cost=_city_cost(given, terms),
        standing=given.standing(),
        synchronizes=given.sync,
        is_on_list=given.on_list,
        has_voice_need=given.voice_need,
        fallback=fallback,
    )
    found = rules.stipend(facts, terms)
    answers = {
        "eligible": found.is_eligible,
        "amount": found.amount,
        "stipend_class": found.stipend_class,
        "reason": found.ruling.why_not or None,
    }
    return Answered(answers, found.steps)


def _price(
    min_retail: Decimal | None, survey: tuple[Surveyed, ...], name: str
) -> Decimal | None:
    """Take the lowest price as the case says it, or find it in the survey."""
    rows = [
        Row((("class", row.name.value), ("price", str(row.price)))) for row in survey
    ]
    lowest = stipend_limits.lowest_price(rows, name)
    if min_retail is None and lowest is not None:
        return Decimal(lowest["price"])
    return min_retail


def _city_cost(given: Stipend, terms: StipendTerms) -> Decimal | None:
    is_said = given.city_cost is not None
    if is_said or not (given.city_bills or given.city_quote is not None):
        return given.city_cost
    return stipend_limits.city_cost(given.city_bills, given.city_quote, terms).amount


def activate_stipend(given: GivenStanding) -> Answered:
    """Decide whether a stipend may begin."""
    return ruled(rules.may_receive(given.standing(), given.params.terms()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduling:
    """An amount that is to be set for a class or tier, and what limits it."""

    stipend_class: ClassName = field(default=ClassName.CELL, metadata=called("class"))
    tier: str = ""
    amount: Decimal
    min_retail: Decimal | None = None
    survey: tuple[Surveyed, ...] = ()
    max: Decimal | None = field(default=None, metadata=called("max", "max_schedule"))
    params: StipendParams = StipendParams()


def set_stipend_schedule(given: Scheduling) -> Answered:
    """Decide whether the amount may be set."""
    terms = given.params.terms()
    price = _price(given.min_retail, given.survey, given.stipend_class.value)
    if price is None:
        if given.max is None:
            raise ValueError("neither `min_retail` nor `max` is given")
        terms = StipendTerms(cap_percent=None)
    limits = stipend_limits.ScheduleLimits(price, given.max)
    return ruled(stipend_limits.schedule_allowed(given.amount, limits, terms))


@dataclass(frozen=True, slots=True, kw_only=True)
class ProofParams:
    """How often a contract is proved; null: only when it ends."""

    proof_interval_months: int | None = LODI.proof_months
    proof_request_days: int = LODI.proof_request_days


@dataclass(frozen=True, slots=True, kw_only=True)
class Proving:
    """The last proof, the end of the contract, and when somebody asked for a proof."""

    proof_date: date
    contract_end: date | None = None
    requested: date | None = field(
        default=None, metadata=called("requested", "requested_on", "request_date")
    )
    params: ProofParams = ProofParams()


def proof(given: Proving) -> Answered:
    """Find the day the next proof is due."""
    terms = StipendTerms(
        proof_months=given.params.proof_interval_months,
        proof_request_days=given.params.proof_request_days,
    )
    due = stipend_proof.proof_due(
        given.proof_date, given.contract_end, terms, given.requested
    )
    return Answered({"due": due.due}, due.steps)


CALCULATIONS: Mapping[str, Calculation[Any]] = {
    "stipend": Calculation(Stipend, StipendAnswer, stipend, frozenset({"reason"})),
    "proof": Calculation(Proving, DueDay, proof),
}
GUARDS: Mapping[str, Calculation[Any]] = {
    "activate_stipend": guard(GivenStanding, activate_stipend),
    "set_stipend_schedule": guard(Scheduling, set_stipend_schedule),
}
