"""What the portal sends while every page is opened by everybody.

Marked texts are planted in one employee's records. Everything that each identity
receives over the websocket is then searched for them.
"""

import asyncio
import re
import shutil
from datetime import date, timedelta

import pytest
from sqlmodel import Session, select

from mobile_selfservice import clock
from mobile_selfservice.database import open_engine
from mobile_selfservice.models.credential import Credential, SignInSession
from mobile_selfservice.models.review import ItemMark, RememberedNumber
from mobile_selfservice.services.leave import telling
from mobile_selfservice.services.leave.telling import TypedLeave
from mobile_selfservice.services.phones import own_number
from mobile_selfservice.services.phones.own_number import Told
from tests.access.identities import one_of_each
from tests.access.socket import Socket
from tests.access.test_handlers import TRACED, our_handlers
from tests.access.test_payloads import certify, city_of, page_of
from tests.factories import NOW, Factory
from tests.portal import free_port, running
from tests.services import elected
from tests.services.claims import outage_claim
from tests.services.handed_out import approved_form, handed_out
from tests.services.money import hand_in, signed_bill

pytestmark = pytest.mark.slow
PARTY = "+12095557731"
NUMBER = ("555-7731", "5557731")  # however a page writes it
LABEL, REASON, PLACE = "planted label", "planted reason", "PLANTEDVILLE"
HASH = "planted hash"
KIND = re.compile(r"kind_value\W{1,6}sick")
OWN = ("555-0188", "5550188")  # of one's own phone


def plant(engine, people):
    """Give the employee a bill under review, one signed and one to pay."""
    writer = engine.execution_options(writer=True)
    with Session(writer, expire_on_commit=False) as session, session.begin():
        make = Factory(session)
        employee = people["employee"].actor
        make._city = city_of(session, employee)
        later = {"due_on": date(2099, 1, 5)}
        bill, signed = make.bill(employee, **later), make.bill(employee, **later)
        owing = signed_bill(make, employee, **later)
        for each in (bill, signed, owing):
            call = make.call(each, party=PARTY, destination=PLACE)
            by, said = employee.person_id, {"mark": "incidental", "reason": REASON}
            make.save(
                ItemMark(
                    item_id=call.id,
                    bill_id=each.id,
                    marked_by=by,
                    marked_at=NOW,
                    **said,
                )
            )
        certify(session, employee, signed)
        hand_in(session, employee, owing, "5.00")
        make.save(
            RememberedNumber(
                person_id=by,
                party=PARTY,
                label=LABEL,
                mark="personal",
                remembered_at=NOW,
            )
        )
        claimed = outage_claim(session, employee, date(2026, 3, 1), PARTY)
        wished = elected.asked(session, employee).id
        told = Told("(209) 555-0188", 0)
        own_number.tell(session, employee, told=told, now=NOW)
        form = approved_form(make, employee, people["director"].actor)
        phone = handed_out(session, people["it"].actor, form, employee)
        first = clock.now().date() + timedelta(days=7)
        leave = TypedLeave("sick", first, first + timedelta(days=60))
        telling.tell(session, employee, typed=leave, now=clock.now())
        for credential in session.exec(select(Credential)):
            credential.password_hash = HASH
        return {
            "bill_review": bill.id,
            "certify": bill.id,
            "bill_history": signed.id,
            "statement": signed.id,
            "team_bill": signed.id,
            "pay": owing.id,
            "payment": owing.id,
            "claim": claimed,
            "election": wished,
            "invoice": signed.invoice_id,
            "invoice_import": 1,
            "phone_receipt": phone,
            "hand_out": form.id,
        }


@pytest.fixture(scope="module")
def received(migrated_sqlite, tmp_path_factory):
    """Let everybody open everything; return what each got, and what was logged."""
    folder = tmp_path_factory.mktemp("travels")
    shutil.copy(migrated_sqlite, folder / "portal.db")
    url = f"sqlite:///{folder / 'portal.db'}"
    engine = open_engine(url)
    people = {each.name: each for each in one_of_each(engine)}
    numbers = plant(engine, people)
    with Session(engine) as session:
        hashes = list(session.exec(select(SignInSession.id_hash)))
    engine.dispose()
    trace = folder / "trace"
    trace.write_text("")
    environment = {"TRACE_FILE": str(trace)}
    with running(
        url, folder, port=free_port(), app=TRACED, environment=environment
    ) as portal:
        got = {
            name: asyncio.run(open_everything(portal.url, trace, one, numbers))
            for name, one in people.items()
        }
        log = portal.log.read_text()
    return got, log, hashes, people


async def open_everything(url, trace, identity, numbers):
    """Open every screen, one after the other in one tab; give what the tab received."""
    async with Socket(url, trace, identity) as socket:
        for screen, full in sorted(our_handlers().items()):
            if screen.endswith((".open", ".enter")):
                socket.page = page_of(screen.rsplit(".", 1)[0], numbers)
                await socket.send(full, {})
        await socket.ran()
        await asyncio.sleep(0.5)  # the last answers
        return "\n".join(str(each) for each in socket.received)


SENTENCE_OF_THE_POLICY = "I have reviewed every item on the bill for {line}"


def test_the_employee_receives_their_own_calls(received):
    mine = received[0]["employee"]

    assert any(each in mine for each in NUMBER)
    assert LABEL in mine


def test_nobody_else_receives_a_number_a_label_a_place_or_a_draft(received):
    for name, got in received[0].items():
        if name != "employee":
            found = [each for each in (*NUMBER, LABEL, PLACE) if each in got]
            assert found == [], name


def test_a_kind_of_leave_goes_to_its_person_and_who_decides_for_them(received):
    got = received[0]
    who = {name for name, each in got.items() if KIND.search(each)}

    assert who == {"employee", "director"}
    # Information Systems and the auditor do read of the leave itself.
    for name in ("it", "auditor"):
        assert "Away for long" in got[name], name


def test_the_number_of_an_own_phone_goes_to_its_owner_and_who_decides_for_them(
    received,
):
    who = {
        name for name, got in received[0].items() if any(each in got for each in OWN)
    }

    assert who == {"employee", "director"}


@pytest.mark.parametrize("role", ["nobody", "it", "counsel", "administrator"])
def test_who_runs_the_portal_receives_no_reason_and_no_sentence(received, role):
    got = received[0][role]

    assert REASON not in got
    # The policy is public: its sentence has {line} where a signed one has a number.
    assert "I have reviewed" not in got.replace(SENTENCE_OF_THE_POLICY, "")


def test_no_secret_travels(received):
    got, _, hashes, people = received

    for name, sent in got.items():
        for secret in (HASH, *hashes):
            assert secret not in sent, name
        for other in people.values():
            raw = other.cookie.partition("=")[2]
            assert not raw or raw not in sent, name


def test_the_log_names_no_secret_and_no_number(received):
    _, log, hashes, people = received

    for secret in (*NUMBER, LABEL, REASON, HASH, *hashes):
        assert secret not in log
    for one in people.values():
        assert not one.cookie or one.cookie.partition("=")[2] not in log
    assert "example" not in log  # no address of a person
