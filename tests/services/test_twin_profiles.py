"""Two column profiles for the same files: said when one is saved, and at an import."""

from dataclasses import replace
from io import BytesIO

import pytest

from mobile_selfservice.carriers.archive import NamedStream
from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.invoices.invoice_draft import drafted
from mobile_selfservice.services.invoices.progress import Progress
from mobile_selfservice.services.profiles import profile_saving
from mobile_selfservice.services.profiles.profile_saving import SameHeadings
from tests.factories import NOW
from tests.services.profiles import HEADINGS, VALLEY, save, valley_profile


@pytest.fixture
def clerk(make):
    return make.person(Role.FINANCE)


def test_a_second_profile_for_the_same_headings_is_not_saved(session, clerk):
    save(session, clerk)

    with pytest.raises(SameHeadings, match="“Valley calls” knows files with these"):
        save(session, clerk, name="Valley again")


def test_headings_in_other_letters_and_order_are_the_same_headings(session, clerk):
    save(session, clerk)
    shouted = tuple(name.upper() for name in reversed(HEADINGS))

    with pytest.raises(SameHeadings):
        save(
            session,
            clerk,
            name="Valley again",
            profile=valley_profile(headings=shouted),
        )


def test_a_retired_profile_is_in_nobodys_way(session, clerk):
    number = save(session, clerk)
    profile_saving.retire(session, clerk, profile_id=number, now=NOW)

    assert save(session, clerk, name="Valley again") > number


def test_a_profile_of_other_headings_is_saved_beside_the_first(session, clerk):
    number = save(session, clerk)
    other = valley_profile(headings=(*HEADINGS, "Department"))

    assert save(session, clerk, name="Valley, longer", profile=other) > number


def test_an_import_that_two_profiles_know_is_refused_for_that_reason():
    first = replace(valley_profile(), version=1)
    twin = replace(first, name="Valley again")
    guidance = Guidance(profiles=(first, twin))

    with drafted(
        NamedStream("use.csv", BytesIO(VALLEY.encode())),
        progress=Progress(),
        guidance=guidance,
    ) as draft:
        assert draft.is_of_two_profiles
        assert not draft.is_of_no_layout
