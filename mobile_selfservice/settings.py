"""Settings of this install: from the environment, read once, with safe defaults.

docs/operations.md lists each one; a test fails on a setting that it does not mention.
"""

import os
import secrets
import stat
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

LOCAL_HOSTS = {"localhost", "127.0.0.1", "::1"}


class UnsafeSetting(RuntimeError):  # noqa: N818
    """A setting that would endanger people's data; the portal does not start."""


@dataclass(frozen=True, slots=True)
class Smtp:
    """The mail server, when there is one."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool


@dataclass(frozen=True, slots=True)
class Settings:
    """How this install is set up."""

    database_url: str
    data_dir: Path
    public_url: str
    smtp: Smtp | None
    mail_from: str
    idle_minutes: int
    session_hours: int
    upload_limit: int

    @property
    def outbox_dir(self) -> Path:
        """Where mail is written when no mail server is set."""
        return self.data_dir / "outbox"

    @property
    def uploads_dir(self) -> Path:
        """Where carrier files are kept, outside anything that is served."""
        return self.data_dir / "carrier_files"

    @property
    def proofs_dir(self) -> Path:
        """Where proofs of contract are kept, outside anything that is served."""
        return self.data_dir / "contract_proofs"

    @property
    def port(self) -> int:
        """The port of the public address."""
        parts = urlsplit(self.public_url)
        return parts.port or (443 if parts.scheme == "https" else 80)

    @property
    def secret_key(self) -> str:
        """The key that signs links: SECRET_KEY, else a file made at first start."""
        return os.environ.get("SECRET_KEY") or _kept_secret(self.data_dir)


@cache
def settings() -> Settings:
    """Read the environment.

    Raises:
        UnsafeSetting: if the public address would carry the session over plain HTTP.
    """
    data_dir = Path(os.environ.get("DATA_DIR", "var")).resolve()
    public_url = os.environ.get("PUBLIC_URL", "http://localhost:3000").rstrip("/")
    _refuse_plain_http(public_url)
    return Settings(
        database_url=os.environ.get(
            "DATABASE_URL", f"sqlite:///{data_dir / 'portal.db'}"
        ),
        data_dir=data_dir,
        public_url=public_url,
        smtp=_smtp(),
        mail_from=os.environ.get("MAIL_FROM", "mobile-portal@city.example"),
        idle_minutes=int(os.environ.get("SESSION_IDLE_MINUTES", "30")),
        session_hours=int(os.environ.get("SESSION_HOURS", "12")),
        upload_limit=int(os.environ.get("UPLOAD_LIMIT_MB", "200")) * 1_000_000,
    )


def _refuse_plain_http(public_url: str) -> None:
    parts = urlsplit(public_url)
    if parts.scheme == "http" and parts.hostname not in LOCAL_HOSTS:
        raise UnsafeSetting(
            f"PUBLIC_URL is {public_url}: sign-in cookies would travel unencrypted. "
            "Put the portal behind HTTPS and set PUBLIC_URL to the https address."
        )


def _smtp() -> Smtp | None:
    host = os.environ.get("SMTP_HOST", "")
    if not host:
        return None
    return Smtp(
        host=host,
        port=int(os.environ.get("SMTP_PORT", "587")),
        user=os.environ.get("SMTP_USER", ""),
        password=os.environ.get("SMTP_PASSWORD", ""),
        starttls=os.environ.get("SMTP_STARTTLS", "yes") == "yes",
    )


def _kept_secret(data_dir: Path) -> str:
    data_dir.mkdir(parents=True, exist_ok=True)
    path = data_dir / "secret.key"
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        _refuse_readable_by_others(path)
        return path.read_text("ascii")
    os.fchmod(handle, 0o600)  # whatever the umask was
    with os.fdopen(handle, "w") as file:
        secret = secrets.token_urlsafe(48)
        file.write(secret)
    return secret


def _refuse_readable_by_others(path: Path) -> None:
    if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO):
        raise UnsafeSetting(
            f"{path.name} can be read by other users of this machine. "
            f"Run: chmod 600 {path.name}"
        )
