"""The two ways a letter leaves: by the mail server, or as a file in the outbox."""

import os
import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol, Self

from mobile_selfservice.settings import Smtp, settings

TIMEOUT_SECONDS = 20


class MailCarrier(Protocol):
    """Whatever takes an e-mail away, or raises OSError or smtplib.SMTPException."""

    def __enter__(self) -> object:
        """Begin a round."""

    def __exit__(self, *why: object) -> None:
        """End the round."""

    def send(self, message: EmailMessage, name: str) -> None:
        """Take one e-mail away; `name` is the letter's own."""


def mail_carrier() -> MailCarrier:
    """Return the way this install sends letters."""
    server = settings().smtp
    if server is None:
        return FileOutbox(settings().outbox_dir)
    return MailServer(server)


class FileOutbox:
    """A folder of .eml files that only the portal's own user can read.

    Writing the same letter again replaces its file: here it goes out exactly once.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __enter__(self) -> Self:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return self

    def __exit__(self, *why: object) -> None:
        pass

    def send(self, message: EmailMessage, name: str) -> None:
        """Write one file, whole or not at all."""
        unfinished = self.folder / f".{name}.part"
        handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(message.as_bytes())
        unfinished.replace(self.folder / f"{name}.eml")


class MailServer:
    """One connection to the mail server, opened with the first letter of a round."""

    def __init__(self, server: Smtp) -> None:
        self.server = server
        self.connection: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *why: object) -> None:
        self._hang_up()

    def send(self, message: EmailMessage, name: str) -> None:
        """Hand one e-mail over; after a failure the next one gets a new connection."""
        try:
            self.connection = self.connection or self._connected()
            self.connection.send_message(message)
        except (OSError, smtplib.SMTPException):
            self._hang_up()
            raise

    def _connected(self) -> smtplib.SMTP:
        connection = smtplib.SMTP(
            self.server.host, self.server.port, timeout=TIMEOUT_SECONDS
        )
        try:
            if self.server.starttls:
                connection.starttls(context=ssl.create_default_context())
            if self.server.user:
                connection.login(self.server.user, self.server.password)
        except BaseException:
            connection.close()
            raise
        return connection

    def _hang_up(self) -> None:
        if self.connection is None:
            return
        try:
            self.connection.quit()
        except (OSError, smtplib.SMTPException):
            self.connection.close()
        self.connection = None
