"""One's own account in words."""

import re
from dataclasses import dataclass, field

from mobile_selfservice.components.roles import ROLE_NAMES
from mobile_selfservice.components.wording import moment_in_words, phone, short_moment
from mobile_selfservice.services.people.account import (
    Account,
    HeldRole,
    KeptNumber,
    OpenSession,
)

BROWSERS = (
    ("Edg/", "Edge"),
    ("OPR/", "Opera"),
    ("Firefox/", "Firefox"),
    ("Chrome/", "Chrome"),
    ("Safari/", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "Mac"),
    ("Linux", "Linux"),
)


@dataclass(frozen=True)
class SessionRow:
    """One signed-in browser."""

    browser: str = ""
    opened: str = ""
    seen: str = ""
    is_this: bool = False


@dataclass(frozen=True)
class NumberRow:
    """One number the person remembers."""

    party: str = ""
    number: str = ""
    label: str = ""
    mark: str = ""


@dataclass(frozen=True)
class AccountView:
    """What the portal keeps about the person."""

    is_loaded: bool = False
    name: str = ""
    user_name: str = ""
    email: str = ""
    employee_number: str = ""
    department: str = ""
    roles: list[str] = field(default_factory=list)
    sessions: list[SessionRow] = field(default_factory=list)
    feed_address: str = ""
    consent: str = ""
    consent_signed: str = ""
    numbers: list[NumberRow] = field(default_factory=list)


def account_view(found: Account) -> AccountView:
    """Put an account into words."""
    signed = found.consent_signed_at
    return AccountView(
        is_loaded=True,
        name=found.name,
        user_name=found.user_name,
        email=found.email or "None",
        employee_number=found.employee_number,
        department=found.department,
        roles=[role_in_words(held) for held in found.roles],
        sessions=[_session_row(each, found.time_zone) for each in found.sessions],
        feed_address=found.feed_address,
        consent=found.consent_wording,
        numbers=[_number_row(each) for each in found.numbers],
        consent_signed=moment_in_words(signed, found.time_zone) if signed else "",
    )


def role_in_words(held: HeldRole) -> str:
    """Name a role and how far it reaches."""
    name = ROLE_NAMES[held.role.value]
    return f"{name}: {held.reach}" if held.reach else name


def browser_in_words(said: str) -> str:
    """Name a browser and its system by what it says of itself."""
    browser = next((name for sign, name in BROWSERS if sign in said), "")
    system = next((name for sign, name in SYSTEMS if sign in said), "")
    if not browser:
        return re.sub(r"[^\w ./-]", "", said)[:40] or "A browser of unknown name"
    return f"{browser} on {system}" if system else browser


def _number_row(each: KeptNumber) -> NumberRow:
    mark = {"business": "Business", "personal": "Personal"}[each.mark]
    return NumberRow(each.party, phone(each.party), each.label, mark)


def _session_row(each: OpenSession, time_zone: str) -> SessionRow:
    return SessionRow(
        browser=browser_in_words(each.browser),
        opened=short_moment(each.opened_at, time_zone),
        seen=short_moment(each.seen_at, time_zone),
        is_this=each.is_this,
    )
