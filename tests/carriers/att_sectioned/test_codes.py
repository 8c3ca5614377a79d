"""What a sectioned download's own legend decides of its rate codes."""

from decimal import Decimal

import pytest

from mobile_selfservice.carriers.att_sectioned.legend import Legend, treatment_in
from mobile_selfservice.carriers.codes import (
    CodeBook,
    CodeEntry,
    Standing,
    Treatment,
    UsageCode,
)
from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.records import UsageClass
from tests.carriers.att_sectioned.sectioned_month import CALLS, call, use

ALLOWANCE = Treatment(UsageClass.ALLOWANCE, True)


def treated(item):
    return item.usage_class, item.counts


def test_only_the_minutes_of_the_rollover_code_count(sections):
    sections.calls(
        call(min="28", code="RM45", pd="DT"),
        call(min="44", code="5KNW", pd="NW"),
        call(min="6", code="ESM1", pd="NW", feature="M2MC"),
    )
    (invoice,) = sections.read().invoices.values()
    (line,) = invoice.lines.values()

    assert line.counted_minutes == 28
    assert [treated(item) for item in sections.items()] == [
        (UsageClass.ALLOWANCE, True),
        (UsageClass.FREE, False),
        (UsageClass.MOBILE_TO_MOBILE, False),
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("700 Rollover Mins", ALLOWANCE),
        ("Anytime", ALLOWANCE),
        ("1,350 Minutes", ALLOWANCE),
        ("Unlimited Expd M2M", Treatment(UsageClass.MOBILE_TO_MOBILE, False)),
        ("Mobile to Mobile", Treatment(UsageClass.MOBILE_TO_MOBILE, False)),
        ("Unlimited N&W", Treatment(UsageClass.FREE, False)),
        ("5000 Nights/Weekend Mins", Treatment(UsageClass.FREE, False)),
        ("Unlimited Messaging", Treatment(UsageClass.FREE, False)),
        ("Pay per use", None),
        ("Call Waiting", None),
        ("40 cents per minute", None),
    ],
)
def test_the_words_of_a_legend_decide_or_say_nothing(words, expected):
    assert treatment_in(words) == expected


def test_a_legend_may_go_on_over_several_lines(sections):
    sections.file(
        "Call Detail,209-555-0101",
        '"Rate Code: AB45=450 Rollover Mins, CD10=Unlimited"',
        '"Expd M2M, EF99=Unlimited N&W"',
        CALLS,
        call(code="AB45"),
        call(code="CD10"),
        call(code="EF99"),
    )
    classes = [item.usage_class for item in sections.items()]
    assert classes == [
        UsageClass.ALLOWANCE,
        UsageClass.MOBILE_TO_MOBILE,
        UsageClass.FREE,
    ]


def test_a_legend_split_by_its_own_commas_is_read_alike(sections):
    unquoted = "Rate Code: AB45=450 Rollover Mins, CD10=Unlimited Expd M2M"
    sections.file("Call Detail,209-555-0101", unquoted, CALLS, call(code="CD10"))
    assert sections.items()[0].usage_class is UsageClass.MOBILE_TO_MOBILE


def test_several_legends_may_stand_in_one_line():
    legend = Legend()
    legend.add(
        "Rate Code: A1=9 Mins; Rate Period: DT=Daytime; Feature: CW=Call Waiting"
    )

    assert legend.of("rate code", "a1") == "9 Mins"
    assert legend.of("feature", "CW") == "Call Waiting"


def test_a_legend_that_explains_nothing_is_no_error(sections):
    sections.file("Call Detail,209-555-0101", "Feature:", CALLS, call())
    assert sections.errors() == []


def test_a_legend_may_stand_below_the_rows_it_explains(sections):
    sections.file(
        "Call Detail,209-555-0101",
        CALLS,
        call(code="AB45"),
        "Rate Code: AB45=450 Rollover Mins",
    )
    assert sections.items()[0].counts is True


def test_an_unmapped_code_stays_unknown_and_quotes_the_legend(sections):
    sections.file(
        "Data Detail,209-555-0101",
        "Rate Code: DPPU=Pay per use",
        "Item,Day,Date,Time,To/From,Type,Msg/KB/Min,Rate Code,Rate Pd,Feature,In/ Out,"
        "Total Charge",
        use(code="DPPU", amount="3 KB"),
    )
    (item,) = sections.items()

    assert treated(item) == (UsageClass.UNKNOWN, None)
    assert "DPPU=“Pay per use”" in sections.warnings()


def test_what_the_legend_decides_is_kept_for_whoever_maps_codes(sections):
    found = sections.calls(call()).read().findings
    told = {one.value: one.reason for one in found if "legend says" in one.reason}

    assert "450 Rollover Mins" in told["RM45"]
    assert "does not count" in told["ESM1"]


def test_codes_known_from_other_bills_count_without_a_legend(sections):
    rows = (call(code="RM45"), call(code="5KNW"), call(code="", feature="M2MC"))
    items = sections.file("Call Detail,209-555-0101", CALLS, *rows).items()
    assert [item.counts for item in items] == [True, False, False]


def test_a_code_and_a_feature_that_disagree_leave_the_item_unknown(sections):
    sections.calls(call(code="RM45", feature="M2MC"))

    assert treated(sections.items()[0]) == (UsageClass.UNKNOWN, None)
    assert "say different things" in sections.warnings()


def test_what_an_official_set_decides_over_legend_and_feature(sections):
    entry = CodeEntry(
        "att", UsageCode("RM45"), ALLOWANCE, standing=Standing.SET, valid_from=None
    )
    sections.guidance = Guidance(codes=CodeBook([entry]))
    sections.calls(call(code="RM45", feature="M2MC"))

    assert treated(sections.items()[0]) == (UsageClass.ALLOWANCE, True)


def test_two_legends_that_contradict_each_other_are_both_not_believed(sections):
    for number, words in (("0101", "450 Rollover Mins"), ("0102", "Unlimited N&W")):
        sections.file(
            f"Call Detail,209-555-{number}",
            f"Rate Code: RM45={words}",
            CALLS,
            call(code="RM45"),
            name=f"{number}.csv",
        )

    assert {item.counts for item in sections.items()} == {None}
    assert "in two ways" in sections.warnings()


def test_a_call_abroad_with_an_unmapped_code_is_international(sections):
    row = call(number="639175550123", to="PHILIPPIN **", code="QQ", total="14.04")
    (item,) = sections.calls(row).items()

    assert treated(item) == (UsageClass.INTERNATIONAL, None)
    assert item.charged == Decimal("14.04")


def test_call_waiting_and_overlapping_calls_are_no_error(sections):
    sections.calls(call(min="30"), call(time="10:10AM", feature="CW"))

    assert sections.errors() == []
    assert sections.items()[1].description == "Call Waiting"


def test_the_legend_is_handed_on_line_by_line_with_what_it_decides(sections):
    sections.calls(call())

    told = {
        (line.code, line.period, line.feature): (line.words, line.counts)
        for line in sections.read().legend
    }

    assert told["RM45", "", ""] == ("450 Rollover Mins", True)
    assert told["", "DT", ""] == ("Daytime", None)
    assert told["", "", "M2MC"] == ("Expanded M2M", False)
    assert told["", "", "VM"] == ("Voicemail", None)
