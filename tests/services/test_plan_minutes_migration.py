"""Bills published before plan minutes were kept get them when the portal moves."""

import os
import subprocess
import sys
from decimal import Decimal

from sqlmodel import Session, select

from mobile_selfservice.database import open_engine
from mobile_selfservice.models.invoice import Bill, BillCharge
from mobile_selfservice.models.review import ItemMark
from mobile_selfservice.services.bills import bill_rating
from tests.conftest import ROOT, migrate
from tests.factories import NOW, Factory


def back_to(url, revision):
    subprocess.run(
        [sys.executable, "-m", "alembic", "downgrade", revision],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": url},
        check=True,
        capture_output=True,
    )


def bucket(make, bill, allowance, amount, unit="messages", **details):
    make.save(
        BillCharge(
            invoice_id=bill.invoice_id,
            bill_id=bill.id,
            category="usage",
            description=unit,
            unit=unit,
            amount=Decimal(amount),
            allowance=Decimal(allowance),
            **details,
        )
    )


def publish(session):
    """Make four bills as an earlier portal would have kept them."""
    make = Factory(session)
    holder = make.person()
    marked, one, shared, two = (make.bill(holder) for _ in range(4))
    for minutes, counts, use in (
        ("2.5", True, "personal"),
        ("7", None, "incidental"),
        ("4", True, ""),
        ("40", False, "personal"),
    ):
        item = make.call(marked, quantity=Decimal(minutes), counts=counts)
        if use:
            make.save(
                ItemMark(
                    item_id=item.id,
                    bill_id=marked.id,
                    mark=use,
                    reason="emergency",
                    marked_by=holder.person_id,
                    marked_at=NOW,
                )
            )
    bill_rating.refresh_summary(session, marked)
    text = {"kind": "message", "unit": "message", "quantity": Decimal(1)}
    make.call(one, airtime=Decimal("0.20"), **text)
    bucket(make, one, 200, "1.455")
    bucket(make, one, 400, "0.00", unit="minutes")
    bucket(make, shared, 200, "1.40", is_shared=True)
    for allowance in (200, 300):
        bucket(make, two, allowance, "1.40")


def test_what_older_bills_drew_on_their_plan_is_added_up(database_url):
    engine = open_engine(database_url)
    with Session(engine) as session, session.begin():
        publish(session)
    engine.dispose()

    back_to(database_url, "0004")
    migrate(database_url)

    engine = open_engine(database_url)
    with Session(engine) as session:
        bills = session.exec(select(Bill).order_by(Bill.id)).all()
        kept = [
            (bill.counted_minutes, bill.counted_personal, bill.counted_incidental)
            for bill in bills
        ]
        messages = [(bill.message_allowance, bill.message_overage) for bill in bills]
    engine.dispose()
    assert kept == [(7, 3, 0), (0, 0, 0), (0, 0, 0), (0, 0, 0)]
    assert messages == [
        (None, 0),
        (200, Decimal("1.26")),  # 1.455 less the 0.20 on the text itself
        (None, 0),
        (None, 0),
    ]
