"""What may be ordered: plan, contract, price, texting, and how many data plans.

City of Lodi, Cellular Phone Policy, 2 March 2011, sections 3.B.1 and 4.A; New York
ITS-P18-007, sections 4.0 and 5.0.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mobile_selfservice.policy.explained import Clause, Ruling, Step
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.rulings import against, ruling
from mobile_selfservice.policy.unsaid import if_said
from mobile_selfservice.policy.voice_calls import PlanKind

PROCEDURES = Clause("Lodi 2011", "4.A")
TEXTING = Clause("Lodi 2011", "3.B.1.b")
MORE_MINUTES = Clause("Lodi 2011", "3.B.1.c")
FREE_CALLS = Clause("Lodi 2011", "3.B.1.a")
PURCHASE = Clause("Lodi 2011", "3.C")


WITHOUT_MINUTES = frozenset({PlanKind.CONSUMPTION, PlanKind.UNLIMITED})


class DeviceClass(StrEnum):
    """Which of the two sorts of City phone is ordered."""

    CELL = "cell"
    SMART = "smart"


class LimitKind(StrEnum):
    """Which limit of an order an exception lifts."""

    MINUTES = "minutes"
    CONTRACT = "contract"
    PRICE = "price"
    UPFRONT = "upfront"
    TEXTING = "texting"
    CATALOGUE = "catalogue"
    PURCHASE = "purchase"
    FREE_CALLS = "free_calls"
    REPLACEMENT = "replacement"


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderTerms:
    """The limits of an order. None: no limit is in force.

    `max_price` is of a phone, `max_smart_price` of a smart phone without subsidy.
    """

    minutes_max: int | None = 200
    smart_minutes_min: int | None = 200
    contract_months_max: int | None = 12
    texts_blocked: bool = True
    max_price: Decimal | None = None
    max_smart_price: Decimal | None = None
    max_upfront: Decimal | None = None
    replacement_months_min: int | None = None
    on_state_contract: bool = True
    clause: Clause = PROCEDURES
    contract_clause: Clause = PROCEDURES
    price_clause: Clause = PROCEDURES
    free_calls_clause: Clause = FREE_CALLS
    texting_clause: Clause = TEXTING
    purchase_clause: Clause = PURCHASE
    replacement_clause: Clause = PROCEDURES
    prices_set_by: str = "Deputy City Manager"


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What IS is asked to order. None: the form leaves it out, and it is not tested.

    `minutes` are an allowance plan's. `fewest_minutes` are those of the carrier's
    smallest plan that takes data. More minutes need both `minutes_justified`, the
    director's reasons on the form, and `minutes_consented`, the Deputy City Manager's
    consent; `consent_of` is who consents, for a director's own phone the City Manager.
    `exceptions` are those approved for this order.
    """

    device_class: DeviceClass = DeviceClass.CELL
    plan_kind: PlanKind = PlanKind.ALLOWANCE
    minutes: int | None = None
    fewest_minutes: int | None = None
    minutes_justified: bool = False
    minutes_consented: bool = False
    consent_of: str = "the Deputy City Manager"
    contract_months: int | None = None
    price: Decimal | None = None
    upfront: Decimal | None = None
    has_texting: bool = False
    texting_justified: bool = False
    has_free_calls: bool = True
    is_in_catalogue: bool = True
    is_on_state_contract_or_cheaper: bool = True
    months_since_last: int | None = None
    exceptions: frozenset[LimitKind] = frozenset()


def order_terms(edition: Edition, on: date) -> OrderTerms:
    """Take the limits from the edition in force on the day of the order.

    Clause: Lodi 2011 §3.B.1, §4.A. Reading: AMB-19, AMB-30, AMB-31.
    """

    def amount(key: str) -> Decimal | None:
        return if_said(lambda: edition.amount(key, on), None)

    def whole(key: str) -> int | None:
        return if_said(lambda: edition.whole(key, on), None)

    return OrderTerms(
        minutes_max=whole("plan.voice_minutes_max"),
        smart_minutes_min=whole("plan.smart_minutes_min"),
        contract_months_max=whole("plan.contract_months_max"),
        texts_blocked=if_said(
            lambda: edition.flag("plan.text_default_blocked", on), False
        ),
        max_price=amount("price.max_phone"),
        max_smart_price=amount("price.max_smart_unsubsidised"),
        max_upfront=amount("price.max_upfront"),
        replacement_months_min=whole("plan.replacement_months_min"),
        on_state_contract=if_said(
            lambda: edition.flag("plan.on_state_contract", on), False
        ),
        clause=edition.parameter("plan.voice_minutes_max").clause,
        free_calls_clause=edition.parameter("plan.voice_minutes_max").clause,
        contract_clause=edition.parameter("plan.contract_months_max").clause,
        price_clause=edition.parameter("price.max_phone").clause,
        texting_clause=edition.parameter("plan.text_default_blocked").clause,
        purchase_clause=edition.parameter("plan.on_state_contract").clause,
        replacement_clause=edition.parameter("plan.replacement_months_min").clause,
        prices_set_by=edition.parameter("price.max_phone").set_by,
    )


LODI = OrderTerms()


def order_ruling(order: Order, terms: OrderTerms = LODI) -> Ruling:
    """Decide whether a phone with its plan may be ordered.

    What is over a limit needs an exception; more minutes need the director's reasons
    and the Deputy City Manager's consent. A price is never held against an order where
    nobody has set a maximum, but the note says so.

    Clause: Lodi 2011 §3.B.1.a, §3.B.1.b, §3.B.1.c, §3.C, §4.A. Reading: AMB-30, AMB-31.
    """
    found: list[Step] = []
    notes: list[Step] = []
    for limit, test in TESTS.items():
        broken = test(order, terms)
        if broken and limit in order.exceptions:
            text = f"{broken.text} An exception is approved."
            notes.append(Step(text, broken.clause, None, broken.reading))
        elif broken:
            found.append(broken)
    return ruling(found, [*notes, _no_maximum(order, terms)])


