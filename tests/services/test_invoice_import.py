from datetime import date, datetime
from decimal import Decimal

import pytest
from sqlmodel import col, select

from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.invoice import (
    Bill,
    BillCharge,
    BillState,
    Invoice,
    InvoiceImport,
    UsageItem,
)
from mobile_selfservice.models.line import Line, LineHolding
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.invoices import (
    import_course,
    invoice_import,
    trial_report,
)
from mobile_selfservice.services.invoices.invoice_draft import drafted
from mobile_selfservice.services.invoices.invoice_import import (
    AlreadyImported,
    CannotPublish,
    FilesChanged,
)
from mobile_selfservice.services.invoices.progress import Progress
from mobile_selfservice.services.invoices.trial_report import KeptFile
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from tests.carriers.verizon_month import Month
from tests.factories import NOW

ITEMS = 13
FIRST, SECOND = "+12095550101", "+12095550102"


@pytest.fixture
def month(tmp_path):
    return Month(tmp_path)


@pytest.fixture
def finance(make):
    return make.person(Role.FINANCE)


def try_out(session, actor, paths):
    files = [KeptFile(path.name, "", 0) for path in paths]
    import_id = invoice_import.begin(session, actor, files=files, now=NOW)
    with drafted(*paths, progress=Progress()) as draft:
        invoice_import.conclude_trial(
            session, actor, import_id=import_id, draft=draft, now=NOW
        )
    return import_id


def publish(session, actor, import_id, paths):
    with drafted(*paths, progress=Progress()) as draft:
        return invoice_import.publish(
            session, actor, import_id=import_id, draft=draft, now=NOW
        )


def take_in(session, actor, paths):
    return invoice_import.take_in(session, actor, sources=paths, now=NOW)


def report_of(session, import_id):
    return trial_report.read(session.get(InvoiceImport, import_id).report)


def count(session, table):
    return len(session.exec(select(table)).all())


def test_a_trial_run_writes_nothing_but_its_report(session, month, finance):
    import_id = try_out(session, finance, month.write())

    assert session.get(InvoiceImport, import_id).state == "tried"
    for table in (Invoice, Bill, BillCharge, UsageItem, Line):
        assert count(session, table) == 0


def test_a_trial_run_says_what_ties_to_the_cent(session, month, finance):
    report = report_of(session, try_out(session, finance, month.write()))

    invoice = report.invoices[0]
    assert (invoice.stated, invoice.computed) == (Decimal("120.50"), Decimal("120.50"))
    assert (invoice.lines, invoice.items, invoice.revision) == (2, ITEMS, 1)
    assert report.is_tied
    assert report.check_counts == {"ok": 15, "warning": 2}


def test_a_trial_run_names_lines_without_an_owner_and_who_it_may_be(
    session, make, month, finance
):
    line = make.line(number=FIRST)
    person = make.person()
    from mobile_selfservice.models.organization import Person

    session.get(Person, person.person_id).name = "Anne Sample"

    report = report_of(session, try_out(session, finance, month.write()))

    known, unknown = report.ownerless
    assert (known.number, known.is_new) == (line.number, False)
    assert (unknown.number, unknown.is_new) == (SECOND, True)
    assert (unknown.cost, unknown.suggestion) == (Decimal("39.99"), "Anne Sample")


def test_a_trial_run_names_lines_that_are_held_but_not_billed(
    session, make, month, finance
):
    make.line(make.person(), number=FIRST)
    forgotten = make.line(make.person())

    report = report_of(session, try_out(session, finance, month.write()))

    assert [one.number for one in report.not_billed] == [forgotten.number]


def test_publishing_writes_the_invoice_its_bills_charges_and_items(
    session, make, month, finance
):
    holder = make.person(department=make.city.library)
    make.line(holder, number=FIRST)

    published = take_in(session, finance, month.write())

    invoice = session.get(Invoice, published.invoice_ids[0])
    assert (invoice.month, invoice.total_current) == (
        date(2022, 1, 1),
        Decimal("120.50"),
    )
    assert invoice.ties
    assert (published.bills, published.items) == (2, ITEMS)
    first, second = session.exec(select(Bill).order_by(Bill.number)).all()
    assert (first.holder_id, first.department_id) == (
        holder.person_id,
        make.city.library.id,
    )
    assert (first.cost, first.base_charge) == (Decimal("75.51"), Decimal("60.00"))
    assert first.cost + second.cost + invoice.account_level == invoice.total_current
    assert (first.item_count, first.voice_minutes, first.message_count) == (11, 19, 2)
    assert first.data_kilobytes == 21698
    account = select(BillCharge).where(col(BillCharge.bill_id).is_(None))
    assert len(session.exec(account).all()) == 2


