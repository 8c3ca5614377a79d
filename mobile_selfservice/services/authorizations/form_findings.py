"""What the policy says of a form at once: eligible or not, and which limits it exceeds.

Each limit names its clause and who must consent to an exception; nothing is decided
here. The rules stand in policy/eligibility, policy/plan_limits and policy/approvals.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from mobile_selfservice.models.authorization import (
    AuthorizationAction,
    AuthorizationForm,
)
from mobile_selfservice.policy import plan_limits
from mobile_selfservice.policy.approvals import (
    CITY_MANAGER,
    DCM,
    DIRECTOR,
    ApprovalTerms,
    approval_terms,
    approvers_of,
    role_name,
)
from mobile_selfservice.policy.eligibility import eligibility, eligibility_terms
from mobile_selfservice.policy.explained import Ruling, Step
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.plan_limits import (
    DeviceClass,
    LimitKind,
    Order,
    OrderTerms,
    order_terms,
)
from mobile_selfservice.policy.voice_calls import PlanKind
from mobile_selfservice.services.authorizations import form_answers
from mobile_selfservice.services.authorizations.form_answers import Answers, Read
from mobile_selfservice.services.authorizations.typed_fields import Fault

Groups = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Exceeded:
    """One limit a form goes beyond: the sentence with its clause, and who consents."""

    limit: LimitKind
    step: Step
    groups: Groups

    @property
    def consent(self) -> str:
        """Say who must consent: the department director and the Deputy City Manager."""
        names = [
            " or ".join(role_name(role) for role in group) for group in self.groups
        ]
        return " and ".join(names) or "nobody the policy names"


@dataclass(frozen=True, slots=True)
class Findings:
    """What the policy says of a form. `ruling` is empty where no test is asked.

    `notes` stand in nobody's way.
    """

    read: Read
    ruling: Ruling
    exceeded: tuple[Exceeded, ...]
    notes: tuple[Step, ...]

    @property
    def may_be_signed(self) -> bool:
        """Tell whether every field reads right and the person is eligible."""
        return self.read.is_complete and self.ruling.is_allowed


def examine(
    form: AuthorizationForm,
    for_role: str,
    edition: Edition,
    on: date,
    held: frozenset[str] = frozenset(),
) -> Findings:
    """Say what the policy in force makes of a form's answers.

    `held` are the approving offices that the person it is for holds.

    Clause: Lodi 2011 §3.A, §3.B.1, §4.A, §4.B. Reading: AMB-27, AMB-28, AMB-30.
    """
    read = form_answers.read(form, for_role)
    ruling, notes = Ruling(), list[Step]()
    exceeded: tuple[Exceeded, ...] = ()
    if form.action in form_answers.NEEDING:
        need = form_answers.stated_need(read.answers, for_role)
        ruling = eligibility(need, eligibility_terms(edition, on)).ruling
        notes += ruling.notes
    # Nothing is tested before a plan is typed: the step may not have been opened yet.
    if form.action in form_answers.SERVING and read.answers.plan_kind:
        terms = order_terms(edition, on)
        order = order_of(form, read.answers, for_role, on, held)
        approvals = approval_terms(edition, on)
        exceeded = limits_exceeded(order, terms, for_role, approvals, held)
        notes += plan_limits.order_ruling(order, terms).notes
        notes += _texting_note(order, terms)
        read = replace(read, faults=(*read.faults, *_unsaid(read.answers, exceeded)))
    return Findings(read, ruling, exceeded, tuple(notes))


def _unsaid(answers: Answers, exceeded: tuple[Exceeded, ...]) -> Iterator[Fault]:
    """Ask for the director's reasons where a limit is exceeded (AMB-30)."""
    limits = {each.limit for each in exceeded}
    if LimitKind.MINUTES in limits and not answers.minutes_why:
        yield Fault("minutes_why", "Say why more minutes than the limit are needed")
    if limits - {LimitKind.MINUTES} and not answers.exception_why:
        text = "Say why an exception is right: the form goes beyond a limit"
        yield Fault("exception_why", text)


def order_of(
    form: AuthorizationForm,
    answers: Answers,
    for_role: str,
    on: date,
    held: frozenset[str] = frozenset(),
) -> Order:
    """Return what a form asks Information Systems to order.

    A change of plan buys no phone, so the catalogue and the contract are not tested.

    Clause: Lodi 2011 §3.B.1, §3.C, §4.A.
    """
    buys = form.action == AuthorizationAction.NEW_DEVICE
    since = answers.last_phone_on
    is_above = for_role == DIRECTOR or DCM in held
    has_minutes = answers.plan_kind is PlanKind.ALLOWANCE
    return Order(
        device_class=DeviceClass(form.device_class or DeviceClass.CELL),
        plan_kind=answers.plan_kind or PlanKind.ALLOWANCE,
        minutes=answers.minutes if has_minutes else None,
        fewest_minutes=answers.fewest_minutes,
        minutes_justified=bool(answers.minutes_why),
        consent_of=role_name(CITY_MANAGER if is_above else DCM),
        contract_months=answers.contract_months,
        price=answers.price,
        upfront=answers.upfront,
        has_texting=answers.has_texting,
        texting_justified=bool(answers.texting_why),
        has_free_calls=answers.has_free_calls,
        is_in_catalogue=answers.is_in_catalogue or not buys,
        is_on_state_contract_or_cheaper=answers.is_on_state_contract or not buys,
        months_since_last=_months_between(since, on) if since else None,
    )


def limits_exceeded(
    order: Order,
    terms: OrderTerms,
    for_role: str,
    approvals: ApprovalTerms,
    held: frozenset[str] = frozenset(),
) -> tuple[Exceeded, ...]:
    """List the limits an order goes beyond, each with who must consent.

    Clause: Lodi 2011 §3.B.1.c, §4.A. Reading: AMB-30, AMB-45.
    """
    found = ((limit, test(order, terms)) for limit, test in plan_limits.TESTS.items())
    return tuple(
        Exceeded(limit, step, approvers_of(limit.value, for_role, approvals, held))
        for limit, step in found
        if step
    )


def _texting_note(order: Order, terms: OrderTerms) -> list[Step]:
    if not (terms.texts_blocked and order.has_texting and order.texting_justified):
        return []
    text = (
        "Texting is blocked on all phones unless it is justified to the director: "
        "who signs this form as director accepts the reasons given."
    )
    return [Step(text, terms.texting_clause)]


def _months_between(since: date, on: date) -> int:
    whole = (on.year - since.year) * 12 + on.month - since.month
    return max(0, whole - (on.day < since.day))
