"""Taking a phone back: what came, what is missing, and the end of its form.

A form to end the service stays open until Information Systems has the equipment (Lodi
2011 section 4.H).
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.authorization import (
    AuthorizationAct,
    AuthorizationAction,
    AuthorizationForm,
    AuthorizationState,
)
from mobile_selfservice.models.device_issue import DeviceIssue, IssueState
from mobile_selfservice.models.line import LineHolding
from mobile_selfservice.models.organization import Person
from mobile_selfservice.policy.device_lifecycle import (
    Leaving,
    lifecycle_terms,
    return_ruling,
)
from mobile_selfservice.policy.review_deadline import local_date
from mobile_selfservice.services import (
    access,
    policy_in_force,
    printed,
    review_clock,
)
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.authorizations import moves
from mobile_selfservice.services.authorizations.typed_fields import Fault
from mobile_selfservice.services.mail import letters
from mobile_selfservice.services.mail.letters import CLOSING, Draft
from mobile_selfservice.services.mail.signed_links import letter_address
from mobile_selfservice.services.phones import issue_fields
from mobile_selfservice.services.phones.issue_fields import FieldsWrong, Returned
from mobile_selfservice.services.phones.issue_order import open_issue
from mobile_selfservice.services.phones.kit import RETURNED, kit_words
from mobile_selfservice.services.refusals import ChangedMeanwhile, Refused
from mobile_selfservice.services.stipends import phone_back

Act, Action, State = AuthorizationAct, AuthorizationAction, AuthorizationState
TO_RETURN = {
    Action.NEW_DEVICE: (State.ACTIVE, State.ENDING),
    Action.END_SERVICE: (State.APPROVED, State.ENDING),
}


class NotTakenBack(Refused):
    """The policy asks for something before the phone is taken back."""


def take_back(
    session: Session,
    actor: Actor,
    *,
    form_id: int,
    version: int,
    typed: Mapping[str, str],
    now: datetime,
) -> None:
    """Take a phone back: its line is nobody's from that day, and its forms are closed.

    Where it had stopped a stipend, director and finance are told that it may go on.

    Raises:
        NotPermitted: to everybody but Information Systems, and for oneself.
        FieldsWrong: naming each field that does not read right.
        NotTakenBack: if the policy asks for something first.
        ChangedMeanwhile: if the form is no longer as it was seen; the same person's
            same answer a second time does nothing.

    Clause: Lodi 2011 §4.H; NY ITS-P18-007 §4.0.
    """
    today = review_clock.today(session, actor.employer_id, now)
    form, person = access.carried_out_form(session, actor, form_id, today)
    back = issue_fields.returned_typed(typed)
    if form.version in (version, version + 1) and _done_before(
        session, actor, form, back
    ):
        return
    if form.version != version or not is_returnable(form):
        raise ChangedMeanwhile("This form")
    row = issue_of(session, form)
    _refuse_day(session, row, back, today)
    _refuse_unless_allowed(session, actor, back, today)
    reason = _words(row, back)
    if row is not None:
        _note(session, actor, row, back, now)
    end_holding(session, form.line_id, form.person_id, back.received_on)
    for each in _forms_of(session, form, row):
        moves.move(session, actor, each, Act.CLOSE, reason, now)
    _tell(session, form, person, reason, now)
    phone_back.tell_that_it_may_go_on(session, person, back.received_on, now)


def is_returnable(form: AuthorizationForm) -> bool:
    """Tell whether a form waits for equipment to come back."""
    return form.line_id is not None and form.state in TO_RETURN.get(
        Action(form.action), ()
    )


def issue_of(session: Session, form: AuthorizationForm) -> DeviceIssue | None:
    """Return the phone that a form handed out, or that it ends the service of."""
    if form.action == Action.NEW_DEVICE:
        return open_issue(session, form.id or 0)
    return _on_line(session, form, IssueState.ACTIVE)


def _on_line(
    session: Session, form: AuthorizationForm, state: IssueState
) -> DeviceIssue | None:
    """Return the person's newest phone in that state on the line that a form names."""
    if form.line_id is None:
        return None
    return session.exec(
        select(DeviceIssue)
        .where(
            DeviceIssue.line_id == form.line_id,
            DeviceIssue.person_id == form.person_id,
            DeviceIssue.state == state,
        )
        .order_by(col(DeviceIssue.id).desc())
    ).first()


