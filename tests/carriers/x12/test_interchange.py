"""Envelopes, separators and counts: what an interchange is before what it says."""

import pytest

from mobile_selfservice.carriers.archive import opened
from mobile_selfservice.carriers.records import Severity, Verdict
from mobile_selfservice.carriers.x12.splitter import Separators, segments, separators
from tests.carriers.x12.interchange import (
    COMPACT,
    HEADING,
    PADDED,
    WHOLE,
    interchange,
    read_text,
    statement,
)


def _totals(reading):
    return [one.head.stated.get("current") for one in reading.invoices.values()]


@pytest.mark.parametrize("isa", [PADDED, COMPACT])
@pytest.mark.parametrize("end", ["~", "~\n", "~\r\n", "\n", "\r\n", "\x1d", "'"])
def test_an_envelope_padded_or_not_says_what_its_separators_are(tmp_path, isa, end):
    reading = read_text(tmp_path, interchange(statement(*WHOLE), isa=isa, end=end))
    assert not reading.is_refused
    assert reading.is_tied
    assert reading.items_taken == 2


def test_elements_may_be_parted_by_any_sign(tmp_path):
    text = interchange(statement(*WHOLE)).replace("*", "|")
    assert read_text(tmp_path, text).items_taken == 2


def test_the_sixteenth_element_may_be_left_out():
    text = COMPACT.removesuffix(">") + "~\nGS*CI*A*B~\n"
    assert separators(text) == Separators("*", "", "~")


def test_a_mark_and_blanks_before_the_envelope_are_passed_over(tmp_path):
    text = "\ufeff \r\n" + interchange(statement(*WHOLE))
    assert read_text(tmp_path, text).items_taken == 2


def test_an_empty_segment_does_not_end_the_file(tmp_path):
    text = interchange(statement(*WHOLE)).replace("~\nHL*4", "~\n~\nHL*4")
    assert len(next(iter(read_text(tmp_path, text).invoices.values())).lines) == 2


def test_segments_know_their_line_and_their_place(tmp_path):
    path = tmp_path / "invoice.edi"
    path.write_text(interchange(statement(*WHOLE)))
    with opened(path) as download:
        found = {one.id: (one.ordinal, one.line) for one in segments(download.files[0])}
    assert found["BIG"] == (4, 4)


def test_a_segment_may_lie_across_the_pieces_a_file_is_read_in(tmp_path):
    notes = tuple(f"NTE**{'x' * 70}{number}" for number in range(3000))
    whole = (HEADING, notes, *WHOLE[1:])
    text = interchange(statement(*whole), end="~")
    reading = read_text(tmp_path, text)
    assert reading.is_tied
    assert not reading.is_refused


def test_several_invoices_and_interchanges_stand_in_one_file(tmp_path):
    other = [one.replace("9876543210", "9876543211") for one in HEADING]
    third = [one.replace("9876543210", "9876543212") for one in HEADING]
    text = interchange(
        statement(*WHOLE), statement(tuple(other), *WHOLE[1:], control="0002")
    )
    text += interchange(statement(tuple(third), *WHOLE[1:]), isa=COMPACT, end="\n")
    reading = read_text(tmp_path, text)
    assert len(reading.invoices) == 3
    assert len(set(_totals(reading))) == 1
    assert reading.is_tied


def test_an_invoice_that_stands_twice_is_refused(tmp_path):
    text = interchange(statement(*WHOLE), statement(*WHOLE, control="0002"))
    reading = read_text(tmp_path, text)
    assert reading.is_refused
    assert any("stands twice" in one.reason for one in reading.findings)


def test_a_wrong_count_of_segments_warns_and_refuses_nothing(tmp_path):
    text = interchange(statement(*WHOLE, counted=28))
    reading = read_text(tmp_path, text)
    (check,) = [one for one in reading.checks if "SE01" in one.name]
    assert (check.expected, check.verdict) == (28, Verdict.WARNING)
    assert not reading.is_refused
    assert reading.is_tied


def test_the_right_counts_are_kept_as_checks_that_passed(tmp_path):
    checks = read_text(tmp_path, interchange(statement(*WHOLE))).checks
    counted = [one.verdict for one in checks if "counted (" in one.name]
    assert counted == [Verdict.OK, Verdict.OK]


def test_wrong_counts_of_groups_and_invoices_warn(tmp_path):
    text = interchange(statement(*WHOLE), groups=3, holds=9)
    reading = read_text(tmp_path, text)
    said = [one.reason for one in reading.findings if "envelope says" in one.reason]
    assert len(said) == 2
    assert not reading.is_refused


def test_another_control_number_at_the_end_warns(tmp_path):
    text = interchange(statement(*WHOLE)).replace("*0001~\nGE", "*0005~\nGE")
    reading = read_text(tmp_path, text)
    assert any("control number" in one.reason for one in reading.findings)
    assert not reading.is_refused


def test_a_file_cut_off_in_an_invoice_is_refused(tmp_path):
    text = interchange(statement(*WHOLE))
    reading = read_text(tmp_path, text[: text.index("TDS")])
    assert reading.is_refused
    assert any("middle of an invoice" in one.reason for one in reading.findings)


def test_a_file_without_its_last_envelope_is_read_with_a_warning(tmp_path):
    text = interchange(statement(*WHOLE))
    reading = read_text(tmp_path, text[: text.index("GE*")])
    assert not reading.is_refused
    assert any("end of its envelope" in one.reason for one in reading.findings)


def test_an_interchange_of_something_else_is_refused_by_its_kind(tmp_path):
    text = interchange(statement(*WHOLE)).replace("ST*811", "ST*850")
    reading = read_text(tmp_path, text)
    assert reading.is_refused
    assert "850" in reading.findings[0].reason


def test_another_transaction_beside_an_invoice_is_passed_over_and_said(tmp_path):
    other = ["ST*997*0002", "AK1*CI*1", "SE*3*0002"]
    text = interchange(statement(*WHOLE), other)
    reading = read_text(tmp_path, text)
    (said,) = [one for one in reading.findings if "997" in one.reason]
    assert said.severity is Severity.WARNING
    assert reading.items_taken == 2


@pytest.mark.parametrize("text", ["ISA*00*", "ISABELLA is no envelope", "ISA"])
def test_what_is_no_envelope_is_no_interchange(tmp_path, text):
    assert separators(text) is None
    assert read_text(tmp_path, text).is_refused


def test_an_envelope_that_cannot_be_read_in_mid_file_names_its_line(tmp_path):
    text = interchange(statement(*WHOLE))
    reading = read_text(tmp_path, text + "ISA*00*broken~\n")
    (error,) = [one for one in reading.findings if one.severity is Severity.ERROR]
    assert error.line == text.count("\n") + 1


def test_a_segment_without_an_end_is_refused(tmp_path):
    text = interchange(statement(*WHOLE)) + "N" * 200_000
    reading = read_text(tmp_path, text)
    assert any("longer than any segment" in one.reason for one in reading.findings)
