import json
from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.policy import editions, parameters
from mobile_selfservice.policy.explained import Clause
from mobile_selfservice.policy.kinds import BadValue
from mobile_selfservice.policy.parameters import NotSet, Setting
from mobile_selfservice.policy.voice_terms import VoiceCap, VoiceTerms, voice_terms
from mobile_selfservice.services.policy_in_force import packaged

FIRST_DAY = date(2011, 3, 2)
TODAY = date(2026, 4, 1)
VOICE_RATE = "personal_use.voice_rate_per_min"
TEXT_RATE = "personal_use.text_rate_per_use"


@pytest.fixture
def lodi():
    return packaged("lodi_2011")


def set_by_the_dcm(key, value, valid_from=TODAY, scope=""):
    return Setting(key, value, valid_from, "Deputy City Manager", "Memo 12", scope)


def test_the_rate_is_ten_cents_from_the_first_day(lodi):
    assert lodi.amount(VOICE_RATE, FIRST_DAY) == Decimal("0.10")
    in_force = lodi.dated(VOICE_RATE, TODAY)
    assert in_force.clause == Clause("Lodi 2011", "3.B.1")
    assert in_force.set_by == "City Council"
    assert in_force.authority == "Resolution 2011-27"
    assert in_force.unit == "USD per minute"
    assert in_force.valid_from == FIRST_DAY


def test_before_the_first_value_nothing_is_guessed(lodi):
    with pytest.raises(NotSet, match=r"March 1, 2011.*City Council sets it"):
        lodi.value(VOICE_RATE, date(2011, 3, 1))


@pytest.mark.parametrize(
    "key",
    [TEXT_RATE, "personal_use.data_rate_per_unit", "personal_use.addon_rate"],
)
def test_a_figure_left_to_an_official_names_who_sets_it(lodi, key):
    with pytest.raises(NotSet, match="Deputy City Manager sets it") as refusal:
        lodi.amount(key, TODAY, "GPS navigation")
    assert refusal.value.set_by == "Deputy City Manager"
    assert refusal.value.key == key
    assert refusal.value.scope == "GPS navigation"
    assert refusal.value.on == TODAY


def test_a_later_value_leaves_earlier_days_alone(lodi):
    raised = lodi.with_settings([set_by_the_dcm(VOICE_RATE, "0.12")])
    assert raised.amount(VOICE_RATE, date(2026, 3, 31)) == Decimal("0.10")
    assert raised.amount(VOICE_RATE, TODAY) == Decimal("0.12")
    assert lodi.amount(VOICE_RATE, TODAY) == Decimal("0.10")


def test_a_correction_for_the_same_day_takes_the_first_ones_place(lodi):
    wrong = set_by_the_dcm(VOICE_RATE, "0.21")
    corrected = lodi.with_settings([wrong, set_by_the_dcm(VOICE_RATE, "0.12")])
    assert corrected.amount(VOICE_RATE, TODAY) == Decimal("0.12")
    assert len(corrected.parameter(VOICE_RATE).values) == 2


def test_a_value_for_one_feature_comes_before_the_general_one(lodi):
    key = "personal_use.addon_rate"
    priced = lodi.with_settings(
        [
            set_by_the_dcm(key, "0.50", scope="GPS navigation"),
            set_by_the_dcm(key, "0.25", date(2026, 5, 1)),
        ]
    )
    later = date(2026, 6, 1)
    assert priced.amount(key, later, "GPS navigation") == Decimal("0.50")
    assert priced.amount(key, later, "ringtones") == Decimal("0.25")
    with pytest.raises(NotSet):
        priced.amount(key, TODAY, "ringtones")


def test_an_edition_narrowed_to_an_option_holds_what_is_set_for_it(lodi):
    may, june = date(2026, 5, 1), date(2026, 6, 1)
    offered = lodi.with_settings(
        [
            set_by_the_dcm(VOICE_RATE, "0.20", may, scope="plan 1"),
            set_by_the_dcm(VOICE_RATE, "0.30", may, scope="plan 2"),
            set_by_the_dcm(VOICE_RATE, "0.12", june),
        ]
    )
    narrowed = offered.narrowed("plan 1")
    assert narrowed.amount(VOICE_RATE, TODAY) == Decimal("0.10")
    assert narrowed.amount(VOICE_RATE, may) == Decimal("0.20")
    assert narrowed.amount(VOICE_RATE, june) == Decimal("0.20")
    assert narrowed.amount(VOICE_RATE, june, "plan 2") == Decimal("0.30")
    assert narrowed.whole("cert.deadline_days", TODAY) == 30
    assert offered.amount(VOICE_RATE, june) == Decimal("0.12")
    assert lodi.narrowed("") == lodi


def test_every_chosen_reading_says_so(lodi):
    for parameter in lodi.parameters.values():
        for value in parameter.values:
            assert value.authority
            assert value.set_by
            if value.reading:
                assert value.authority == f"Chosen reading {value.reading}"


