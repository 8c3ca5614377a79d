"""Writing a form: begun for a person, kept at every step, withdrawn.

A draft takes what was typed as it is. Only a card number or somebody's phone number is
refused: what a form says is kept for good and others read it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session, col, select

from mobile_selfservice.models.authorization import (
    AuthorizationAct,
    AuthorizationAction,
    AuthorizationForm,
    AuthorizationState,
    HolderKind,
)
from mobile_selfservice.models.line import Line, LineHolding
from mobile_selfservice.models.organization import Department, Person
from mobile_selfservice.policy.plan_limits import DeviceClass
from mobile_selfservice.services import access, free_text, history, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.authorizations import moves
from mobile_selfservice.services.authorizations.form_answers import ENDING
from mobile_selfservice.services.authorizations.typed_fields import LONGEST_REASONS
from mobile_selfservice.services.history import Event
from mobile_selfservice.services.phones import phone_standing
from mobile_selfservice.services.refusals import (
    ChangedMeanwhile,
    NotUnderstood,
    Refused,
)
from mobile_selfservice.services.stated_reason import PHONE_NUMBER, NumberInReason

MOST_FIELDS = 60
LONGEST_UNIT = 60
LINE_ACTIONS = (AuthorizationAction.CHANGE, AuthorizationAction.END_SERVICE)
CLASSED = (
    AuthorizationAction.NEW_DEVICE,
    AuthorizationAction.STIPEND,
    AuthorizationAction.CHANGE,
)
WITHDRAWABLE = (
    AuthorizationState.SUBMITTED,
    AuthorizationState.EXCEPTION_PENDING,
    AuthorizationState.DRAFT,
)


class NothingToEnd(Refused):
    """The form is to change or end something that the person does not have."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what}, so this form would end or change nothing. Choose another kind of "
            "form, or another person. Nothing was saved."
        )


class HasLeft(Refused):
    """The form would give something to somebody who works here no longer."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} no longer works here, so only a form that ends a phone’s service "
            "or a stipend can be written. Nothing was saved."
        )


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a form is to be about: the first step of the guided form."""

    action: str
    device_class: str = ""
    holder_kind: str = HolderKind.PERSONAL
    line_id: int | None = None
    business_unit: str = ""


@dataclass(frozen=True, slots=True)
class TypedStep:
    """One step as it was typed. `asked` names its fields: an unticked box is absent."""

    fields: Mapping[str, str]
    asked: tuple[str, ...]


def start(
    session: Session, actor: Actor, *, person_id: int, wanted: Wanted, now: datetime
) -> int:
    """Begin a form for a person; return it. One that is open already is returned.

    Raises:
        NotPermitted: to anyone who does not draft for the person.
        NothingToEnd: if the person has nothing that such a form could be about.

    Clause: Lodi 2011 §3.A.1, §4.A.1, §4.H.
    """
    on = review_clock.today(session, actor.employer_id, now)
    person = access.form_subject(session, actor, person_id, on)
    unit = session.get_one(Department, person.department_id)
    form = AuthorizationForm(
        employer_id=person.employer_id,
        department_id=person.department_id,
        person_id=person.id or 0,
        action=AuthorizationAction.NEW_DEVICE,
        answers={"business_unit": unit.name[:LONGEST_UNIT]},
        drafted_by=actor.person_id,
        drafted_at=now,
        changed_at=now,
    )
    _shape(session, form, person, wanted, on)
    # The person is locked, so that two clicks begin one draft.
    session.get(Person, person.id, with_for_update=True)
    for before in _open_drafts(session, form):
        if access.writes_form(session, actor, before, person, on):
            return before.id or 0
    session.add(form)
    session.flush()
    note = f"Form begun for {person.name}."
    event = Event("authorization.begun", moves.SUBJECT, form.id or 0, note)
    history.record(session, actor, event, now)
    return form.id or 0


def choose(
    session: Session,
    actor: Actor,
    *,
    form_id: int,
    version: int,
    wanted: Wanted,
    now: datetime,
) -> int:
    """Keep what a draft is about; return the draft's new version.

    Raises:
        NotPermitted: to anyone whose form it is not.
        ChangedMeanwhile: if it is no draft, or was saved in another tab.
        NothingToEnd: if the person has nothing that such a form could be about.
    """
    form, person = _draft(session, actor, form_id, version, now)
    on = review_clock.today(session, actor.employer_id, now)
    _shape(session, form, person, wanted, on)
    typed = {"business_unit": _kept(wanted.business_unit)}
    return _save(session, form, form.answers | typed, now)


