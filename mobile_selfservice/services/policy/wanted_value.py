"""What an official typed for a value of the policy, read and laid over it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar

from sqlmodel import Session

from mobile_selfservice.policy.kinds import BadValue, plain
from mobile_selfservice.policy.parameters import (
    DatedValue,
    Edition,
    NotSet,
    Parameter,
    Setting,
    UnknownParameter,
)
from mobile_selfservice.policy.value_words import value_in_words
from mobile_selfservice.services import (
    access,
    free_text,
    policy_in_force,
    printed,
    review_clock,
    stated_reason,
)
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.policy import typed_value, value_checks
from mobile_selfservice.services.refusals import NotPermitted, Refused

T = TypeVar("T")
LONGEST_SCOPE = 60
LONGEST_AUTHORITY = 120
FURTHEST = timedelta(days=5 * 366)
# The parameters with a value for each of several things, and what those are.
SCOPES = {
    "personal_use.addon_rate": "Add-on",
    "personal_use.flat_fee": "Option",
    "stipend.schedule": "Class",
    "stipend.max_schedule": "Class",
    "service_rates": "Device type",
}


class FieldsWrong(Refused):
    """Some fields of the form are not right; `faults` are (field, what is wrong)."""

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        self.faults = tuple(faults)
        super().__init__("Nothing was set. Look at what is marked in the form.")


@dataclass(frozen=True, slots=True, kw_only=True)
class WantedValue:
    """What an official typed. `adopts` keeps the value in force and adopts its reading.

    `seen` is what the form was opened on (`value_rows.seen`); `idempotency_key` makes
    a second click the same act.
    """

    key: str
    said: str = ""
    scope: str = ""
    valid_from: str = ""
    authority: str = ""
    reason: str = ""
    adopts: bool = False
    seen: str = ""
    idempotency_key: str = ""
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Drafted:
    """A wanted value that fits, and the policy as it would be with it."""

    value: DatedValue
    reason: str
    edition: Edition
    parameter: Parameter

    @property
    def words(self) -> str:
        """The value as a person reads it."""
        return value_in_words(
            self.value.value, self.parameter.kind, self.parameter.unit
        )


def drafted(
    session: Session, actor: Actor, wanted: WantedValue, now: datetime
) -> Drafted:
    """Read every field, and lay the value over the policy in force as a draft.

    Raises:
        NotPermitted: if the parameter is another office's to set, or is none.
        FieldsWrong: naming everything that is not right.
    """
    edition = policy_in_force.edition_of(session, actor.employer_id)
    try:
        parameter = edition.parameter(wanted.key)
    except UnknownParameter:
        raise NotPermitted from None
    if not access.may_set_value(actor, edition, wanted.key):
        raise NotPermitted
    faults: list[tuple[str, str]] = []
    today = review_clock.today(session, actor.employer_id, now)
    valid_from = _field(
        faults, "valid_from", lambda: _first_day(wanted, edition, today)
    )
    authority = _field(faults, "authority", lambda: _authority(wanted))
    reason = _field(faults, "reason", lambda: stated_reason.stated(wanted.reason))
    scope = _field(faults, "scope", lambda: _scope(parameter, wanted))
    value = _field(
        faults, "value", lambda: _value(parameter, edition, wanted, valid_from or today)
    )
    if faults or valid_from is None or value is None:
        raise FieldsWrong(faults)
    setting = Setting(
        key=parameter.key,
        value=value,
        valid_from=valid_from,
        set_by=parameter.set_by,
        authority=authority or "",
        scope=scope or "",
        reading=_reading(edition, wanted, valid_from),
    )
    draft, dated = _laid_over(edition, setting)
    return Drafted(dated, reason or "", draft, parameter)


def _laid_over(edition: Edition, setting: Setting) -> tuple[Edition, DatedValue]:
    try:
        draft = edition.with_settings([setting])
        dated = draft.dated(setting.key, setting.valid_from, setting.scope)
        value_checks.refuse_unsound(draft, dated)
    except BadValue:
        raise FieldsWrong([("value", "The value does not fit.")]) from None
    except typed_value.ValueUnclear as unclear:
        raise FieldsWrong([("value", str(unclear))]) from None
    return draft, dated


def _field(faults: list[tuple[str, str]], name: str, read: Callable[[], T]) -> T | None:
    """Read one field; what is wrong with it is noted, and the others are read too."""
    try:
        return read()
    except Refused as wrong:
        faults.append((name, str(wrong).removesuffix(" Nothing was saved.")))
        return None


def _first_day(wanted: WantedValue, edition: Edition, today: date) -> date:
    try:
        first = date.fromisoformat(wanted.valid_from.strip())
    except ValueError:
        raise Refused("Enter the first day on which the value applies.") from None
    if first < edition.adopted:
        raise Refused(
            "The policy itself is in force since "
            f"{printed.day(edition.adopted)}. Choose that day or a later one."
        )
    if first > today + FURTHEST:
        raise Refused("That is more than five years ahead. Choose an earlier day.")
    return first


def _authority(wanted: WantedValue) -> str:
    return free_text.needed(wanted.authority, "The document", LONGEST_AUTHORITY, 3)


def scope_of(parameter: Parameter) -> str:
    """Name what a parameter has a value for each of; empty where it has one alone."""
    if any(value.scope for value in parameter.values):
        return SCOPES.get(parameter.key, "For")
    return SCOPES.get(parameter.key, "")


def _scope(parameter: Parameter, wanted: WantedValue) -> str:
    if not scope_of(parameter):
        return ""
    return free_text.tidy(wanted.scope, scope_of(parameter), LONGEST_SCOPE)


def _value(
    parameter: Parameter, edition: Edition, wanted: WantedValue, on: date
) -> object:
    if not wanted.adopts:
        return typed_value.typed(parameter, wanted.said)
    try:
        return plain(edition.value(parameter.key, on, wanted.scope))
    except NotSet as missing:
        raise Refused(str(missing)) from None


def _reading(edition: Edition, wanted: WantedValue, on: date) -> str:
    """Return the reading the parameter decides; the new value goes on citing it."""
    try:
        return edition.dated(wanted.key, on, wanted.scope).reading
    except NotSet:
        return ""
