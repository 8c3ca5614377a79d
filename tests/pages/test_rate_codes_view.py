"""The table of rate codes in words, and the form before it is set."""

from datetime import date
from decimal import Decimal

from mobile_selfservice.carriers.codes import Treatment, UsageCode
from mobile_selfservice.carriers.records import UsageClass
from mobile_selfservice.pages.rate_codes.view import codes_view
from mobile_selfservice.pages.rate_codes.weighing import form_view, missing
from mobile_selfservice.services.codes.code_table import CodeTable, KnownCode
from mobile_selfservice.services.codes.legend_words import Said
from mobile_selfservice.services.codes.unknown_codes import UnknownCode

M2M = Treatment(UsageClass.MOBILE_TO_MOBILE, False)


def unknown(**details):
    usual = {
        "carrier": "att",
        "code": UsageCode("XQ11", "DT"),
        "calls": 1204,
        "lines": 31,
        "minutes": 3010,
        "charged": Decimal("6.30"),
        "first_month": date(2026, 2, 1),
        "last_month": date(2026, 3, 1),
        "open_calls": 1204,
        "first_open": date(2026, 3, 16),
        "personal_minutes": 14,
        "said": Said("XQ11: Expanded M2M", M2M),
    }
    return UnknownCode(**(usual | details))


def table(*codes, rate=Decimal("0.10"), known=()):
    return CodeTable(
        unknown=list(codes),
        mapped=[],
        withdrawn=[],
        known=list(known),
        rate=rate,
        time_zone="America/Los_Angeles",
        may_map=True,
        seen="0.0",
    )


def shown(*codes, **details):
    return codes_view(table(*codes, **details)).unknown


def test_a_code_known_to_the_portal_says_what_it_means():
    known = KnownCode("verizon", UsageCode("M2MAllow"), M2M)
    [row] = codes_view(table(known=[known])).known

    assert (row.carrier, row.code) == ("Verizon", "M2MAllow")
    assert row.meaning == (
        "Between mobiles of the carrier, free; does not count against the plan"
    )


def test_an_unknown_code_says_what_depends_on_it():
    [row] = shown(unknown())

    assert (row.carrier, row.code) == ("AT&T", "XQ11 · DT")
    assert row.calls == "1,204 calls, 3,010 min"
    assert row.where == "31 lines, February 2026 to March 2026"
    assert row.open_calls == "all on open bills"
    assert row.personal == "14 personal min"
    assert row.depends == (
        "$1.40 at $0.10 a minute, if they count; the carrier printed $6.30 on the calls"
    )
    assert row.suggested.startswith("Taken as: Between mobiles")


def test_what_is_only_on_signed_bills_and_without_a_rate_is_said_so():
    [row] = shown(
        unknown(open_calls=0, first_open=None, code=UsageCode(""), said=Said()),
        rate=None,
    )

    assert row.code == "(no code printed)"
    assert row.open_calls == "all on signed bills, which stay as they are"
    assert row.depends == "the carrier printed $6.30 on the calls"
    assert (row.said, row.suggested) == ("The carrier’s files do not say.", "")


def test_the_form_is_filled_with_what_the_carrier_says():
    [row] = shown(unknown())

    form = form_view(row.key, row.said)

    assert form.title == "What does AT&T XQ11 · DT mean?"
    assert (form.key.usage_class, form.key.counts) == ("mobile_to_mobile", "no")
    assert (form.key.first_day, form.has_blanks) == ("2026-03-16", True)


def test_what_is_left_empty_is_said_field_by_field():
    assert set(missing({})) == {"usage_class", "counts", "valid_from", "reason"}
    assert set(missing({"reason": "short", "usage_class": "free"})) == {
        "counts",
        "valid_from",
        "reason",
    }
