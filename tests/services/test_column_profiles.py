"""Column profiles are kept version by version, and one clerk never undoes another."""

from dataclasses import replace

import pytest
from sqlmodel import select

from mobile_selfservice.carriers.mapped.profile import FileShape, Written
from mobile_selfservice.models.column_profile import ColumnProfile, ProfileUse
from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.organization import Agency, Department, Employer
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.codes.guidance import guidance_of
from mobile_selfservice.services.free_text import TextNeeded
from mobile_selfservice.services.invoices import invoice_import
from mobile_selfservice.services.invoices.invoice_draft import drafted
from mobile_selfservice.services.invoices.progress import Progress
from mobile_selfservice.services.invoices.trial_report import KeptFile
from mobile_selfservice.services.profiles import (
    kept_profiles,
    opened_profile,
    profile_saving,
    profile_texts,
    sample,
    shipped_profiles,
)
from mobile_selfservice.services.profiles.opened_profile import NothingToImport
from mobile_selfservice.services.profiles.profile_saving import (
    NameTaken,
    NothingToSave,
    StillMissing,
)
from mobile_selfservice.services.profiles.profile_texts import ProfileUnreadable
from mobile_selfservice.services.profiles.sample import SampleOf
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from tests.factories import NOW
from tests.services.profiles import HEADINGS, VALLEY, save, valley_profile, wanted
from tests.services.test_races import refusals, saved  # noqa: F401

FILE = KeptFile("usage.csv", "ab" * 32, 400)


@pytest.fixture
def clerk(make):
    return make.person(Role.FINANCE)


@pytest.fixture
def technician(make):
    return make.person(Role.IT)


@pytest.fixture
def stranger(make):
    """Somebody of finance at another employer."""
    other = make.save(
        Employer(name="Next door", time_zone="UTC", policy_edition="lodi_2011")
    )
    agency = make.save(Agency(employer_id=other.id, name="Next door"))
    office = make.save(Department(agency_id=agency.id, code="FIN", name="Finance"))
    seen = make.person(Role.FINANCE, department=office)
    return replace(seen, employer_id=other.id)


def changed(**written):
    return valley_profile(written=Written(**written))


def listed(session, actor):
    return kept_profiles.profiles(session, actor, now=NOW)


def test_a_saved_profile_is_version_one_and_is_handed_to_whoever_reads_files(
    session, clerk
):
    save(session, clerk)

    (known,) = guidance_of(session, clerk.employer_id).profiles
    assert (known.name, known.carrier, known.version) == ("Valley calls", "valley", 1)
    assert known.columns == valley_profile().columns


def test_saving_again_is_the_next_version_and_the_old_one_stays(
    session, clerk, technician
):
    first = save(session, clerk)
    second = save(session, technician, profile=changed(), made_from=first)

    rows = session.exec(select(ColumnProfile).order_by(ColumnProfile.version)).all()
    assert [(row.id, row.version) for row in rows] == [(first, 1), (second, 2)]
    assert rows[0].text != rows[1].text
    (known,) = guidance_of(session, clerk.employer_id).profiles
    assert known.version == 2
    (own,) = listed(session, clerk).own
    assert (own.profile_id, own.version) == (second, 2)


def test_who_had_an_older_version_open_is_told_and_nothing_is_saved(
    session, clerk, technician
):
    first = save(session, clerk)
    save(session, technician, profile=changed(), made_from=first)

    with pytest.raises(ChangedMeanwhile):
        save(session, clerk, profile=changed(decimal=","), made_from=first)
    assert len(session.exec(select(ColumnProfile)).all()) == 2


def test_a_new_profile_cannot_take_the_name_of_another(session, clerk):
    save(session, clerk)

    with pytest.raises(NameTaken):
        save(session, clerk, profile=changed(), name="VALLEY CALLS")


def test_under_another_name_a_profile_becomes_one_of_its_own(session, clerk):
    first = save(session, clerk)
    texts = valley_profile(headings=(*HEADINGS, "Kind"))
    save(session, clerk, profile=texts, name="Valley texts", made_from=first)

    assert [(one.name, one.version) for one in listed(session, clerk).own] == [
        ("Valley calls", 1),
        ("Valley texts", 1),
    ]


def test_saving_what_is_saved_already_is_refused(session, clerk):
    first = save(session, clerk)

    with pytest.raises(NothingToSave):
        save(session, clerk, made_from=first)


