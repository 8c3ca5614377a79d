"""What a month adds up to, and which differences matter."""

import json
from decimal import Decimal

import pytest

from mobile_selfservice.carriers.archive import opened
from mobile_selfservice.carriers.codes import CodeBook, CodeEntry, Treatment, UsageCode
from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.reading import Reading, read, records
from mobile_selfservice.carriers.records import (
    Direction,
    Kind,
    UsageClass,
    UsageItem,
    Verdict,
)
from tests.carriers.test_read_command import command
from tests.carriers.verizon_month import DATA, FILES

LINE = "+12095550101"
# Of the invented month's data only a part is itemized, as Verizon does it.
NOT_ALL_DATA = "itemized data = stated data"


def reading_of(month) -> Reading:
    return read(*month.write())


def verdicts(month) -> dict[str, Verdict]:
    """Give each check that did not end well, by its words after the colon."""
    return {
        check.name.split(": ")[1]: check.verdict
        for check in reading_of(month).checks
        if check.verdict is not Verdict.OK and check.words != NOT_ALL_DATA
    }


def test_a_month_that_ties_passes_every_check(month):
    reading = reading_of(month)
    assert len(reading.checks) == 17
    assert verdicts(month) == {}
    assert reading.is_tied
    assert not reading.is_refused


def test_items_are_added_up_by_line_and_kind(month):
    line = reading_of(month).invoices["642350544-00001/9876543210"].lines[LINE]
    voice = line.items[Kind.VOICE]
    assert (voice.count, voice.quantity) == (8, 19)
    assert voice.charged == Decimal("2.07")
    assert line.items[Kind.DATA].quantity == 21698
    assert line.counted_minutes == 14
    assert line.directions[Direction.IN] == 3


@pytest.mark.parametrize(
    ("role", "row", "cells", "name"),
    [
        (
            "accounts",
            0,
            {"monthlycharges": "95.01"},
            "categories of the account = total current charges",
        ),
        (
            "accounts",
            0,
            {"usagechargesvoice": "0.01"},
            "usage charges by kind = usage and purchase charges",
        ),
        (
            "accounts",
            0,
            {"payments": "-250.09"},
            "previous balance + payments + adjustments = balance forward",
        ),
        (
            "accounts",
            0,
            {"totalamountdue": "120.51"},
            "balance forward + current charges = amount due",
        ),
        (
            "lines",
            0,
            {"totalcharges": "5.01"},
            "lines + account rows = total current charges",
        ),
        (
            "lines",
            1,
            {"monthlycharges": "55.01"},
            "categories of the line = total of the line",
        ),
    ],
)
def test_a_stated_total_that_is_contradicted_fails(month, role, row, cells, name):
    month.set(role, row, **cells)
    assert verdicts(month)[name] is Verdict.FAILED


def test_a_difference_is_found_less_expected(month):
    month.set("lines", 0, totalcharges="5.01")
    failed = [one for one in reading_of(month).checks if one.verdict is Verdict.FAILED]
    assert failed[0].difference == Decimal("0.01")


def test_minutes_that_differ_only_warn(month):
    month.set("lines", 1, voiceplanusage="20")
    assert verdicts(month) == {"itemized minutes = stated minutes": Verdict.WARNING}


def test_minutes_may_be_stated_without_the_free_ones(month):
    month.set("lines", 1, voiceplanusage="14")
    assert verdicts(month) == {}


def test_calls_nobody_mapped_are_no_match_for_no_minutes_stated(month):
    month.set("lines", 1, voiceplanusage="0")
    for row in range(len(month.tables["usage"]) - 1):
        month.set("usage", row, usagetype="Zzz", rate="Zzz")
    assert verdicts(month)["itemized minutes = stated minutes"] is Verdict.WARNING


def test_charges_that_itemize_only_a_part_only_warn(month):
    month.only("charges", 0, 1, 2, 4, 6, 9, 11)
    assert verdicts(month) == {"charges itemized = total of the line": Verdict.WARNING}


