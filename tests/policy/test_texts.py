"""The policies' own words, and the same in plain ones with the figures of a day."""

from dataclasses import replace
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest

from mobile_selfservice.policy import texts
from mobile_selfservice.policy.parameters import Setting
from mobile_selfservice.policy.texts import TextUnreadable
from mobile_selfservice.services.policy import policy_texts
from mobile_selfservice.services.policy_in_force import packaged

TODAY = date(2026, 10, 1)
LODI = packaged("lodi_2011")
CITY = packaged("alder_creek")
NEW_YORK = packaged("ny_its_p18_007")
POLICIES = ("Lodi 2011", "NY ITS-P18-007")
SOURCES = Path(__file__).parents[3] / "shared" / "policy"
SOURCE_OF = {"Lodi 2011": "lodi-2011.txt", "NY ITS-P18-007": "ny-its-p18-007.txt"}


@pytest.mark.parametrize("policy", POLICIES)
def test_every_passage_is_told_in_plain_words_in_the_policys_order(policy):
    own, plain = policy_texts.own_words(policy), policy_texts.plain_words(policy)

    assert [place.number for place in plain] == [each.number for each in own.passages]


@pytest.mark.parametrize("policy", POLICIES)
def test_the_words_are_the_sources_own(policy):
    source = SOURCES / SOURCE_OF[policy]
    if not source.exists():
        pytest.skip("the text of the policy is not beside this checkout")
    # The scan loses hyphens, spaces and single letters; whole words it keeps.
    wanted = set(_words(source.read_text("utf-8")))
    said = [
        word
        for passage in policy_texts.own_words(policy).passages
        for paragraph in passage.paragraphs
        for word in _words(paragraph)
    ]
    glued = "".join(_words(source.read_text("utf-8")))

    assert [word for word in said if word not in wanted and word not in glued] == []


def _words(text: str) -> list[str]:
    letters = "".join(each if each.isalnum() else " " for each in text.casefold())
    return letters.split()


def test_lodis_odd_numbers_are_kept():
    own = policy_texts.own_words("Lodi 2011")
    criteria = next(each for each in own.passages if each.number == "4.B.1")

    assert [each[:2] for each in criteria.paragraphs[1:]] == ["b.", "c.", "d.", "e."]
    assert [each.number for each in own.passages][-2:] == ["4.G", "4.H"]


@pytest.mark.parametrize(
    ("clause", "place"),
    [
        ("3.B.1", "3.B.1"),
        ("3.A.1.c", "3.A.1"),
        ("2.B", "2"),
        ("4.A", "4.A"),
        ("9.Z", ""),
    ],
)
def test_a_clause_is_found_in_the_passage_it_stands_in(clause, place):
    assert policy_texts.place_of("Lodi 2011", clause) == place


@pytest.mark.parametrize("name", ["lodi_2011", "alder_creek", "ny_its_p18_007"])
def test_every_figure_of_an_edition_has_its_clause_on_the_page(name):
    edition = packaged(name)
    lost = {
        str(parameter.clause)
        for parameter in edition.parameters.values()
        if parameter.values
        and parameter.clause.number
        and not policy_texts.place_of(edition.policy, parameter.clause.number)
    }

    assert lost == set()


@pytest.mark.parametrize("edition", [LODI, CITY, NEW_YORK], ids=lambda one: one.id)
def test_every_sentence_can_be_filled_in(edition):
    for place in policy_texts.plain_words(edition.policy):
        for sentence in place.sentences:
            assert "{" not in texts.filled(sentence.text, edition, TODAY)
            if sentence.where:
                edition.parameter(sentence.where)
        for key, _ in place.figures:
            edition.parameter(key)


def test_a_sentence_carries_the_figure_of_the_day():
    sentence = "You pay {personal_use.text_rate_per_use}."

    assert texts.filled(sentence, CITY, TODAY) == "You pay $0.05 per message."


def test_a_figure_for_one_class_is_named_after_a_colon():
    assert texts.filled("{stipend.schedule:smart}", CITY, TODAY).startswith("$50.00")


def test_a_figure_nobody_set_is_never_shown_as_zero():
    said = texts.filled("You pay {personal_use.text_rate_per_use}.", LODI, TODAY)

    assert said == "You pay a figure not set yet (Deputy City Manager sets it)."


def test_a_sentence_is_told_only_where_the_choice_is_so():
    place = next(
        each for each in policy_texts.plain_words("Lodi 2011") if each.number == "3.B.1"
    )
    replacing = LODI.with_settings(
        [
            Setting(
                "personal_use.overage_mode",
                "replace",
                date(2026, 1, 1),
                set_by="Deputy City Manager",
                authority="Memo 1",
            )
        ]
    )

    added = " ".join(texts.told(place.sentences, LODI, TODAY))
    replaced = " ".join(texts.told(place.sentences, replacing, TODAY))

    assert "They come on top of the rate." in added
    assert "instead of the rate." not in added
    assert "instead of the rate." in replaced
    assert "They come on top of the rate." not in replaced


def test_a_sentence_about_a_choice_nobody_made_is_told_only_if_it_says_so():
    silent = replace(LODI.parameter("deadlines.roll"), values=())
    edition = replace(LODI, parameters={**LODI.parameters, "deadlines.roll": silent})
    made = texts.Sentence("It rolls.", "deadlines.roll", "next_business_day")
    open_yet = texts.Sentence("Nobody decided.", "deadlines.roll", "not set")

    assert texts.told([made, open_yet], edition, TODAY) == ("Nobody decided.",)


@pytest.mark.parametrize(
    "text",
    ["no = [toml", 'policy = "x"', '[[passages]]\nnumber = "1"'],
)
def test_a_broken_file_of_words_is_refused(text):
    with pytest.raises(TextUnreadable):
        texts.parse(text)
    with pytest.raises(TextUnreadable):
        texts.parse_plain(text)


@pytest.mark.parametrize("plain", ["7", "[7]"])
def test_plain_words_that_are_no_sentences_are_refused(plain):
    text = f'[[passages]]\nnumber = "1"\nheading = "x"\nplain = {plain}'
    with pytest.raises(TextUnreadable):
        texts.parse_plain(text)


def test_every_file_of_words_belongs_to_a_policy():
    names = {
        file.name.removesuffix(".toml").removeprefix("plain_")
        for file in files(texts).iterdir()
        if file.name.endswith(".toml")
    }

    assert names == set(policy_texts.FILES.values())
