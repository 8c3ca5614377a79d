"""What an election comes to: whether a stipend is due, how much, and how long it waits.

Every figure is the policy's (policy/stipend, policy/early_termination); here the facts
are put together. Amounts are those of the month the stipend would begin in, or of the
day of the check where that is later, so that a figure set meanwhile counts.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session, col, select

from mobile_selfservice.models.election import ContractProof, StipendElection
from mobile_selfservice.models.invoice import Bill, BillState
from mobile_selfservice.models.line import LineHolding
from mobile_selfservice.policy.early_termination import (
    Deferral,
    DeferralMode,
    NoStipend,
    StipendChange,
    TerminationTerms,
    base_month,
    fee_schedule,
    penalty,
    quoted_penalty,
    termination_terms,
)
from mobile_selfservice.policy.explained import Explained, Step
from mobile_selfservice.policy.months import months_later
from mobile_selfservice.policy.parameters import Edition, NotSet
from mobile_selfservice.policy.stipend import (
    CELL,
    SMART,
    Standing,
    StipendClass,
    StipendFacts,
    StipendRuling,
    payable,
    stipend,
)
from mobile_selfservice.policy.stipend_limits import (
    NoCityCost,
    city_cost,
    schedule_limits,
    scheduled,
)
from mobile_selfservice.policy.stipend_terms import StipendTerms, stipend_terms
from mobile_selfservice.policy.unsaid import if_said
from mobile_selfservice.services.choice.termination_answer import (
    TerminationQuestion,
    answer_by,
)
from mobile_selfservice.services.stipends.refused_words import (
    CostUnknown,
    PenaltyUnknown,
)

LONGEST_WAIT = 120  # months looked ahead for a change of the amount
YES = ("yes", "true", "y", "1")


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneCheck:
    """What Information Systems finds of the own phone and of the City phone.

    `returned_on` is None where there was no City phone; then there is no penalty. The
    penalty is the carrier's `quote`, or by the fee schedule of a `carrier` after so
    many `completed_months` of a contract of `contract_on`. `city_quote` is what the
    plan of a City phone would cost a month, where no bills say it.
    """

    synchronizes: bool
    returned_on: date | None = None
    quote: Decimal | None = None
    carrier: str = ""
    contract_on: date | None = None
    completed_months: int = 0
    city_quote: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Weighed:
    """What an election comes to, with the working of all of it.

    `deferral` is None where no stipend is due. `is_listed` is None where the class asks
    for no list.
    """

    ruling: StipendRuling
    penalty: Decimal
    deferral: Deferral | None
    base_month: date
    is_listed: bool | None
    steps: tuple[Step, ...]
    edition: str


def weigh(
    session: Session,
    election: StipendElection,
    proof: ContractProof,
    check: PhoneCheck,
    edition: Edition,
    today: date,
) -> Weighed:
    """Work an election out. The caller checks access.

    Clause: Lodi 2011 §3.B.2.a to §3.B.2.d. Reading: AMB-18, AMB-20 to AMB-24.

    Raises:
        NotSet: if an official has not set a figure that is needed.
        NoPrice, NoStipend: if a limit or the wait cannot be worked out.
        PenaltyUnknown, CostUnknown: if a fact is missing.
    """
    approved_on = election.approved_on or today
    begins = base_month(approved_on, check.returned_on or approved_on)
    on = max(begins, today)
    terms = stipend_terms(edition, on)
    is_listed = listed(edition, election, today)
    cost = _city_cost(session, election.person_id, check, terms)
    facts = StipendFacts(
        wanted=_class(edition, on, election.stipend_class, check),
        out_of_pocket=proof.monthly_cost,
        city_cost=cost.amount if cost else None,
        standing=Standing(
            has_active_contract=proof.is_active, is_prepaid=proof.is_prepaid
        ),
        synchronizes=check.synchronizes,
        is_on_list=is_listed is not False,
        has_voice_need=election.needs_voice,
        fallback=_fallback(edition, on, election.stipend_class, check),
    )
    ruling = stipend(facts, terms)
    rules = termination_terms(edition, today)
    owed = _penalty(check, election.stipend_class, edition, rules)
    waits = None
    if ruling.is_eligible:
        asked = TerminationQuestion(
            charge=owed.amount,
            stipend=ruling.amount,
            schedule=_class(edition, on, ruling.stipend_class, check).nominal,
            approved_on=approved_on,
            returned_on=check.returned_on or approved_on,
            changes=_changes(edition, ruling, begins, proof, check, rules),
        )
        waits = _wait(asked, rules)
    steps = (
        *ruling.payable.steps,
        *(cost.steps if cost else ()),
        *ruling.ruling.notes,
        *ruling.ruling.refusals,
        *owed.steps,
        *(waits.steps if waits else ()),
    )
    return Weighed(ruling, owed.amount, waits, begins, is_listed, steps, edition.id)


def _wait(asked: TerminationQuestion, rules: TerminationTerms) -> Deferral:
    """Ask as the calculator asks, so that the two never differ."""
    told = answer_by(rules, asked)
    if told.wait is None:
        raise NoStipend(told.refused)
    return told.wait


def listed(edition: Edition, election: StipendElection, on: date) -> bool | None:
    """Tell whether the own phone is on the list of those that qualify.

    None where only a cell stipend is asked for, which needs no list.

    Clause: Lodi 2011 §3.B.2.b.

    Raises:
        NotSet: if Information Systems has published no list.
    """
    if election.stipend_class != SMART:
        return None
    rows = edition.rows("stipend.qualified_devices", on)
    model = _plain(election.device_model)
    return any(
        _plain(row["model"]) == model and _plain(row["synchronises"]) in YES
        for row in rows
    )


def monthly_costs(session: Session, person_id: int) -> list[Decimal]:
    """List what a person's City phone cost month by month, newest last."""
    lines = select(LineHolding.line_id).where(
        LineHolding.person_id == person_id, col(LineHolding.is_custodian).is_(False)
    )
    found = session.exec(
        select(col(Bill.cost))
        .where(
            Bill.holder_id == person_id,
            col(Bill.line_id).in_(lines),
            Bill.part == 1,
            Bill.state != BillState.SUPERSEDED,
        )
        .order_by(col(Bill.month), col(Bill.id))
    )
    return list(found)


