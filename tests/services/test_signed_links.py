from datetime import timedelta

import pytest
from jose import jwt
from jose.utils import base64url_encode

from mobile_selfservice.services.mail import signed_links
from mobile_selfservice.services.mail.signed_links import LinkRefused
from mobile_selfservice.settings import settings
from tests.factories import NOW

LATER = int((NOW + timedelta(days=1)).timestamp())
CLAIMS = {
    "iss": "mobile-selfservice",
    "aud": "letter-link",
    "sub": "7",
    "exp": LATER,
    "path": "/bills/17",
}


def signed(claims, key=None, algorithm="HS256"):
    return jwt.encode(claims, key or settings().secret_key, algorithm=algorithm)


def token_of(address):
    return address.removesuffix(".ics").rpartition("/")[2]


def test_a_letters_link_leads_its_reader_to_the_page():
    token = token_of(signed_links.letter_address(7, "/bills/17", NOW))

    found = signed_links.read_letter_link(token, NOW)

    assert (found.person_id, found.path) == (7, "/bills/17")


def test_a_calendars_link_names_its_owner_and_version():
    token = token_of(signed_links.feed_address(7, 3, NOW))

    found = signed_links.read_feed_link(token, NOW)

    assert (found.person_id, found.version) == (7, 3)


def test_a_link_ends_on_time():
    token = signed(CLAIMS)

    assert signed_links.read_letter_link(token, NOW)
    with pytest.raises(LinkRefused):
        signed_links.read_letter_link(token, NOW + timedelta(days=1))


def test_a_letters_link_does_not_open_a_calendar_nor_the_reverse():
    letter = token_of(signed_links.letter_address(7, "/bills/17", NOW))
    feed = token_of(signed_links.feed_address(7, 3, NOW))

    with pytest.raises(LinkRefused):
        signed_links.read_feed_link(letter, NOW)
    with pytest.raises(LinkRefused):
        signed_links.read_letter_link(feed, NOW)


def unsigned():
    header = base64url_encode(b'{"alg":"none","typ":"JWT"}').decode()
    payload = signed(CLAIMS).split(".")[1]
    return f"{header}.{payload}."


def altered():
    header, _, signature = signed(CLAIMS).split(".")
    other = signed(CLAIMS | {"path": "/bills/18"}).split(".")[1]
    return f"{header}.{other}.{signature}"


@pytest.mark.parametrize(
    "token",
    [
        pytest.param(unsigned(), id="no algorithm"),
        pytest.param(signed(CLAIMS, key="another key"), id="another key"),
        pytest.param(signed(CLAIMS, algorithm="HS384"), id="another algorithm"),
        pytest.param(altered(), id="altered"),
        pytest.param(signed(CLAIMS)[:-4], id="cut off"),
        pytest.param("", id="empty"),
        pytest.param("x" * 5000, id="too long"),
        pytest.param(signed(CLAIMS | {"aud": "other"}), id="another audience"),
        pytest.param(signed(CLAIMS | {"iss": "other"}), id="another issuer"),
        pytest.param(signed(CLAIMS | {"sub": "-1"}), id="no person"),
        pytest.param(signed(CLAIMS | {"path": "https://x.example"}), id="elsewhere"),
        pytest.param(signed(CLAIMS | {"path": "//x.example"}), id="elsewhere, shorter"),
        pytest.param(signed(CLAIMS | {"exp": True}), id="an end that is no time"),
        *[
            pytest.param(
                signed({key: CLAIMS[key] for key in CLAIMS if key != missing}),
                id=f"without {missing}",
            )
            for missing in CLAIMS
        ],
    ],
)
def test_any_other_token_is_refused(token):
    with pytest.raises(LinkRefused):
        signed_links.read_letter_link(token, NOW)