def test_items_are_kept_exactly_as_billed(session, month, finance):
    take_in(session, finance, month.write())

    items = session.exec(select(UsageItem).order_by(col(UsageItem.id))).all()
    assert len(items) == ITEMS
    call = items[7]
    assert call.started == datetime(2022, 1, 5, 12, 30)  # noqa: DTZ001 wall time
    assert (call.party, call.extra) == ("+639178556860", Decimal("2.0700"))
    assert (call.quantity, call.is_late, items[0].is_late) == (3, False, True)
    assert {item.counts for item in items} == {True, False, None}


def test_a_number_nobody_knows_becomes_a_line_without_a_holder(session, month, finance):
    take_in(session, finance, month.write())

    line = session.exec(select(Line).where(Line.number == SECOND)).one()
    bill = session.exec(select(Bill).where(Bill.number == SECOND)).one()
    assert (bill.line_id, bill.holder_id, bill.state) == (
        line.id,
        None,
        BillState.PREPARED,
    )


def test_the_holder_on_the_last_day_of_the_period_gets_the_bill(
    session, make, month, finance
):
    before, after = make.person(), make.person()
    line = make.line(before, number=FIRST)
    old = session.exec(select(LineHolding)).one()
    old.held_until = date(2022, 1, 5)
    make.save(
        LineHolding(
            line_id=line.id,
            person_id=after.person_id,
            department_id=after.department_id,
            held_from=date(2022, 1, 5),
        )
    )

    import_id = try_out(session, finance, month.write())
    publish(session, finance, import_id, month.write())

    whole = select(Bill).where(Bill.number == FIRST, Bill.part == 1)
    bill = session.exec(whole).one()
    assert bill.holder_id == after.person_id
    assert [one.before for one in report_of(session, import_id).handed_over] == [
        before.name
    ]


def test_publishing_is_written_into_the_history_with_it(session, month, finance):
    published = take_in(session, finance, month.write())

    acts = [
        (entry.act, entry.actor_id)
        for entry in session.exec(select(HistoryEntry).order_by(col(HistoryEntry.id)))
    ]
    assert [act for act, _ in acts] == [
        "import.begun",
        "import.tried",
        "invoice.published",
        "import.published",
    ]
    assert {actor_id for _, actor_id in acts} == {finance.person_id}
    assert published.is_tied


def test_the_same_files_again_do_nothing(session, month, finance):
    take_in(session, finance, month.write())
    before = count(session, UsageItem)

    with pytest.raises(AlreadyImported):
        take_in(session, finance, month.write())

    assert count(session, UsageItem) == before
    assert count(session, Invoice) == 1


def test_files_in_another_order_and_under_other_names_are_known_again(
    session, month, finance
):
    take_in(session, finance, month.write())
    renamed = month.write({role: f"{role}.txt" for role in month.tables})

    with pytest.raises(AlreadyImported):
        take_in(session, finance, renamed[::-1])


def test_files_with_errors_are_refused(session, month, finance):
    month.set("usage", 3, date="never")
    import_id = try_out(session, finance, month.write())

    found = report_of(session, import_id).findings[0]
    assert (found.line, found.column, found.value) == (5, "Date", "never")
    assert session.get(InvoiceImport, import_id).state == "refused"
    with pytest.raises(CannotPublish):
        publish(session, finance, import_id, month.write())
    assert count(session, Invoice) == 0


def test_an_invoice_that_does_not_tie_is_published_and_says_so(session, month, finance):
    month.set("lines", 2, totalcharges="40.99")

    published = take_in(session, finance, month.write())

    assert not published.is_tied
    assert not session.get(Invoice, published.invoice_ids[0]).ties


def test_other_files_than_those_of_the_trial_are_not_published(session, month, finance):
    import_id = try_out(session, finance, month.write())
    month.set("lines", 2, username="SOMEBODY ELSE")

    with pytest.raises(FilesChanged):
        publish(session, finance, import_id, month.write())


def test_what_was_published_meanwhile_calls_for_another_trial(session, month, finance):
    paths = month.write()
    import_id = try_out(session, finance, paths)
    other = Month(month.folder).set("lines", 2, username="SOMEBODY ELSE")
    take_in(session, finance, other.write())
    Month(month.folder).write()

    with pytest.raises(ChangedMeanwhile):
        publish(session, finance, import_id, paths)


def test_a_discarded_import_cannot_be_published(session, month, finance):
    import_id = try_out(session, finance, month.write())
    import_course.discard(session, finance, import_id=import_id, now=NOW)

    with pytest.raises(ChangedMeanwhile):
        publish(session, finance, import_id, month.write())


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.FINANCE, Role.IT)]
)
def test_someone_else_may_not_import(session, make, month, finance, role):
    other = make.person(role)
    paths = month.write()
    import_id = try_out(session, finance, paths)

    with pytest.raises(NotPermitted):
        invoice_import.begin(session, other, files=[], now=NOW)
    with pytest.raises(NotPermitted):
        publish(session, other, import_id, paths)
    with pytest.raises(NotPermitted):
        import_course.discard(session, other, import_id=import_id, now=NOW)
    with pytest.raises(NotPermitted):
        import_course.start_publishing(session, other, import_id=import_id)
