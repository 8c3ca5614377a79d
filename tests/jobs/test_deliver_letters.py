import email
import socket
import stat
import threading
from datetime import timedelta
from email.policy import default

import pytest
from aiosmtpd.controller import Controller
from sqlmodel import Session, select

from mobile_selfservice import database, settings
from mobile_selfservice.jobs import deliver_letters, mail_carrier
from mobile_selfservice.models.mail import Letter
from mobile_selfservice.services.mail import letter_mail, letters, outbox
from mobile_selfservice.services.mail.letters import Draft
from mobile_selfservice.settings import Smtp
from tests.factories import NOW, Factory


class Mailbox:
    """A real mail server's memory: what came, and what it answers."""

    def __init__(self):
        self.came = []
        self.answer = "250 OK"

    async def handle_DATA(self, server, session, envelope):  # noqa: N802
        if self.answer.startswith("250"):
            self.came.append(envelope)
        return self.answer


@pytest.fixture
def mailbox():
    box = Mailbox()
    with socket.create_server(("127.0.0.1", 0)) as free:
        box.port = free.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=box.port)
    server.start()
    yield box
    server.stop()


@pytest.fixture
def portal(database_url, tmp_path, monkeypatch):
    """A portal of its own: its database, its outbox, and a clock set to NOW."""
    engine = database.open_engine(database_url)
    monkeypatch.setattr(database, "engine", lambda: engine)
    monkeypatch.setattr("mobile_selfservice.clock.now", lambda: NOW)
    monkeypatch.setenv("DATA_DIR", str(tmp_path))
    settings.settings.cache_clear()
    yield engine
    engine.dispose()
    settings.settings.cache_clear()


@pytest.fixture
def by_mail(portal, mailbox, monkeypatch):
    server = Smtp("127.0.0.1", mailbox.port, "", "", starttls=False)
    monkeypatch.setattr(
        deliver_letters, "mail_carrier", lambda: mail_carrier.MailServer(server)
    )
    return mailbox


def write(count=1, **changes):
    with database.transaction() as session:
        person = Factory(session).person()
        for number in range(count):
            body = "You owe $4.20.\n\n- Your bill: https://portal.example/l/abc"
            draft = Draft(person.person_id, f"bill/{number}", "Your bill", body)
            letters.write(session, draft, NOW)
        for letter in session.exec(select(Letter)):
            for name, value in changes.items():
                setattr(letter, name, value)


def all_letters(engine):
    with Session(engine) as session:
        return session.exec(select(Letter).order_by(Letter.id)).all()


def test_a_letter_reaches_a_real_mail_server(portal, by_mail):
    write()

    done = deliver_letters.deliver_due()

    assert (done.sent, done.failed) == (1, 0)
    [envelope] = by_mail.came
    assert envelope.rcpt_tos == ["person1@alder.example"]
    message = email.message_from_bytes(envelope.content, policy=default)
    assert message["To"] == "person1@alder.example"
    assert message["Subject"] == "Your bill"
    assert message["Auto-Submitted"] == "auto-generated"
    plain, page = message.iter_parts()
    assert plain.get_content_type() == "text/plain"
    assert "You owe $4.20." in plain.get_content()
    assert '<a href="https://portal.example/l/abc">Your bill</a>' in page.get_content()
    [letter] = all_letters(portal)
    assert (letter.sent_at, letter.attempts) == (NOW, 1)


def test_a_letter_is_sent_once(portal, by_mail):
    write()

    deliver_letters.deliver_due()
    deliver_letters.deliver_due()

    assert len(by_mail.came) == 1


def test_two_workers_share_the_letters_and_send_none_twice(portal, by_mail):
    write(12)

    workers = [threading.Thread(target=deliver_letters.deliver_due) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()

    assert len(by_mail.came) == 12
    names = {
        email.message_from_bytes(each.content)["Message-ID"] for each in by_mail.came
    }
    assert len(names) == 12


def test_a_failure_is_kept_and_tried_again_later(portal, by_mail, monkeypatch):
    write()
    by_mail.answer = "451 try again"

    assert deliver_letters.deliver_due().failed == 1

    [letter] = all_letters(portal)
    assert letter.sent_at is None
    assert "451" in letter.last_failure
    assert letter.next_attempt_at == NOW + timedelta(minutes=1)
    assert deliver_letters.deliver_due().failed == 0  # not yet due again

    by_mail.answer = "250 OK"
    monkeypatch.setattr(
        "mobile_selfservice.clock.now", lambda: NOW + timedelta(minutes=1)
    )
    assert deliver_letters.deliver_due().sent == 1
    assert all_letters(portal)[0].last_failure == ""


def test_a_mail_server_that_is_down_is_not_asked_for_every_letter(portal, by_mail):
    write(10)
    by_mail.answer = "421 closing"

    assert deliver_letters.deliver_due().failed == deliver_letters.FAILURES_IN_A_ROW


def test_one_bad_address_does_not_hold_up_the_others(portal, by_mail):
    write(2)
    with database.transaction() as session:
        first = session.exec(select(Letter).order_by(Letter.id)).first()
        first.recipient = "a@alder.example\nBcc: everyone@alder.example"

    done = deliver_letters.deliver_due()

    assert (done.sent, done.failed) == (1, 1)
    assert len(by_mail.came) == 1
    assert by_mail.came[0].rcpt_tos == ["person1@alder.example"]


def test_a_letter_taken_by_a_worker_that_died_is_due_again(
    portal, by_mail, monkeypatch
):
    write()
    with database.transaction() as session:
        outbox.take(session, NOW)
    assert deliver_letters.deliver_due().sent == 0

    monkeypatch.setattr("mobile_selfservice.clock.now", lambda: NOW + outbox.TAKEN_FOR)

    assert deliver_letters.deliver_due().sent == 1


def test_a_worker_that_was_too_slow_settles_nothing(portal):
    write()
    with database.transaction() as session:
        slow = outbox.take(session, NOW)
    with database.transaction() as session:
        outbox.take(session, NOW + outbox.TAKEN_FOR)

    with database.transaction() as session:
        outbox.note_failure(session, slow, "too slow", NOW)

    assert all_letters(portal)[0].last_failure == ""


def test_without_a_mail_server_letters_are_private_files(portal, tmp_path):
    write()

    assert deliver_letters.deliver_due().sent == 1

    [file] = (tmp_path / "outbox").iterdir()
    assert file.name == f"letter-{all_letters(portal)[0].id:08}.eml"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    message = email.message_from_bytes(file.read_bytes(), policy=default)
    assert message["Subject"] == "Your bill"


def test_the_same_letter_always_gives_the_same_bytes():
    letter = Letter(
        id=7,
        employer_id=1,
        person_id=1,
        occasion="bill/1",
        recipient="a@alder.example",
        subject="Año nuevo",
        body="Hello",
        written_at=NOW,
    )

    assert (
        letter_mail.message_of(letter).as_bytes()
        == letter_mail.message_of(letter).as_bytes()
    )


def test_what_a_letter_says_is_never_markup():
    page = letter_mail.page("<script>", "- Bob <b>: https://x.example/l/a-b_c.d\n\n<i>")

    assert "<script>" not in page
    assert "<i>" not in page
    assert '<li><a href="https://x.example/l/a-b_c.d">Bob &lt;b&gt;</a></li>' in page


@pytest.mark.parametrize(
    ("attempts", "minutes"), [(1, 1), (2, 2), (5, 16), (10, 360), (99, 360)]
)
def test_the_pause_doubles_up_to_six_hours(attempts, minutes):
    assert outbox.pause(attempts) == timedelta(minutes=minutes)
