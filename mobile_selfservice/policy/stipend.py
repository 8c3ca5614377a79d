"""Who receives a stipend for an own phone, and how much.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.2.a, b and d.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from mobile_selfservice.policy.explained import Clause, Explained, Ruling, Step
from mobile_selfservice.policy.money import ZERO, dollars, sum_in_words
from mobile_selfservice.policy.stipend_limits import cap
from mobile_selfservice.policy.stipend_terms import (
    CostCompare,
    Stacking,
    StipendTerms,
)

SMART = "smart"
CELL = "cell"
TAKES_PLACE = "takes its place."  # so ends the note of a smaller class granted


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """What must be so for anybody to receive a stipend, whatever its amount."""

    need_approved: bool = True
    has_active_contract: bool = True
    is_prepaid: bool = False
    proof_in_date: bool = True
    has_city_device: bool = False


@dataclass(frozen=True, slots=True)
class StipendClass:
    """A class of stipend, the amount set for it and the price that limits it."""

    name: str
    nominal: Decimal
    price: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StipendFacts:
    """What one employee's stipend is decided by.

    `fallback` is the class that remains where a smart phone does not qualify and the
    need is one for calls too. `out_of_pocket` is what the employee's own line costs
    by contract, taxes included; `city_cost` what a phone would cost the employer.
    """

    wanted: StipendClass
    out_of_pocket: Decimal | None = None
    city_cost: Decimal | None = None
    standing: Standing = Standing()
    synchronizes: bool = True
    is_on_list: bool = True
    has_voice_need: bool = True
    fallback: StipendClass | None = None


@dataclass(frozen=True, slots=True)
class StipendRuling:
    """Whether a stipend is due, for which class, and what it would pay.

    `payable` is the amount that the limits leave; nothing is paid unless allowed.
    """

    stipend_class: str
    payable: Explained
    ruling: Ruling

    @property
    def is_eligible(self) -> bool:
        """Tell whether nothing stands against the stipend."""
        return self.ruling.is_allowed

    @property
    def amount(self) -> Decimal:
        """What is paid each month: nothing where the employee is not eligible."""
        return self.payable.amount if self.is_eligible else ZERO

    @property
    def steps(self) -> tuple[Step, ...]:
        """The working: the amount, what was noted, and what stands against it."""
        return (*self.payable.steps, *self.ruling.notes, *self.ruling.refusals)


def stipend(facts: StipendFacts, terms: StipendTerms) -> StipendRuling:
    """Decide whether an employee receives a stipend and how much.

    Clause: Lodi 2011 §3.B.2.a, §3.B.2.b, §3.B.2.d. Reading: AMB-18, AMB-20 to AMB-22.

    Raises:
        NoPrice: if the policy measures by a price that is not known.
    """
    granted, notes, refusals = _class_granted(facts, terms)
    amount = payable(granted, facts.out_of_pocket, terms)
    refusals += may_receive(facts.standing, terms).refusals
    refusals += _cost_refusals(facts, granted, amount.amount, terms)
    if terms.caps_at_own_cost and facts.out_of_pocket is None:
        text = "The contract does not show what the employee pays for the line."
        refusals.append(Step(text, terms.contract_clause, None, "AMB-22"))
    elif not amount.amount:
        text = "The limits leave nothing to pay."
        refusals.append(Step(text, terms.clause, ZERO))
    return StipendRuling(granted.name, amount, Ruling(tuple(refusals), tuple(notes)))


def payable(
    stipend_class: StipendClass, out_of_pocket: Decimal | None, terms: StipendTerms
) -> Explained:
    """Take the least of the amount set, its limit by price and the employee's cost.

    Clause: Lodi 2011 §3.B.2.a, §3.B.2.d. Reading: AMB-18, AMB-22.

    Raises:
        NoPrice: if the policy measures by a price that is not known.
    """
    set_to = stipend_class.nominal
    text = f"{stipend_class.name} stipend set to {dollars(set_to)} a month"
    steps = [Step(text, terms.clause, set_to, "AMB-21")]
    amounts = [set_to]
    limit = cap(stipend_class.price, terms)
    if limit:
        steps += limit.steps
        amounts.append(limit.amount)
    if terms.caps_at_own_cost and out_of_pocket is not None:
        text = f"no more than the employee’s own cost: {dollars(out_of_pocket)}"
        steps.append(Step(text, terms.contract_clause, out_of_pocket, "AMB-22"))
        amounts.append(out_of_pocket)
    least = min(amounts)
    if len(amounts) > 1:
        steps.append(Step(f"the least of these: {dollars(least)}", terms.clause, least))
    return Explained(least, tuple(steps))


def may_receive(standing: Standing, terms: StipendTerms) -> Ruling:
    """Rule whether a person may begin or go on to receive a stipend at all.

    A stipend and a device of the employer's exclude each other.

    Clause: Lodi 2011 §3.B, §3.B.2.a, §3.B.2.d. Reading: AMB-25.
    """
    against: tuple[tuple[bool, str, Clause], ...] = (
        (
            not standing.need_approved,
            "The need for a phone is not approved.",
            terms.clause,
        ),
        (
            standing.has_city_device,
            "A stipend and a device of the employer’s exclude each other: "
            "return the device first.",
            terms.clause,
        ),
        (
            not standing.has_active_contract,
            "There is no active phone contract.",
            terms.contract_clause,
        ),
        (
            standing.is_prepaid and not terms.prepaid_allowed,
            "A prepaid phone does not qualify.",
            terms.contract_clause,
        ),
        (
            not standing.proof_in_date,
            "The proof of the contract is missing or out of date.",
            terms.contract_clause,
        ),
    )
    refusals = tuple(Step(text, clause) for holds, text, clause in against if holds)
    return Ruling(refusals)


def stacked(amounts: Mapping[str, Decimal], terms: StipendTerms) -> Explained:
    """Join the stipends of several classes: their sum, or the highest one alone.

    Clause: Lodi 2011 §3.B.2.b. Reading: AMB-21.

    Raises:
        ValueError: if there are none.
    """
    if not amounts:
        raise ValueError("there is no stipend to join")
    if terms.stacking is Stacking.ADDITIVE:
        total = sum(amounts.values(), ZERO)
        text = sum_in_words(list(amounts.values()), total)
        return Explained(total, (Step(text, terms.data_clause, total, "AMB-21"),))
    name = max(amounts, key=lambda each: amounts[each])
    text = f"{name} alone, {dollars(amounts[name])}: the classes do not add up"
    step = Step(text, terms.data_clause, amounts[name], "AMB-21")
    return Explained(amounts[name], (step,))


def _class_granted(
    facts: StipendFacts, terms: StipendTerms
) -> tuple[StipendClass, list[Step], list[Step]]:
    wanted = facts.wanted
    if wanted.name != SMART or (facts.synchronizes and facts.is_on_list):
        return wanted, [], []
    why = "The phone does not synchronize with the employer’s e-mail by itself."
    if facts.synchronizes:
        why = "The phone is not on the list of smart phones that qualify."
    if facts.fallback and facts.has_voice_need:
        text = f"{why} The {facts.fallback.name} stipend {TAKES_PLACE}"
        return facts.fallback, [Step(text, terms.data_clause, None, "AMB-21")], []
    return wanted, [], [Step(why, terms.data_clause)]


def _cost_refusals(
    facts: StipendFacts, granted: StipendClass, amount: Decimal, terms: StipendTerms
) -> list[Step]:
    if not terms.needs_city_cost:
        return []
    if facts.city_cost is None:
        text = "What a phone would cost the employer is not known yet."
        return [Step(text, terms.cost_clause, None, "AMB-20")]
    by_schedule = terms.cost_compare is CostCompare.NOMINAL
    compared = granted.nominal if by_schedule else amount
    if facts.city_cost >= compared:
        return []
    text = (
        f"A phone would cost the employer {dollars(facts.city_cost)} a month, "
        f"less than the stipend of {dollars(compared)}."
    )
    return [Step(text, terms.cost_clause, facts.city_cost, "AMB-20")]
