"""Which plan costs less, who uses a phone too little, and how many data plans.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.1; New York
ITS-P18-007, sections 4.0 and 5.0.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mobile_selfservice.policy.explained import Clause, Ruling, Step
from mobile_selfservice.policy.money import ZERO, dollars, rate, to_cent
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.rulings import Measured, against, ruling
from mobile_selfservice.policy.unsaid import if_said

TEXTING = Clause("Lodi 2011", "3.B.1.b")
LITTLE_USE = Clause("Lodi 2011", "3.B.1.d")
ONE_DATA_PLAN = Clause("NY ITS-P18-007", "4.0 Provisioning")


class Texting(StrEnum):
    """How texts are paid for."""

    PER_TEXT = "per_text"
    TEXT_PLAN = "text_plan"


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPrices:
    """What a carrier asks for texts, by the text and as a monthly plan.

    `included` is None for a plan without limit; beyond it a text costs `beyond`.
    """

    per_text: Decimal
    plan: Decimal
    included: int | None = None
    beyond: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class TextingChoice:
    """The cheaper way to pay, what each would cost a month, and the steps."""

    cheaper: Texting
    by_text: Decimal
    by_plan: Decimal
    steps: tuple[Step, ...]


def cheaper_texting(texts: int, prices: TextPrices) -> TextingChoice:
    """Pick the cheaper of paying by the text and a text plan, for a month's texts.

    Where both cost the same texts are paid for singly: that binds the City to nothing.

    Clause: Lodi 2011 §3.B.1.b.

    Raises:
        ValueError: if the number of texts is negative.
    """
    if texts < 0:
        raise ValueError("a number of texts cannot be negative")
    over = 0 if prices.included is None else max(0, texts - prices.included)
    by_text = to_cent(texts * prices.per_text)
    by_plan = to_cent(prices.plan + over * prices.beyond)
    cheaper = Texting.TEXT_PLAN if by_plan < by_text else Texting.PER_TEXT
    beyond = f" + {over} × {rate(prices.beyond)} = {dollars(by_plan)}" if over else ""
    steps = (
        Step(
            f"by the text: {texts} × {rate(prices.per_text)} = {dollars(by_text)}",
            TEXTING,
            by_text,
        ),
        Step(
            f"text plan: {dollars(prices.plan)}{beyond}",
            TEXTING,
            by_plan,
        ),
    )
    return TextingChoice(cheaper, by_text, by_plan, steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class LowUseTerms:
    """What little to no use is: at most `minutes` in each of the last `cycles`."""

    minutes: int = 10
    cycles: int = 3
    clause: Clause = LITTLE_USE


def low_use_terms(edition: Edition, on: date) -> LowUseTerms:
    """Take what little use is from the edition in force on the day of the analysis.

    Clause: Lodi 2011 §3.B.1.d.

    Raises:
        NotSet: if no threshold is in force.
    """
    minutes, cycles = edition.numbers("plan.low_use_threshold", on)
    clause = edition.parameter("plan.low_use_threshold").clause
    return LowUseTerms(minutes=minutes, cycles=cycles, clause=clause)


LODI = LowUseTerms()


def low_use(minutes: Sequence[int], terms: LowUseTerms = LODI) -> Measured:
    """Tell whether a phone is used so little that it goes on a per-minute plan.

    `minutes` are those of each billing cycle, the oldest first. A phone that has not
    been there for all the cycles asked is not judged.

    Clause: Lodi 2011 §3.B.1.d.
    """
    if len(minutes) < terms.cycles:
        text = f"{len(minutes)} of {terms.cycles} cycles billed: too early to say"
        return Measured(meets=False, steps=(Step(text, terms.clause),))
    last = minutes[-terms.cycles :]
    is_low = max(last) <= terms.minutes
    used = ", ".join(str(each) for each in last)
    answer = "a per-minute plan fits" if is_low else "the plan stays"
    text = (
        f"{used} minutes in the last {terms.cycles} cycles, "
        f"at most {terms.minutes} is little use: {answer}"
    )
    return Measured(is_low, (Step(text, terms.clause),))


class DataPlanExceptions(StrEnum):
    """Whether one person may have more data plans than the limit (AMB-39)."""

    HARD = "hard"
    JUSTIFIED = "justified"


@dataclass(frozen=True, slots=True, kw_only=True)
class DataPlanTerms:
    """How many data plans one person may have. None: there is no limit."""

    most: int | None = 1
    exceptions: DataPlanExceptions = DataPlanExceptions.JUSTIFIED
    clause: Clause = ONE_DATA_PLAN


def data_plan_terms(edition: Edition, on: date) -> DataPlanTerms:
    """Take the limit from the edition in force on the day of the request.

    Clause: NY ITS-P18-007 §4.0, §5.0. Reading: AMB-39.
    """
    exceptions = if_said(lambda: edition.text("plan.data_plans_exceptions", on), None)
    return DataPlanTerms(
        most=if_said(lambda: edition.whole("plan.data_plans_per_user_max", on), None),
        exceptions=DataPlanExceptions(exceptions or DataPlanExceptions.JUSTIFIED),
        clause=edition.parameter("plan.data_plans_per_user_max").clause,
    )


NEW_YORK = DataPlanTerms()


def data_plan_ruling(
    data_plans: int, *, is_justified: bool, terms: DataPlanTerms = NEW_YORK
) -> Ruling:
    """Decide whether one person may have so many data plans, the new one counted.

    `is_justified`: the certified plan gives this person's own reason.

    Clause: NY ITS-P18-007 §4.0, §5.0. Reading: AMB-39.
    """
    if terms.most is None or data_plans <= terms.most:
        return ruling([])
    text = f"{data_plans} data plans for one person; the limit is {terms.most}."
    if terms.exceptions is DataPlanExceptions.HARD:
        return ruling([Step(text, terms.clause, None, "AMB-39")])
    lacking = f"{text} The certified plan gives no reason for this person."
    reason = f"{text} The certified plan gives this person’s reason."
    return ruling(
        [against(not is_justified, lacking, terms.clause, "AMB-39")],
        [against(is_justified, reason, terms.clause, "AMB-39")],
    )