def save_step(
    session: Session,
    actor: Actor,
    *,
    form_id: int,
    version: int,
    step: TypedStep,
    now: datetime,
) -> int:
    """Keep one step of a draft as it was typed; return the draft's new version.

    Raises:
        NotPermitted: to anyone whose form it is not.
        ChangedMeanwhile: if it is no draft, or was saved in another tab.
        CardNumberTyped, NumberInReason, TextNeeded: if a text must not be kept.
    """
    form, _ = _draft(session, actor, form_id, version, now)
    asked, fields = set(step.asked), step.fields
    typed = {name: _kept(fields[name]) for name in step.asked if name in fields}
    others = {name: said for name, said in form.answers.items() if name not in asked}
    if len(others) + len(typed) > MOST_FIELDS:
        raise NotUnderstood("That is not one of the form’s steps.")
    return _save(session, form, others | typed, now)


def withdraw(
    session: Session, actor: Actor, *, form_id: int, version: int, now: datetime
) -> None:
    """Take a form back before it is approved. A second click does nothing.

    Raises:
        NotPermitted: to anyone whose form it is not.
        ChangedMeanwhile: if it is approved by now, or changed in another tab.
    """
    on = review_clock.today(session, actor.employer_id, now)
    form, _ = access.drafted_form(session, actor, form_id, on)
    if form.state == AuthorizationState.WITHDRAWN:
        return
    if form.state not in WITHDRAWABLE or form.version != version:
        raise ChangedMeanwhile("This form")
    moves.move(session, actor, form, AuthorizationAct.WITHDRAW, "", now)


def prefill(session: Session, form_id: int, answers: Mapping[str, str]) -> None:
    """Put answers that are known into a draft just begun. The caller checked access."""
    form = session.get_one(AuthorizationForm, form_id)
    form.answers = form.answers | dict(answers)
    session.add(form)
    session.flush()


def _draft(
    session: Session, actor: Actor, form_id: int, version: int, now: datetime
) -> tuple[AuthorizationForm, Person]:
    on = review_clock.today(session, actor.employer_id, now)
    form, person = access.drafted_form(session, actor, form_id, on)
    if form.state != AuthorizationState.DRAFT or form.version != version:
        raise ChangedMeanwhile("This form")
    return form, person


def _save(
    session: Session, form: AuthorizationForm, answers: dict[str, str], now: datetime
) -> int:
    form.answers, form.changed_at = answers, now
    form.version += 1
    session.add(form)
    session.flush()
    return form.version


def _kept(said: str) -> str:
    """Tidy what was typed; numbers of people have no place in a form."""
    tidied = free_text.tidy(said, "One of the texts", LONGEST_REASONS)
    if PHONE_NUMBER.search(tidied):
        raise NumberInReason
    return tidied


def _shape(
    session: Session, form: AuthorizationForm, person: Person, wanted: Wanted, on: date
) -> None:
    """Set what a form is about, if it can be about that."""
    try:
        action = AuthorizationAction(wanted.action)
        kind = HolderKind(wanted.holder_kind or HolderKind.PERSONAL)
        device = DeviceClass(wanted.device_class or DeviceClass.CELL)
    except ValueError as unknown:
        raise NotUnderstood("That kind of form is not known.") from unknown
    if action not in ENDING and person.ended_on and person.ended_on <= on:
        raise HasLeft(person.name)
    form.action, form.line_id, form.stipend_id = action, None, None
    is_new = action is AuthorizationAction.NEW_DEVICE
    form.holder_kind = kind if is_new else HolderKind.PERSONAL
    form.device_class = device if action in CLASSED else ""
    if action in LINE_ACTIONS:
        held = lines_of(session, person.id or 0, on)
        if not held:
            raise NothingToEnd(f"{person.name} answers for no City phone")
        lines = {line.id: line for line in held}
        line = lines.get(wanted.line_id, held[0])
        form.line_id, form.holder_kind = line.id, line.kind
    if action is AuthorizationAction.END_STIPEND:
        stipend = phone_standing.stipend_on(session, person.id or 0, on)
        if stipend is None:
            raise NothingToEnd(f"{person.name} holds no stipend")
        form.stipend_id = stipend.id


def lines_of(session: Session, person_id: int, on: date) -> list[Line]:
    """List the employer's lines a person carries or answers for on a day."""
    return list(
        session.exec(
            select(Line)
            .join(LineHolding, col(LineHolding.line_id) == Line.id)
            .where(
                LineHolding.person_id == person_id,
                col(LineHolding.held_from) <= on,
                (col(LineHolding.held_until).is_(None))
                | (col(LineHolding.held_until) > on),
            )
            .order_by(col(Line.number), col(Line.id))
            .limit(50)
        )
    )


def _open_drafts(
    session: Session, wanted: AuthorizationForm
) -> Sequence[AuthorizationForm]:
    return session.exec(
        select(AuthorizationForm)
        .where(
            AuthorizationForm.person_id == wanted.person_id,
            AuthorizationForm.action == wanted.action,
            AuthorizationForm.holder_kind == wanted.holder_kind,
            AuthorizationForm.state == AuthorizationState.DRAFT,
            col(AuthorizationForm.line_id).is_not_distinct_from(wanted.line_id),
        )
        .order_by(col(AuthorizationForm.id))
    ).all()
