"""The choices that decide who receives a stipend and how much.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.2.a, b and d.
"""

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mobile_selfservice.policy.explained import Clause
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.unsaid import if_said

AMOUNT = Clause("Lodi 2011", "3.B.2.a")
DATA = Clause("Lodi 2011", "3.B.2.b")
CONTRACT = Clause("Lodi 2011", "3.B.2.d")


class CapBasis(StrEnum):
    """The price the largest stipend is measured by (AMB-18)."""

    MIN_RETAIL = "min_retail"
    EMPLOYER_PLAN = "employer_plan"


class CostCompare(StrEnum):
    """The stipend that the employer's cost is compared with (AMB-20)."""

    PAYABLE = "payable"
    NOMINAL = "nominal"


class CostBasis(StrEnum):
    """How the employer's own cost of a phone is found (AMB-20)."""

    LAST_N_MONTHS_AVERAGE = "last_n_months_average"
    PLAN_QUOTE = "plan_quote"


class Stacking(StrEnum):
    """Whether the amounts of several classes add up (AMB-21)."""

    EXCLUSIVE = "exclusive"
    ADDITIVE = "additive"


@dataclass(frozen=True, slots=True, kw_only=True)
class StipendTerms:
    """The readings a stipend is decided under.

    No `cap_percent` means that no price limits the stipend; no `proof_months` that
    only the end of the contract calls for a new proof.
    """

    cap_percent: Decimal | None = Decimal(50)
    cap_basis: CapBasis = CapBasis.MIN_RETAIL
    caps_at_own_cost: bool = True
    needs_city_cost: bool = True
    cost_compare: CostCompare = CostCompare.PAYABLE
    cost_basis: CostBasis = CostBasis.LAST_N_MONTHS_AVERAGE
    cost_months: int = 3
    prepaid_allowed: bool = False
    stacking: Stacking = Stacking.EXCLUSIVE
    proof_months: int | None = 12
    proof_request_days: int = 10
    clause: Clause = AMOUNT
    data_clause: Clause = DATA
    contract_clause: Clause = CONTRACT
    cost_clause: Clause = AMOUNT


def stipend_terms(edition: Edition, on: date) -> StipendTerms:
    """Take the terms for a stipend from the edition in force on a day.

    Clause: Lodi 2011 §3.B.2.a, §3.B.2.b, §3.B.2.d. Reading: AMB-18, AMB-20, AMB-25.

    Raises:
        NotSet: if a choice has no value in force.
    """
    terms = StipendTerms(
        cap_percent=if_said(
            lambda: edition.amount("stipend.cap_pct_of_min_retail", on), None
        ),
        caps_at_own_cost=_flag(edition, "stipend.cap_out_of_pocket", on),
        needs_city_cost=_flag(edition, "stipend.require_city_cost_not_less", on),
        prepaid_allowed=if_said(
            lambda: edition.flag("stipend.prepaid_allowed", on), otherwise=True
        ),
        stacking=Stacking(edition.text("stipend.stacking", on)),
        proof_months=if_said(
            lambda: edition.whole("stipend.proof_interval_months", on), None
        ),
        proof_request_days=edition.whole("stipend.proof_request_days", on),
        clause=edition.parameter("stipend.cap_pct_of_min_retail").clause,
        data_clause=edition.parameter("stipend.qualified_devices").clause,
        contract_clause=edition.parameter("stipend.proof_interval_months").clause,
        cost_clause=edition.parameter("stipend.require_city_cost_not_less").clause,
    )
    return _with_cost(_with_cap(terms, edition, on), edition, on)


def _flag(edition: Edition, key: str, on: date) -> bool:
    return if_said(lambda: edition.flag(key, on), otherwise=False)


def _with_cap(terms: StipendTerms, edition: Edition, on: date) -> StipendTerms:
    if terms.cap_percent is None:
        return terms
    return replace(terms, cap_basis=CapBasis(edition.text("stipend.cap_basis", on)))


def _with_cost(terms: StipendTerms, edition: Edition, on: date) -> StipendTerms:
    if not terms.needs_city_cost:
        return terms
    return replace(
        terms,
        cost_compare=CostCompare(edition.text("stipend.city_cost_compare", on)),
        cost_basis=CostBasis(edition.text("stipend.city_cost_basis", on)),
        cost_months=edition.whole("stipend.city_cost_months", on),
    )
