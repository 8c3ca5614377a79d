import pytest

from mobile_selfservice.pages.account.view import browser_in_words, role_in_words
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.people.account import HeldRole

CHROME = (
    "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
    "Chrome/140.0.0.0 Safari/537.36"
)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (CHROME, "Chrome on Windows"),
        (f"{CHROME} Edg/140.0.0.0", "Edge on Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0", "Firefox on Linux"),
        ("curl/8.5.0", "curl/8.5.0"),
        ("<b>", "b"),
        ("", "A browser of unknown name"),
    ],
)
def test_a_browser_is_named_as_people_know_it(said, words):
    assert browser_in_words(said) == words


def test_a_role_says_how_far_it_reaches():
    assert role_in_words(HeldRole(Role.DIRECTOR, "Library")) == (
        "Department director: Library"
    )
    assert role_in_words(HeldRole(Role.FINANCE, "")) == "Finance"


def test_every_role_has_a_name():
    assert all(role_in_words(HeldRole(role, "")) for role in Role)
