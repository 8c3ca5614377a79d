"""A City phone or a stipend: what each comes to, for the employee and for the City.

It asks no database: the edition and the question are all it needs.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.2.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from math import ceil

from mobile_selfservice.policy.early_termination import base_month
from mobile_selfservice.policy.explained import Explained, Step
from mobile_selfservice.policy.money import CENT, ZERO
from mobile_selfservice.policy.months import months_later
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.stipend import (
    Standing,
    StipendFacts,
    StipendRuling,
    stipend,
)
from mobile_selfservice.services.choice import termination_answer
from mobile_selfservice.services.choice.own_contract import (
    OwnContract,
    Use,
    average_beyond,
)
from mobile_selfservice.services.choice.stipend_offer import Offer, offer
from mobile_selfservice.services.choice.termination_answer import (
    TerminationAnswer,
    TerminationQuestion,
)

MONTHS = 24
NOTHING = Explained(ZERO, ())


class Choice(StrEnum):
    """The two things somebody may have; SAME where neither costs them less."""

    PHONE = "phone"
    STIPEND = "stipend"
    SAME = "same"


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceQuestion:
    """What one employee's choice turns on.

    `personal` is what personal use of a City phone costs them a month, `city_cost`
    what a City phone costs the City. `keeps_contract` says that they pay for their own
    contract either way. `penalty` and `contract_end` are of the City phone they have.
    """

    on: date
    stipend_class: str
    contract: OwnContract
    use: tuple[Use, ...] = ()
    personal: Explained = NOTHING
    city_cost: Explained | None = None
    keeps_contract: bool = False
    is_prepaid: bool = False
    penalty: Decimal = ZERO
    contract_end: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AdviceMonth:
    """What one month costs with each choice."""

    month: date
    stipend: Decimal
    you_phone: Decimal
    you_stipend: Decimal
    city_phone: Decimal
    city_stipend: Decimal


@dataclass(frozen=True, slots=True)
class Totals:
    """What the months come to."""

    you_phone: Decimal
    you_stipend: Decimal
    city_phone: Decimal
    city_stipend: Decimal
    stipend: Decimal


class Lever(StrEnum):
    """What could turn the advice around."""

    CONTRACT = "contract"
    PERSONAL = "personal"


@dataclass(frozen=True, slots=True)
class Turn:
    """A change of so much a month (less where negative) that turns the advice.

    `ends` tells that there would be no stipend at all then.
    """

    lever: Lever
    by: Decimal
    ends: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice:
    """The whole comparison. Without months, the ruling says why there is none."""

    offer: Offer
    ruling: StipendRuling
    extra: Explained
    termination: TerminationAnswer | None = None
    months: tuple[AdviceMonth, ...] = ()
    totals: Totals = Totals(ZERO, ZERO, ZERO, ZERO, ZERO)
    better: Choice = Choice.SAME
    turns: tuple[Turn, ...] = ()

    @property
    def refusals(self) -> tuple[Step, ...]:
        """What stands against a stipend."""
        return self.ruling.ruling.refusals

    @property
    def difference(self) -> Decimal:
        """How much more the dearer choice costs the employee over all the months."""
        return abs(self.totals.you_phone - self.totals.you_stipend)


def advise(edition: Edition, question: AdviceQuestion) -> Advice:
    """Compare, and say which serves the employee better and what would turn it.

    Clause: Lodi 2011 §3.B.2.a to d. Reading: AMB-18, AMB-20 to AMB-24.

    Raises:
        NotSet: if an amount or a choice of the rules is not set.
    """
    advice = _compared(edition, question)
    if not advice.months:
        return advice
    return replace(
        advice,
        turns=(
            *_turns(edition, question, advice),
            *_ended(edition, question, advice),
        ),
    )


def _compared(edition: Edition, question: AdviceQuestion) -> Advice:
    offered = offer(
        edition, question.on, question.stipend_class, question.contract.monthly
    )
    ruling = stipend(
        StipendFacts(
            wanted=offered.stipend_class,
            out_of_pocket=question.contract.monthly,
            city_cost=question.city_cost.amount if question.city_cost else None,
            standing=Standing(is_prepaid=question.is_prepaid),
        ),
        offered.terms,
    )
    extra = average_beyond(question.contract, question.use)
    bare = Advice(offer=offered, ruling=ruling, extra=extra)
    if not ruling.is_eligible:
        return bare
    termination = termination_answer.answer(
        edition,
        TerminationQuestion(
            charge=question.penalty,
            stipend=ruling.amount,
            schedule=offered.stipend_class.nominal,
            approved_on=question.on,
            returned_on=question.on,
            contract_end=question.contract_end,
            city_cost=question.city_cost.amount if question.city_cost else None,
        ),
    )
    if termination.wait is None:
        return replace(bare, termination=termination)
    months = tuple(_months(question, termination, extra.amount))
    totals = _totals(months)
    return replace(
        bare,
        termination=termination,
        months=months,
        totals=totals,
        better=_better(totals),
    )


def _months(
    question: AdviceQuestion, found: TerminationAnswer, extra: Decimal
) -> Iterator[AdviceMonth]:
    """Give each month; what the wait's answer does not list is as its last month."""
    start = base_month(question.on, question.on)
    kept = question.contract.monthly if question.keeps_contract else ZERO
    personal = question.personal.amount
    cost = question.city_cost.amount if question.city_cost else ZERO
    for number in range(MONTHS):
        listed = found.months[min(number, len(found.months) - 1)]
        # The carrier's penalty falls due when the phone is given up.
        penalty = ZERO if number else found.penalty.amount
        yield AdviceMonth(
            month=months_later(start, number),
            stipend=listed.stipend,
            you_phone=kept + personal,
            you_stipend=question.contract.monthly + extra - listed.stipend,
            city_phone=cost - personal,
            city_stipend=listed.stipend + penalty,
        )