def test_each_kind_of_value_is_read_as_what_it_is(lodi):
    assert lodi.whole("cert.deadline_days", TODAY) == 30
    assert lodi.whole("cert.reopen_days", TODAY) == 10
    assert lodi.flag("cert.required", TODAY) is True
    assert lodi.text("deadlines.timezone", TODAY) == "America/Los_Angeles"
    assert lodi.words("personal_use.payment_methods", TODAY) == (
        "cash",
        "check",
        "card",
        "payroll",
    )
    assert lodi.numbers("cert.reminder_days", TODAY) == (-7, -1, 1, 8, 15)
    with pytest.raises(NotSet, match="Human Resources"):
        lodi.dates("deadlines.holidays", TODAY)
    kept = lodi.with_settings([set_by_the_dcm("deadlines.holidays", ["2026-07-03"])])
    assert kept.dates("deadlines.holidays", TODAY) == (date(2026, 7, 3),)


def test_asking_for_the_wrong_kind_or_name_is_our_own_mistake(lodi):
    with pytest.raises(parameters.WrongKind):
        lodi.whole("cert.required", TODAY)
    with pytest.raises(parameters.UnknownParameter):
        lodi.value("cert.lunch", TODAY)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        (VOICE_RATE, 0.1),
        (VOICE_RATE, "ten cents"),
        (VOICE_RATE, "-0.10"),
        (VOICE_RATE, "NaN"),
        ("cert.deadline_days", "30"),
        ("cert.deadline_days", True),
        ("cert.required", 1),
        ("personal_use.overage_mode", "sometimes"),
        ("cert.statements", ["none", "maybe"]),
        ("cert.statements", "none"),
        ("cert.reminder_days", [1.5]),
        ("deadlines.holidays", ["the fourth of July"]),
        ("deadlines.timezone", 8),
    ],
)
def test_a_value_that_does_not_fit_is_refused(lodi, key, value):
    with pytest.raises(BadValue, match=key):
        lodi.with_settings([set_by_the_dcm(key, value)])


def test_a_closed_record_keeps_what_it_was_computed_with(lodi):
    raised = lodi.with_settings(
        [
            set_by_the_dcm(VOICE_RATE, Decimal("0.11"), date(2020, 1, 1)),
            set_by_the_dcm(VOICE_RATE, "0.12"),
            set_by_the_dcm(VOICE_RATE, "0.15", date(2027, 1, 1)),
            set_by_the_dcm("deadlines.holidays", [date(2026, 7, 3)]),
        ]
    )
    kept = raised.snapshot(date(2026, 3, 15), date(2026, 4, 14))
    again = editions.restore(json.loads(json.dumps(kept)))
    assert [value.value for value in again.parameter(VOICE_RATE).values] == [
        Decimal("0.11"),
        Decimal("0.12"),
    ]
    assert again.id == "lodi-2011"
    assert again.dates("deadlines.holidays", TODAY) == (date(2026, 7, 3),)
    assert voice_terms(again, TODAY) == voice_terms(raised, TODAY)
    assert again.snapshot(date(2026, 3, 15), date(2026, 4, 14)) == kept
    with pytest.raises(NotSet):
        again.amount(TEXT_RATE, TODAY)


def test_the_terms_of_the_edition_are_the_chosen_readings(lodi):
    assert voice_terms(lodi, TODAY) == VoiceTerms()
    limited = lodi.with_settings(
        [
            set_by_the_dcm("personal_use.voice_cap", "amount"),
            set_by_the_dcm("personal_use.voice_cap_amount", "15.00"),
        ]
    )
    terms = voice_terms(limited, TODAY)
    assert terms.cap is VoiceCap.AMOUNT
    assert terms.cap_amount == Decimal("15.00")


PARAMETER = (
    '[parameters.a]\nlabel="A"\nkind="whole"\nclause="1"\nby="day"\nset_by="B"\n'
)
HEAD = '[edition]\nid="x"\npolicy="X"\ntitle="X"\nsource="X"\nadopted=2011-03-02\n'


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("[edition", "x.toml is not readable"),
        (PARAMETER, "x.toml lacks the part .edition"),
        (HEAD, "x.toml lacks the part .parameters"),
        ("edition = 1\nparameters = 2", "1 is not a table"),
        (HEAD + PARAMETER.replace("label", "name"), "a lacks label"),
        (HEAD + PARAMETER.replace("whole", "hole"), "hole"),
        (HEAD + PARAMETER.replace("set_by", "sets"), "a lacks set_by"),
        (HEAD + PARAMETER.replace("clause", "place"), "a lacks clause"),
        (HEAD + PARAMETER + "values = 3", "3 is not a list"),
        (HEAD + PARAMETER + "values = [{from=2011-03-02, value=3}]", "lacks authority"),
        (
            HEAD + PARAMETER + 'values = [{from=3, value=3, authority="X"}]',
            "x.toml: 3 is not a date",
        ),
        (
            HEAD + PARAMETER + 'values = [{from=2011-03-02, value="3", authority="X"}]',
            "a: '3' is not a whole number",
        ),
    ],
)
def test_an_edition_that_cannot_be_used_says_what_is_wrong(text, complaint):
    with pytest.raises(editions.EditionUnreadable, match=complaint):
        editions.parse(text, "x.toml")
