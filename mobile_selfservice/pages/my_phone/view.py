"""What one has for calls at work, in words."""

from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from mobile_selfservice.components.charts import Bar
from mobile_selfservice.components.wording import (
    counted,
    day_in_words,
    moment_in_words,
    month_in_words,
    phone,
)
from mobile_selfservice.components.working import WorkingStep, shown_steps
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.policy.step_words import all_step_words
from mobile_selfservice.services.phones.my_phone import (
    ComingPhone,
    MyPhone,
    OwnPhone,
    OwnStipend,
)
from mobile_selfservice.services.phones.own_number import OwnNumber

CLASSES = {"cell": "Cell phone", "smart": "Smart phone with e-mail"}
STEPS = ("approved", "ordered", "ready")
COMING = {
    "approved": "Your phone is approved. Information Systems orders it next.",
    "ordered": "Your phone is ordered. You get a letter when it can be collected.",
    "ready": "Your phone can be collected. Sign for it first: then it is yours to use.",
}
WISHES = {
    "draft": "You have begun to ask for a stipend.",
    "asked": "Your request for a stipend waits for your director.",
    "approved": "Your request for a stipend waits for Information Systems.",
    "with_payroll": "Your stipend is with Payroll.",
    "deferred": "Your stipend waits for its first month, {month}.",
    "suspended": "Your stipend is suspended before its first month, {month}.",
}


@dataclass(frozen=True)
class Waiting:
    """One thing that waits for the person, and where it is done."""

    text: str = ""
    action: str = ""
    href: str = ""
    tone: str = "info"


@dataclass(frozen=True)
class PhoneCard:
    """One phone of the employer's."""

    number: str = ""
    label: str = ""
    since: str = ""
    model: str = ""
    asset_tag: str = ""
    kit: str = ""
    signed: str = ""
    receipt_href: str = ""
    receipt_file: str = ""
    plan: str = ""
    last_month: str = ""
    last_cost: str = ""
    last_href: str = ""
    chart_title: str = ""
    bars: list[Bar] = field(default_factory=list)
    is_custodian: bool = False
    suspended: str = ""


@dataclass(frozen=True)
class ComingCard:
    """A phone on its way; `step` counts from 0 to 2."""

    words: str = ""
    model: str = ""
    step: int = 0
    form_href: str = ""
    receipt_href: str = ""


@dataclass(frozen=True)
class StipendCard:
    """The stipend one holds."""

    amount: str = ""
    what: str = ""
    since: str = ""
    until: str = ""
    proof: str = ""
    is_proof_late: bool = False
    paused: str = ""


@dataclass(frozen=True)
class NumberCard:
    """The number of one's own phone."""

    allowed: str = ""
    number: str = ""
    told: str = ""
    changed: str = ""
    is_late: bool = False
    is_asked_for: bool = False
    expected: str = ""
    rule: str = ""
    latest_day: str = ""
    steps: list[WorkingStep] = field(default_factory=list)


@dataclass(frozen=True)
class MyPhoneView:
    """The whole page."""

    is_loaded: bool = False
    has_nothing: bool = False
    waiting: list[Waiting] = field(default_factory=list)
    phones: list[PhoneCard] = field(default_factory=list)
    coming: list[ComingCard] = field(default_factory=list)
    has_stipend: bool = False
    stipend: StipendCard = StipendCard()
    wish: str = ""
    number: NumberCard = NumberCard()
    sees_numbers: bool = False


def my_phone_view(found: MyPhone) -> MyPhoneView:
    """Put what one has into words."""
    nothing = not (found.phones or found.coming or found.stipend or found.election)
    return MyPhoneView(
        is_loaded=True,
        has_nothing=nothing,
        waiting=_waiting(found),
        phones=[_phone(each, found.time_zone) for each in found.phones],
        coming=[_coming(each) for each in found.coming],
        has_stipend=found.stipend is not None,
        stipend=_stipend(found.stipend) if found.stipend else StipendCard(),
        wish=_wish(found),
        number=_number(found.number, found.today),
        sees_numbers=found.sees_numbers,
    )


def _wish(found: MyPhone) -> str:
    """Say where a stipend stands that is not held yet; a held one has its card."""
    if found.stipend and found.election in ("deferred", "active", "suspended"):
        return ""
    month = month_in_words(found.begins) if found.begins else "which is not known yet"
    return WISHES.get(found.election, "").format(month=month)


