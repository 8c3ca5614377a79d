"""The demo's year: carried out by the services, and the same for the same seed."""

from collections import Counter
from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlmodel import Session, SQLModel, col, select

from mobile_selfservice.database import open_engine
from mobile_selfservice.demo import mail, people
from mobile_selfservice.demo.city import city_of
from mobile_selfservice.demo.invoices import write_every_month
from mobile_selfservice.demo.residents import Inhabited, is_inhabited
from mobile_selfservice.demo.story import present_of, tell
from mobile_selfservice.jobs.mail_carrier import FileOutbox
from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.invoice import Bill, BillState, Invoice
from mobile_selfservice.models.mail import Letter
from mobile_selfservice.models.organization import Employer, Person
from mobile_selfservice.services.people import passwords
from tests.conftest import migrate
from tests.demo.conftest import UNTIL

pytestmark = pytest.mark.slow

HASH = passwords.hashed(people.PASSWORD)


@pytest.fixture(scope="module")
def files(city, tmp_path_factory):
    return list(write_every_month(city, tmp_path_factory.mktemp("files")))


def test_the_year_happens_on_both_databases(session, city, files, tmp_path):
    told = tell(session, city, files, HASH)
    states = Counter(session.exec(select(Bill.state)))
    assert states[BillState.CLOSED] > states[BillState.RELEASED] > 0
    assert told.items == session.exec(text("SELECT count(*) FROM usage_item")).scalar()
    assert session.exec(select(Employer)).one().is_demo
    _the_visitors_bills_wait(session)
    _old_months_are_closed(session, city)
    _untied_month_was_released_with_a_reason(session, city)
    _nothing_happens_after_the_present(session, city)
    _leavers_and_unknown_lines_wait_for_a_holder(session)
    _every_letter_becomes_a_file(session, told, tmp_path)


def _the_visitors_bills_wait(session):
    newest = session.exec(select(Bill.month).order_by(col(Bill.month).desc())).first()
    for person, items in ((people.EMPLOYEE, None), (people.BUSIEST, 3_000)):
        holder = session.exec(select(Person).where(Person.name == person.name)).one()
        bill = session.exec(
            select(Bill).where(Bill.holder_id == holder.id, Bill.month == newest)
        ).one()
        assert bill.state == BillState.RELEASED
        assert items is None or bill.item_count == items


def _old_months_are_closed(session, city):
    first = city.months[0].first
    states = session.exec(select(Bill.state).where(Bill.month == first))
    assert Counter(states)[BillState.CLOSED] > 20


def _untied_month_was_released_with_a_reason(session, city):
    reasons = {
        invoice.month: invoice.untied_reason
        for invoice in session.exec(select(Invoice))
    }
    assert reasons.pop(city.untied_month.first)
    assert not any(reasons.values())


def _nothing_happens_after_the_present(session, city):
    last = session.exec(select(HistoryEntry.at).order_by(col(HistoryEntry.at).desc()))
    # An act takes its people a few minutes.
    assert last.first() <= present_of(city) + timedelta(minutes=15)


def _leavers_and_unknown_lines_wait_for_a_holder(session):
    waiting = session.exec(select(Bill).where(Bill.state == BillState.PREPARED)).all()
    leaver = session.exec(select(Person).where(Person.name == people.LEAVER.name)).one()
    assert leaver.ended_on is not None
    assert len({bill.number for bill in waiting}) == 2
    assert all(bill.holder_id is None for bill in waiting)


def _every_letter_becomes_a_file(session, told, folder):
    count = mail.deliver_all(session, FileOutbox(folder / "outbox"))
    assert count == told.letters == len(list(folder.glob("outbox/*.eml")))
    assert not session.exec(select(Letter).where(col(Letter.sent_at).is_(None))).all()


def test_a_demo_never_goes_on_top_of_an_employer(session, make, city):
    make.person()
    assert is_inhabited(session)
    with pytest.raises(Inhabited, match="Set DATABASE_URL"):
        tell(session, city, [], HASH)


def test_the_same_seed_gives_the_same_records(files, tmp_path):
    first, second = (_dump(tmp_path / f"{n}.db", files) for n in "ab")
    assert first == second


def _dump(path, files) -> dict[str, list]:
    migrate(f"sqlite:///{path}")
    engine = open_engine(f"sqlite:///{path}")
    city = city_of(employees=30, months=3, seed=1, until=UNTIL)
    with Session(engine.execution_options(writer=True)) as session, session.begin():
        tell(session, city, files, HASH)
        # Drawn anew with each value that is set, so that no process keeps an old one.
        session.exec(select(Employer)).one().policy_stamp = ""
        session.flush()
        rows = {
            table.name: session.execute(
                select(table).order_by(*table.primary_key.columns)
            ).all()
            for table in SQLModel.metadata.sorted_tables
        }
    engine.dispose()
    return {name: [str(row) for row in found] for name, found in rows.items()}