def _city_cost(
    session: Session, person_id: int, check: PhoneCheck, terms: StipendTerms
) -> Explained | None:
    if not terms.needs_city_cost:
        return None
    try:
        return city_cost(monthly_costs(session, person_id), check.city_quote, terms)
    except NoCityCost:
        raise CostUnknown from None


def _class(edition: Edition, on: date, name: str, check: PhoneCheck) -> StipendClass:
    limits = schedule_limits(edition, on, name, check.city_quote)
    return StipendClass(name, scheduled(edition, on, name), limits.price)


def _fallback(
    edition: Edition, on: date, wanted: str, check: PhoneCheck
) -> StipendClass | None:
    """Return the smaller class for calls alone, where the employer has one."""
    if wanted != SMART:
        return None
    return if_said(lambda: _class(edition, on, CELL, check), None)


def _penalty(
    check: PhoneCheck, stipend_class: str, edition: Edition, rules: TerminationTerms
) -> Explained:
    if check.returned_on is None:
        text = "no City phone is given up, so there is no penalty"
        return Explained(Decimal(0), (Step(text, rules.clause, Decimal(0)),))
    if check.quote is not None:
        return quoted_penalty(check.quote, rules)
    if not check.carrier or check.contract_on is None:
        raise PenaltyUnknown
    fee = fee_schedule(edition, check.contract_on, check.carrier, stipend_class)
    return penalty(fee, check.completed_months, rules)


def _changes(
    edition: Edition,
    ruling: StipendRuling,
    begins: date,
    proof: ContractProof,
    check: PhoneCheck,
    rules: TerminationTerms,
) -> tuple[StipendChange, ...]:
    """Find the changes of the amount set already, where the wait follows them."""
    if rules.mode is not DeferralMode.RUNNING:
        return ()
    found, in_force = [], ruling.amount
    for months in range(1, LONGEST_WAIT + 1):
        on = months_later(begins, months)
        try:
            terms = stipend_terms(edition, on)
            of_class = _class(edition, on, ruling.stipend_class, check)
        except NotSet:
            break
        amount = payable(of_class, proof.monthly_cost, terms).amount
        if amount != in_force:
            found.append(StipendChange(months, amount))
            in_force = amount
    return tuple(found)


def _plain(words: str) -> str:
    return " ".join(words.split()).casefold()
