"""Files, sections, totals and the head of a sectioned download."""

from datetime import date
from decimal import Decimal

from mobile_selfservice.carriers.guidance import Guidance, Particulars
from mobile_selfservice.carriers.records import Verdict
from tests.carriers.att_sectioned.sectioned_month import CALLS, DATA, call, use


def verdicts(sections):
    return {
        check.name.split(": ", 1)[1]: (check.verdict, check.difference)
        for check in sections.read().checks
    }


def test_calls_and_data_of_several_lines_stand_in_one_file(sections):
    sections.file(
        "Call Detail,209-555-0101",
        "User Name:,ROBIN VALE",
        CALLS,
        call(),
        "Data Detail,209-555-0101",
        DATA,
        use(),
        "Call Detail,209-555-0102",
        "User Name:,WREN AMES",
        CALLS,
        call(),
    )
    (invoice,) = sections.read().invoices.values()

    assert [
        (one.line.number, one.line.user_name) for one in invoice.lines.values()
    ] == [
        ("+12095550101", "ROBIN VALE"),
        ("+12095550102", "WREN AMES"),
    ]
    assert invoice.item_count == 3


def test_one_file_for_each_line_and_kind_makes_one_invoice(sections):
    sections.calls(call()).data(use()).calls(call(), number="209-555-0102")
    (invoice,) = sections.read().invoices.values()
    assert len(invoice.lines) == 2


def test_repeated_headings_and_blank_cells_are_passed_over(sections):
    sections.calls(call(item="1"), CALLS, call(item="2"), "," * 12)
    assert len(sections.items()) == 2
    assert sections.errors() == []


def test_a_section_that_goes_on_is_one_section_with_one_total(sections):
    sections.file(
        "Call Detail,209-555-0101",
        CALLS,
        call(),
        "Call Detail (Continued),209-555-0101",
        CALLS,
        call(item="2"),
        "Totals,,,,,,4,,,,0.00,0.00,0.00",
    )
    assert {verdict for verdict, _ in verdicts(sections).values()} == {Verdict.OK}


def test_totals_are_held_against_the_rows(sections):
    sections.calls(
        call(min="2"),
        call(min="3", airtime="0.40", total="0.40"),
        "Totals,,,,,,5,,,,0.40,0.00,0.40",
    )
    assert verdicts(sections) == {
        "Totals = minutes in the file": (Verdict.OK, 0),
        "Totals = airtime charges in the file": (Verdict.OK, 0),
        "Totals = additional charges in the file": (Verdict.OK, 0),
        "Totals = charges in the file": (Verdict.OK, 0),
    }


def test_a_file_cut_short_shows_only_in_its_subtotal(sections):
    rows = [use(item=str(n)) for n in range(1, 11)]
    sections.data(*rows, "Subtotal of Msg's,,,,,,152,,,,,0.00")

    told = verdicts(sections)
    assert told["Subtotal of Msg's = messages in the file"] == (Verdict.FAILED, -142)
    assert not sections.read().is_tied


def test_messages_and_data_have_subtotals_of_their_own(sections):
    sections.data(
        use(),
        "Subtotal of Msg's,,,,,,1 Msg,,,,,0.00",
        use(amount="1,200 KB", total="0.05"),
        'Subtotal of KB\'s,,,,,,"1,200 KB",,,,,0.05',
        "Totals,,,,,,,,,,,0.05",
    )
    told = verdicts(sections)

    assert len(told) == 5
    assert {verdict for verdict, _ in told.values()} == {Verdict.OK}


def test_a_total_in_a_row_of_its_own_width_is_read_alike(sections):
    sections.calls(call(min="2", total="0.10"), "Totals,2,$0.20")
    told = verdicts(sections)

    assert told["Totals = minutes in the file"] == (Verdict.OK, 0)
    assert told["Totals = charges in the file"] == (Verdict.FAILED, Decimal("-0.10"))


def test_a_subtotal_of_rows_that_cannot_be_told_apart_warns_only(sections):
    sections.calls(call(), call(), "Subtotal of Daytime,,,,,,2,,,,0.00,0.00,0.00")
    verdict, difference = verdicts(sections)[
        "Subtotal of Daytime = minutes in the file"
    ]
    assert (verdict, difference) == (Verdict.WARNING, 2)


def test_rows_without_a_total_are_warned_of(sections):
    assert "whether rows are missing" in sections.calls(call()).warnings()
    sections.calls(call(), "Totals,,,,,,2,,,,0.00,0.00,0.00", number="209-555-0102")
    assert "whether rows are missing" in sections.warnings()


