"""A million usage items, rated by the portal and by bare integers in numpy.

The floor keeps the items in memory as columns of whole numbers and works one rule out:
the higher of the rate and the charge, summed bill by bill. The portal reads its own
tables, works out every rule of the statement, and keeps the working of each group.
"""

import random
import statistics
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import Engine
from sqlmodel import Session, col, select

from mobile_selfservice.database import open_engine
from mobile_selfservice.models.invoice import (
    Bill,
    BillState,
    Invoice,
    InvoiceImport,
    InvoiceState,
)
from mobile_selfservice.models.organization import (
    Agency,
    Department,
    Employer,
    Person,
)
from mobile_selfservice.services.bills import bill_rating
from mobile_selfservice.services.policy_in_force import packaged
from mobile_selfservice.services.replay.compared_bill import Rules
from mobile_selfservice.services.replay.month_use import BatchUse

MONTH, BILL_DATE = date(2026, 3, 1), date(2026, 3, 16)
FIRST_CALL = datetime(2026, 2, 17, 8)  # noqa: DTZ001 wall time, as carriers print it
MARKED_AT = datetime(2026, 3, 20, tzinfo=UTC)
PERSONAL, BILLED = 0.3, 0.08
KINDS = ("voice", "message", "data")
UNITS = ("minute", "message", "kilobyte")
WEIGHTS = (60, 30, 10)
CHUNK = 50_000
AGAIN = 5
VOICE, TEXT, CALL = 1_000, 500, 4_500  # ten-thousandths of a dollar
ITEM = (
    "INSERT INTO usage_item (id, bill_id, row_no, kind, started, is_late, direction, "
    "party, party_type, origin, destination, quantity, unit, rate_period, usage_class, "
    "usage_code, counts, airtime, extra, tax, description) VALUES "
    "(?, ?, ?, ?, ?, 0, 'out', '+12095550142', 'number', 'LODI CA', 'GALT CA', ?, ?, "
    "'peak', 'allowance', 'PlanAllow', 1, ?, 0, 0, '')"
)
MARK = (
    "INSERT INTO item_mark (item_id, bill_id, mark, reason, marked_by, marked_at) "
    "VALUES (?, ?, 'personal', '', ?, ?)"
)


@dataclass(frozen=True)
class Items:
    """Columns of whole numbers: bill, kind, minutes, ten-thousandths, personal."""

    bill: Any
    kind: Any
    minutes: Any
    charge: Any
    personal: Any


@dataclass(frozen=True)
class Timing:
    """How much CPU the floor and the portal took for the same items, in seconds."""

    items: int
    bills: int
    floor: float
    portal: float


def measure(path: Path, count: int, per_bill: int) -> Timing:
    """Rate so many items both ways; `path` is an empty, migrated SQLite database."""
    items = drawn(count, per_bill)
    engine = open_engine(f"sqlite:///{path}")
    bills = fill(engine, items)
    bare = _best(lambda: floor(items))
    with Session(engine) as session:
        work = one_bill if len(bills) == 1 else many_bills
        portal = _best(lambda: work(session, bills))
    engine.dispose()
    return Timing(count, len(bills), bare, portal)


def drawn(count: int, per_bill: int) -> Items:
    """Draw so many items, the same each time."""
    dice = random.Random(5)
    kind = np.array(dice.choices(range(len(KINDS)), WEIGHTS, k=count))
    voice = kind == 0
    minutes = np.where(voice, [dice.randrange(1, 30) for _ in range(count)], 0)
    billed = np.array([dice.random() < BILLED for _ in range(count)])
    return Items(
        bill=np.arange(count) // per_bill,
        kind=kind,
        minutes=minutes,
        charge=np.where(voice & billed, minutes * CALL, 0),
        personal=np.array([dice.random() < PERSONAL for _ in range(count)]),
    )


def floor(items: Items) -> Any:
    """Sum the higher of the rate and the charge of personal items, bill by bill."""
    at_rate = np.where(items.kind == 0, VOICE * items.minutes, TEXT)
    owed = np.maximum(at_rate, items.charge) * items.personal
    return np.bincount(items.bill, weights=owed)


def one_bill(session: Session, bills: list[int]) -> Decimal:
    """Rate one bill the way a mark on it does."""
    return bill_rating.rate(session, session.get_one(Bill, bills[0])).due


