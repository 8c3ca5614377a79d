"""What an operator reads, word for word, when a policy file does not fit."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.policy import editions
from mobile_selfservice.policy.editions import PARTS
from mobile_selfservice.policy.explained import Clause
from mobile_selfservice.policy.kinds import Kind
from mobile_selfservice.policy.parameters import DatedValue, Edition, Parameter
from tests.policy.small_edition import DAY, HEAD, RATE, VALUES, edition_of


def complaint_of(text, shared=editions.NO_CATALOGUE):
    with pytest.raises(editions.EditionUnreadable) as refused:
        edition_of(text, shared)
    return str(refused.value)


X = Clause("X", "2")


def dated(value, scope, set_by, authority, reading="", clause=X):
    return DatedValue(
        key="a",
        scope=scope,
        value=Decimal(value),
        unit="USD",
        valid_from=date(2020, 3, 1),
        clause=clause,
        set_by=set_by,
        authority=authority,
        reading=reading,
    )


def test_an_edition_is_read_to_its_last_word():
    assert edition_of(HEAD + RATE + VALUES) == Edition(
        id="x-2020",
        policy="X",
        title="Policy of X",
        source="x.pdf",
        adopted=date(2020, 2, 29),
        parameters={
            "a": Parameter(
                key="a",
                label="Rate",
                kind=Kind.RATE,
                unit="USD",
                clause=X,
                by="call",
                set_by="Clerk",
                values=(
                    dated(
                        "0.10", "b", "Council", "Memo 1", "AMB-01", Clause("X", "2.a")
                    ),
                    dated("0.20", "", "Clerk", "Memo 2"),
                ),
                group="Money",
                yearly=True,
            )
        },
        offices={"Clerk": "finance"},
    )


def test_what_a_file_may_leave_out_is_then_empty():
    short = HEAD.replace('offices = { Clerk = "finance" }', "")
    for line in ('unit = "USD"', 'group = "Money"', "yearly = true"):
        assert line in RATE
    bare = RATE.replace('unit = "USD"', "").replace('group = "Money"', "")
    edition = edition_of(short + bare.replace("yearly = true", ""))
    assert edition.offices == {}
    assert edition.parameter("a") == Parameter(
        key="a",
        label="Rate",
        kind=Kind.RATE,
        unit="",
        clause=X,
        by="call",
        set_by="Clerk",
        choices=(),
        values=(),
        columns=(),
        group="",
        yearly=False,
    )


def test_choices_and_columns_are_kept_in_order():
    choice = RATE.replace('"rate"', '"choice"') + 'choices = ["month", "line"]\n'
    assert edition_of(HEAD + choice).parameter("a").choices == ("month", "line")
    rows = RATE.replace('"rate"', '"rows"') + 'columns = ["price", "carrier"]\n'
    assert edition_of(HEAD + rows).parameter("a").columns == ("price", "carrier")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (
            "[edition",
            "x.toml is not readable: "
            "Expected ']' at the end of a table declaration (at end of document)",
        ),
        (
            RATE,
            f"x.toml lacks {PARTS['edition']}",
        ),
        (
            HEAD,
            f"x.toml lacks {PARTS['parameters']}",
        ),
        (HEAD.replace("id =", "ids =") + RATE, "x.toml lacks id"),
        (HEAD.replace("policy =", "p =") + RATE, "x.toml lacks policy"),
        (HEAD.replace("title =", "t =") + RATE, "x.toml lacks title"),
        (HEAD.replace("source =", "s =") + RATE, "x.toml lacks source"),
        (HEAD.replace("adopted =", "a =") + RATE, "x.toml lacks adopted"),
        (
            HEAD.replace("2020-02-29", "3") + RATE,
            "x.toml: 3 is not a date, written as 2026-07-01",
        ),
        ("edition = 1\nparameters = 2", "x.toml: 1 is not a table"),
        (HEAD + RATE.replace("label", "name"), "x.toml: a lacks label"),
        (HEAD + RATE.replace("kind", "sort"), "x.toml: a lacks kind"),
        (HEAD + RATE.replace("clause", "place"), "x.toml: a lacks clause"),
        (HEAD + RATE.replace("by =", "on =", 1), "x.toml: a lacks by"),
        (HEAD + RATE.replace("set_by", "sets"), "x.toml: a lacks set_by"),
        (HEAD + RATE.replace('"rate"', '"rat"'), "x.toml: 'rat' is not a valid Kind"),
        (HEAD + RATE + "values = 3", "x.toml: 3 is not a list"),
        (HEAD + RATE + "values = [3]", "x.toml: 3 is not a table"),
        (HEAD + RATE + "choices = 3", "x.toml: 3 is not a list"),
        (HEAD + RATE + "columns = 3", "x.toml: 3 is not a list"),
        (HEAD + RATE + VALUES.replace("from", "since"), "x.toml: a lacks from"),
        (HEAD + RATE + VALUES.replace("value =", "v ="), "x.toml: a lacks value"),
        (HEAD + RATE + VALUES.replace("authority", "by"), "x.toml: a lacks authority"),
        (
            HEAD + RATE + VALUES.replace("0.10", "ten"),
            "x.toml: a: 'ten' is not a rate, written as \"0.10\"",
        ),
    ],
)
def test_a_file_that_cannot_be_used_says_what_is_wrong_and_where(text, complaint):
    assert complaint_of(text) == complaint


SHARED = {
    "a": {
        "label": "Rate",
        "kind": "rate",
        "unit": "USD",
        "by": "call",
        "chosen": {"reading": "AMB-01", "value": "0.10"},
    },
    "b": {"label": "Days", "kind": "whole", "by": "statement"},
}
TAKES = 'adopted_by = "Council"\nreadings = ["AMB-01"]\n'
OWN = '[parameters.b]\nclause = "3"\n'


def test_a_catalogue_is_the_table_of_its_parameters():
    text = '[parameters.a]\nlabel = "Rate"\n[parameters.b]\nlabel = "Days"\n'
    assert editions.catalogue(text) == {"a": {"label": "Rate"}, "b": {"label": "Days"}}
    with pytest.raises(TypeError, match=r"^3 is not a table$"):
        editions.catalogue("parameters = 3")
    with pytest.raises(TypeError, match=r"^3 is not a table$"):
        editions.catalogue("[parameters]\na = 3")


def test_what_a_file_does_not_say_is_taken_from_the_catalogue():
    edition = edition_of(HEAD + TAKES + OWN, SHARED)
    assert list(edition.parameters) == ["a", "b"]
    assert edition.parameter("b").clause == Clause("X", "3")
    assert edition.parameter("b").set_by == "Council"
    rate = edition.parameter("a")
    assert (rate.clause, rate.set_by) == (Clause("X", ""), "Council")
    assert rate.values == (
        DatedValue(
            key="a",
            scope="",
            value=Decimal("0.10"),
            unit="USD",
            valid_from=date(2020, 2, 29),
            clause=Clause("X", ""),
            set_by="Council",
            authority="Chosen reading AMB-01",
            reading="AMB-01",
        ),
    )


def test_a_reading_that_is_not_listed_is_not_taken():
    for listed in ('readings = ["AMB-02"]\n', ""):
        edition = edition_of(HEAD + 'adopted_by = "Council"\n' + listed + OWN, SHARED)
        assert edition.parameter("a").values == ()


def test_parameters_the_catalogue_does_not_have_are_named_in_order():
    stray = '[parameters.d]\nclause = "3"\n[parameters.c]\nclause = "3"\n'
    assert complaint_of(HEAD + TAKES + OWN + stray, SHARED) == (
        "x.toml: the catalogue of parameters has no c, d"
    )
    assert complaint_of(HEAD + OWN, SHARED) == "x.toml: a lacks set_by"


def test_which_edition_a_file_follows_is_read_from_its_head():
    assert editions.extended_by('[edition]\nextends = "lodi_2011"') == "lodi_2011"
    assert editions.extended_by("[edition]\nid = 1") == ""
    assert editions.extended_by("[values]") == ""


FOLLOWER = """
[edition]
id = "y"
title = "Y"
source = "y.pdf"