def _totals(months: tuple[AdviceMonth, ...]) -> Totals:
    return Totals(
        you_phone=sum((month.you_phone for month in months), ZERO),
        you_stipend=sum((month.you_stipend for month in months), ZERO),
        city_phone=sum((month.city_phone for month in months), ZERO),
        city_stipend=sum((month.city_stipend for month in months), ZERO),
        stipend=sum((month.stipend for month in months), ZERO),
    )


def _better(totals: Totals) -> Choice:
    if totals.you_phone == totals.you_stipend:
        return Choice.SAME
    is_phone = totals.you_phone < totals.you_stipend
    return Choice.PHONE if is_phone else Choice.STIPEND


def _turns(
    edition: Edition, question: AdviceQuestion, advice: Advice
) -> Iterator[Turn]:
    """Try what would turn the advice, and name only what really does."""
    if advice.better is Choice.SAME:
        return
    cents = Fraction(advice.difference) / MONTHS * 100
    by = (ceil(cents) + 1) * CENT
    signed = -by if advice.better is Choice.PHONE else by
    changed = question.contract.monthly + signed
    if changed >= 0:
        contract = replace(question.contract, monthly=changed)
        if _turned(edition, replace(question, contract=contract), advice.better):
            yield Turn(Lever.CONTRACT, signed)
    personal = question.personal.amount - signed
    if personal >= 0:
        paid = replace(question, personal=Explained(personal, ()))
        if _turned(edition, paid, advice.better):
            yield Turn(Lever.PERSONAL, -signed)


def _ended(
    edition: Edition, question: AdviceQuestion, advice: Advice
) -> Iterator[Turn]:
    """Try an own contract so dear that a City phone costs the City less (AMB-20)."""
    if advice.better is not Choice.STIPEND or question.city_cost is None:
        return
    dearer = max(question.city_cost.amount, question.contract.monthly) + CENT
    contract = replace(question.contract, monthly=dearer)
    if not _compared(edition, replace(question, contract=contract)).ruling.is_eligible:
        yield Turn(Lever.CONTRACT, dearer - question.contract.monthly, ends=True)


def _turned(edition: Edition, question: AdviceQuestion, before: Choice) -> bool:
    found = _compared(edition, question)
    return bool(found.months) and found.better not in (before, Choice.SAME)
