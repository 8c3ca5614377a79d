import pytest

from mobile_selfservice.services.people import founding, sign_in
from mobile_selfservice.services.people.sign_in import Visitor
from mobile_selfservice.services.policy_in_force import NoSuchEdition
from tests.factories import NOW

CITY = founding.Charter("City of Lodi", "America/Los_Angeles", "lodi_2011")
FIRST = founding.FirstAdministrator("Ash Keller", "ash", "ash@lodi.example", "a hash")


def test_the_first_administrator_can_sign_in_and_must_change_the_password(session):
    founding.found(session, CITY, FIRST, now=NOW)

    found = sign_in.knock(session, "ash", Visitor("192.0.2.1"), NOW)
    assert found.password_hash == "a hash"
    assert sign_in.must_change_password(session, found.person_id)


def test_an_employer_is_entered_once(session):
    founding.found(session, CITY, FIRST, now=NOW)

    with pytest.raises(founding.AlreadyFounded, match="City of Lodi's already"):
        founding.found(session, CITY, FIRST, now=NOW)


@pytest.mark.parametrize(
    ("charter", "refusal"),
    [
        (founding.Charter("A", "Pacific", "lodi_2011"), founding.NoSuchZone),
        (founding.Charter("A", "America/Los_Angeles", "other"), NoSuchEdition),
    ],
)
def test_an_unknown_zone_or_policy_is_refused(session, charter, refusal):
    with pytest.raises(refusal):
        founding.found(session, charter, FIRST, now=NOW)
