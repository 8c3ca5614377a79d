"""How the phone of a form stands: approved, ordered, handed out, given back."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session

from mobile_selfservice.models.authorization import (
    AuthorizationAction,
    AuthorizationForm,
    AuthorizationState,
    HolderKind,
)
from mobile_selfservice.models.device_issue import DeviceIssue, IssueState
from mobile_selfservice.models.line import Line
from mobile_selfservice.models.organization import Department, Employer, Person
from mobile_selfservice.policy.device_lifecycle import lifecycle_terms
from mobile_selfservice.policy.plan_limits import DeviceClass, OrderTerms, order_terms
from mobile_selfservice.services import access, policy_in_force, review_clock
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.authorizations import form_answers, form_standing
from mobile_selfservice.services.authorizations.form_answers import Answers
from mobile_selfservice.services.phones import issue_order, issue_return
from mobile_selfservice.services.phones.kit import RETURNED, kit_words
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.stipends import stopped
from mobile_selfservice.services.stipends.stopped import Stopped

Action, State = AuthorizationAction, AuthorizationState


@dataclass(frozen=True, slots=True, kw_only=True)
class PhoneSeen:
    """A phone that was ordered, as those who may read its form see it."""

    issue_id: int
    state: str
    model: str
    carrier: str
    contract_reference: str
    contract_months: int
    price: Decimal
    upfront: Decimal | None
    is_on_state_contract: bool
    is_in_catalogue: bool
    notes: tuple[tuple[str, str], ...]
    ordered_by: str
    ordered_at: datetime
    asset_tag: str
    serial: str
    number: str
    kit: tuple[str, ...]
    ready_by: str
    ready_at: datetime | None
    signed_at: datetime | None
    received_by: str
    received_on: date | None
    missing: tuple[str, ...]
    return_note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HandingOut:
    """A form's phone, and what the reader may do next.

    `answers` is what the form asked for; `most_months`, `most_price` and `most_upfront`
    are the policy's limits, None where there is none. `asks_counsel`: the policy wants
    counsel asked before a phone is taken back. `stops` is what the phone would stop if
    it were handed out today; None for nothing.
    """

    form_id: int
    version: int
    action: str
    state: str
    device_class: str
    holder_kind: str
    person: str
    department: str
    is_own: bool
    answers: Answers
    exceptions: tuple[str, ...]
    most_months: int | None
    most_price: Decimal | None
    most_upfront: Decimal | None
    clause: str
    phone: PhoneSeen | None
    number: str
    may_order: bool
    may_make_ready: bool
    may_cancel: bool
    may_take_back: bool
    asks_counsel: bool
    to_return: tuple[str, ...]
    stops: Stopped | None
    today: date
    time_zone: str


def handing_out(
    session: Session, actor: Actor, *, form_id: int, now: datetime
) -> HandingOut:
    """Show how the phone of a form stands, to those who may read the form.

    Raises:
        NotPermitted: to everybody else, and where the form concerns no phone.

    Clause: Lodi 2011 §3.C, §4.A, §4.H.
    """
    today = review_clock.today(session, actor.employer_id, now)
    form, person = access.seen_form(session, actor, form_id, today)
    if form.action not in (Action.NEW_DEVICE, Action.END_SERVICE):
        raise NotPermitted
    edition = policy_in_force.edition_of(session, actor.employer_id)
    terms = order_terms(edition, today)
    row = issue_return.issue_of(session, form)
    for_role = form_standing.role_of(session, person, today)
    line = session.get(Line, form.line_id) if form.line_id else None
    acts = access.works_for(session, actor, person, Role.IT)
    approved = issue_order.approved_exceptions(session, form)
    return HandingOut(
        form_id=form_id,
        version=form.version,
        action=form.action,
        state=form.state,
        device_class=form.device_class,
        holder_kind=form.holder_kind,
        person=person.name,
        department=session.get_one(Department, form.department_id).name,
        is_own=person.id == actor.person_id,
        answers=form_answers.read(form, for_role).answers,
        exceptions=tuple(sorted(each.value for each in approved)),
        most_months=terms.contract_months_max,
        most_price=_most_price(form, terms),
        most_upfront=terms.max_upfront,
        clause=str(terms.contract_clause),
        phone=_seen(session, row) if row else None,
        number=line.number if line else "",
        **_may(form, row, acts=acts),
        asks_counsel=lifecycle_terms(edition, today).needs_legal_consult,
        to_return=tuple(part for part in RETURNED if _was_handed(row, part)),
        stops=_stops(session, form, today),
        today=today,
        time_zone=session.get_one(Employer, actor.employer_id).time_zone,
    )


def _may(
    form: AuthorizationForm, row: DeviceIssue | None, *, acts: bool
) -> dict[str, bool]:
    is_new = form.action == Action.NEW_DEVICE
    is_waiting = row is not None and row.state in (IssueState.ORDERED, IssueState.READY)
    is_stopped = form.state in (State.ORDERED, State.DECLINED)
    return {
        "may_order": acts and is_new and form.state == State.APPROVED,
        "may_make_ready": acts and is_new and form.state == State.ORDERED,
        "may_cancel": acts and is_new and is_waiting and is_stopped,
        "may_take_back": acts and issue_return.is_returnable(form),
    }


def _stops(session: Session, form: AuthorizationForm, today: date) -> Stopped | None:
    is_coming = form.state in (State.APPROVED, State.ORDERED, State.READY)
    is_personal = form.holder_kind == HolderKind.PERSONAL
    if form.action != Action.NEW_DEVICE or not (is_coming and is_personal):
        return None
    return stopped.stopped_by_device(session, form.person_id, today)


def _was_handed(row: DeviceIssue | None, part: str) -> bool:
    return row is None or part == "phone" or part in row.kit


def _most_price(form: AuthorizationForm, terms: OrderTerms) -> Decimal | None:
    is_smart = form.device_class == DeviceClass.SMART
    return terms.max_smart_price if is_smart else terms.max_price


def _seen(session: Session, row: DeviceIssue) -> PhoneSeen:
    line = session.get(Line, row.line_id) if row.line_id else None
    return PhoneSeen(
        issue_id=row.id or 0,
        state=row.state,
        model=row.model,
        carrier=row.carrier,
        contract_reference=row.contract_reference,
        contract_months=row.contract_months,
        price=row.price,
        upfront=row.upfront,
        is_on_state_contract=row.is_on_state_contract,
        is_in_catalogue=row.is_in_catalogue,
        notes=tuple((note["text"], note["clause"]) for note in row.order_notes),
        ordered_by=_name(session, row.ordered_by),
        ordered_at=row.ordered_at,
        asset_tag=row.asset_tag,
        serial=row.serial,
        number=line.number if line else "",
        kit=tuple(kit_words(row.kit)),
        ready_by=_name(session, row.ready_by),
        ready_at=row.ready_at,
        signed_at=row.signed_at,
        received_by=_name(session, row.received_by),
        received_on=row.received_on,
        missing=tuple(kit_words(row.missing)),
        return_note=row.return_note,
    )


def _name(session: Session, person_id: int | None) -> str:
    found = session.get(Person, person_id) if person_id is not None else None
    return found.name if found else ""
