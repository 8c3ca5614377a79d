"""Two clerks at the same moment, each in a transaction of their own that is saved."""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from sqlmodel import Session, select

from mobile_selfservice.database import open_engine
from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.models.organization import RoleGrant
from mobile_selfservice.models.reimbursement import Payment, Tender
from mobile_selfservice.services import access
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.money import reimbursement
from mobile_selfservice.services.money.reimbursement import AlreadyHandled
from mobile_selfservice.services.refusals import Refused
from tests.factories import NOW, Factory
from tests.services.money import arrival, confirm, hand_in, sign, signed_bill


@pytest.fixture
def committed(database_url):
    """A certified bill with one tender, saved for real, and two clerks."""
    engine = open_engine(database_url).execution_options(writer=True)
    with Session(engine, expire_on_commit=False) as session, session.begin():
        make = Factory(session)
        employee = make.person()
        clerks = [make.person(Role.FINANCE) for _ in range(2)]
        bill = signed_bill(make, employee)
        tender_id = hand_in(session, employee, bill)
        session.flush()
    yield engine, clerks, bill.id, tender_id
    engine.dispose()


def at_once(engine, clerks, act):
    """Let each clerk act in a transaction of their own, both started together."""
    start = Barrier(len(clerks))

    def one(clerk):
        try:
            with Session(engine) as session, session.begin():
                session.get(RoleGrant, 1)  # PostgreSQL: the transaction has begun
                start.wait(10) if engine.dialect.name == "postgresql" else None
                return act(session, clerk)
        except Refused as refusal:
            return refusal

    with ThreadPoolExecutor(len(clerks)) as pool:
        return list(pool.map(one, clerks))


def test_two_clerks_at_once_record_one_payment(committed):
    engine, clerks, bill_id, tender_id = committed

    outcomes = at_once(engine, clerks, lambda s, clerk: confirm(s, clerk, tender_id))

    refused = [each for each in outcomes if isinstance(each, Refused)]
    assert [type(each) for each in refused] == [AlreadyHandled]
    with Session(engine) as session:
        assert len(session.exec(select(Payment)).all()) == 1
        assert session.get(Bill, bill_id).paid == Decimal("12.30")


def test_without_the_lock_on_the_tender_both_would_have_recorded(
    committed, monkeypatch
):
    engine, clerks, _, tender_id = committed
    if engine.dialect.name == "sqlite":
        return  # BEGIN IMMEDIATE lets one writer in at a time, whatever is locked
    both_read = Barrier(2)

    def unlocked(session, actor, wanted):
        found = session.get(Tender, wanted)
        both_read.wait(10)
        return found, access.bills.any_bill(session, actor, found.bill_id)

    monkeypatch.setattr(access, "tender", unlocked)
    at_once(engine, clerks, lambda s, clerk: confirm(s, clerk, tender_id))

    with Session(engine) as session:
        assert len(session.exec(select(Payment)).all()) == 2


def test_clerks_on_two_bills_at_once_get_two_receipt_numbers(committed):
    engine, clerks, _, tender_id = committed
    with Session(engine, expire_on_commit=False) as session, session.begin():
        first = session.get(Tender, tender_id)
        bill = session.get(Bill, first.bill_id)
        bill.owed = Decimal("24.60")
        sign(Factory(session), bill, "24.60", sequence=2)
        twin = Tender(
            bill_id=bill.id,
            method="cash",
            amount=Decimal("12.30"),
            tendered_by=first.tendered_by,
            tendered_at=NOW,
            tendered_on=NOW.date(),
            idempotency_key="twin",
        )
        session.add(twin)
    wanted = dict(zip([c.person_id for c in clerks], [tender_id, twin.id], strict=True))

    outcomes = at_once(
        engine, clerks, lambda s, clerk: confirm(s, clerk, wanted[clerk.person_id])
    )

    numbers = sorted(each.receipt_number for each in outcomes)
    assert numbers == ["2026-000001", "2026-000002"]


def test_the_same_click_twice_at_once_records_one_payment(committed):
    engine, clerks, _, tender_id = committed
    same = arrival(key="the form's key")

    outcomes = at_once(
        engine,
        [clerks[0], clerks[0]],
        lambda s, clerk: reimbursement.confirm(
            s, clerk, tender_id=tender_id, arrival=same, now=NOW
        ),
    )

    assert outcomes[0] == outcomes[1]
