"""The file for payroll: our layout or payroll's own columns, always the same bytes."""

import csv
import io
from decimal import Decimal

import pytest
from sqlmodel import select, text

from mobile_selfservice.models.organization import Person
from mobile_selfservice.models.stipend_run import PayrollTemplate, StipendRun
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.payroll import payroll_export, payroll_file, templates
from mobile_selfservice.services.payroll.templates import (
    TemplateUnclear,
    WantedTemplate,
)
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from tests.factories import NOW
from tests.services.payroll import paid, say_how_taxed, start, stipend

WANTED = WantedTemplate(
    name="County payroll",
    columns=(
        ("EMPID", "employee_number", ""),
        ("CODE", "pay_code", ""),
        ("AMT", "amount", ""),
        ("DATE", "pay_date", ""),
        ("CO", "constant", "001"),
    ),
    code_cell="CEL1",
    separator="semicolon",
    date_format="us",
)


@pytest.fixture
def finance(session, make):
    clerk = make.person(Role.FINANCE)
    say_how_taxed(session, clerk)
    return clerk


def file_of(session, actor, run_id, is_templated=False):
    return payroll_export.run_file(
        session, actor, run_id=run_id, is_templated=is_templated, now=NOW
    )


def save(session, actor, wanted=WANTED, version=0):
    return templates.save(session, actor, wanted=wanted, version=version, now=NOW)


def test_our_layout_is_as_documented(session, make, finance):
    held = stipend(make, make.person())
    run_id = paid(session, finance)

    made = file_of(session, finance, run_id)
    headings, row = csv.reader(io.StringIO(made.content))

    assert made.name == "stipends-2026-04-of-12.csv"
    assert headings == list(payroll_file.FIELDS)
    told = dict(zip(headings, row, strict=True))
    assert told == {
        "employee_number": "E0002",
        "name": "Person 2",
        "department": "PW",
        "pay_code": "PHONE-CELL",
        "amount": "25.00",
        "period": "April 2026",
        "reason": "Cell phone stipend, April 2026",
        "stipend_id": str(held.id),
        "run_id": str(run_id),
        "kind": "regular",
        "corrects_run_id": "",
        "period_first": "2026-04-01",
        "period_last": "2026-04-30",
        "pay_date": "2026-04-30",
        "tax_treatment": "nontaxable",
        "regular_rate": "",
    }
    assert made.content.endswith("\r\n")


def test_a_name_that_a_spreadsheet_would_run_is_harmless(session, make, finance):
    wren = make.person()
    session.get(Person, wren.person_id).name = '=HYPERLINK("x"), Wren'
    stipend(make, wren)

    made = file_of(session, finance, paid(session, finance))

    _, row = csv.reader(io.StringIO(made.content))
    assert row[1] == '\'=HYPERLINK("x"), Wren'


def test_an_open_run_has_no_file(session, make, finance):
    run_id = start(session, finance)

    with pytest.raises(payroll_export.StillOpen, match="still open"):
        file_of(session, finance, run_id)


def test_the_file_is_the_same_whatever_changed_since(session, make, finance):
    wren = make.person()
    stipend(make, wren)
    save(session, finance)
    run_id = paid(session, finance)
    before = [file_of(session, finance, run_id, own) for own in (False, True)]

    session.get(Person, wren.person_id).name = "Another Name"
    save(session, finance, WantedTemplate(name="x", columns=WANTED.columns[:3]), 1)

    assert [file_of(session, finance, run_id, own) for own in (False, True)] == before


def test_a_file_that_is_not_the_one_handed_over_is_not_given_out(
    session, make, finance
):
    stipend(make, make.person())
    run_id = paid(session, finance)
    for drop in _loosened(session):
        session.execute(text(drop))
    session.execute(text("UPDATE stipend_run_line SET amount = 9900"))

    with pytest.raises(payroll_export.FileDiffers, match="administrator"):
        file_of(session, finance, run_id)


def _loosened(session):
    """Take the database's own guard away, as nobody but its owner could."""
    if session.get_bind().dialect.name == "sqlite":
        return ["DROP TRIGGER stipend_run_line_no_update"]
    return ["ALTER TABLE stipend_run_line DISABLE TRIGGER stipend_run_line_frozen"]