def many_bills(session: Session, bills: list[int]) -> Decimal:
    """Rate many bills the way a replay does, under one policy."""
    rules = Rules(packaged("alder_creek"))
    use = BatchUse(session, bills)
    # In one statement, as a replay reads a batch.
    found = session.exec(select(Bill).where(col(Bill.id).in_(bills))).all()
    rated = (rules.outcome(session, use, bill, BILL_DATE).amount for bill in found)
    return sum(rated, Decimal(0))


def _best(work: Callable[[], object]) -> float:
    """Time some work a few times; the median of all but the first, which warms up.

    Both ways compute in this one thread, so its CPU is what either needs of a machine.
    """
    times = []
    for _ in range(AGAIN + 1):
        began = time.process_time()
        work()
        times.append(time.process_time() - began)
    return statistics.median(times[1:])


def fill(engine: Engine, items: Items) -> list[int]:
    """Write the items and their marks, as a published and reviewed invoice has them."""
    writer = engine.execution_options(writer=True)
    with Session(writer) as session, session.begin():
        holder = _holder(session)
        bills = list(_bills(session, holder, items))
        connection = session.connection()
        for start in range(0, len(items.bill), CHUNK):
            rows, marks = _rows(items, bills, holder.id or 0, start)
            connection.exec_driver_sql(ITEM, rows)
            connection.exec_driver_sql(MARK, marks)
    return bills


def _rows(
    items: Items, bills: list[int], holder: int, start: int
) -> tuple[list[tuple[Any, ...]], list[tuple[Any, ...]]]:
    rows, marks = [], []
    for place in range(start, min(start + CHUNK, len(items.bill))):
        bill, kind = bills[items.bill[place]], int(items.kind[place])
        quantity = int(items.minutes[place]) * 1000 if kind == 0 else 1000
        started = FIRST_CALL + timedelta(seconds=place % 2_000_000)
        rows.append(
            (
                *(place + 1, bill, place, KINDS[kind], f"{started}.000000"),
                *(quantity, UNITS[kind], int(items.charge[place])),
            )
        )
        if items.personal[place]:
            marks.append((place + 1, bill, holder, f"{MARKED_AT:%Y-%m-%d %H:%M:%S}"))
    return rows, marks


def _holder(session: Session) -> Person:
    employer = Employer(
        name="Alder Creek",
        time_zone="America/Los_Angeles",
        policy_edition="alder_creek",
    )
    session.add(employer)
    session.flush()
    agency = Agency(employer_id=employer.id or 0, name=employer.name)
    session.add(agency)
    session.flush()
    department = Department(agency_id=agency.id or 0, code="PW", name="Public Works")
    session.add(department)
    session.flush()
    person = Person(
        employer_id=employer.id or 0,
        department_id=department.id or 0,
        user_name="wren",
        employee_number="1",
        name="Wren",
        email="wren@city.example",
    )
    session.add(person)
    session.flush()
    return person


def _bills(session: Session, holder: Person, items: Items) -> Iterator[int]:
    imported = InvoiceImport(
        employer_id=holder.employer_id,
        state="published",
        content_hash="a million",
        uploaded_at=MARKED_AT,
    )
    session.add(imported)
    session.flush()
    invoice = Invoice(
        employer_id=holder.employer_id,
        import_id=imported.id or 0,
        carrier="verizon",
        account="1",
        number="1",
        state=InvoiceState.RELEASED,
        month=MONTH,
        bill_date=BILL_DATE,
        total_current=Decimal(0),
        total_due=Decimal(0),
        account_level=Decimal(0),
        ties=True,
    )
    session.add(invoice)
    session.flush()
    counted = np.bincount(items.bill, weights=items.minutes).astype(int)
    for number, minutes in enumerate(counted):
        bill = Bill(
            employer_id=holder.employer_id,
            invoice_id=invoice.id or 0,
            holder_id=holder.id,
            department_id=holder.department_id,
            state=BillState.RELEASED,
            month=MONTH,
            number=f"+1209{number:07}",
            cost=Decimal(0),
            item_count=int((items.bill == number).sum()),
            counted_minutes=int(minutes),
        )
        session.add(bill)
        session.flush()
        yield bill.id or 0
