"""The calculator in words: what was typed, what is wrong with it, and the answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from mobile_selfservice.components.forms import Fault, Option
from mobile_selfservice.pages.calculator.answer_view import AnswerView, answer_view
from mobile_selfservice.pages.calculator.asked import NAMES, OTHER, Read
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.policy.months import months_later
from mobile_selfservice.services.choice.calculator import Desk, KnownFee
from mobile_selfservice.services.choice.stipend_offer import Offer
from mobile_selfservice.services.choice.termination_answer import TerminationAnswer

CLASS_WORDS = {"cell": "Cell phone", "smart": "Smart phone"}
LEAD = (
    "Giving a City phone back before its contract ends can cost the City a penalty. "
    "A stipend then waits until it has been made up. See how long, and whether it is "
    "better to wait."
)
NOTHING = dict.fromkeys(NAMES, "")


@dataclass(frozen=True)
class CalculatorView:
    """The page: the form as it was filled in, its faults, and the answer."""

    is_loaded: bool = False
    is_founded: bool = False
    missing: str = ""
    stamp: str = ""
    typed: dict[str, str] = field(default_factory=lambda: dict(NOTHING))
    wrong: dict[str, str] = field(default_factory=lambda: dict(NOTHING))
    faults: list[Fault] = field(default_factory=list)
    offers: list[Option] = field(default_factory=list)
    fees: list[Option] = field(default_factory=list)
    has_fee: bool = False
    has_more: bool = False
    example: str = ""
    has_answer: bool = False
    answer: AnswerView = field(default_factory=AnswerView)


def calculator_view(
    desk: Desk | None,
    fields: Mapping[str, str],
    found: Read | None = None,
    answer: TerminationAnswer | None = None,
    *,
    was_asked: bool = False,
) -> CalculatorView:
    """Put the page into words."""
    if desk is None:
        return CalculatorView(is_loaded=True)
    if desk.missing or found is None:
        return CalculatorView(is_loaded=True, is_founded=True, missing=desk.missing)
    typed = NOTHING | dict(fields)
    chosen = _chosen(desk, typed)
    told = AnswerView()
    if answer and found.question:
        told = answer_view(answer, found.question, _limits(desk, typed), was_asked)
    return CalculatorView(
        is_loaded=True,
        is_founded=True,
        stamp=urlencode(fields),
        typed=typed | {"stipend": chosen},
        wrong=NOTHING | dict(found.faults),
        faults=[Fault(name, text) for name, text in found.faults.items()],
        offers=[*map(_option, desk.offers), Option(OTHER, "Another amount")],
        fees=_fees(desk.fees),
        has_fee=any(typed[name] for name in ("known", "fee", "drop", "done")),
        has_more=any(
            typed[name] for name in ("approved", "returned", "new_amount", "new_after")
        ),
        example=_example(desk),
        has_answer=answer is not None,
        answer=told,
    )


def _chosen(desk: Desk, typed: Mapping[str, str]) -> str:
    """Choose the class that was asked for, else the last one: the dearer phone."""
    if typed["amount"]:
        return OTHER
    names = [offer.name for offer in desk.offers]
    return typed["stipend"] or (names[-1] if names else OTHER)


def _option(offer: Offer) -> Option:
    amount = offer.payable.amount
    hint = f"{dollars(amount)} a month"
    if amount != offer.stipend_class.nominal:
        hint += f": set to {dollars(offer.stipend_class.nominal)}, then limited"
    return Option(offer.name, CLASS_WORDS.get(offer.name, offer.name), hint)


def _fees(fees: tuple[KnownFee, ...]) -> list[Option]:
    listed = [
        Option(
            str(place),
            f"{fee.carrier}, {CLASS_WORDS.get(fee.device_class, fee.device_class)}: "
            f"{dollars(fee.schedule.start)} less {dollars(fee.schedule.monthly_drop)} "
            "a month",
        )
        for place, fee in enumerate(fees, start=1)
    ]
    return [Option("", "None of these"), *listed] if listed else []


def _limits(desk: Desk, typed: Mapping[str, str]) -> str:
    """Say which limit of the stipend chosen could not be applied."""
    if typed["amount"]:
        return ""
    missing = {offer.name: offer.missing for offer in desk.offers}
    return missing.get(typed["stipend"], "")


def _example(desk: Desk) -> str:
    """Lead to a question with an answer worth reading."""
    end = months_later(desk.today, 9)
    asked = {"quote": "175.00", "end": end.isoformat(), "cost": "62.00"}
    if desk.offers:
        asked["stipend"] = desk.offers[-1].name
    else:
        asked["amount"] = "50.00"
    return f"/calculator?{urlencode(asked)}"
