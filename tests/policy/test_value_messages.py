"""What an operator reads, word for word, when a value does not fit or is not set."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.policy.kinds import BadValue, Kind, Limit, Row, checked, plain
from mobile_selfservice.policy.parameters import (
    NotSet,
    Setting,
    UnknownParameter,
    WrongKind,
)
from tests.policy.small_edition import DAY, HEAD, RATE, VALUES, edition_of


def refusal_of(raw, kind, choices=(), columns=()):
    with pytest.raises(BadValue) as refused:
        checked(raw, kind, choices, columns)
    return str(refused.value)


@pytest.mark.parametrize(
    ("raw", "kind", "complaint"),
    [
        (0.1, Kind.MONEY, '0.1 is not an amount, written as "25.00"'),
        ("ten", Kind.RATE, "'ten' is not a rate, written as \"0.10\""),
        ("-1", Kind.PERCENT, "'-1' is not a percentage, written as \"50\""),
        ("Infinity", Kind.MONEY, "'Infinity' is not an amount, written as \"25.00\""),
        (
            Decimal("-0.01"),
            Kind.MONEY,
            "Decimal('-0.01') is not an amount, written as \"25.00\"",
        ),
        ("20", Kind.LIMIT, "'20' is not a bound, written as \">= 20\""),
        ("== 20", Kind.LIMIT, "'== 20' is not a bound, written as \">= 20\""),
        (True, Kind.WHOLE, "True is not a whole number, written as 30"),
        (1, Kind.FLAG, "1 is not true or false"),
        (1, Kind.TEXT, "1 is not a text in quotes"),
        (1, Kind.CHOICE, '1 is not a choice, written as "month"'),
        ("a", Kind.WORDS, '\'a\' is not a list of words, written as ["cash", "check"]'),
        ([1], Kind.WORDS, '[1] is not a list of words, written as ["cash", "check"]'),
        (
            ["1"],
            Kind.NUMBERS,
            "['1'] is not a list of whole numbers, written as [3, 30]",
        ),
        (
            [0.5],
            Kind.AMOUNTS,
            '[0.5] is not a list of amounts, written as ["50", "100"]',
        ),
        (3, Kind.DAY, "3 is not a date, written as 2026-07-01"),
        (
            ["soon"],
            Kind.DATES,
            "['soon'] is not a list of dates, written as [2026-07-01, 2026-12-25]",
        ),
        ("A", Kind.ROWS, "'A' is not a list of rows"),
        (["A"], Kind.ROWS, "'A' is not a row"),
        ([{"plan": "A", "c": "B"}], Kind.ROWS, "c, plan is not one of carrier, price"),
    ],
)
def test_a_value_that_does_not_fit_is_named_with_what_it_should_be(
    raw, kind, complaint
):
    assert refusal_of(raw, kind, columns=("carrier", "price")) == complaint


def test_words_that_are_not_offered_are_named_in_order():
    offered = ("month", "line")
    assert refusal_of("day", Kind.CHOICE, offered) == "day is not one of month, line"
    assert refusal_of(["year", "day", "line"], Kind.WORDS, offered) == (
        "day, year is not one of month, line"
    )
    assert checked(["line"], Kind.WORDS, offered, ()) == ("line",)


def test_each_kind_takes_its_plain_form_and_its_own():
    assert checked("0", Kind.MONEY, (), ()) == Decimal(0)
    assert checked(Decimal("0.5"), Kind.RATE, (), ()) == Decimal("0.5")
    assert checked([1, 2], Kind.NUMBERS, (), ()) == (1, 2)
    assert checked(("2026-04-01", DAY), Kind.DATES, (), ()) == (DAY, DAY)
    assert checked(("1", Decimal(2)), Kind.AMOUNTS, (), ()) == (1, 2)
    assert checked(({"price": 5},), Kind.ROWS, (), ("carrier", "price")) == (
        Row((("carrier", ""), ("price", "5"))),
    )
    assert checked("<= 0", Kind.LIMIT, (), ()) == Limit("<=", Decimal(0))


def test_a_value_is_written_plainly_whatever_it_is():
    assert plain(((DAY,), (Limit("<", Decimal("1.50")),))) == [
        ["2026-04-01"],
        ["< 1.50"],
    ]
    assert plain(True) is True
    assert plain("word") == "word"


def test_a_figure_that_is_not_set_says_which_for_whom_and_who_sets_it():
    edition = edition_of(HEAD + RATE)
    with pytest.raises(NotSet) as missing:
        edition.value("a", DAY)
    assert str(missing.value) == (
        "Rate: no value is in force on April 1, 2026. Clerk sets it (X §2)."
    )
    with pytest.raises(NotSet) as missing:
        edition.amount("a", DAY, "GPS")
    assert str(missing.value) == (
        "Rate for GPS: no value is in force on April 1, 2026. Clerk sets it (X §2)."
    )
    assert missing.value.parameter is edition.parameter("a")


def test_asking_for_what_is_not_there_names_the_edition_and_the_kind():
    edition = edition_of(HEAD + RATE + VALUES)
    with pytest.raises(UnknownParameter, match=r"^'?Policy of X has no parameter b'?$"):
        edition.value("b", DAY)
    for ask, kind in (
        (edition.whole, "int"),
        (edition.flag, "bool"),
        (edition.text, "str"),
        (edition.words, "tuple"),
        (edition.numbers, "tuple"),
        (edition.dates, "tuple"),
        (edition.amounts, "tuple"),
        (edition.rows, "tuple"),
        (edition.limit, "Limit"),
        (edition.day, "date"),
    ):
        with pytest.raises(WrongKind) as refused:
            ask("a", DAY)
        assert str(refused.value) == f"a holds Decimal('0.20'), not a {kind}"


KINDS_AND_VALUES = {
    "amount": ("money", "1.00", "2.00", Decimal("1.00"), Decimal("2.00")),
    "whole": ("whole", 1, 2, 1, 2),
    "flag": ("flag", True, False, True, False),
    "text": ("text", "a", "b", "a", "b"),
    "words": ("words", ["a"], ["b"], ("a",), ("b",)),
    "numbers": ("numbers", [1], [2], (1,), (2,)),
    "dates": ("dates", ["2026-04-01"], [], (DAY,), ()),
    "amounts": ("amounts", ["1"], ["2"], (Decimal(1),), (Decimal(2),)),
    "limit": ("limit", "> 1", "> 2", Limit(">", Decimal(1)), Limit(">", Decimal(2))),
    "rows": ("rows", [{"c": "1"}], [], (Row((("c", "1"),)),), ()),
    "day": ("day", "2026-04-01", "2026-05-01", DAY, date(2026, 5, 1)),
}


@pytest.mark.parametrize("ask", KINDS_AND_VALUES)
def test_every_way_to_ask_looks_for_the_scope_first(ask):
    kind, general, own, all_get, own_gets = KINDS_AND_VALUES[ask]
    text = RATE.replace('"rate"', f'"{kind}"') + 'columns = ["c"]\n'
    edition = edition_of(HEAD + text).with_settings(
        [
            Setting("a", general, DAY, "Clerk", "Memo"),
            Setting("a", own, DAY, "Clerk", "Memo", scope="own"),
        ]
    )
    assert getattr(edition, ask)("a", DAY) == all_get
    assert getattr(edition, ask)("a", DAY, "own") == own_gets
    assert getattr(edition, ask)("a", DAY, "another") == all_get


def test_a_value_that_does_not_fit_its_parameter_names_it():
    edition = edition_of(HEAD + RATE)
    with pytest.raises(BadValue, match=r"^a: 'ten' is not a rate, "):
        edition.with_settings([Setting("a", "ten", DAY, "Clerk", "Memo")])


def test_a_snapshot_is_plain_to_its_last_word():
    edition = edition_of(HEAD + RATE + VALUES)
    assert edition.snapshot(DAY, DAY) == {
        "edition": {
            "id": "x-2020",
            "policy": "X",
            "title": "Policy of X",
            "source": "x.pdf",
            "adopted": "2020-02-29",
            "offices": {"Clerk": "finance"},
        },
        "parameters": {
            "a": {
                "label": "Rate",
                "kind": "rate",
                "unit": "USD",
                "clause": "2",
                "by": "call",
                "set_by": "Clerk",
                "choices": [],
                "columns": [],
                "group": "Money",
                "yearly": True,
                "values": [
                    {
                        "from": "2020-03-01",
                        "value": "0.10",
                        "scope": "b",
                        "set_by": "Council",
                        "authority": "Memo 1",
                        "reading": "AMB-01",
                        "clause": "2.a",
                    },
                    {
                        "from": "2020-03-01",
                        "value": "0.20",
                        "scope": "",
                        "set_by": "Clerk",
                        "authority": "Memo 2",
                        "reading": "",
                        "clause": "2",
                    },
                ],
            }
        },
    }


def test_a_snapshot_keeps_the_newest_value_before_its_first_day_and_no_older():
    days = [date(2025, 1, 1), date(2025, 6, 1), date(2026, 4, 1), date(2026, 4, 2)]
    edition = edition_of(HEAD + RATE).with_settings(
        Setting("a", f"0.{number}", day, "Clerk", "Memo")
        for number, day in enumerate(days, 1)
    )
    listed = edition.snapshot(date(2026, 3, 31), DAY)["parameters"]["a"]["values"]
    assert [row["from"] for row in listed] == ["2025-06-01", "2026-04-01"]
    listed = edition.snapshot(DAY, DAY)["parameters"]["a"]["values"]
    assert [row["from"] for row in listed] == ["2026-04-01"]
    listed = edition.snapshot(date(2024, 1, 1), date(2025, 6, 1))
    assert len(listed["parameters"]["a"]["values"]) == 2
