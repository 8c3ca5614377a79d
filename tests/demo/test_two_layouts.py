"""The same city in Verizon's and in AT&T's layout: the same bills."""

import pytest
from sqlmodel import Session, col, select

from mobile_selfservice.carriers.codes import CodeBook
from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.records import Kind, Severity, Verdict
from mobile_selfservice.database import open_engine
from mobile_selfservice.demo import people
from mobile_selfservice.demo.city import city_of
from mobile_selfservice.demo.invoices import write_every_month
from mobile_selfservice.demo.layouts import ATT, VERIZON
from mobile_selfservice.demo.story import tell
from mobile_selfservice.models.invoice import Bill, Invoice
from mobile_selfservice.services.invoices.invoice_draft import drafted
from mobile_selfservice.services.invoices.progress import Progress
from mobile_selfservice.services.people import passwords
from tests.conftest import migrate
from tests.demo.conftest import UNTIL

GUIDANCE = Guidance(codes=CodeBook(ATT.codes))


@pytest.fixture(scope="module")
def written(city, tmp_path_factory):
    """Write each month in both layouts."""
    folder = tmp_path_factory.mktemp("two")
    return [list(write_every_month(city, folder, layout)) for layout in (VERIZON, ATT)]


@pytest.fixture(scope="module", params=range(3))
def month(request, written):
    """Read one month as Verizon's and as AT&T's, drafted as an import does."""
    verizon, att = (files[request.param] for files in written)
    with (
        drafted(verizon.path, progress=Progress()) as first,
        drafted(att.path, progress=Progress(), guidance=GUIDANCE) as second,
    ):
        yield first, second


def _lines(draft):
    (invoice,) = draft.invoices
    return invoice.head.key, invoice.lines


def test_both_are_read_without_an_error_or_a_doubt(month):
    for draft in month:
        assert not draft.is_refused
        found = {finding.severity for finding in draft.reading.findings}
        assert found <= {Severity.NOTE}


def test_both_have_the_same_invoice_and_miss_the_same_amount(month):
    first, second = ((next(iter(draft.invoices))) for draft in month)
    assert first.head.key == second.head.key
    assert first.head.bill_date == second.head.bill_date
    assert first.head.period_from == second.head.period_from
    for name in ("current", "due", "previous_balance", "payments", "account_level"):
        assert first.head.stated[name] == second.head.stated[name]
    missing = [
        [
            one.difference
            for one in draft.reading.checks
            if one.verdict is not Verdict.OK
        ]
        for draft in month
    ]
    assert missing[0] == missing[1]


def test_both_have_the_same_lines_at_the_same_cost_under_the_same_plan(month):
    first, second = month
    key, lines = _lines(first)
    _, others = _lines(second)
    assert lines.keys() == others.keys()
    for number, line in lines.items():
        other = others[number]
        assert first.cost_of(key, line) == second.cost_of(key, other)
        assert first.plan_of(key, line) == second.plan_of(key, other)
        assert line.charges == other.charges
        assert (line.items, line.counted_minutes) == (
            other.items,
            other.counted_minutes,
        )
        assert line.directions == other.directions
        assert line.line.user_name == other.line.user_name
        assert line.line.cost_center == other.line.cost_center
        assert line.line.user_id == other.line.user_id
        assert (line.line.plan, line.line.usage) == (other.line.plan, other.line.usage)


def test_unmapped_codes_are_unknown_and_not_guessed(written):
    with drafted(written[1][0].path, progress=Progress()) as draft:
        _, lines = _lines(draft)
        calls = [line for line in lines.values() if Kind.VOICE in line.items]
        assert not any(line.counted_minutes for line in calls)
        said = [one for one in draft.reading.findings if "not mapped" in one.reason]
        assert len(said) >= 3


def test_the_same_seed_writes_the_same_bytes(written, tmp_path):
    again = city_of(employees=30, months=3, seed=1, until=UNTIL)
    for first, second in zip(
        written[1], write_every_month(again, tmp_path, ATT), strict=True
    ):
        assert first.path.read_bytes() == second.path.read_bytes()


@pytest.mark.slow
def test_a_year_of_marks_and_payments_comes_to_the_same_amounts(written, tmp_path):
    verizon, att = (
        _owed(tmp_path / f"{number}.db", files) for number, files in enumerate(written)
    )
    assert len(verizon) > 60
    assert any(owed for *_, owed, _, _ in verizon)
    assert verizon == att


def _owed(path, files):
    """Let the city's year happen, and list what every bill came to."""
    migrate(f"sqlite:///{path}")
    engine = open_engine(f"sqlite:///{path}")
    city = city_of(employees=30, months=3, seed=1, until=UNTIL)
    with Session(engine.execution_options(writer=True)) as session, session.begin():
        tell(session, city, files, passwords.hashed(people.PASSWORD))
        bills = session.exec(
            select(Bill, Invoice)
            .join(Invoice, col(Invoice.id) == Bill.invoice_id)
            .order_by(col(Bill.month), col(Bill.number), col(Bill.part))
        ).all()
        assert {invoice.carrier for _, invoice in bills} == {files[0].layout.carrier}
        found = [_told(bill) for bill, _ in bills]
    engine.dispose()
    return found


def _told(bill):
    return (
        *(bill.month, bill.number, bill.part, bill.holder_id, bill.state),
        *(bill.plan_kind, bill.allowance_minutes, bill.base_charge, bill.pool_share),
        *(bill.overage_charged, bill.counted_minutes, bill.counted_personal),
        *(bill.item_count, bill.voice_minutes, bill.message_count),
        *(bill.data_kilobytes, bill.marked_count, bill.personal_count),
        *(bill.personal_minutes, bill.personal_charged, bill.cost, bill.owed),
        *(bill.credit, bill.paid),
    )
