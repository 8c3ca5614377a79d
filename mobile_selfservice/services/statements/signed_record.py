"""What an employee signs, as one record: the bill, the marks, the figures, the working.

The record is plain JSON, and its fingerprint the SHA-256 of its canonical form, so that
anyone with the database can prove later what was signed. It repeats no call: items are
covered by their own hash, since their rows can never change.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import BigInteger, type_coerce
from sqlmodel import Session, and_, col, select

from mobile_selfservice.models.invoice import Bill, Invoice, UsageItem
from mobile_selfservice.models.organization import Department, Employer, Person
from mobile_selfservice.models.review import ItemMark, Mark
from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy.kinds import plain
from mobile_selfservice.policy.parameters import DatedValue, Edition
from mobile_selfservice.services import printed
from mobile_selfservice.services.bills.bill_days import days_of
from mobile_selfservice.services.bills.rated_bill import RatedBill, RatedLine

FORMAT = 1
# Everything billed; quantities and charges as the whole small units at rest.
ITEM_COLUMNS = (
    UsageItem.row_no,
    UsageItem.kind,
    UsageItem.started,
    UsageItem.direction,
    UsageItem.party,
    type_coerce(UsageItem.quantity, BigInteger),
    UsageItem.unit,
    UsageItem.usage_class,
    UsageItem.counts,
    type_coerce(UsageItem.airtime, BigInteger),
    type_coerce(UsageItem.extra, BigInteger),
    type_coerce(UsageItem.tax, BigInteger),
)


@dataclass(frozen=True, slots=True)
class MarkedItems:
    """The items of a bill: how many, their hash with the marks, and the marks."""

    count: int
    sha256: str
    marks: tuple[tuple[int, str, str], ...]

    @property
    def incidental_without_reason(self) -> int:
        """How many incidental items do not say why."""
        return sum(
            1 for _, mark, why in self.marks if mark == Mark.INCIDENTAL and not why
        )


def canonical(record: Mapping[str, Any]) -> bytes:
    """Write a record in the one form that is hashed."""
    return json.dumps(
        record, sort_keys=True, separators=(",", ":"), ensure_ascii=False
    ).encode()


def fingerprint(record: Mapping[str, Any]) -> str:
    """Return the SHA-256 of a record."""
    return hashlib.sha256(canonical(record)).hexdigest()


def marked_items(session: Session, bill_id: int) -> MarkedItems:
    """Read a bill's items with their marks, in the carrier's order."""
    found = session.execute(
        select(*ITEM_COLUMNS, ItemMark.mark, ItemMark.reason)  # type: ignore[call-overload]
        .join(
            ItemMark,
            and_(col(ItemMark.item_id) == UsageItem.id, ItemMark.bill_id == bill_id),
            isouter=True,
        )
        .where(UsageItem.bill_id == bill_id)
        .order_by(col(UsageItem.row_no), col(UsageItem.id))
    )
    digest, marks, count = hashlib.sha256(), [], 0
    in_json = json.JSONEncoder(default=str).encode  # made once, not for every item
    for row in found:
        digest.update(in_json(tuple(row)).encode())
        count += 1
        if row.mark:
            marks.append((row.row_no, row.mark, row.reason))
    return MarkedItems(count, digest.hexdigest(), tuple(marks))


def record_of(
    session: Session, bill: Bill, rated: RatedBill, items: MarkedItems, edition: Edition
) -> dict[str, Any]:
    """Put everything the employee is shown into one record, but for the sentence."""
    return {
        "format": FORMAT,
        **_parties(session, bill),
        "bill": _bill(session, bill),
        "policy": {"id": edition.id, "policy": edition.policy, "title": edition.title},
        "figures": [_figure(value) for value in rated.figures],
        "items": {
            "count": items.count,
            "sha256": items.sha256,
            "marks": [list(mark) for mark in items.marks],
        },
        **_amounts(rated),
    }


def _amounts(rated: RatedBill) -> dict[str, Any]:
    return {
        "counts": {
            "personal": rated.counts.personal,
            "incidental": rated.counts.incidental,
        },
        "minutes": {
            "personal": rated.personal_minutes,
            "free_personal": rated.free_personal_minutes,
            "incidental": rated.incidental_minutes,
        },
        "form_lines": [
            {"label": line.label, "amount": str(line.amount)}
            for line in rated.form_lines
        ],
        "working": [_working(line) for line in rated.lines],
        "sum": _steps(rated.explained.steps),
        "notes": list(rated.notes),
        "due": str(rated.due),
        "credit": str(rated.credit),
    }


def _working(line: RatedLine) -> dict[str, Any]:
    return {
        "label": line.label,
        "amount": str(line.explained.amount),
        "steps": _steps(line.explained.steps),
    }


def _parties(session: Session, bill: Bill) -> dict[str, Any]:
    holder = session.get_one(Person, bill.holder_id)
    department = session.get(Department, bill.department_id)
    employer = session.get_one(Employer, bill.employer_id)
    return {
        "employer": employer.name,
        "pay_to": employer.remit_to,
        "employee": {"name": holder.name, "number": holder.employee_number},
        "department": department.name if department else "",
    }


def _bill(session: Session, bill: Bill) -> dict[str, Any]:
    invoice = session.get_one(Invoice, bill.invoice_id)
    first, last = days_of(bill, invoice)
    return {
        "line": printed.phone(bill.number),
        "period": printed.period(first, last, bill.month),
        "month": bill.month.isoformat(),
        "carrier": invoice.carrier,
        "account": invoice.account,
        "invoice": invoice.number,
        "revision": invoice.revision,
        "bill_date": invoice.bill_date.isoformat(),
        "plan": bill.plan,
        "plan_kind": bill.plan_kind,
        "allowance_minutes": bill.allowance_minutes,
        "base_charge": str(bill.base_charge),
        "overage_charged": str(bill.overage_charged),
        "cost": str(bill.cost),
        "received_on": bill.received_on.isoformat() if bill.received_on else "",
        "due_on": bill.due_on.isoformat() if bill.due_on else "",
    }


def _figure(value: DatedValue) -> dict[str, Any]:
    return {
        "key": value.key,
        "scope": value.scope,
        "value": plain(value.value),
        "unit": value.unit,
        "from": value.valid_from.isoformat(),
        "set_by": value.set_by,
        "authority": value.authority,
        "clause": str(value.clause),
        "reading": value.reading,
    }


def _steps(steps: Sequence[Step]) -> list[dict[str, str]]:
    return [
        {
            "text": step.text,
            "amount": "" if step.amount is None else str(step.amount),
            "clause": str(step.clause),
            "reading": step.reading,
        }
        for step in steps
    ]