def test_payroll_gets_its_own_columns_codes_and_dates(session, make, finance):
    stipend(make, make.person())
    save(session, finance)

    made = file_of(session, finance, paid(session, finance), is_templated=True)

    assert made.content == (
        "EMPID;CODE;AMT;DATE;CO\r\nE0002;CEL1;25.00;04/30/2026;001\r\n"
    )


def test_a_template_is_saved_version_by_version_and_once_a_click(session, finance):
    assert save(session, finance) == 1
    assert save(session, finance) == 1
    changed = WantedTemplate(name="County payroll", columns=WANTED.columns[:3])
    assert save(session, finance, changed, version=1) == 2
    assert len(session.exec(select(PayrollTemplate)).all()) == 2

    with pytest.raises(ChangedMeanwhile):
        save(session, finance, WANTED, version=1)


@pytest.mark.parametrize(
    ("columns", "why"),
    [
        ((), "at least one column"),
        ((("A", "amount", ""),), "employee number or the name"),
        ((("A", "amount", ""), ("A", "name", "")), "Two columns are headed “A”"),
        ((("", "amount", ""), ("B", "name", "")), "no heading"),
        ((("A", "salary", ""), ("B", "name", "")), "Choose what stands"),
        ((("=A1", "amount", ""), ("B", "name", "")), "sign of a formula"),
        ((("A", "constant", "x;=1+1"), ("B", "name", "")), "sign of a formula"),
        ((("A", "constant", "＝1+1"), ("B", "name", "")), "sign of a formula"),  # noqa: RUF001
        ((("A", "constant", '"=1+1'), ("B", "name", "")), "sign of a formula"),
    ],
)
def test_a_template_that_gives_no_file_is_refused(session, finance, columns, why):
    with pytest.raises(TemplateUnclear, match=why):
        save(session, finance, WantedTemplate(name="x", columns=columns))


def test_a_constant_with_a_separator_is_one_cell(session, make, finance):
    stipend(make, make.person())
    columns = (*WANTED.columns[:3], ("CO", "constant", "City, of; Alder"))
    save(session, finance, WantedTemplate(name="x", columns=columns))

    made = file_of(session, finance, paid(session, finance), is_templated=True)

    assert list(csv.reader(io.StringIO(made.content)))[1][3] == "City, of; Alder"


def test_a_template_is_seen_before_it_is_saved(session, make, finance):
    shown = payroll_export.preview(session, finance, wanted=WANTED, now=NOW)
    assert (shown.is_example, shown.rows[0][0]) == (True, "0001")

    for _ in range(7):
        stipend(make, make.person(), "12.34")
    paid(session, finance)
    shown = payroll_export.preview(session, finance, wanted=WANTED, now=NOW)
    assert (len(shown.rows), shown.is_example) == (5, False)
    assert {row[2] for row in shown.rows} == {"12.34"}


def test_only_finance_saves_and_an_auditor_reads(session, make, finance):
    save(session, finance)
    auditor, stranger = make.person(Role.AUDITOR), make.person(Role.DCM)

    assert templates.current(session, auditor, now=NOW).name == "County payroll"
    assert '"EMPID"' in payroll_export.template_file(session, auditor, now=NOW).content
    for act in (
        lambda: save(session, auditor, version=1),
        lambda: templates.current(session, stranger, now=NOW),
        lambda: payroll_export.preview(session, auditor, wanted=WANTED, now=NOW),
        lambda: payroll_export.template_file(session, stranger, now=NOW),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_the_file_is_finances_and_the_auditors(session, make, finance):
    run_id = paid(session, finance)

    assert file_of(session, make.person(Role.AUDITOR), run_id).content
    with pytest.raises(NotPermitted):
        file_of(session, make.person(Role.DIRECTOR), run_id)


def test_the_total_of_a_run_is_that_of_its_file(session, make, finance):
    stipend(make, make.person(), "25.00")
    stipend(make, make.person(), "49.99")
    run_id = paid(session, finance)

    rows = list(csv.DictReader(io.StringIO(file_of(session, finance, run_id).content)))

    assert sum(Decimal(row["amount"]) for row in rows) == Decimal("74.99")
    assert session.get(StipendRun, run_id).regular_total == Decimal("74.99")
