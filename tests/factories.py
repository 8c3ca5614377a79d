"""Plausible records, so that a test states only what it is about."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import count
from math import ceil
from typing import Any

from sqlmodel import Session

from mobile_selfservice.models.credential import Credential
from mobile_selfservice.models.invoice import (
    Bill,
    BillState,
    Invoice,
    InvoiceImport,
    InvoiceState,
    UsageItem,
)
from mobile_selfservice.models.line import Line, LineHolding
from mobile_selfservice.models.organization import (
    Agency,
    Department,
    Employer,
    Person,
    Role,
    RoleGrant,
)
from mobile_selfservice.services.actors import Actor, Grant
from mobile_selfservice.services.codes import code_uses

NOW = datetime(2026, 4, 10, 17, 0, tzinfo=UTC)  # a Friday, 10:00 in Lodi
MONTH = date(2026, 3, 1)


@dataclass(frozen=True)
class City:
    """One employer with two departments; the second is next door, as a decoy."""

    employer: Employer
    agency: Agency
    works: Department
    library: Department


class Factory:
    """Makes records in a test's own session."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._number = count(1)
        self._city: City | None = None

    @property
    def city(self) -> City:
        if self._city is None:
            self._city = self._new_city()
        return self._city

    def _new_city(self) -> City:
        employer = self.save(
            Employer(
                name="City of Alder Creek",
                time_zone="America/Los_Angeles",
                policy_edition="lodi_2011",
                remit_to="Finance counter, 1 Alder Street",
            )
        )
        agency = self.save(Agency(employer_id=employer.id, name=employer.name))
        works, library = (
            self.save(Department(agency_id=agency.id, code=code, name=name))
            for code, name in (("PW", "Public Works"), ("LIB", "Library"))
        )
        return City(employer, agency, works, library)

    def person(self, *roles: Role, department: Department | None = None) -> Actor:
        """Make someone with these roles; a director directs their own department."""
        department = department or self.city.works
        number = next(self._number)
        person = self.save(
            Person(
                employer_id=self.city.employer.id,
                department_id=department.id,
                user_name=f"person{number}",
                employee_number=f"E{number:04}",
                name=f"Person {number}",
                email=f"person{number}@alder.example",
            )
        )
        grants = set()
        for role in roles or (Role.EMPLOYEE,):
            scope = department.id if role is Role.DIRECTOR else None
            self.save(
                RoleGrant(
                    person_id=person.id,
                    role=role,
                    department_id=scope,
                    valid_from=date(2011, 3, 2),
                )
            )
            grants.add(Grant(role, None, scope))
        return Actor(
            person_id=person.id,
            employer_id=person.employer_id,
            department_id=department.id,
            agency_id=department.agency_id,
            name=person.name,
            grants=frozenset(grants),
        )

    def credential(
        self, actor: Actor, password_hash: str, **details: Any
    ) -> Credential:
        usual = {"must_change": False}
        return self.save(
            Credential(
                person_id=actor.person_id,
                password_hash=password_hash,
                **(usual | details),
            )
        )

    def line(self, holder: Actor | None = None, **details: Any) -> Line:
        usual = {"number": f"+1209555{100 + next(self._number):04}"}
        line = self.save(Line(employer_id=self.city.employer.id, **(usual | details)))
        if holder:
            self.save(
                LineHolding(
                    line_id=line.id,
                    person_id=holder.person_id,
                    department_id=holder.department_id,
                    held_from=date(2020, 1, 1),
                )
            )
        return line

    def invoice(self, **details: Any) -> Invoice:
        number = next(self._number)
        imported = self.save(
            InvoiceImport(
                employer_id=self.city.employer.id,
                state="published",
                content_hash=f"hash-{number}",
                uploaded_at=NOW,
            )
        )
        usual = {
            "carrier": "verizon",
            "account": "642350544-00001",
            "number": f"987654{number:04}",
            "state": InvoiceState.RELEASED,
            "month": MONTH,
            "bill_date": date(2026, 3, 16),
            "period_from": date(2026, 2, 17),
            "period_through": date(2026, 3, 16),
            "total_current": Decimal("100.00"),
            "total_due": Decimal("100.00"),
            "account_level": Decimal("0.00"),
            "ties": True,
        }
        return self.save(
            Invoice(
                employer_id=self.city.employer.id,
                import_id=imported.id,
                **(usual | details),
            )
        )

    def bill(
        self, holder: Actor, *, invoice: Invoice | None = None, **details: Any
    ) -> Bill:
        """Make a released bill of a 200-minute plan, with no items yet."""
        invoice = invoice or self.invoice()
        line = self.line(holder)
        usual = {
            "state": BillState.RELEASED,
            "month": invoice.month,
            "number": line.number,
            "user_name": holder.name.upper(),
            "plan": "CITY 200 SHARE $39.99",
            "plan_kind": "allowance",
            "allowance_minutes": 200,
            "base_charge": Decimal("39.99"),
            "cost": Decimal("42.50"),
            "received_on": date(2026, 3, 20),
            "due_on": date(2026, 4, 20),
        }
        return self.save(
            Bill(
                employer_id=self.city.employer.id,
                invoice_id=invoice.id,
                line_id=line.id,
                holder_id=holder.person_id,
                department_id=holder.department_id,
                **(usual | details),
            )
        )

    def call(self, bill: Bill, **details: Any) -> UsageItem:
        """Make one fourteen-minute call inside the allowance."""
        number = next(self._number)
        usual = {
            "row_no": number,
            "kind": "voice",
            "started": datetime(2026, 3, 3, 18, 5),  # noqa: DTZ001 wall time
            "direction": "out",
            "party": "+12095550142",
            "party_type": "number",
            "origin": "LODI CA",
            "destination": "STOCKTON CA",
            "quantity": Decimal(14),
            "unit": "minute",
            "rate_period": "peak",
            "usage_class": "allowance",
            "usage_code": "PlanAllow",
            "counts": True,
            "airtime": Decimal("0.00"),
            "extra": Decimal("0.00"),
            "tax": Decimal("0.00"),
        }
        item = self.save(UsageItem(bill_id=bill.id, **(usual | details)))
        self._sum_up(bill, item)
        return item

    def _sum_up(self, bill: Bill, item: UsageItem) -> None:
        """Keep the bill's summary of its items, as publishing does."""
        bill.item_count += 1
        if item.kind == "voice" and item.counts:
            bill.counted_minutes += ceil(item.quantity)
        if item.kind == "message":
            bill.message_count += int(item.quantity)
        self.session.add(bill)
        self.session.flush()
        code_uses.count_anew(self.session, [bill.id])

    def save(self, record: Any) -> Any:
        self.session.add(record)
        self.session.flush()
        self.session.refresh(record)
        return record
