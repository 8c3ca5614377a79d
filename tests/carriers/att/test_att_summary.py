"""AT&T's report of all charges: lines, the account's rows, and what makes a total."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.carriers.att import layout as att
from mobile_selfservice.carriers.guidance import Guidance, Particulars
from mobile_selfservice.carriers.records import (
    Charge,
    Finding,
    InvoiceHead,
    InvoiceLine,
    Verdict,
)
from tests.carriers.att.att_month import BAN, FIRST, records_of


def verdicts(month) -> dict[str, Verdict]:
    return {one.name: one.verdict for one in month.reading().checks}


def test_each_line_has_its_plan_its_total_and_its_use(month):
    month.set("lines", 2, **{att.MINUTES_USED: "1,234", att.KILOBYTES_USED: "21698"})
    line = month.of(InvoiceLine)[0]
    assert (line.number, line.user_name) == ("+12095550101", "MARIA EXAMPLE")
    assert line.plan == "Mobile Select 7GB"
    assert line.stated_total == Decimal("42.47")
    assert line.usage == {"voice": 1234, "message": 1, "data": 21698}


@pytest.mark.parametrize("number", ["0", "", "N/A", "G100200", "g7"])
def test_the_accounts_own_rows_are_no_lines_but_belong_in_the_total(month, number):
    month.set("lines", 0, **{att.NUMBER: number, att.NUMBER_DESCRIBED: number})
    assert len(month.of(InvoiceLine)) == 2
    assert month.of(InvoiceHead)[0].stated["account_level"] == Decimal("15.00")
    assert [one.amount for one in month.of(Charge)] == [Decimal("5.00"), Decimal(10)]


def test_a_row_of_the_account_without_money_says_its_level_is_nothing(month):
    rows = month.rows["lines"]
    assert month.has(lines=rows[2:]).of(InvoiceHead)[0].stated == {
        "account_level": Decimal(0)
    }


def test_the_columns_of_a_line_add_up_to_its_total(month):
    assert set(verdicts(month).values()) == {Verdict.OK}


def test_a_line_that_does_not_add_up_fails_and_is_named(month):
    month.set("lines", 3, **{"Total taxes": "$5.01"})
    failed = [one for one in month.reading().checks if one.verdict is Verdict.FAILED]
    (check,) = failed
    assert (check.number, check.difference) == ("+12095550102", Decimal("0.01"))


def test_adjustments_that_every_row_leaves_out_are_left_out_and_said(month):
    month.set("lines", 3, **{att.ADJUSTMENTS: "($7.23)"})
    assert month.of(InvoiceLine)[1].stated["monthly_charges"] == Decimal("55.00")
    assert "adjustments" not in month.of(InvoiceLine)[1].stated
    (remark,) = [one for one in month.of(Finding) if "no part of" in one.reason]
    assert "“Total adjustments”" in remark.reason
    assert "-7.23" in remark.reason


def test_adjustments_that_are_in_the_total_are_a_part_of_it(month):
    month.set("lines", 3, **{att.ADJUSTMENTS: "($7.23)", att.TOTAL_CURRENT: "$52.77"})
    line = month.of(InvoiceLine)[1]
    assert line.stated["adjustments"] == Decimal("-7.23")
    assert sum(line.stated.values()) == line.stated_total


def test_several_accounts_and_cycles_in_one_file_are_several_invoices(month):
    row = month.rows["lines"][2]
    other = row | {att.ACCOUNT: "287000000002"}
    earlier = row | {att.CYCLE_END: "02/02/2024"}
    month.has(lines=[row, other, earlier]).only("lines")
    heads = month.of(InvoiceHead)
    assert [one.number for one in heads] == [
        "287000000001X03022024",
        "287000000002X03022024",
        "287000000001X02022024",
    ]
    assert len(month.of(InvoiceLine)) == 3


def test_the_invoice_date_is_not_the_end_of_the_cycle(month):
    (head,) = month.of(InvoiceHead)
    assert (head.bill_date, head.period_through) == (date(2024, 3, 2),) * 2
    assert head.period_from == date(2024, 2, 3)


def test_an_invoice_number_that_a_person_states_counts(month):
    told = Guidance(particulars=Particulars(account=BAN, invoice="X-77"))
    assert month.of(InvoiceHead, told)[0].number == "X-77"


def test_a_number_in_two_rows_of_a_cycle_is_one_line_added_up(month):
    more = month.rows["lines"][2] | {
        att.RATE_CODE: "NORATEPLAN",
        att.PLAN: "NO CURRENT RATE PLAN",
        "Total monthly charges": "($10.00)",
        "Total taxes": "$0.00",
        att.TOTAL_CURRENT: "($10.00)",
        **dict.fromkeys((att.MINUTES_USED, att.MESSAGES_USED, att.KILOBYTES_USED), ""),
    }
    month.has(lines=[more, *month.rows["lines"]])
    line = month.of(InvoiceLine)[0]
    assert (line.stated_total, line.plan) == (Decimal("32.47"), "Mobile Select 7GB")
    assert any("added up" in one.reason for one in month.of(Finding))
    assert set(verdicts(month).values()) == {Verdict.OK}


def test_the_very_same_row_twice_is_refused(month):
    month.has(lines=[*month.rows["lines"], month.rows["lines"][2]])
    (error,) = month.errors()
    assert (error.line, error.column) == (6, "Wireless number")


def test_a_line_without_a_current_plan_is_a_line(month):
    month.set("lines", 3, **{att.PLAN: "NO CURRENT RATE PLAN"})
    assert month.of(InvoiceLine)[1].plan == "NO CURRENT RATE PLAN"


def test_a_suspended_line_bills_nothing_and_is_a_line(month):
    nothing = {"Total monthly charges": "$0.00", "Total taxes": "$0.00"}
    month.set("lines", 3, **nothing, **{att.TOTAL_CURRENT: "$0.00"})
    assert month.of(InvoiceLine)[1].stated_total == 0


def test_a_department_among_the_citys_own_columns_is_the_cost_center(month):
    assert month.of(InvoiceLine)[0].cost_center == "PARKS"
    reasons = " ".join(one.reason for one in month.of(Finding))
    assert "“DEPARTMENT NAME” is read as the line's cost center" in reasons
    assert "“VIS CODE”, “ASSET TAG”" in reasons


def test_a_column_called_cost_center_is_likelier_than_a_department(month):
    headings = month.headings["lines"]
    headings[headings.index("ASSET TAG")] = "COST CENTER"
    for row in month.rows["lines"]:
        row["COST CENTER"] = "100-200"
    assert month.of(InvoiceLine)[0].cost_center == "100-200"


def test_account_and_number_may_stand_only_beside_their_descriptions(month):
    for heading in (att.ACCOUNT, att.NUMBER):
        month.headings["lines"].remove(heading)
    assert month.of(InvoiceHead)[0].account == BAN
    assert month.of(InvoiceLine)[0].number == f"+1{FIRST}"


def test_the_reports_own_total_row_is_held_against_its_rows(month):
    total = {att.FOUNDATION: "Total", att.TOTAL_CURRENT: "$117.47"}
    month.has(lines=[*month.rows["lines"], total])
    assert set(verdicts(month).values()) == {Verdict.OK}
    month.has(lines=month.rows["lines"][1:])
    assert Verdict.FAILED in verdicts(month).values()


def test_headings_may_stand_below_a_title_and_in_any_case(month):
    (path, *_) = month.only("lines").write()
    text = month.text("lines")
    first, _, rest = text.partition("\r\n")
    path.write_text(f"All Wireless Charges\r\n\r\n{first.upper()}\r\n{rest}", "utf-8")
    lines = [one for one in records_of(path) if isinstance(one, InvoiceLine)]
    assert [one.user_name for one in lines] == ["MARIA EXAMPLE", "JOSÉ EXAMPLE"]


@pytest.mark.parametrize(
    ("heading", "written"),
    [
        (att.TOTAL_CURRENT, ""),
        (att.TOTAL_CURRENT, "about 40"),
        ("Total taxes", "$2,47"),
        (att.CYCLE_END, "March"),
        (att.ACCOUNT, "2.87E+11"),
        (att.NUMBER, "2.0955501E+09"),
        (att.MINUTES_USED, "many"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(month, heading, written):
    (error,) = month.only("lines").set("lines", 2, **{heading: written}).errors()
    assert (error.line, error.column) == (4, heading)


def test_a_spreadsheets_armor_is_taken_off(month):
    month.set("lines", 2, **{att.NUMBER: f'="{FIRST}"'})
    assert month.of(InvoiceLine)[0].number == f"+1{FIRST}"


def test_a_blank_number_is_looked_for_beside_its_description(month):
    month.set("lines", 2, **{att.NUMBER: ""})
    assert month.of(InvoiceLine)[0].number == f"+1{FIRST}"
