"""Cases about what personal use costs: calls, texts, data, tax, pools and sums."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from mobile_selfservice.policy import features, pool
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy.statement import FormLine, StatementTerms, statement_due
from mobile_selfservice.policy_cases.calculation import Amount, Answered, Calculation
from mobile_selfservice.policy_cases.records import called


@dataclass(frozen=True, slots=True, kw_only=True)
class PerUse:
    """Personal uses of a feature. A null rate is one that no official has set."""

    rate: Decimal | None
    uses: int = field(metadata=called("uses", "n"))
    actual: Decimal = ZERO
    business_uses: int = field(default=0, metadata=called("business_uses", "business"))
    allowance: int | None = None
    overage_rate: Decimal = ZERO
    overage_charged: Decimal | None = None


def per_use(given: PerUse) -> Answered:
    """Charge the uses."""
    due = features.feature_due(
        features.FeatureUse(
            uses=given.uses,
            rate=given.rate,
            actual=given.actual,
            business_uses=given.business_uses,
            allowance=given.allowance,
            overage_rate=given.overage_rate,
            overage_charged=given.overage_charged,
        )
    )
    return Answered({"amount": due.amount}, due.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class DataBlock:
    """Personal data as declared, and the plan's blocks."""

    rate_per_gb: Decimal | None = field(
        metadata=called("rate_per_gb", "rate_per_unit", "rate")
    )
    personal_gb: Decimal = field(metadata=called("personal_gb", "units_declared"))
    business_gb: Decimal = ZERO
    plan_gb: Decimal | None = None
    block_gb: Decimal = Decimal(1)
    block_price: Decimal = ZERO


def data_block(given: DataBlock) -> Answered:
    """Charge the data."""
    due = features.data_due(
        features.DataUse(
            personal=given.personal_gb,
            business=given.business_gb,
            rate=given.rate_per_gb,
            plan=given.plan_gb,
            block=given.block_gb,
            block_price=given.block_price,
        )
    )
    return Answered({"amount": due.amount}, due.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxShare:
    """A bill's taxes, and the personal part of its taxable charges."""

    taxes: Decimal
    taxable: Decimal
    personal_actual: Decimal


def tax_share(given: TaxShare) -> Answered:
    """Share the tax."""
    due = features.tax_share(given.taxes, given.taxable, given.personal_actual)
    return Answered({"amount": due.amount}, due.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class SumParams:
    """What an employer leaves uncollected."""

    exempt_first_amount: Decimal = ZERO
    min_collect: Decimal = ZERO


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """Lines of a form, each to the cent."""

    lines: tuple[Decimal, ...]
    params: SumParams = SumParams()


@dataclass(frozen=True, slots=True)
class Summed(Amount):
    """The total of a form; more credit than charges is owed to the employee."""

    credit: Decimal | None = None


def sum_of_lines(given: Lines) -> Answered:
    """Add the lines up."""
    lines = [
        FormLine(f"line {number}", amount)
        for number, amount in enumerate(given.lines, start=1)
    ]
    terms = StatementTerms(
        exempt_first=given.params.exempt_first_amount,
        min_collect=given.params.min_collect,
    )
    due = statement_due(lines, terms)
    return Answered({"amount": due.due, "credit": due.credit}, due.explained.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class SharingLine:
    """One line of a shared plan, in minutes that count."""

    id: str
    business: int = 0
    personal: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Sharing:
    """Lines that share minutes; without the overage charged its rate decides."""

    pool_allowance: int
    lines: tuple[SharingLine, ...]
    overage_rate: Decimal = ZERO
    overage_charged: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Shared:
    """The pool's overage, the part due to personal use and each line's share."""

    overage_total: Decimal | None = None
    due: Decimal | None = None
    shares: Mapping[str, Decimal] | None = None


def pool_overage(given: Sharing) -> Answered:
    """Share the overage."""
    lines = tuple(
        pool.PoolLine(line.id, line.business, line.personal) for line in given.lines
    )
    due = pool.pool_due(
        pool.Pool(
            given.pool_allowance, lines, given.overage_rate, given.overage_charged
        )
    )
    answers = {"overage_total": due.overage, "due": due.due, "shares": due.shares}
    return Answered(answers, due.explained.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocating:
    """An amount, and the weights to share it out by."""

    amount: Decimal
    weights: Mapping[str, Decimal]


@dataclass(frozen=True, slots=True)
class Allocated:
    """Each one's share."""

    shares: Mapping[str, Decimal] | None = None


def allocate(given: Allocating) -> Answered:
    """Share the amount out."""
    return Answered({"shares": pool.split(given.amount, given.weights)})


CALCULATIONS: Mapping[str, Calculation[Any]] = {
    "per_use": Calculation(PerUse, Amount, per_use),
    "data_block": Calculation(DataBlock, Amount, data_block),
    "tax_share": Calculation(TaxShare, Amount, tax_share),
    "sum": Calculation(Lines, Summed, sum_of_lines),
    "pool": Calculation(Sharing, Shared, pool_overage),
    "allocate": Calculation(Allocating, Allocated, allocate),
}
