"""The lines of one bill's form: calls, texts, data and the rest, as the policy says."""

from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal, localcontext

from mobile_selfservice.policy.explained import Explained
from mobile_selfservice.policy.features import (
    DataUse,
    FeatureUse,
    data_due,
    feature_due,
)
from mobile_selfservice.policy.item_charges import (
    SideCharge,
    at_least_actual,
    charged_beside,
    together,
)
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy.parameters import DatedValue, Edition, NotSet
from mobile_selfservice.policy.personal_use import VoiceDue, voice_due
from mobile_selfservice.policy.voice_calls import Call, PlanIncomplete, Use, VoiceBill
from mobile_selfservice.policy.voice_terms import OverageAttribution, Scope, VoiceTerms
from mobile_selfservice.services.bills.billed_use import BilledUse, BillPlan, ItemGroup
from mobile_selfservice.services.bills.rated_bill import RatedLine

VOICE_RATE = "personal_use.voice_rate_per_min"
TEXT_RATE = "personal_use.text_rate_per_use"
DATA_RATE = "personal_use.data_rate_per_unit"
ADDON_RATE = "personal_use.addon_rate"
RATES = (VOICE_RATE, TEXT_RATE, DATA_RATE, ADDON_RATE)
KILOBYTES_IN_A_GIGABYTE = Decimal(1024 * 1024)
CHARGED = {"personal": Use.PERSONAL, "incidental": Use.INCIDENTAL}


class FormLines:
    """Works out one bill's lines and remembers which figures it used for them."""

    def __init__(
        self, use: BilledUse, plan: BillPlan, edition: Edition, terms: VoiceTerms
    ) -> None:
        self.use, self.plan = use, plan
        self.edition, self.terms = edition, terms
        self.figures: dict[tuple[str, str, date], DatedValue] = {}
        self.voice: VoiceDue | None = None

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
        """Charge personal calls by the minute or at cost, with overage and extras."""
        in_order = self.terms.overage_attribution is OverageAttribution.CHRONOLOGICAL
        calls = tuple(
            self._call(group)
            for group in self._of("voice")
            if in_order or group.mark in CHARGED
        )
        drawn = sum(call.billed * call.times for call in calls if call.counts)
        bill = VoiceBill(
            plan=self.plan.plan,
            calls=calls,
            business_minutes=self.use.counted_minutes - drawn,
            overage_charged=self.plan.overage_charged,
            taxes=self.plan.taxes,
            taxable=self.plan.taxable,
        )
        self.voice = voice_due(bill, self.terms)
        return self.voice.explained

    def _call(self, group: ItemGroup) -> Call:
        """Describe one call: the sum of a group, or one of those alike in it."""
        times = group.times if self.terms.scope is Scope.LINE else 1
        whole = group.quantity == group.minutes
        return Call(
            use=CHARGED.get(group.mark, Use.BUSINESS),
            rate=self._rate(VOICE_RATE, group.on),
            minutes=group.minutes // times,
            seconds=None if whole else round(group.quantity / times * 60),
            counts=group.draws,
            airtime=group.airtime / times,
            extra=group.extra / times,
            tax=group.tax / times,
            times=times,
        )

    def texts(self) -> Explained:
        """Charge personal messages at the rate of their day, or their actual cost."""
        found = self._of("message")
        rated = [
            feature_due(
                FeatureUse(
                    uses=int(_quantity(alike)),
                    rate=rate,
                    actual=_airtime(alike),
                    unit="text",
                )
            )
            for rate, alike in self._by_rate(TEXT_RATE, found)
        ]
        return together([*rated, self._beside(found)])

    def data(self) -> Explained:
        """Charge personal data at the rate of its day, or its actual cost."""
        found = self._of("data")
        rated = [
            at_least_actual(
                data_due(DataUse(personal=_gigabytes(alike), rate=rate)),
                _airtime(alike),
            )
            for rate, alike in self._by_rate(DATA_RATE, found)
        ]
        return together([*rated, self._beside(found)])

    def extras(self) -> Explained:
        """Charge personal add-ons and purchases: the set rate or the actual cost."""
        found = self._of("extra")
        rated = [
            feature_due(
                FeatureUse(
                    uses=group.times,
                    rate=self._addon_rate(group),
                    actual=group.airtime,
                    unit=group.name or "purchase",
                )
            )
            for group in found
            if group.mark == "personal"
        ]
        return together([*rated, self._beside(found)])

    def _addon_rate(self, group: ItemGroup) -> Decimal | None:
        """Take the rate set for this add-on; a purchase that was billed needs none."""
        try:
            return self._rate(ADDON_RATE, group.on, group.name)
        except NotSet:
            if group.airtime or group.extra:
                return None
            raise

    def _by_rate(
        self, key: str, found: Sequence[ItemGroup]
    ) -> list[tuple[Decimal, list[ItemGroup]]]:
        alike: dict[Decimal, list[ItemGroup]] = {}
        for group in found:
            if group.mark == "personal":
                alike.setdefault(self._rate(key, group.on), []).append(group)
        return list(alike.items())

    def _rate(self, key: str, on: date, scope: str = "") -> Decimal:
        dated = self.edition.dated(key, on, scope)
        self.figures[(key, dated.scope, dated.valid_from)] = dated
        return self.edition.amount(key, on, scope)

    def _beside(self, found: Sequence[ItemGroup]) -> Explained:
        charges = [
            SideCharge(CHARGED[group.mark], group.extra, group.tax)
            for group in found
            if group.mark in CHARGED
        ]
        return charged_beside(charges, self.terms)

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
