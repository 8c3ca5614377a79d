"""Cases about fees and shares that take the place of a rate per minute."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import Any

from mobile_selfservice.policy import other_methods
from mobile_selfservice.policy.loss_share import LossTerms, loss_due
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy.statement import FormLine, statement_due
from mobile_selfservice.policy.yearly_limit import (
    YearlyLimitTerms,
    YearOfUse,
    within_yearly_limit,
)
from mobile_selfservice.policy_cases.calculation import Amount, Answered, Calculation
from mobile_selfservice.policy_cases.records import called


class FeeOption(StrEnum):
    """What somebody chose: to pay the fee, or to sign that there is no personal use."""

    REIMBURSE = "reimburse"
    NO_PERSONAL_USE = "no_personal_use"

    @classmethod
    def _missing_(cls, value: object) -> "FeeOption | None":
        if value in ("pay", "flat_fee"):
            return cls.REIMBURSE
        return cls.NO_PERSONAL_USE if value in ("none", "certify", "sign") else None


@dataclass(frozen=True, slots=True, kw_only=True)
class FlatFee:
    """A flat monthly fee, and what the line is used for."""

    option: FeeOption
    has_text_or_data: bool = False
    fee_voice: Decimal | None = None
    fee_full: Decimal | None = None


def flat_fee(given: FlatFee) -> Answered:
    """Charge the fee."""
    fees = other_methods.FeeTerms(voice=given.fee_voice, full=given.fee_full)
    due = other_methods.flat_fee(
        given.option.value, fees, has_text_or_data=given.has_text_or_data
    )
    return Answered({"amount": due.amount}, due.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class PercentOfBase:
    """A share of the base charge, in percent."""

    base: Decimal = field(metadata=called("base", "base_charge"))
    pct: Decimal = field(metadata=called("pct", "percent"))


def pct_of_base(given: PercentOfBase) -> Answered:
    """Charge the share."""
    due = other_methods.percent_of(given.base, given.pct)
    return Answered({"amount": due.amount}, due.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class PercentOfUse:
    """The base charge, and the minutes used."""

    base: Decimal = field(metadata=called("base", "base_charge"))
    personal_min: int
    total_min: int
    call_charges: Decimal = ZERO


def pct_of_use(given: PercentOfUse) -> Answered:
    """Share the base charge by minutes."""
    due = other_methods.share_of_base(given.base, given.personal_min, given.total_min)
    lines = [FormLine("Share of the base charge", due.amount)]
    if given.call_charges:
        lines.append(FormLine("Charges of the calls", given.call_charges))
    total = statement_due(lines)
    return Answered({"amount": total.due}, (*due.steps, *total.explained.steps))


@dataclass(frozen=True, slots=True, kw_only=True)
class LostFee:
    """A lost device, and the employee's share by loss: 0.50 and 50 are both half."""

    replacement: Decimal
    loss_number_in_year: int
    schedule: tuple[Decimal, ...]


def lost_fee(given: LostFee) -> Answered:
    """Charge the loss."""
    percents = tuple(share if share > 1 else 100 * share for share in given.schedule)
    due = loss_due(
        given.replacement, given.loss_number_in_year, LossTerms(percents=percents)
    )
    return Answered({"amount": due.amount}, due.steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Year:
    """The minutes of a year, and the largest personal share in percent."""

    personal_min: int
    total_min: int
    cap_pct: Decimal | None


@dataclass(frozen=True, slots=True)
class Over:
    """Whether the limit is exceeded."""

    over: bool | None = None


def annual_cap(given: Year) -> Answered:
    """Compare the share with the limit."""
    use = YearOfUse(given.personal_min, given.total_min)
    ruling = within_yearly_limit(use, YearlyLimitTerms(percent=given.cap_pct))
    return Answered({"over": not ruling.is_allowed}, (*ruling.refusals, *ruling.notes))


CALCULATIONS: Mapping[str, Calculation[Any]] = {
    "flat_fee": Calculation(FlatFee, Amount, flat_fee),
    "pct_of_base": Calculation(PercentOfBase, Amount, pct_of_base),
    "pct_of_use": Calculation(PercentOfUse, Amount, pct_of_use),
    "lost_fee": Calculation(LostFee, Amount, lost_fee),
    "annual_cap": Calculation(Year, Over, annual_cap),
}