def test_a_profile_needs_a_name_and_a_carrier(session, clerk):
    with pytest.raises(TextNeeded):
        save(session, clerk, name="  ")
    with pytest.raises(TextNeeded):
        save(session, clerk, carrier="")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("T-Mobile", "tmobile"),
        ("at&t", "att"),
        ("U.S. Cellular", "us_cellular"),
        ("Télus", "telus"),
    ],
)
def test_a_carrier_is_kept_as_one_word(session, clerk, typed, kept):
    number = save(session, clerk, carrier=typed)

    assert session.get(ColumnProfile, number).carrier == kept


def test_a_carrier_of_no_letters_is_refused(session, clerk):
    with pytest.raises(TextNeeded):
        save(session, clerk, carrier="007 & 8")


def test_a_profile_a_newer_release_cannot_read_does_not_stop_other_imports(
    session, clerk
):
    save(session, clerk)
    session.add(
        ColumnProfile(
            employer_id=clerk.employer_id,
            name="From another time",
            carrier="valley",
            version=1,
            text="of another form",
            saved_by=clerk.person_id,
            saved_at=NOW,
        )
    )
    session.flush()

    (known,) = guidance_of(session, clerk.employer_id).profiles
    assert known.name == "Valley calls"


def test_a_profile_that_lacks_what_rows_need_is_not_saved(session, clerk):
    columns = dict(valley_profile().columns)
    del columns["date"]

    with pytest.raises(StillMissing) as refused:
        save(session, clerk, profile=valley_profile(columns=columns))
    assert "on which day it began" in str(refused.value)


def test_a_profile_that_could_not_be_read_again_is_not_saved(session, clerk):
    file = FileShape(skip_rows=2, pass_over=("x" * 300,))

    with pytest.raises(ProfileUnreadable):
        save(session, clerk, profile=valley_profile(file=file))
    assert session.exec(select(ColumnProfile)).all() == []


def test_a_retired_profile_reads_nothing_until_it_is_saved_again(session, clerk):
    first = save(session, clerk)
    retired = profile_saving.retire(session, clerk, profile_id=first, now=NOW)

    assert guidance_of(session, clerk.employer_id).profiles == ()
    found = listed(session, clerk)
    assert (found.own, [one.version for one in found.retired]) == ([], [2])
    save(session, clerk, made_from=retired)
    (known,) = guidance_of(session, clerk.employer_id).profiles
    assert known.version == 3


def test_a_second_click_retires_nothing_twice(session, make, clerk):
    first = save(session, clerk)
    retired = profile_saving.retire(session, clerk, profile_id=first, now=NOW)

    for seen in (first, retired):
        assert profile_saving.retire(session, clerk, profile_id=seen, now=NOW) == (
            retired
        )
    other = make.person(Role.FINANCE)
    with pytest.raises(ChangedMeanwhile):
        profile_saving.retire(session, other, profile_id=first, now=NOW)


def test_a_version_that_is_not_the_newest_cannot_be_retired(session, clerk):
    first = save(session, clerk)
    save(session, clerk, profile=changed(), made_from=first)

    with pytest.raises(ChangedMeanwhile):
        profile_saving.retire(session, clerk, profile_id=first, now=NOW)


def test_an_exported_profile_is_taken_in_elsewhere_word_for_word(
    session, clerk, stranger
):
    number = save(session, clerk)
    file = profile_texts.export(session, clerk, profile_id=number, now=NOW)

    taken = profile_saving.take_in(session, stranger, text=file.text, now=NOW)

    assert file.name == "valley-calls-1"
    assert session.get(ColumnProfile, taken).text == file.text


@pytest.mark.parametrize("text", ["", "no profile", 'format = "other"', "[" * 500])
def test_a_file_that_is_no_profile_is_refused_in_words(session, clerk, text):
    with pytest.raises(ProfileUnreadable):
        profile_saving.take_in(session, clerk, text=text, now=NOW)


def test_shipped_profiles_are_there_to_start_from_and_read_nothing_by_themselves(
    session, clerk
):
    keys = [one.key for one in shipped_profiles.shipped()]
    assert keys
    assert guidance_of(session, clerk.employer_id).profiles == ()

    opened = opened_profile.opened(session, clerk, shipped=keys[0], now=NOW)
    assert opened.profile == shipped_profiles.shipped_profile(keys[0])
    with pytest.raises(NotPermitted):
        opened_profile.opened(session, clerk, shipped="no such", now=NOW)


