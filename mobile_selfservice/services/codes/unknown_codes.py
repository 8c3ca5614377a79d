"""The codes nobody has mapped, and the calls and the money that depend on them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from sqlalchemy import BigInteger, case, func, select, type_coerce
from sqlmodel import Session, col

from mobile_selfservice.carriers.codes import UsageCode
from mobile_selfservice.models.columns import FineDollars
from mobile_selfservice.models.invoice import Bill, BillState, Invoice
from mobile_selfservice.models.rate_code import CodeUse
from mobile_selfservice.models.review import ItemMark, Mark
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.services.bills.billed_use import BEGUN, ITEM
from mobile_selfservice.services.codes.code_effect import OPEN
from mobile_selfservice.services.codes.guidance import guidance_of
from mobile_selfservice.services.codes.legend_words import UNSAID, LegendWords, Said

CHARGED = type_coerce(ITEM.airtime + ITEM.extra + ITEM.tax, BigInteger)
MONEY = FineDollars()


@dataclass(frozen=True, slots=True, kw_only=True)
class UnknownCode:
    """One code nobody has mapped: how many calls stand under it, and where.

    `open_calls` are on bills that are not signed yet; `first_open` is the earliest bill
    date of those. `personal_minutes` and `personal_charged` are what people marked
    personal on them: no rate is charged for those minutes until the code is mapped.
    """

    carrier: str
    code: UsageCode
    calls: int
    lines: int
    minutes: int
    charged: Decimal
    first_month: date
    last_month: date
    open_calls: int
    first_open: date | None
    personal_minutes: int = 0
    personal_charged: Decimal = ZERO
    said: Said = UNSAID


def unknown_codes(session: Session, employer_id: int) -> list[UnknownCode]:
    """List the codes nobody has mapped, those on open bills first.

    One that an official gave a meaning by now is left out, though signed bills still
    hold it. What the carriers' files say is not looked up yet (`with_words`).
    """
    book = guidance_of(session, employer_id).codes
    is_open = col(Bill.state).in_(OPEN)
    found = session.execute(
        select(
            col(Invoice.carrier),
            col(CodeUse.code),
            func.sum(CodeUse.items),
            func.count(func.distinct(Bill.number)),
            func.sum(CodeUse.minutes),
            type_coerce(func.sum(type_coerce(CodeUse.charged, BigInteger)), MONEY),
            func.min(Invoice.month),
            func.max(Invoice.month),
            func.sum(case((is_open, col(CodeUse.items)), else_=0)),
            func.min(case((is_open, col(Invoice.bill_date)))),
            func.max(Invoice.bill_date),
        )
        .join(Bill, col(Bill.id) == col(CodeUse.bill_id))
        .join(Invoice, col(Invoice.id) == col(Bill.invoice_id))
        .where(
            col(Bill.employer_id) == employer_id,
            col(Bill.state) != BillState.SUPERSEDED,
            col(CodeUse.kind) == "voice",
            col(CodeUse.counts).is_(None),
        )
        .group_by(col(Invoice.carrier), col(CodeUse.code))
    )
    personal = _personal(session, employer_id)
    codes: list[UnknownCode] = []
    for carrier, code, calls, lines, minutes, charged, *rest in found:
        first_month, last_month, open_calls, first_open, newest = rest
        of = UsageCode.of(code)
        if book.entry(carrier, of, first_open or newest) is not None:
            continue
        marked, printed_on_them = personal.get((carrier, code), (0, ZERO))
        codes.append(
            UnknownCode(
                carrier=carrier,
                code=of,
                calls=int(calls),
                lines=lines,
                minutes=int(minutes),
                charged=charged,
                first_month=first_month,
                last_month=last_month,
                open_calls=int(open_calls),
                first_open=first_open,
                personal_minutes=marked,
                personal_charged=printed_on_them,
            )
        )
    codes.sort(key=lambda one: (-one.open_calls, -one.calls, one.carrier, one.code))
    return codes


def with_words(
    session: Session, employer_id: int, codes: Sequence[UnknownCode]
) -> list[UnknownCode]:
    """Add what the carriers' own files say of each code."""
    legend = LegendWords(session, employer_id) if codes else None
    return [
        replace(one, said=legend.said(one.carrier, one.code)) if legend else one
        for one in codes
    ]


def _personal(
    session: Session, employer_id: int
) -> dict[tuple[str, str], tuple[int, Decimal]]:
    """Add up what people marked personal under unmapped codes on open bills."""
    unmapped = select(col(CodeUse.bill_id)).where(
        col(CodeUse.kind) == "voice", col(CodeUse.counts).is_(None)
    )
    found = session.execute(
        select(
            col(Invoice.carrier),
            ITEM.usage_code,
            func.sum(BEGUN),
            type_coerce(func.sum(CHARGED), MONEY),
        )
        .select_from(ItemMark)
        .join(Bill, col(Bill.id) == col(ItemMark.bill_id))
        .join(Invoice, col(Invoice.id) == col(Bill.invoice_id))
        .join(ITEM.id.table, ITEM.id == col(ItemMark.item_id))
        .where(
            col(Bill.employer_id) == employer_id,
            col(Bill.state).in_(OPEN),
            col(ItemMark.bill_id).in_(unmapped),
            col(ItemMark.mark) == Mark.PERSONAL,
            ITEM.kind == "voice",
            ITEM.counts.is_(None),
        )
        .group_by(col(Invoice.carrier), ITEM.usage_code)
    )
    return {
        (carrier, code): (int(minutes), charged)
        for carrier, code, minutes, charged in found
    }
