"""What an import does with codes: reads by the table, and keeps what depends on it."""

import pytest
from sqlmodel import select

from mobile_selfservice.models.invoice import Bill, UsageItem
from mobile_selfservice.models.rate_code import CodeLegend, CodeUse
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.codes.guidance import guidance_of
from mobile_selfservice.services.invoices import invoice_import
from mobile_selfservice.services.invoices.invoice_draft import drafted
from mobile_selfservice.services.invoices.progress import Progress
from mobile_selfservice.services.invoices.trial_report import KeptFile
from tests.carriers.att_sectioned.sectioned_month import CALLS, LEGEND, Sections, call
from tests.carriers.verizon_month import Month
from tests.factories import NOW
from tests.services.coded import set_code

SET = {"carrier": "verizon", "code": "XQ11", "period": "", "valid_from": NOW.date()}


@pytest.fixture
def finance(make):
    return make.person(Role.FINANCE)


@pytest.fixture
def month(tmp_path):
    return Month(tmp_path).set("usage", 0, usagetype="XQ11")


def take_in(session, actor, paths):
    return invoice_import.take_in(session, actor, sources=paths, now=NOW)


def treatment(session, code):
    return session.exec(
        select(UsageItem.usage_class, UsageItem.counts).where(
            UsageItem.usage_code == code
        )
    ).one()


def test_a_code_mapped_beforehand_is_read_so(session, finance, month):
    set_code(session, finance, **SET | {"valid_from": NOW.date().replace(year=2021)})

    take_in(session, finance, month.write())

    assert tuple(treatment(session, "XQ11")) == ("allowance", True)


def test_what_is_kept_of_codes_adds_up_to_the_bill(session, finance, month):
    take_in(session, finance, month.write())

    assert tuple(treatment(session, "XQ11")) == ("unknown", None)
    for bill in session.exec(select(Bill)):
        uses = session.exec(select(CodeUse).where(CodeUse.bill_id == bill.id)).all()
        assert sum(use.items for use in uses) == bill.item_count
        counted = [use.minutes for use in uses if use.kind == "voice" and use.counts]
        assert sum(counted) == bill.counted_minutes


def test_a_mapping_set_while_files_are_read_makes_the_publication_start_over(
    session, finance, month
):
    paths = month.write()
    files = [KeptFile(path.name, "", 0) for path in paths]
    import_id = invoice_import.begin(session, finance, files=files, now=NOW)
    before = guidance_of(session, finance.employer_id)
    with drafted(*paths, progress=Progress(), guidance=before) as draft:
        report = invoice_import.conclude_trial(
            session, finance, import_id=import_id, draft=draft, now=NOW
        )
        assert report.unmapped_calls >= 1
        set_code(session, finance, **SET)
        with pytest.raises(invoice_import.CodesChanged):
            invoice_import.publish(
                session, finance, import_id=import_id, draft=draft, now=NOW
            )


def test_the_words_of_a_legend_are_kept_with_the_invoice(session, finance, tmp_path):
    sections = Sections(tmp_path).file(
        "Call Detail,209-555-0101", *LEGEND, CALLS, call()
    )

    done = take_in(session, finance, sections.paths)

    kept = session.exec(
        select(CodeLegend.code, CodeLegend.words, CodeLegend.counts).where(
            CodeLegend.invoice_id == done.invoice_ids[0], CodeLegend.code != ""
        )
    ).all()
    assert ("RM45", "450 Rollover Mins", True) in [tuple(row) for row in kept]
