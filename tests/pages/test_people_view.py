from datetime import date

import pytest

from mobile_selfservice.pages.people.view import people_view
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.people.people import PeoplePage, PersonRow


def person(**details):
    usual = {
        "person_id": 7,
        "name": "Alder Ames",
        "user_name": "aames",
        "employee_number": "E0007",
        "department": "Library",
        "roles": (Role.EMPLOYEE, Role.FINANCE),
        "has_account": True,
        "is_closed": False,
        "must_change_password": False,
        "ended_on": None,
        "is_own": False,
    }
    return PersonRow(**(usual | details))


def line(**details):
    return people_view(PeoplePage([person(**details)], 1, 1, 1), "").rows[0]


@pytest.mark.parametrize(
    ("details", "account", "offered"),
    [
        ({}, "Open", {"reset", "close"}),
        ({"must_change_password": True}, "One-time password", {"reset", "close"}),
        ({"is_closed": True}, "Closed", {"reopen"}),
        ({"has_account": False}, "No password yet", {"reset"}),
        ({"ended_on": date(2026, 4, 1)}, "Left on April 1, 2026", {"close"}),
        ({"is_own": True}, "Open", set()),
    ],
)
def test_each_account_is_offered_what_fits_it(details, account, offered):
    shown = line(**details)

    found = {
        act for act in ("reset", "close", "reopen") if getattr(shown, f"may_{act}")
    }
    assert (shown.account, found) == (account, offered)


def test_roles_are_named_in_words():
    assert line().roles == "Employee, Finance"
    assert line(roles=()).roles == "None"


def test_a_search_stands_over_the_list():
    view = people_view(PeoplePage([person()], 1, 1, 1), "ames")

    assert view.caption == "1 person matching “ames”"