def _minutes(order: Order, terms: OrderTerms) -> Step | None:
    if order.device_class is DeviceClass.SMART:
        return _too_few(order, terms) or _more_than_needed(order, terms)
    limit = terms.minutes_max
    over = _exceeds(order.minutes, limit) or order.plan_kind is PlanKind.UNLIMITED
    if limit is None or not over or order.plan_kind is PlanKind.CONSUMPTION:
        return None
    what = "An unlimited plan" if order.minutes is None else f"{order.minutes} minutes"
    return _without_consent(order, f"{what}; the limit is {limit} minutes.", terms)


def _too_few(order: Order, terms: OrderTerms) -> Step | None:
    least = terms.smart_minutes_min
    if least is None or order.plan_kind in WITHOUT_MINUTES:
        return None
    return against(
        order.minutes is not None and order.minutes < least,
        f"A smart phone’s plan has at least {least} minutes, not {order.minutes}.",
        terms.clause,
    )


def _more_than_needed(order: Order, terms: OrderTerms) -> Step | None:
    if order.fewest_minutes is None:
        return None
    least = max(order.fewest_minutes, terms.smart_minutes_min or 0)
    if not _exceeds(order.minutes, least):
        return None
    text = (
        f"{order.minutes} minutes; the smallest plan that takes data has {least} "
        "minutes."
    )
    return _without_consent(order, text, terms)


def _without_consent(order: Order, text: str, terms: OrderTerms) -> Step | None:
    lacking = [
        words
        for words, is_there in (
            ("the director’s reasons on the form", order.minutes_justified),
            (f"{order.consent_of}’s consent", order.minutes_consented),
        )
        if not is_there
    ]
    return against(
        bool(lacking),
        f"{text} More needs {' and '.join(lacking)}.",
        terms.clause,
        "AMB-30",
    )


def _contract(order: Order, terms: OrderTerms) -> Step | None:
    return against(
        _exceeds(order.contract_months, terms.contract_months_max),
        f"A contract of {order.contract_months} months; the limit is "
        f"{terms.contract_months_max} months.",
        terms.contract_clause,
    )


def _price_limit(order: Order, terms: OrderTerms) -> Decimal | None:
    if order.device_class is DeviceClass.SMART:
        return terms.max_smart_price
    return terms.max_price


def _price(order: Order, terms: OrderTerms) -> Step | None:
    return _dearer("The phone", order.price, _price_limit(order, terms), terms)


def _upfront(order: Order, terms: OrderTerms) -> Step | None:
    return _dearer("Paid at the start", order.upfront, terms.max_upfront, terms)


def _dearer(
    what: str, price: Decimal | None, limit: Decimal | None, terms: OrderTerms
) -> Step | None:
    if price is None or limit is None:
        return None
    return against(
        price > limit,
        f"{what}: {dollars(price)}; the limit is {dollars(limit)}.",
        terms.price_clause,
    )


def _no_maximum(order: Order, terms: OrderTerms) -> Step | None:
    is_unlimited = order.price is not None and _price_limit(order, terms) is None
    return against(
        is_unlimited or (order.upfront is not None and terms.max_upfront is None),
        f"No maximum price is in force. {terms.prices_set_by} sets it.",
        terms.price_clause,
        "AMB-19",
    )


def _texting(order: Order, terms: OrderTerms) -> Step | None:
    return against(
        terms.texts_blocked and order.has_texting and not order.texting_justified,
        "Texting is blocked unless it is justified to the director.",
        terms.texting_clause,
    )


def _free_calls(order: Order, terms: OrderTerms) -> Step | None:
    is_asked = terms.minutes_max is not None
    has_minutes = order.plan_kind not in WITHOUT_MINUTES
    return against(
        is_asked and has_minutes and not order.has_free_calls,
        "The plan has no free calls to phones of the same carrier or the City.",
        terms.free_calls_clause,
        "AMB-31",
    )


def _catalogue(order: Order, terms: OrderTerms) -> Step | None:
    return against(
        not order.is_in_catalogue,
        "The device is not in the catalog.",
        terms.purchase_clause,
    )


def _purchase(order: Order, terms: OrderTerms) -> Step | None:
    return against(
        terms.on_state_contract and not order.is_on_state_contract_or_cheaper,
        "It is not bought on the State’s wireless contract, nor for less.",
        terms.purchase_clause,
    )


def _replacement(order: Order, terms: OrderTerms) -> Step | None:
    since, least = order.months_since_last, terms.replacement_months_min
    if since is None or least is None:
        return None
    return against(
        since < least,
        f"The last phone came {since} months ago; the least is {least} months.",
        terms.replacement_clause,
    )


def _exceeds(figure: int | None, limit: int | None) -> bool:
    return figure is not None and limit is not None and figure > limit


TESTS: dict[LimitKind, Callable[[Order, OrderTerms], Step | None]] = {
    LimitKind.MINUTES: _minutes,
    LimitKind.CONTRACT: _contract,
    LimitKind.PRICE: _price,
    LimitKind.UPFRONT: _upfront,
    LimitKind.TEXTING: _texting,
    LimitKind.FREE_CALLS: _free_calls,
    LimitKind.CATALOGUE: _catalogue,
    LimitKind.PURCHASE: _purchase,
    LimitKind.REPLACEMENT: _replacement,
}
