"""Two people, or two clicks, at the same moment, on committed rows of both databases.

Each act has exactly one effect; the other is told in words. The negative controls take
a lock away and see the effect twice: without them these tests would prove nothing.
"""

from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from threading import Barrier

import pytest
from sqlmodel import Session, func, select

from mobile_selfservice.database import open_engine
from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.invoice import (
    Bill,
    BillState,
    Invoice,
    InvoiceImport,
    InvoiceState,
)
from mobile_selfservice.models.organization import RoleGrant
from mobile_selfservice.models.reimbursement import Payment, Tender
from mobile_selfservice.models.review import (
    Certification,
    DirectorDecision,
    ItemMark,
    Mark,
)
from mobile_selfservice.services import access
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.bills import bill_review
from mobile_selfservice.services.bills.bill_review import Word
from mobile_selfservice.services.bills.item_choice import Items
from mobile_selfservice.services.invoices import release
from mobile_selfservice.services.money import reimbursement
from mobile_selfservice.services.refusals import ChangedMeanwhile, Refused
from mobile_selfservice.services.statements import certification, director_review
from tests.carriers.verizon_month import Month
from tests.factories import NOW, Factory
from tests.services.money import confirm, hand_in, reverse, signed_bill
from tests.services.test_invoice_import import publish, try_out

REASON = "It did not arrive at the counter"


@pytest.fixture
def saved(database_url):
    """Make rows and save them for real; return what acts on them at once."""
    engine = open_engine(database_url).execution_options(writer=True)
    yield Saved(engine)
    engine.dispose()


class Saved:
    """A database whose rows are committed, and people who act on it together."""

    def __init__(self, engine) -> None:
        self.engine = engine
        self.is_postgres = engine.dialect.name == "postgresql"

    def make(self, prepare):
        """Commit what `prepare` makes, and return it."""
        with Session(self.engine, expire_on_commit=False) as session, session.begin():
            return prepare(Factory(session))

    def at_once(self, *acts):
        """Carry each act out in a transaction of its own, all started together."""
        start = Barrier(len(acts))

        def one(act):
            try:
                with Session(self.engine) as session, session.begin():
                    session.get(RoleGrant, 1)  # PostgreSQL: it has begun
                    start.wait(10) if self.is_postgres else None
                    return act(session)
            except Refused as refusal:
                return refusal

        with ThreadPoolExecutor(len(acts)) as pool:
            return list(pool.map(one, acts))

    def count(self, table, *where):
        """Count the rows that stand in the end."""
        with Session(self.engine) as session:
            return session.exec(
                select(func.count()).select_from(table).where(*where)
            ).one()

    def acts(self, name):
        """Count how often an act stands in the history."""
        return self.count(HistoryEntry, HistoryEntry.act == name)


def refusals(outcomes):
    return [each for each in outcomes if isinstance(each, Refused)]


def reviewed(make):
    """A bill with two calls, its holder, its director, and what would be signed."""
    employee, director = make.person(), make.person(Role.DIRECTOR)
    bill = make.bill(employee)
    make.call(bill)
    make.call(bill)
    shown = certification.prepare(make.session, employee, bill_id=bill.id, now=NOW)
    return employee, director, bill.id, shown.draft.signature


def certifying(employee, bill_id, signature):
    return lambda session: certification.certify(
        session, employee, bill_id=bill_id, signature=signature, now=NOW
    )


def marking(employee, bill_id):
    return lambda session: bill_review.mark_items(
        session,
        employee,
        bill_id=bill_id,
        items=Items(),
        word=Word(Mark.PERSONAL),
        now=NOW,
    )


def test_a_double_click_signs_once(saved):
    employee, _, bill_id, signature = saved.make(reviewed)
    click = certifying(employee, bill_id, signature)

    outcomes = saved.at_once(click, click)

    assert saved.count(Certification) == saved.acts("bill.certified") == 1
    assert sorted(each.is_new for each in outcomes) == [False, True]


def test_nothing_is_signed_that_was_marked_meanwhile(saved):
    employee, _, bill_id, signature = saved.make(reviewed)

    outcomes = saved.at_once(
        certifying(employee, bill_id, signature), marking(employee, bill_id)
    )

    signed, marked = saved.count(Certification), saved.count(ItemMark)
    assert (signed, marked) in [(1, 0), (0, 2)]
    assert len(refusals(outcomes)) == 1


def test_a_statement_is_accepted_or_returned_never_both(saved):
    employee, director, bill_id, signature = saved.make(reviewed)
    second = saved.make(
        lambda make: certifying(employee, bill_id, signature)(make.session)
    )
    shown = {"bill_id": bill_id, "certification_id": second.certification_id}

    outcomes = saved.at_once(
        lambda session: director_review.accept(session, director, **shown, now=NOW),
        lambda session: director_review.return_with_reason(
            session, director, **shown, reason="Please look again", now=NOW
        ),
    )

    assert saved.count(DirectorDecision) == 1
    assert len(refusals(outcomes)) == 1