def test_items_that_come_to_more_than_the_line_was_charged_fail(month):
    month.set("usage", 7, longdistothercharges="20.00", total="20.00")
    name = "usage itemized = usage charges of the line"
    assert verdicts(month)[name] is Verdict.FAILED


def data_check(month):
    found = [one for one in reading_of(month).checks if one.words == NOT_ALL_DATA]
    return found[0]


def test_data_that_is_not_itemized_whole_only_warns(month):
    check = data_check(month)
    assert (check.verdict, check.unit) == (Verdict.WARNING, "KB")
    assert (check.expected, check.found) == (Decimal("6900678.656"), Decimal(21698))


@pytest.mark.parametrize(
    ("stated", "verdict"),
    [
        ({"datausagegb": "0.021"}, Verdict.OK),
        ({"datausagegb": "0.022"}, Verdict.WARNING),
        ({"datausagegb": "0", "datausagemb": "21.19"}, Verdict.OK),
        ({"datausagegb": "0", "datausagekb": "21698"}, Verdict.OK),
        ({"datausagegb": "0", "datausagekb": "21699"}, Verdict.WARNING),
    ],
)
def test_data_agrees_as_finely_as_the_carrier_prints_it(month, stated, verdict):
    assert data_check(month.set("lines", 1, **stated)).verdict is verdict


def test_messages_that_differ_only_warn(month):
    month.set("lines", 1, messagingusage="3")
    assert verdicts(month) == {"itemized messages = stated messages": Verdict.WARNING}


def test_a_kind_that_no_file_itemizes_is_not_compared(month):
    at = month.at("usage", "usagecategory")
    voice = [row for row in range(11) if month.tables["usage"][row + 1][at] == "Voice"]
    names = {one.words for one in reading_of(month.only("usage", *voice)).checks}
    assert NOT_ALL_DATA not in names


def test_items_and_buckets_that_come_to_less_fail(month):
    month.set("charges", 4, cost="14.99")
    name = "usage itemized = usage charges of the line"
    assert verdicts(month)[name] is Verdict.FAILED


def test_without_usage_detail_no_check_blames_its_absence(month):
    assert verdicts(month.without("usage")) == {}


def test_without_the_account_summary_the_lines_tie_by_themselves(month):
    names = [one.name for one in reading_of(month.without("accounts")).checks]
    assert not any("total current charges" in name for name in names)


def test_records_pass_on_to_whoever_else_takes_them(month):
    reading = Reading()
    passed = list(reading.passing(month.records()))
    assert (
        sum(isinstance(one, UsageItem) for one in passed) == reading.items_taken == 13
    )


def test_a_usage_type_finance_has_mapped_is_treated_as_it_says(month):
    free = Treatment(UsageClass.FREE, False)
    entry = CodeEntry("verizon", UsageCode("CallWait"), free)
    guidance = Guidance(CodeBook([entry]))
    with opened(*month.write()) as download:
        *_, last = (r for r in records(download, guidance) if isinstance(r, UsageItem))
    assert (last.usage_code, last.usage_class, last.counts) == (
        "CallWait",
        UsageClass.FREE,
        False,
    )


def test_a_refusal_is_among_the_findings(tmp_path):
    reading = read(tmp_path / "none.txt")
    assert reading.is_refused
    assert reading.invoices == {}


def test_the_documented_json_is_exact(capsys):
    paths = [str(DATA / name) for name in FILES.values()]
    assert command("--json", "--items", *sorted(paths)) == 0
    written = json.loads(capsys.readouterr().out)
    assert written == json.loads((DATA / "reading.json").read_text("utf-8"))


def test_calls_under_codes_nobody_has_mapped_are_counted(month):
    def unmapped():
        invoice = reading_of(month).invoices["642350544-00001/9876543210"]
        return invoice.lines[LINE].unmapped_calls

    before = unmapped()
    month.set("usage", 0, usagetype="XQ11")

    assert unmapped() == before + 1