[values]
a = [{ from = 2026-01-01, value = "0.30", authority = "Memo 3" }]
"""


def test_a_following_edition_has_its_own_name_and_the_others_policy():
    base = edition_of(HEAD + RATE + VALUES)
    after = editions.lay_over(base, FOLLOWER, "y.toml")
    assert (after.id, after.title, after.source) == ("y", "Y", "y.pdf")
    assert (after.policy, after.adopted) == (base.policy, base.adopted)
    assert after.amount("a", date(2025, 12, 31)) == Decimal("0.20")
    assert after.amount("a", DAY) == Decimal("0.30")


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (
            "[values]",
            "[values",
            "y.toml is not readable: Expected ']' at the end of a table declaration "
            "(at line 7, column 8)",
        ),
        ("[values]", "[value]", "y.toml lacks the part [values]"),
        (
            "[edition]",
            "[editio]",
            f"y.toml lacks {PARTS['edition']}",
        ),
        ('id = "y"', "", "y.toml lacks id"),
        ('title = "Y"', "", "y.toml lacks title"),
        ('source = "y.pdf"', "", "y.toml lacks source"),
        ("a = [", "b = [", "y.toml: Policy of X has no parameter b"),
        ('"0.30"', "0.30", 'y.toml: a: 0.3 is not a rate, written as "0.10"'),
        ("2026-01-01", "2026", "y.toml: a: 2026 is not a date, written as 2026-07-01"),
        ("authority", "by", "y.toml: a lacks authority"),
    ],
)
def test_a_following_file_that_cannot_be_used_says_what_is_wrong(old, new, complaint):
    base = edition_of(HEAD + RATE + VALUES)
    with pytest.raises(editions.EditionUnreadable) as refused:
        editions.lay_over(base, FOLLOWER.replace(old, new, 1), "y.toml")
    assert str(refused.value) == complaint