def test_a_profile_keeps_the_files_it_was_made_on(session, clerk):
    kept = sample.keep_sample(session, clerk, files=[FILE], now=NOW)
    number = save(session, clerk, sample=SampleOf(sample_id=kept))

    of = SampleOf(profile_id=number)
    assert opened_profile.files_of(session, clerk, of=of, now=NOW) == [FILE]
    other = valley_profile(headings=(*HEADINGS, "Kind"))
    saved_without = save(session, clerk, profile=other, name="Another")
    without = SampleOf(profile_id=saved_without)
    with pytest.raises(NothingToImport):
        opened_profile.files_of(session, clerk, of=without, now=NOW)


def test_only_an_import_of_no_known_layout_can_be_mapped(session, clerk, tmp_path):
    number = invoice_import.begin(session, clerk, files=[FILE], now=NOW)
    of = SampleOf(import_id=number)
    with pytest.raises(NotPermitted):
        sample.files_of(session, clerk, of)

    path = tmp_path / "usage.csv"
    path.write_text(VALLEY)
    with drafted(path, progress=Progress()) as draft:
        invoice_import.conclude_trial(
            session, clerk, import_id=number, draft=draft, now=NOW
        )
    assert sample.files_of(session, clerk, of) == [FILE]


def test_an_auditor_reads_profiles_and_changes_none(session, make, clerk):
    auditor = make.person(Role.AUDITOR)
    number = save(session, clerk)

    assert not listed(session, auditor).may_map
    opened = opened_profile.opened(session, auditor, profile_id=number, now=NOW)
    assert not opened.may_map
    for act in (
        lambda: save(session, auditor, name="Another"),
        lambda: profile_saving.retire(session, auditor, profile_id=number, now=NOW),
        lambda: opened_profile.opened(session, auditor, now=NOW),
        lambda: sample.keep_sample(session, auditor, files=[FILE], now=NOW),
    ):
        with pytest.raises(NotPermitted):
            act()


def test_somebody_else_sees_nothing_of_it(session, make, clerk, stranger):
    number = save(session, clerk)
    kept = sample.keep_sample(session, clerk, files=[FILE], now=NOW)

    assert listed(session, stranger).own == []
    for look in (
        lambda: opened_profile.opened(session, stranger, profile_id=number, now=NOW),
        lambda: profile_texts.export(session, stranger, profile_id=number, now=NOW),
        lambda: sample.files_of(session, stranger, SampleOf(sample_id=kept)),
        lambda: sample.files_of(session, stranger, SampleOf(profile_id=number)),
        lambda: save(session, stranger, made_from=number),
        lambda: listed(session, make.person()),
        lambda: listed(session, make.person(Role.DIRECTOR)),
    ):
        with pytest.raises(NotPermitted):
            look()


def test_saving_and_retiring_stand_in_the_history(session, clerk):
    number = save(session, clerk)
    retired = profile_saving.retire(session, clerk, profile_id=number, now=NOW)

    acts = session.exec(
        select(HistoryEntry.act, HistoryEntry.subject, HistoryEntry.subject_id)
    ).all()
    assert ("profile.saved", "column_profile", number) in acts
    assert ("profile.retired", "column_profile", retired) in acts


def test_an_import_read_with_a_profile_is_published_and_counted(
    session, clerk, tmp_path
):
    save(session, clerk)
    path = tmp_path / "usage.csv"
    path.write_text(VALLEY)

    done = invoice_import.take_in(session, clerk, sources=[path], now=NOW)

    assert done.items == 3
    assert session.exec(select(ProfileUse.import_id)).all() == [done.import_id]
    (own,) = listed(session, clerk).own
    assert own.imports == 1
    assert own.last_import == NOW


def test_of_two_clerks_at_once_one_saves_and_the_other_is_told(saved):  # noqa: F811
    def prepare(make):
        clerk, technician = make.person(Role.FINANCE), make.person(Role.IT)
        first = save(make.session, clerk)
        return [
            saving(who, wanted(profile=changed(decimal=decimal), made_from=first))
            for who, decimal in ((clerk, "."), (technician, ","))
        ]

    outcomes = saved.at_once(*saved.make(prepare))

    assert [type(each) for each in refusals(outcomes)] == [ChangedMeanwhile]
    assert saved.count(ColumnProfile) == 2


def saving(actor, form):
    return lambda session: profile_saving.save(session, actor, wanted=form, now=NOW)
