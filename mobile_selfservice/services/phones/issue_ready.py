"""Making an ordered phone ready to be collected, and telling its holder."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.authorization import (
    AuthorizationAct,
    AuthorizationForm,
    AuthorizationState,
)
from mobile_selfservice.models.device_issue import DeviceIssue, IssueState
from mobile_selfservice.models.line import Line, LineHolding
from mobile_selfservice.models.organization import Person
from mobile_selfservice.services import access, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.authorizations import moves
from mobile_selfservice.services.mail import letters
from mobile_selfservice.services.mail.letters import CLOSING, Draft
from mobile_selfservice.services.mail.signed_links import letter_address
from mobile_selfservice.services.phones import issue_fields
from mobile_selfservice.services.phones.issue_fields import ReadyPhone
from mobile_selfservice.services.phones.issue_order import open_issue
from mobile_selfservice.services.refusals import ChangedMeanwhile, Refused

IN_USE = (IssueState.READY, IssueState.ACTIVE)


class HandedOutAlready(Refused):
    """The tag, the serial number or the line is somebody else's at present."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} belongs to a phone that somebody else has. Check what you typed; "
            "if it is right, take that phone back first. Nothing was saved."
        )


def make_ready(
    session: Session,
    actor: Actor,
    *,
    form_id: int,
    version: int,
    typed: Mapping[str, str],
    now: datetime,
) -> int:
    """Say which phone it is and that it can be collected; its holder gets a letter.

    Raises:
        NotPermitted: to everybody but Information Systems, and for oneself.
        FieldsWrong: naming each field that does not read right.
        HandedOutAlready: if the phone or the line is somebody else's.
        ChangedMeanwhile: if the form is no longer as it was seen.

    Clause: Lodi 2011 §4.A.
    """
    today = review_clock.today(session, actor.employer_id, now)
    form, person = access.carried_out_form(session, actor, form_id, today)
    phone = issue_fields.ready_typed(typed)
    row = open_issue(session, form_id)
    if row is None:
        raise ChangedMeanwhile("This form")
    if row.ready_by == actor.person_id and _is_same(session, form, version, row, phone):
        return row.id or 0
    if form.state != AuthorizationState.ORDERED or form.version != version:
        raise ChangedMeanwhile("This form")
    _refuse_if_known(session, actor, row, phone)
    line = _line(session, actor, form, phone, today)
    row.asset_tag, row.serial, row.kit = phone.asset_tag, phone.serial, list(phone.kit)
    row.line_id, row.state = line.id, IssueState.READY
    row.ready_by, row.ready_at = actor.person_id, now
    row.version += 1
    session.add(row)
    session.flush()
    reason = f"{row.model}, asset tag {row.asset_tag}"
    moves.move(session, actor, form, AuthorizationAct.MAKE_READY, reason, now)
    _tell(session, row, person, now)
    return row.id or 0


def _is_same(
    session: Session,
    form: AuthorizationForm,
    version: int,
    row: DeviceIssue,
    phone: ReadyPhone,
) -> bool:
    """Tell whether the same phone was just made ready."""
    if row.state != IssueState.READY or form.version not in (version, version + 1):
        return False
    line = session.get(Line, row.line_id) if row.line_id else None
    told = (row.asset_tag, row.serial, line.number if line else "", tuple(row.kit))
    return told == (phone.asset_tag, phone.serial, phone.number, phone.kit)


def _refuse_if_known(
    session: Session, actor: Actor, row: DeviceIssue, phone: ReadyPhone
) -> None:
    others = select(DeviceIssue).where(
        DeviceIssue.employer_id == actor.employer_id,
        DeviceIssue.id != row.id,
        col(DeviceIssue.state).in_(IN_USE),
    )
    for what, condition in (
        ("The serial number", col(DeviceIssue.serial) == phone.serial),
        ("The asset tag", col(DeviceIssue.asset_tag) == phone.asset_tag),
    ):
        if session.exec(others.where(condition)).first() is not None:
            raise HandedOutAlready(what)


def _line(
    session: Session,
    actor: Actor,
    form: AuthorizationForm,
    phone: ReadyPhone,
    today: date,
) -> Line:
    """Return the line of the number, made known if it is new, and nobody else's."""
    line = session.exec(
        select(Line)
        .where(Line.employer_id == actor.employer_id, Line.number == phone.number)
        .with_for_update()
    ).first()
    if line is None:
        line = Line(
            employer_id=actor.employer_id, number=phone.number, kind=form.holder_kind
        )
        session.add(line)
        session.flush()
    promised = select(DeviceIssue.id).where(
        DeviceIssue.line_id == line.id,
        DeviceIssue.form_id != form.id,
        col(DeviceIssue.state).in_(IN_USE),
        DeviceIssue.person_id != form.person_id,
    )
    is_held = held_by_others(session, line.id or 0, form.person_id, today)
    if is_held or session.exec(promised).first() is not None:
        raise HandedOutAlready("The phone number")
    return line


def held_by_others(session: Session, line_id: int, person_id: int, today: date) -> bool:
    """Tell whether somebody else has a line, or will have it."""
    held = select(LineHolding.id).where(
        LineHolding.line_id == line_id,
        LineHolding.person_id != person_id,
        or_(col(LineHolding.held_until).is_(None), col(LineHolding.held_until) > today),
    )
    return session.exec(held).first() is not None


def _tell(session: Session, row: DeviceIssue, person: Person, now: datetime) -> None:
    person_id = person.id or 0
    page = letter_address(person_id, f"/phone/receipt/{row.id}", now)
    body = (
        f"Your phone for work is ready: {row.model}. Collect it from Information "
        "Systems with everything on the list.\n\n"
        "Before it is yours to use, read the policy and the Procedures Memorandum and "
        f"sign for the phone: {page}\n\n{CLOSING}"
    )
    occasion = f"phone-ready/{row.id}"
    draft = Draft(person_id, occasion, "Your phone for work is ready", body)
    letters.write(session, draft, now)
