"""The lines of one bill's form: calls, texts, data and the rest, as the policy says."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal, localcontext
from fractions import Fraction

from mobile_selfservice.policy.explained import Explained
from mobile_selfservice.policy.features import (
    DataUse,
    FeatureUse,
    beyond_allowance,
    data_due,
    feature_due,
)
from mobile_selfservice.policy.item_charges import (
    ITEM_CHARGES,
    ItemCharge,
    SharedTax,
    SideCharge,
    actual_alone,
    at_least_actual,
    charged_beside,
    together,
    used_as,
)
from mobile_selfservice.policy.money import ZERO, quantity
from mobile_selfservice.policy.parameters import DatedValue, Edition, NotSet
from mobile_selfservice.policy.personal_use import WAYS, VoiceDue, voice_due
from mobile_selfservice.policy.pool import Pool, PoolLine, line_share
from mobile_selfservice.policy.voice_calls import (
    Call,
    PlanIncomplete,
    PoolShare,
    Use,
    VoiceBill,
)
from mobile_selfservice.policy.voice_terms import (
    Method,
    OverageAttribution,
    RateBasis,
    Scope,
    VoiceTerms,
)
from mobile_selfservice.services.bills.billed_plan import BillPlan
from mobile_selfservice.services.bills.billed_use import BilledUse, ItemGroup
from mobile_selfservice.services.bills.plan_minutes import paying_incidental
from mobile_selfservice.services.bills.rated_bill import RatedLine

VOICE_RATE = "personal_use.voice_rate_per_min"
TEXT_RATE = "personal_use.text_rate_per_use"
DATA_RATE = "personal_use.data_rate_per_unit"
ADDON_RATE = "personal_use.addon_rate"
RATES = (VOICE_RATE, TEXT_RATE, DATA_RATE, ADDON_RATE)
FLAT_FEE = "personal_use.flat_fee"
PERCENT = "personal_use.percent_of_base"
KILOBYTES_IN_A_GIGABYTE = Decimal(1024 * 1024)
CHARGED = {"personal": Use.PERSONAL, "incidental": Use.INCIDENTAL}
NOTHING = Explained(ZERO, ())
NO_RATE = "no rate is charged"


class FormLines:
    """Works out one bill's lines and remembers which figures it used for them.

    `on` is the statement's day.
    """

    def __init__(
        self,
        use: BilledUse,
        plan: BillPlan,
        edition: Edition,
        terms: VoiceTerms,
        on: date,
    ) -> None:
        self.use, self.plan, self.on = use, plan, on
        self.edition, self.terms = edition, terms
        self.charge = ITEM_CHARGES[terms.method]
        self.figures: dict[tuple[str, str, date], DatedValue] = {}
        self.voice: VoiceDue | None = None
        self.shared: PoolShare | None = None

    def all(self) -> tuple[RatedLine, ...]:
        """Work out every subject of the bill."""
        return (
            self._line("voice", "Calls", self.calls),
            self._line("texts", "Texts", self.texts),
            self._line("data", "Data", self.data),
            self._line("extras", "Add-ons and purchases", self.extras),
        )

    def _line(
        self, key: str, label: str, work_out: Callable[[], Explained]
    ) -> RatedLine:
        try:
            return RatedLine(key, label, work_out())
        except (NotSet, PlanIncomplete) as missing:
            problem = _problem(label, str(missing))
            return RatedLine(key, label, Explained(ZERO, ()), problem)

    def calls(self) -> Explained:
        """Charge personal calls by the employer's method, with overage and extras."""
        in_order = self.terms.overage_attribution is OverageAttribution.CHRONOLOGICAL
        calls = tuple(
            self._call(group)
            for group in self._of("voice")
            if in_order or group.mark in CHARGED
        )
        drawn = sum(call.billed * call.times for call in calls if call.counts)
        self.shared = self._share(calls)
        bill = VoiceBill(
            plan=self.plan.plan,
            calls=calls,
            business_minutes=self.use.counted_minutes - drawn,
            overage_charged=self.plan.overage_charged,
            taxes=self.plan.taxes,
            taxable=self.plan.taxable,
            pool=self.shared,
            has_text_or_data=self.plan.has_text_or_data,
        )
        self.voice = voice_due(bill, self.terms)
        self._note_figures_of_the_month()
        return self.voice.explained

    def _share(self, calls: Sequence[Call]) -> PoolShare | None:
        """Work out this line's part of a shared plan, by its marks as they are now."""
        shared = self.plan.shared
        if shared is None or not WAYS[self.terms.method].has_overage:
            return None
        paying = {Use.PERSONAL}
        if paying_incidental(self.terms):
            paying.add(Use.INCIDENTAL)
        personal = sum(
            call.billed * call.times
            for call in calls
            if call.counts and call.use in paying
        )
        business = self.use.counted_minutes - personal

        def as_marked(line: PoolLine) -> PoolLine:
            if line.line != shared.line:
                return line
            return replace(line, business=business, personal=personal)

        lines = tuple(map(as_marked, shared.pool.lines))
        pool: Pool = replace(shared.pool, lines=lines)
        return line_share(pool, shared.line, self.terms.clause)

    def _call(self, group: ItemGroup) -> Call:
        """Describe one call: the sum of a group, or one of those alike in it."""
        times = group.times if self.terms.scope is Scope.LINE else 1
        whole = group.quantity == group.minutes
        return Call(
            use=CHARGED.get(group.mark, Use.BUSINESS),
            rate=self._voice_rate(group.on),
            minutes=group.minutes // times,
            seconds=None if whole else round(group.quantity / times * 60),
            counts=group.draws,
            airtime=group.airtime / times,
            extra=group.extra / times,
            tax=group.tax / times,
            times=times,
            is_mapped=group.counts is not None,
        )

    def _voice_rate(self, on: date) -> Decimal:
        """Take the rate set for a day; a method without one needs none."""
        is_set = self.terms.rate_basis is RateBasis.SET_RATE
        if is_set and WAYS[self.terms.method].has_rate:
            return self._rate(VOICE_RATE, on)
        return ZERO

    def _note_figures_of_the_month(self) -> None:
        if self.terms.method is Method.PERCENT_OF_BASE:
            self._rate(PERCENT, self.on)
        elif self.terms.method is Method.FLAT_MONTHLY_FEE:
            option = "full" if self.plan.has_text_or_data else "voice"
            self._rate(FLAT_FEE, self.on, option)

    def texts(self) -> Explained:
        """Charge personal messages at the rate of their day, or their actual cost."""
        found, personal = self._of("message"), self._personal("message")
        if self.charge is ItemCharge.COVERED:
            return NOTHING
        rated = [
            feature_due(
                FeatureUse(
                    uses=int(_quantity(alike)),
                    rate=rate,
                    actual=_airtime(alike),
                    unit="text",
                    is_compared=self.charge is ItemCharge.HIGHER,
                    why_no_rate=NO_RATE,
                ),
                self.terms.clause,
            )
            for rate, alike in self._by_rate(TEXT_RATE, personal)
        ]
        beyond = self._texts_beyond(personal)
        cost = _airtime(personal) + beyond.amount
        return together([*rated, beyond, self._beside(found, cost)])

    def _texts_beyond(self, personal: Sequence[ItemGroup]) -> Explained:
        """Charge what the carrier charged for texts that personal ones pushed over."""
        plan, uses = self.plan.messages, int(_quantity(personal))
        if plan is None or not plan.overage or not uses:
            return NOTHING
        use = FeatureUse(
            uses=uses,
            rate=None,
            business_uses=plan.used - uses,
            allowance=plan.allowance,
            overage_charged=plan.overage,
        )
        return beyond_allowance(use, self.terms.clause)

    def data(self) -> Explained:
        """Charge personal data at the rate of its day, or its actual cost."""
        found, personal = self._of("data"), self._personal("data")
        if self.charge is ItemCharge.COVERED:
            return NOTHING
        rated = [
            self._data_at(rate, alike)
            for rate, alike in self._by_rate(DATA_RATE, personal)
        ]
        return together([*rated, self._beside(found, _airtime(personal))])

    def _data_at(self, rate: Decimal | None, alike: Sequence[ItemGroup]) -> Explained:
        used, clause = DataUse(personal=_gigabytes(alike), rate=rate), self.terms.clause
        if rate is None:
            what = f"{quantity(Fraction(used.personal))} {used.unit} of personal data"
            return actual_alone(what, _airtime(alike), clause)
        at_rate = data_due(used, clause)
        if self.charge is ItemCharge.RATE:
            return at_rate
        return at_least_actual(at_rate, _airtime(alike), clause)

    def extras(self) -> Explained:
        """Charge personal add-ons and purchases: the set rate or the actual cost."""
        found, personal = self._of("extra"), self._personal("extra")
        if self.charge is ItemCharge.COVERED:
            return NOTHING
        rated = [self._add_on(group) for group in personal]
        return together([*rated, self._beside(found, _airtime(personal))])

    def _add_on(self, group: ItemGroup) -> Explained:
        has_rate = self.charge is not ItemCharge.ACTUAL
        use = FeatureUse(
            uses=group.times,
            rate=self._addon_rate(group) if has_rate else None,
            actual=group.airtime,
            unit=group.name or "purchase",
            why_no_rate="no rate is set" if has_rate else NO_RATE,
        )
        return feature_due(use, self.terms.clause)

    def _addon_rate(self, group: ItemGroup) -> Decimal | None:
        """Take the rate set for this add-on; a purchase that was billed needs none."""
        try:
            return self._rate(ADDON_RATE, group.on, group.name)
        except NotSet:
            if group.airtime or group.extra:
                return None
            raise

    def _by_rate(
        self, key: str, personal: Sequence[ItemGroup]
    ) -> list[tuple[Decimal | None, list[ItemGroup]]]:
        """Put groups under one rate together; under None where none is charged."""
        if self.charge is ItemCharge.ACTUAL:
            return [(None, list(personal))] if personal else []
        alike: dict[Decimal, list[ItemGroup]] = {}
        for group in personal:
            alike.setdefault(self._rate(key, group.on), []).append(group)
        return list(alike.items())

    def _rate(self, key: str, on: date, scope: str = "") -> Decimal:
        dated = self.edition.dated(key, on, scope)
        self.figures[(key, dated.scope, dated.valid_from)] = dated
        return self.edition.amount(key, on, scope)

    def _beside(self, found: Sequence[ItemGroup], cost: Decimal) -> Explained:
        charges = [
            SideCharge(CHARGED[group.mark], group.extra, group.tax)
            for group in found
            if group.mark in CHARGED
        ]
        shared = SharedTax(self.plan.taxes, self.plan.taxable, cost)
        return charged_beside(charges, self.terms, shared)

    def _personal(self, kind: str) -> list[ItemGroup]:
        return [
            group
            for group in self._of(kind)
            if group.mark in CHARGED
            and used_as(CHARGED[group.mark], self.terms) is Use.PERSONAL
        ]

    def _of(self, kind: str) -> list[ItemGroup]:
        return [group for group in self.use.groups if group.kind == kind]


def _problem(label: str, reason: str) -> str:
    return (
        f"What you owe for {label.lower()} cannot be worked out yet. "
        f"{reason[:1].upper()}{reason[1:]}"
    )


def _quantity(groups: Sequence[ItemGroup]) -> Decimal:
    return sum((group.quantity for group in groups), Decimal(0))


def _airtime(groups: Sequence[ItemGroup]) -> Decimal:
    return sum((group.airtime for group in groups), ZERO)


def _gigabytes(groups: Sequence[ItemGroup]) -> Decimal:
    with localcontext() as exact:
        exact.prec = 60  # a kilobyte is 2^-20 of a gigabyte: twenty decimal places
        return _quantity(groups) / KILOBYTES_IN_A_GIGABYTE