def _done_before(
    session: Session, actor: Actor, form: AuthorizationForm, back: Returned
) -> bool:
    """Tell whether the same person has just said the same of this phone."""
    row = open_issue(session, form.id or 0)
    if form.action == Action.END_SERVICE:
        row = _on_line(session, form, IssueState.RETURNED)
    words = {_words(None, back), _words(row, back)}
    return moves.done_before(session, actor, form, Act.CLOSE, words)


def end_holding(
    session: Session, line_id: int | None, person_id: int, last_day: date
) -> None:
    """End that a person has a line; who got it that same day has it for that day."""
    held = session.exec(
        select(LineHolding).where(
            LineHolding.line_id == line_id,
            LineHolding.person_id == person_id,
            or_(
                col(LineHolding.held_until).is_(None),
                col(LineHolding.held_until) > last_day,
            ),
        )
    ).all()
    for each in held:
        each.held_until = max(last_day, each.held_from + timedelta(days=1))
        session.add(each)
    session.flush()


def _refuse_day(
    session: Session, row: DeviceIssue | None, back: Returned, today: date
) -> None:
    issued = None
    if row is not None and row.signed_at is not None:
        calendar = review_clock.calendar(session, row.employer_id, row.signed_at)
        issued = local_date(row.signed_at, calendar)
    if back.received_on > today:
        text = "The day it came back is still to come"
        raise FieldsWrong((Fault("received_on", text),))
    if issued is not None and back.received_on < issued:
        text = f"The phone was handed out on {printed.day(issued)} only"
        raise FieldsWrong((Fault("received_on", text),))


def _refuse_unless_allowed(
    session: Session, actor: Actor, back: Returned, today: date
) -> None:
    edition = policy_in_force.edition_of(session, actor.employer_id)
    terms = lifecycle_terms(edition, today)
    ruled = return_ruling(Leaving(is_consulted=back.is_consulted), terms)
    if not ruled.is_allowed:
        told = " ".join(f"{step.text} ({step.clause})" for step in ruled.refusals)
        raise NotTakenBack(f"{told} Nothing was changed.")


def _note(
    session: Session, actor: Actor, row: DeviceIssue, back: Returned, now: datetime
) -> None:
    row.state, row.received_by, row.returned_at = (
        IssueState.RETURNED,
        actor.person_id,
        now,
    )
    row.received_on = back.received_on
    row.missing, row.return_note = _missing(row, back), back.note
    row.version += 1
    session.add(row)
    session.flush()


def _missing(row: DeviceIssue | None, back: Returned) -> list[str]:
    """Name the parts that did not come back, of those that were handed out."""
    handed = set(RETURNED) if row is None else {"phone", *row.kit}
    return [part for part in RETURNED if part in handed and part not in back.parts]


def _words(row: DeviceIssue | None, back: Returned) -> str:
    missing = kit_words(_missing(row, back))
    words = f"Received on {printed.day(back.received_on)}"
    if missing:
        words += f"; missing: {', '.join(missing)}"
    return f"{words}. {back.note}" if back.note else words


def _forms_of(
    session: Session, form: AuthorizationForm, row: DeviceIssue | None
) -> list[AuthorizationForm]:
    """Return every form that the return closes: the phone's own, and who ended it."""
    found = {form.id: form}
    if row is not None:
        of_phone = session.get_one(AuthorizationForm, row.form_id, with_for_update=True)
        found[of_phone.id] = of_phone
    ending = session.exec(
        select(AuthorizationForm)
        .where(
            AuthorizationForm.line_id == form.line_id,
            AuthorizationForm.person_id == form.person_id,
            col(AuthorizationForm.action).in_(list(TO_RETURN)),
        )
        .with_for_update()
    )
    for each in ending:
        found[each.id] = each
    return [each for each in found.values() if is_returnable(each)]


def _tell(
    session: Session, form: AuthorizationForm, person: Person, what: str, now: datetime
) -> None:
    person_id = person.id or 0
    page = letter_address(person_id, "/phone", now)
    body = (
        f"Information Systems has taken back your phone for work. {what}.\n\n"
        "Its bills up to that day are still yours to certify.\n\n"
        f"See what you have: {page}\n\n{CLOSING}"
    ).replace("..", ".")
    occasion = f"phone-returned/{form.id}"
    draft = Draft(person_id, occasion, "Your phone for work was taken back", body)
    letters.write(session, draft, now)
