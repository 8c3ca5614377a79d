from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from mobile_selfservice.pages.invoice_import.view import import_view
from mobile_selfservice.pages.invoices.view import import_row, invoice_row
from mobile_selfservice.services.invoices.import_view import (
    ImportListed,
    ImportSeen,
    InvoiceListed,
)
from mobile_selfservice.services.invoices.progress import Progress
from mobile_selfservice.services.invoices.trial_report import (
    BillDifference,
    CheckResult,
    FileRows,
    FindingShown,
    InvoiceShown,
    RevisionShown,
    TrialReport,
)

AT = datetime(2026, 4, 10, 17, 0, tzinfo=UTC)
INVOICE = InvoiceShown(
    carrier="verizon",
    account="642350544-00001",
    number="9876543210",
    bill_date="2022-01-16",
    month="2022-01-01",
    period_from="2021-12-17",
    period_through="2022-01-16",
    lines=2,
    items=13,
    stated=Decimal("120.50"),
    computed=Decimal("120.50"),
    ties=True,
    revision=1,
)
SEEN = ImportSeen(
    import_id=7,
    names=("raw.zip",),
    state="tried",
    by="Fiona Finance",
    at=AT,
    published_by="",
    published_at=None,
    report=TrialReport(invoices=[INVOICE]),
    invoice_ids=(),
    already_by="",
    already_at=None,
    may_act=True,
    time_zone="America/Los_Angeles",
)


def seen(**changes):
    return replace(SEEN, **changes)


def shown(**changes):
    return import_view(seen(**changes), None, 1)


def finding(severity, reason="A reason"):
    return FindingShown("usage.txt", 5, "Date", "never", reason, severity)


def test_an_import_that_ties_says_so_first_and_can_be_published():
    view = shown()

    assert view.verdict == (
        "Everything adds up to the cent: 2 lines, 13 items, $120.50. Ready to publish."
    )
    assert (view.tone, view.may_publish, view.may_discard) == ("success", True, True)


def test_an_import_that_does_not_tie_can_be_published_with_a_warning():
    untied = TrialReport(
        invoices=[replace(INVOICE, ties=False)], check_counts={"ok": 13, "failed": 1}
    )
    view = shown(report=untied)

    assert "does not add up: 1 check failed" in view.verdict
    assert view.may_publish


def test_calls_under_unmapped_codes_are_said_with_what_that_means():
    report = TrialReport(invoices=[INVOICE], unmapped_calls=1204)

    view = import_view(seen(report=report), None, 1)

    assert view.unmapped.startswith("1,204 calls stand under rate codes")
    assert import_view(SEEN, None, 1).unmapped == ""


def test_files_with_errors_cannot_be_published():
    report = TrialReport(
        invoices=[INVOICE],
        findings=[finding("error")],
        finding_counts={"error": 1},
    )
    view = shown(state="refused", report=report)

    assert "1 error was found" in view.verdict
    assert not view.may_publish
    assert view.findings[0].cells == ["A reason", "usage.txt", "5", "Date", "never"]
    assert view.checks == view.ownerless == []


@pytest.mark.parametrize(
    "known", [TrialReport(invoices=[INVOICE], is_same=True), TrialReport(already=3)]
)
def test_files_that_bring_nothing_new_offer_nothing_to_publish(known):
    assert not shown(report=known).may_publish


def test_whoever_may_only_read_is_offered_no_act():
    view = shown(may_act=False)

    assert {view.may_publish, view.may_discard, view.may_try_again} == {False}


def test_a_running_import_shows_how_far_it_is_and_can_be_stopped():
    progress = Progress("reading", rows=1200, bytes_read=40, bytes_total=100)
    view = import_view(seen(state="reading"), progress, 1)

    assert (view.progress.rows, view.progress.done) == ("1,200 rows so far", 40)
    assert (view.may_stop, view.may_publish, view.may_discard) == (True, False, False)


def test_an_interrupted_import_says_why_and_can_be_tried_again():
    stopped = TrialReport(is_interrupted=True, stopped_by="The portal was restarted.")
    view = shown(state="reading", report=stopped)

    assert view.stopped == "The portal was restarted."
    assert (view.may_try_again, view.progress.is_running) == (True, False)


def test_a_published_import_leads_to_its_invoice():
    view = shown(
        state="published", published_by="Ivan", published_at=AT, invoice_ids=(12,)
    )

    assert view.verdict == "Published by Ivan on April 10, 2026, 10:00 AM."
    assert view.invoice_href == "/invoices/12"
    assert not view.may_publish


def test_findings_come_fifty_at_a_time():
    report = TrialReport(
        findings=[finding("warning", f"No. {number}") for number in range(120)],
        finding_counts={"warning": 5_000},
    )
    view = import_view(seen(report=report), None, 3)

    assert (view.pages, len(view.findings)) == (3, 20)
    assert view.findings[0].cells[0] == "No. 100"
    assert view.finding_summary == "5,000 warnings. The first 120 are kept."


def test_checks_of_lines_are_listed_only_where_they_do_not_add_up():
    def check(number, verdict):
        amount = Decimal("1.00")
        return CheckResult("a = b", "1", number, amount, amount, amount - 1, verdict)

    report = TrialReport(
        checks=[check("", "ok"), check("+12095550101", "ok"), check("+1", "failed")],
        check_counts={"ok": 2, "failed": 1},
    )

    assert [row.cells[1] for row in shown(report=report).checks] == ["Account 1", "+1"]


