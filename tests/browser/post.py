"""The letters a town's portal sends: to a real mail server, or into its outbox."""

import email
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from aiosmtpd.controller import Controller

from tests.portal import free_port

PATIENCE_SECONDS = 30
Letters = Callable[[], list[EmailMessage]]


class Server:
    """A mail server's memory."""

    def __init__(self) -> None:
        self.came: list[bytes] = []

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        self.came.append(envelope.content)
        return "250 OK"

    def letters(self) -> list[EmailMessage]:
        return [email.message_from_bytes(one, policy=default) for one in self.came]


@contextmanager
def mail_server() -> Iterator[tuple[Server, dict[str, str]]]:
    """Run a mail server on loopback; give it and the settings that lead to it."""
    server, port = Server(), free_port()
    running = Controller(server, hostname="127.0.0.1", port=port)
    running.start()
    settings = {"SMTP_HOST": "127.0.0.1", "SMTP_PORT": str(port), "SMTP_STARTTLS": "no"}
    try:
        yield server, settings
    finally:
        running.stop()


def in_folder(folder: Path) -> list[EmailMessage]:
    """Read the letters a portal without a mail server has written."""
    files = sorted(folder.glob("*.eml"))
    return [
        email.message_from_bytes(file.read_bytes(), policy=default) for file in files
    ]


def wait_for(letters: Letters, to: str, about: str, count: int = 1) -> EmailMessage:
    """Wait until someone has exactly so many letters about something; give the last."""
    until = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < until:
        found = [
            one for one in letters() if to in one["To"] and about in one["Subject"]
        ]
        if len(found) >= count:
            assert len(found) == count, [one["Subject"] for one in found]
            return found[-1]
        time.sleep(0.2)
    raise AssertionError([(one["To"], one["Subject"]) for one in letters()])


def link_in(letter: EmailMessage) -> str:
    """Give the first address a letter holds."""
    return re.search(r"https?://\S+", text_of(letter))[0]


def text_of(letter: EmailMessage) -> str:
    """Give a letter's words."""
    return letter.get_body(("plain",)).get_content()