def _waiting(found: MyPhone) -> list[Waiting]:
    """List what waits, what cannot wait first."""
    listed = [
        Waiting(
            f"{each.model} is ready. Sign for it before you use it.",
            "Read and sign",
            f"/phone/receipt/{each.issue_id}",
            "warn",
        )
        for each in found.coming
        if each.state == "ready"
    ]
    if found.bills_waiting:
        words = f"{counted(found.bills_waiting, 'bill')} to certify"
        if found.first_due:
            words += f", the first by {day_in_words(found.first_due)}"
        listed.append(Waiting(f"{words}.", "Open my bills", "/bills"))
    if found.number.is_asked_for and not found.number.number:
        words = (
            "Your own phone number is not on record. While you hold a stipend or claim "
            "calls, your department must know it."
        )
        listed.append(Waiting(words, "Give my number", "/phone#own-number", "warn"))
    if found.stipend and not found.stipend.is_proof_in_date:
        words = "Your proof of contract is overdue. Show a new one to keep the stipend."
        listed.append(Waiting(words, "Show proof", "/phone/stipend", "danger"))
    return listed


def _phone(each: OwnPhone, time_zone: str) -> PhoneCard:
    last = each.months[-1] if each.months else None
    most = max((month.cost for month in each.months), default=Decimal(0))
    signed = moment_in_words(each.signed_at, time_zone) if each.signed_at else ""
    return PhoneCard(
        number=phone(each.number),
        label=each.label,
        since=day_in_words(each.held_from),
        model=each.model,
        asset_tag=each.asset_tag,
        kit=", ".join(each.kit),
        signed=signed,
        receipt_href=f"/phone/receipt/{each.issue_id}" if each.issue_id else "",
        receipt_file=f"/files/phone-receipts/{each.issue_id}.pdf"
        if each.issue_id
        else "",
        plan=last.plan if last and last.plan else "Not billed yet",
        last_month=month_in_words(last.month) if last else "",
        last_cost=dollars(last.cost) if last else "",
        last_href=f"/bills/{last.bill_id}" if last else "",
        chart_title=f"What {phone(each.number)} cost each month"
        if len(each.months) > 1
        else "",
        bars=[
            Bar(
                label=f"{month.month:%b}",
                value=dollars(month.cost),
                share=float(month.cost / most * 100) if most > 0 else 0,
            )
            for month in each.months
        ],
        is_custodian=each.is_custodian,
        suspended=_suspended(each),
    )


def _suspended(each: OwnPhone) -> str:
    if each.suspended_on is None:
        return ""
    return (
        f"Its service is suspended since {day_in_words(each.suspended_on)}, because of "
        "a long leave. It comes back with the return."
    )


def _coming(each: ComingPhone) -> ComingCard:
    is_ready = each.state == "ready"
    return ComingCard(
        words=COMING[each.state],
        model=each.model,
        step=STEPS.index(each.state),
        form_href=f"/authorizations/{each.form_id}",
        receipt_href=f"/phone/receipt/{each.issue_id}" if is_ready else "",
    )


def _stipend(held: OwnStipend) -> StipendCard:
    proof = "None was asked for yet"
    if held.proof_due:
        proof = f"Show the next by {day_in_words(held.proof_due)}"
    return StipendCard(
        amount=f"{dollars(held.amount)} a month",
        what=CLASSES[held.stipend_class],
        since=month_in_words(held.held_from),
        until=_last_month(held.held_until),
        proof=proof,
        is_proof_late=not held.is_proof_in_date,
        paused=held.paused_why,
    )


def _last_month(held_until: date | None) -> str:
    if held_until is None:
        return ""
    last = date.fromordinal(held_until.toordinal() - 1)
    return month_in_words(last)


def _allowed(found: OwnNumber) -> str:
    """Say that the number may be given out, and why."""
    if found.allowed is None:
        return ""
    return (
        f"{found.allowed.by} has recorded that your cell number may be given out for "
        f"everyday business. The reason: {found.allowed.reason}"
    )


def _number(found: OwnNumber, today: date) -> NumberCard:
    return NumberCard(
        allowed=_allowed(found),
        number=phone(found.number),
        told=_moment(found.told_at, found.time_zone) if found.number else "",
        changed=_moment(found.changed_at, found.time_zone) if found.number else "",
        is_late=found.is_late,
        is_asked_for=found.is_asked_for,
        expected=_moment(found.expected_since, found.time_zone),
        rule=_rule(found.hours),
        latest_day=today.isoformat(),
        steps=shown_steps(all_step_words(found.steps)),
    )


def _moment(at: datetime | None, time_zone: str) -> str:
    return moment_in_words(at, time_zone) if at else ""


def _rule(hours: int | None) -> str:
    if hours is None:
        return ""
    return f"Tell a new number within {counted(hours, 'hour')} of its change."