def test_what_no_file_states_is_inferred_and_warned_of_once(sections):
    sections.calls(call(date="02/20/2010"), call(date="03/17/2010"))
    (invoice,) = sections.read().invoices.values()
    head = invoice.head

    assert (head.account, head.number) == ("not stated", "not stated 2010-03")
    assert (head.bill_date, head.period_inferred) == (date(2010, 3, 17), True)
    assert (head.period_from, head.period_through) == (
        date(2010, 2, 20),
        date(2010, 3, 17),
    )
    assert sections.warnings().count("The files state no account") == 1


def test_what_people_state_of_the_bill_is_taken(sections):
    told = Particulars("287000001", "287000001X04022010", date(2010, 4, 2))
    sections.guidance = Guidance(particulars=told)
    (invoice,) = sections.calls(call()).read().invoices.values()

    assert invoice.head.key == "287000001/287000001X04022010"
    assert invoice.head.bill_date == date(2010, 4, 2)
    assert "state no account" not in sections.warnings()


def test_what_the_preamble_states_counts_before_what_people_say(sections):
    sections.guidance = Guidance(particulars=Particulars(account="999"))
    sections.file(
        "Account Number:,287000001",
        "Foundation Account: 0111111",
        "Billing Cycle Date: 02/19/2010 - 03/18/2010",
        "Some Other Line:,whatever it says",
        "Call Detail,209-555-0101",
        CALLS,
        call(date="02/17/2010"),
    )
    (invoice,) = sections.read().invoices.values()

    assert invoice.head.account == "287000001"
    assert invoice.head.master_account == "0111111"
    assert invoice.head.period_from == date(2010, 2, 19)
    assert invoice.head.bill_date == date(2010, 3, 18)
    assert not invoice.head.period_inferred
    assert sections.items()[0].is_late


def test_a_preamble_may_do_without_colons(sections):
    sections.file(
        "Account Number,287000001",
        "Invoice Date,04/02/2010",
        "Wireless Number,209-555-0101",
        CALLS,
        call(),
    )
    (invoice,) = sections.read().invoices.values()

    assert invoice.head.account == "287000001"
    assert invoice.head.bill_date == date(2010, 4, 2)
    assert list(invoice.lines) == ["+12095550101"]


def test_a_file_that_names_no_account_belongs_to_the_one_the_others_name(sections):
    sections.file(
        "Account Number:,287000001", "Call Detail,209-555-0101", CALLS, call(), name="a"
    ).data(use())
    assert len(sections.read().invoices) == 1


def test_an_account_rounded_by_a_spreadsheet_is_refused(sections):
    sections.file(
        "Account Number:,2.87299E+11", "Call Detail,209-555-0101", CALLS, call()
    )
    (error,) = sections.errors()
    assert error.line == 1
    assert "rounded" in error.reason


def test_adjoining_months_are_imported_one_at_a_time(sections):
    sections.calls(call(date="05/04/2011"), call(date="06/03/2011"))
    sections.calls(call(date="06/03/2011"), call(date="07/02/2011"))
    (error,) = sections.errors()

    assert "one bill month at a time" in error.reason
    assert error.file == "calls-1.csv"


def test_headings_alone_are_enough_where_the_files_name_has_the_number(sections):
    sections.file(CALLS, call(), name="2095550101 June.csv")
    assert sections.items()[0].number == "+12095550101"


def test_calls_of_nobody_are_refused_until_someone_says_whose_they_are(sections):
    sections.file(CALLS, call(), name="june.csv")
    (error,) = sections.errors()
    assert "state the wireless number" in error.reason

    sections.guidance = Guidance(particulars=Particulars(line="209-555-0101"))
    assert sections.items()[0].number == "+12095550101"


def test_a_missing_last_newline_is_no_loss(sections, tmp_path):
    path = sections.calls(call(), call(item="2")).paths[0]
    path.write_bytes(path.read_bytes().rstrip())
    assert len(sections.items()) == 2


def test_headings_may_stand_far_down_the_file(sections):
    notes = [f"Note {n}" for n in range(20)]
    sections.file("Call Detail,209-555-0101", *notes, CALLS, call())
    assert len(sections.items()) == 1


def test_a_file_of_titles_alone_is_refused(sections):
    (error,) = sections.file("Call Detail,209-555-0101", CALLS).errors()
    assert "no rows of use" in error.reason
