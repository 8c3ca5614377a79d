"""Ordering the phone of an approved form, and taking an order back.

Information Systems orders, never for oneself (SOD-7). What is bought is held against
the policy's limits anew; an approved exception reaches as far as the form asked.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlmodel import Session, col, select

from mobile_selfservice.models.authorization import (
    AuthorizationAct,
    AuthorizationAction,
    AuthorizationForm,
)
from mobile_selfservice.models.device_issue import DeviceIssue, IssueState
from mobile_selfservice.models.organization import Person
from mobile_selfservice.policy.explained import Ruling, Step
from mobile_selfservice.policy.plan_limits import (
    LimitKind,
    Order,
    order_ruling,
    order_terms,
)
from mobile_selfservice.services import (
    access,
    policy_in_force,
    review_clock,
    stated_reason,
)
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.authorizations import (
    form_answers,
    form_findings,
    form_standing,
    moves,
)
from mobile_selfservice.services.authorizations.form_answers import Answers
from mobile_selfservice.services.phones import issue_fields
from mobile_selfservice.services.phones.issue_fields import PhoneOrder
from mobile_selfservice.services.refusals import ChangedMeanwhile, Refused

Act = AuthorizationAct


class OverLimit(Refused):
    """What is to be bought goes beyond a limit without an exception."""

    def __init__(self, ruling: Ruling) -> None:
        told = " ".join(f"{step.text} ({step.clause})" for step in ruling.refusals)
        super().__init__(
            f"This cannot be ordered. {told} Order within the limit, or ask the "
            "director for a form with an exception. Nothing was ordered."
        )


def order(
    session: Session,
    actor: Actor,
    *,
    form_id: int,
    version: int,
    typed: Mapping[str, str],
    now: datetime,
) -> int:
    """Order the phone of an approved form; return which phone it is.

    Raises:
        NotPermitted: to everybody but Information Systems, and for oneself.
        FieldsWrong: naming each field that does not read right.
        OverLimit: if the contract, the price or the plan goes beyond a limit.
        ChangedMeanwhile: if the form is no longer as it was seen.

    Clause: Lodi 2011 §3.C, §4.A.
    """
    today = review_clock.today(session, actor.employer_id, now)
    form, person = access.carried_out_form(session, actor, form_id, today)
    wanted = issue_fields.order_typed(typed)
    before = open_issue(session, form_id)
    if before is not None and _is_same(actor, form, version, before, wanted):
        return before.id or 0
    if form.action != AuthorizationAction.NEW_DEVICE or form.version != version:
        raise ChangedMeanwhile("This form")
    edition = policy_in_force.edition_of(session, actor.employer_id)
    ruled = order_ruling(
        ordered(session, form, person, wanted, today), order_terms(edition, today)
    )
    if not ruled.is_allowed:
        raise OverLimit(ruled)
    moves.move(session, actor, form, Act.ORDER, _words(wanted), now)
    row = DeviceIssue(
        employer_id=actor.employer_id,
        form_id=form_id,
        person_id=form.person_id,
        device_class=form.device_class,
        order_notes=[_kept(step) for step in ruled.notes],
        edition=edition.id,
        ordered_by=actor.person_id,
        ordered_at=now,
        **_bought(wanted),
    )
    session.add(row)
    session.flush()
    return row.id or 0


def cancel(
    session: Session,
    actor: Actor,
    *,
    form_id: int,
    version: int,
    reason: str,
    now: datetime,
) -> None:
    """Take an order back: the form waits to be ordered anew, unless it was declined.

    Raises:
        NotPermitted: to everybody but Information Systems, and for oneself.
        TextNeeded, CardNumberTyped, NumberInReason: if the reason cannot be kept.
        ChangedMeanwhile: if the phone was handed out, or the form changed; the same
            person's same answer a second time does nothing.

    Clause: Lodi 2011 §4.A.
    """
    today = review_clock.today(session, actor.employer_id, now)
    form, _ = access.carried_out_form(session, actor, form_id, today)
    row = open_issue(session, form_id)
    if row is None and form.version in (version, version + 1):
        told = {stated_reason.stated_if_any(reason)}
        if moves.done_before(session, actor, form, Act.CANCEL_ORDER, told):
            return
    if row is None or form.version != version or row.state == IssueState.ACTIVE:
        raise ChangedMeanwhile("This form")
    why = stated_reason.stated(reason)
    row.state, row.return_note = IssueState.CANCELED, why
    row.version += 1
    session.add(row)
    moves.move(session, actor, form, Act.CANCEL_ORDER, why, now)


def open_issue(session: Session, form_id: int) -> DeviceIssue | None:
    """Return the phone of a form that was not taken back."""
    return session.exec(
        select(DeviceIssue)
        .where(DeviceIssue.form_id == form_id, DeviceIssue.state != IssueState.CANCELED)
        .order_by(col(DeviceIssue.id).desc())
    ).first()


def ordered(
    session: Session,
    form: AuthorizationForm,
    person: Person,
    wanted: PhoneOrder,
    today: date,
) -> Order:
    """Put what is bought in the place of what the form expected.

    An exception was approved for what the form said, and covers nothing beyond it.
    """
    for_role = form_standing.role_of(session, person, today)
    answers = form_answers.read(form, for_role).answers
    approved = approved_exceptions(session, form)
    covered = {limit for limit in approved if not _goes_beyond(limit, answers, wanted)}
    return replace(
        form_findings.order_of(form, answers, for_role, today),
        contract_months=wanted.contract_months,
        price=wanted.price,
        upfront=wanted.upfront,
        is_in_catalogue=wanted.is_in_catalogue,
        is_on_state_contract_or_cheaper=wanted.is_on_state_contract,
        minutes_consented=LimitKind.MINUTES in approved,
        exceptions=frozenset(covered),
    )


def approved_exceptions(
    session: Session, form: AuthorizationForm
) -> frozenset[LimitKind]:
    """Return the limits that the approved form may go beyond."""
    submission = form_standing.newest_submission(session, form)
    known = set(LimitKind)
    named = submission.exceptions if submission else []
    return frozenset(LimitKind(each) for each in named if each in known)


def _goes_beyond(limit: LimitKind, answers: Answers, wanted: PhoneOrder) -> bool:
    if limit is LimitKind.CONTRACT:
        return wanted.contract_months > (answers.contract_months or 0)
    if limit is LimitKind.PRICE:
        return wanted.price > (answers.price or Decimal(0))
    if limit is LimitKind.UPFRONT:
        return (wanted.upfront or Decimal(0)) > (answers.upfront or Decimal(0))
    return False


def _is_same(
    actor: Actor,
    form: AuthorizationForm,
    version: int,
    before: DeviceIssue,
    wanted: PhoneOrder,
) -> bool:
    """Tell whether the same person has just ordered the same: a second click."""
    if (
        form.version not in (version, version + 1)
        or before.ordered_by != actor.person_id
    ):
        return False
    return all(getattr(before, key) == value for key, value in _bought(wanted).items())


def _bought(wanted: PhoneOrder) -> dict[str, Any]:
    return {name: getattr(wanted, name) for name in PhoneOrder.__slots__}


def _words(wanted: PhoneOrder) -> str:
    months = (
        "1 month"
        if wanted.contract_months == 1
        else (f"{wanted.contract_months} months")
    )
    return f"{wanted.model} from {wanted.carrier}, contract of {months}"


def _kept(step: Step) -> dict[str, str]:
    return {"text": step.text, "clause": str(step.clause), "reading": step.reading}