def test_a_correction_of_a_certified_bill_is_told_apart():
    report = TrialReport(
        invoices=[INVOICE],
        revisions=[
            RevisionShown(
                invoice="a/1",
                earlier_id=1,
                earlier_revision=1,
                total_before=Decimal("120.50"),
                total_after=Decimal("119.50"),
                unchanged=1,
                bills=[
                    BillDifference(
                        "+12095550101",
                        "correction",
                        before=Decimal("75.51"),
                        after=Decimal("74.51"),
                        changed=1,
                    )
                ],
            )
        ],
    )
    row = shown(report=report).differences[0].rows[0]

    assert row.cells[:4] == ["(209) 555-0101", "$75.51", "$74.51", "0 / 0 / 1"]
    assert "Finance decides on a correction" in row.cells[-1]


def test_the_list_says_where_an_invoice_stands():
    row = invoice_row(
        InvoiceListed(
            invoice_id=4,
            month=date(2022, 1, 1),
            carrier="verizon",
            account="642350544-00001",
            number="9876543210",
            period_from=date(2021, 12, 17),
            period_through=date(2022, 1, 16),
            total=Decimal("120.50"),
            ties=False,
            has_total=True,
            state="prepared",
            revision=2,
            lines=2,
            without_owner=0,
        )
    )

    assert (row.month, row.total, row.revision) == (
        "January 2022",
        "$120.50",
        "Revision 2",
    )
    assert (row.without_owner, row.state, row.untied) == (
        "None",
        "Not yet released",
        "Does not add up",
    )


def test_the_list_names_an_unfinished_import_by_what_it_holds():
    listed = ImportListed(
        import_id=7,
        names=("raw.zip", "more.zip"),
        state="tried",
        by="Fiona",
        at=AT,
        is_stopped=False,
        is_known=False,
        invoices=(("verizon", "642350544-00001", date(2022, 1, 1)),),
    )
    row = import_row(listed, "America/Los_Angeles")

    assert row.about == "Verizon 642350544-00001, January 2022"
    assert (row.names, row.state) == ("raw.zip and 1 more file", "Ready to publish")


def test_a_refused_file_of_no_known_layout_can_be_mapped():
    report = TrialReport(is_of_no_layout=True, finding_counts={"error": 1})
    refused = replace(SEEN, state="refused", report=report)

    view = import_view(refused, None, 1)
    assert view.map_href == f"/invoices/profiles/new?import={SEEN.import_id}"
    assert "say once what their columns hold" in view.verdict
    assert import_view(replace(refused, may_act=False), None, 1).map_href == ""
    unreadable = replace(refused, report=TrialReport(finding_counts={"error": 1}))
    assert import_view(unreadable, None, 1).map_href == ""


def test_a_refusal_for_unknown_columns_offers_both_ways_out():
    report = TrialReport(is_of_no_layout=True, finding_counts={"error": 1})

    verdict = shown(state="refused", report=report).verdict
    assert "as the carrier wrote them, or map their columns" in verdict


def test_two_profiles_that_know_the_files_are_named_as_the_reason():
    report = TrialReport(is_of_two_profiles=True, finding_counts={"error": 1})

    view = shown(state="refused", report=report)
    assert "Two of your column profiles know these files" in view.verdict
    assert view.profiles_href == "/invoices/profiles"
    assert shown(state="refused", report=report, may_act=False).profiles_href == ""


def test_a_profile_that_misread_its_file_can_be_changed():
    report = TrialReport(
        read=[FileRows("use.csv", 0, 12, "Valley, version 2")],
        finding_counts={"error": 12},
    )

    view = shown(state="refused", report=report)
    assert view.verdict.endswith("or change the column profile that reads them.")
    assert view.profiles_href == "/invoices/profiles"


def test_remarks_are_told_beside_what_adds_up():
    counts = {"ok": 771, "warning": 40}
    report = TrialReport(invoices=[INVOICE], check_counts=counts)

    view = shown(report=report)
    assert view.verdict.startswith(
        "Everything adds up to the cent, with 40 remarks to look at: 2 lines"
    )
    assert view.check_summary.startswith(
        "771 of 811 checks add up, 40 remarks to look at."
    )


def test_without_a_stated_total_the_headline_gives_the_sum_of_the_rows():
    by_rows = replace(INVOICE, stated=None, ties=False)
    unknown = replace(by_rows, computed=None)

    assert "2 lines, 13 items, $120.50." in shown(report=of(by_rows)).verdict
    assert "2 lines, 13 items." in shown(report=of(unknown)).verdict
    assert "2 lines, 13 items." not in shown(report=of(INVOICE)).verdict


def test_a_day_that_a_pdf_names_is_no_sum():
    check = CheckResult(
        name="the bill's PDF names only the first day of the period",
        account="642350544-00001",
        number="",
        expected=Decimal(2),
        found=Decimal(1),
        difference=Decimal(-1),
        verdict="warning",
        unit="days",
    )
    view = shown(report=TrialReport(invoices=[INVOICE], checks=[check]))

    assert view.checks[0].cells[2:] == ["Both", "One of two", "–"]


def test_files_that_are_already_imported_become_no_further_revision():
    again = replace(INVOICE, revision=3)
    same = TrialReport(invoices=[again], already=5)

    assert shown(report=of(again)).invoices[0].cells[1] == "9876543210, revision 3"
    assert shown(report=same).invoices[0].cells[1] == "9876543210"


def of(invoice):
    return TrialReport(invoices=[invoice])


def test_a_file_read_with_a_profile_names_it():
    report = TrialReport(
        invoices=[INVOICE], read=[FileRows("use.csv", 12, 0, "Valley, version 2")]
    )

    view = import_view(replace(SEEN, report=report), None, 1)
    assert "12 rows read, with the profile Valley, version 2" in [
        fact.value for fact in view.facts
    ]
