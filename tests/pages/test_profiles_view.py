from datetime import timedelta

import pytest

from mobile_selfservice.pages.profile.head import OLDER, RETIRED, head_view
from mobile_selfservice.pages.profile.state import file_chosen
from mobile_selfservice.pages.profiles.view import profiles_view
from mobile_selfservice.services.profiles.kept_profiles import (
    ProfileList,
    VersionSaved,
)
from mobile_selfservice.services.profiles.opened_profile import Opened
from mobile_selfservice.services.profiles.shipped_profiles import ShippedListed
from tests.factories import NOW
from tests.services.profiles import valley_profile


def version(number, **details):
    return VersionSaved(
        profile_id=10 + number,
        name="Valley calls",
        carrier="valley_cellular",
        version=number,
        by="Olive Marsh",
        at=NOW,
        **({"is_retired": False} | details),
    )


def opened(**details):
    said = {
        "profile_id": 12,
        "newest_id": 12,
        "profile": valley_profile(),
        "versions": (version(2), version(1)),
        "may_map": True,
        "has_sample": True,
    }
    return Opened(**(said | details))


def test_a_profile_says_how_often_it_was_used():
    later = NOW + timedelta(days=1)
    found = ProfileList(
        own=[version(1, imports=3, last_import=later), version(2)],
        retired=[],
        may_map=True,
        time_zone="America/Los_Angeles",
    )
    shipped = [ShippedListed("telus", "Telus calls", "Tab text in sections.")]

    view = profiles_view(found, shipped)
    assert [row.used.replace("\xa0", " ") for row in view.own] == [
        "3 imports, last Apr 11, 2026, 10:00 AM",
        "Not yet",
    ]
    assert view.own[0].carrier == "Valley Cellular"
    assert view.own[0].export == "/files/profiles/11.toml"
    assert view.shipped[0].href == "/invoices/profiles/new?shipped=telus"


def test_the_newest_version_can_be_retired_and_its_file_imported():
    head = head_view(opened())

    assert (head.may_retire, head.may_import, head.note) == (True, True, "")


def test_an_older_version_leads_to_the_newest():
    head = head_view(opened(profile_id=11))

    assert (head.note, head.newest_href) == (OLDER, "/invoices/profiles/12")
    assert not head.may_retire
    assert not head.may_import


def test_a_retired_profile_says_so_and_imports_nothing():
    head = head_view(opened(is_retired=True))

    assert (head.note, head.may_retire, head.may_import) == (RETIRED, False, False)


def test_an_auditor_is_offered_nothing_to_do():
    head = head_view(opened(may_map=False))

    assert (head.may_map, head.may_retire, head.may_import) == (False, False, False)


def test_a_new_mapping_has_no_name_yet():
    head = head_view(Opened(may_map=True))

    assert (head.title, head.name, head.export) == ("Map a file’s columns", "", "")
    assert head.upload == "/files/profiles/sample"


@pytest.mark.parametrize("which", ["²", "٣", "-1", "2", "", "1" * 40, "01"])
def test_a_file_that_is_not_listed_is_not_opened(which):
    assert file_chosen(["calls.csv", "lines.csv"], which) == ""


def test_a_file_is_chosen_by_its_place_in_the_list():
    assert file_chosen(["calls.csv", "lines.csv"], "1") == "lines.csv"