def owing(make):
    """A certified bill that owes 12.30, its holder and two clerks."""
    employee = make.person()
    clerks = [make.person(Role.FINANCE) for _ in range(2)]
    return employee, clerks, signed_bill(make, employee)


def tendered(make):
    employee, clerks, bill = owing(make)
    return bill.id, clerks, hand_in(make.session, employee, bill)


def declining(clerk, tender_id):
    return lambda session: reimbursement.decline(
        session, clerk, tender_id=tender_id, reason=REASON, version=1, now=NOW
    )


def test_a_tender_is_confirmed_or_declined_never_both(saved):
    _, clerks, tender_id = saved.make(tendered)

    outcomes = saved.at_once(
        lambda session: confirm(session, clerks[0], tender_id),
        declining(clerks[1], tender_id),
    )

    confirmed = saved.count(Payment)
    declined = saved.count(Tender, Tender.state == "declined")
    assert confirmed + declined == 1
    assert len(refusals(outcomes)) == 1


def test_a_payment_is_taken_back_once(saved):
    _, clerks, tender_id = saved.make(tendered)
    paid = saved.make(lambda make: confirm(make.session, clerks[0], tender_id))

    outcomes = saved.at_once(
        *(
            lambda session, clerk=clerk: reverse(session, clerk, paid.payment_id)
            for clerk in clerks
        )
    )

    assert saved.acts("payment.reversed") == 1
    assert saved.count(Payment) == 2
    assert len(refusals(outcomes)) == 1


def test_no_more_is_handed_in_than_is_owed(saved):
    employee, _, bill = saved.make(owing)

    outcomes = saved.at_once(
        *([lambda session: hand_in(session, employee, bill, "8.00")] * 4)
    )

    assert saved.count(Tender) == 1
    assert len(refusals(outcomes)) == 3
    with Session(saved.engine) as session:
        assert session.get(Bill, bill.id).tendered == Decimal("8.00")


def waiting(make):
    """An invoice with two bills to release, and two clerks."""
    make.person(Role.DIRECTOR)
    invoice = make.invoice(state=InvoiceState.PREPARED)
    for _ in range(2):
        make.bill(
            make.person(),
            invoice=invoice,
            state=BillState.PREPARED,
            received_on=None,
            due_on=None,
        )
    return invoice.id, [make.person(Role.FINANCE) for _ in range(2)]


def releasing(clerk, invoice_id):
    return lambda session: release.release_invoice(
        session, clerk, invoice_id=invoice_id, now=NOW
    )


def test_an_invoice_is_released_once(saved):
    invoice_id, clerks = saved.make(waiting)

    outcomes = saved.at_once(*(releasing(clerk, invoice_id) for clerk in clerks))

    assert sorted(each.count for each in outcomes) == [0, 2]
    assert saved.acts("bill.released") == 2
    assert saved.acts("invoice.released") == 1


def test_an_import_is_published_once(saved, tmp_path):
    paths = Month(tmp_path).write()
    finance = saved.make(lambda make: make.person(Role.FINANCE))
    first, second = (
        saved.make(lambda make: try_out(make.session, finance, paths)) for _ in range(2)
    )

    outcomes = saved.at_once(
        lambda session: publish(session, finance, first, paths),
        lambda session: publish(session, finance, first, paths),
        lambda session: publish(session, finance, second, paths),
    )

    assert len(refusals(outcomes)) == 2
    assert saved.count(Invoice) == 1
    assert saved.count(InvoiceImport, InvoiceImport.state == "published") == 1


@pytest.fixture
def unlocked(saved, monkeypatch):
    """Take the lock off bills; each act goes on when both have read.

    SQLite lets one writer in at a time, whatever is locked: there is nothing to take.
    """
    both_read = Barrier(2)

    def read(session, actor, bill_id, *, lock=False):
        bill = session.get(Bill, bill_id)
        both_read.wait(10)
        return bill

    if saved.is_postgres:
        monkeypatch.setattr(access.bills, "any_bill", read)
    return saved


def test_without_the_lock_more_would_be_handed_in_than_is_owed(unlocked):
    employee, _, bill = unlocked.make(owing)
    if not unlocked.is_postgres:
        return

    unlocked.at_once(*([lambda session: hand_in(session, employee, bill, "8.00")] * 2))

    assert unlocked.count(Tender) == 2


def test_without_the_lock_a_marked_bill_would_be_signed_as_unmarked(saved, request):
    employee, _, bill_id, signature = saved.make(reviewed)
    if not request.getfixturevalue("unlocked").is_postgres:
        return

    saved.at_once(certifying(employee, bill_id, signature), marking(employee, bill_id))

    assert saved.count(Certification) == 1
    assert saved.count(ItemMark) == 2


def test_a_refusal_says_that_something_changed(saved):
    _, clerks, tender_id = saved.make(tendered)

    outcomes = saved.at_once(
        *(declining(clerk, tender_id) for clerk in clerks),
    )

    (refused,) = refusals(outcomes)
    assert isinstance(refused, ChangedMeanwhile)
    assert clerks[0].name in str(refused) or clerks[1].name in str(refused)
