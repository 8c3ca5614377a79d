"""One claim in words."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from mobile_selfservice.components.charts import Bar
from mobile_selfservice.components.claim_terms import TermsTyped
from mobile_selfservice.components.timeline import Happening
from mobile_selfservice.components.wording import (
    clock_time,
    counted,
    day_in_words,
    month_in_words,
    short_day,
    short_moment,
)
from mobile_selfservice.components.working import WorkingStep, shown_steps
from mobile_selfservice.policy.money import ZERO, dollars
from mobile_selfservice.policy.money import rate as rate_in_words
from mobile_selfservice.services.claims.claim_seen import CallSeen, ClaimSeen

CAP = "claim.monthly_cap"
NAMES = {
    "claim.started": "Begun",
    "claim.read": "File read",
    "claim.submitted": "Handed in",
    "claim.unlimited": "Warning",
    "claim.reopened": "Taken back to correct",
    "claim.withdrawn": "Taken back",
    "claim.approved": "Approved",
    "claim.returned": "Sent back",
    "claim.refused": "Refused",
    "claim.paid": "Paid",
}
UNLIMITED = (
    "Your plan has no limit of minutes, so by the policy’s text a minute of it has no "
    "price: only calls with a charge of their own are paid. Hand the claim in all the "
    "same if you made such calls: the City counts these claims, because a court asked "
    "for a reasonable share elsewhere (reading AMB-16)."
)


@dataclass(frozen=True)
class CallRow:
    """One call of the table; `number` in `call_id` names it to the server."""

    call_id: int = 0
    day: str = ""
    time: str = ""
    number: str = ""
    minutes: str = ""
    counts: str = ""
    charge: str = ""


@dataclass(frozen=True)
class ClaimView:
    """All of a claim's page but the rows of its calls."""

    is_loaded: bool = False
    title: str = "Claim"
    state: str = "draft"
    is_own: bool = False
    can_edit: bool = False
    can_decide: bool = False
    can_send_back: bool = False
    can_pay: bool = False
    can_take_back: bool = False
    can_withdraw: bool = False
    back_href: str = "/claims/review"
    here: str = "/claims/review"
    employee: str = ""
    department: str = ""
    carrier: str = ""
    period: str = ""
    base_charges: str = ""
    taxes: str = ""
    plan_minutes: str = ""
    amount: str = ""
    rate: str = ""
    claimed: str = ""
    taxable: str = ""
    is_unlimited: bool = False
    unlimited: str = UNLIMITED
    bars: list[Bar] = field(default_factory=list)
    steps: list[WorkingStep] = field(default_factory=list)
    why_not: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    unknown: str = ""
    sentence: str = ""
    outage: str = ""
    has_outage: bool = False
    last_word: str = ""
    typed: TermsTyped = field(default_factory=TermsTyped)
    asks_total: bool = False
    asks_plan: bool = False
    call_count: int = 0
    calls_caption: str = ""
    page: int = 1
    pages: int = 1
    events: list[Happening] = field(default_factory=list)
    pdf_href: str = ""
    upload_action: str = ""


def claim_view(seen: ClaimSeen) -> ClaimView:
    """Put a claim into words."""
    record = seen.record
    contract, outage = record["contract"], record["outage"]
    return ClaimView(
        is_loaded=True,
        title=f"Claim {seen.claim_id}",
        state=seen.state,
        is_own=seen.is_own,
        can_edit=seen.can_edit,
        can_decide=seen.can_decide,
        can_send_back=seen.can_send_back,
        can_pay=seen.can_pay,
        can_take_back=seen.is_own and seen.state == "submitted",
        can_withdraw=seen.is_own and seen.state in ("draft", "returned", "submitted"),
        back_href="/claims" if seen.is_own else "/claims/review",
        here="/phone" if seen.is_own else "/claims/review",
        employee=record["employee"]["name"],
        department=record["department"],
        carrier=contract["carrier"],
        period=_period(contract),
        base_charges=dollars(Decimal(contract["base_charges"])),
        taxes=dollars(Decimal(contract["taxes"])),
        plan_minutes=_plan_minutes(contract),
        amount=dollars(seen.amount),
        rate=f"{rate_in_words(seen.rate)}" if seen.rate is not None else "None",
        claimed=counted(seen.claimed_count, "call"),
        taxable=dollars(seen.taxable) if seen.taxable else "",
        is_unlimited=seen.is_unlimited,
        bars=_bars(seen),
        steps=shown_steps(seen.steps),
        why_not=list(seen.why_not),
        notes=list(seen.notes),
        unknown=counted(seen.unknown, "call") if seen.unknown else "",
        sentence=record["sentence"],
        outage=_outage(outage),
        has_outage=bool(outage),
        last_word=_last_word(seen),
        typed=_typed(contract, outage),
        asks_total="total_minutes" in seen.asked,
        asks_plan="employer_plan" in seen.asked,
        call_count=seen.call_count,
        calls_caption=_calls_caption(seen),
        page=seen.page,
        pages=seen.pages,
        events=[
            Happening(
                short_moment(event.at, seen.time_zone),
                event.who,
                NAMES.get(event.act, event.act),
                event.note,
            )
            for event in seen.events
        ],
        pdf_href=f"/files/claims/{seen.claim_id}.pdf" if seen.is_signed else "",
        upload_action=f"/files/claims/{seen.claim_id}/calls",
    )


def call_rows(seen: ClaimSeen) -> list[CallRow]:
    """Put the calls of the page into words."""
    return [_call(call) for call in seen.calls]


def ticks(seen: ClaimSeen) -> list[int]:
    """List the claimed calls of the page."""
    return [call.call_id for call in seen.calls if call.is_claimed]


def _call(call: CallSeen) -> CallRow:
    counts = {True: "Yes", False: "No", None: "Not known"}
    return CallRow(
        call_id=call.call_id,
        day=short_day(call.started.date()),
        time=clock_time(call.started),
        number=call.number,
        minutes=f"{call.minutes:,}",
        counts=counts[call.counts],
        charge=dollars(call.charge) if call.charge else "–",
    )


def _period(contract: Mapping[str, Any]) -> str:
    first, last = (date.fromisoformat(contract[end]) for end in ("from", "through"))
    return f"{day_in_words(first)} to {day_in_words(last)}"


def _plan_minutes(contract: Mapping[str, Any]) -> str:
    allowance = contract["allowance_minutes"]
    return f"{allowance:,}" if allowance else "No limit"


def _outage(outage: Mapping[str, str]) -> str:
    if not outage:
        return ""
    first, last = (date.fromisoformat(outage[end]) for end in ("from", "through"))
    return f"{outage['line']}, {day_in_words(first)} to {day_in_words(last)}"


def _bars(seen: ClaimSeen) -> list[Bar]:
    """Draw what each month pays beside the most that it could."""
    cap = _cap(seen.record)
    most = max([cap or ZERO, *seen.by_month.values()], default=ZERO)
    of = f" of {dollars(cap)}" if cap is not None else ""
    return [
        Bar(
            month_in_words(month),
            f"{dollars(amount)}{of}",
            float(amount / most * 100) if most else 0,
        )
        for month, amount in seen.by_month.items()
    ]


def _cap(record: Mapping[str, Any]) -> Decimal | None:
    found = [figure for figure in record["figures"] if figure["key"] == CAP]
    return Decimal(str(found[-1]["value"])) if found else None


def _last_word(seen: ClaimSeen) -> str:
    """Repeat why a claim was sent back or refused, or how it was paid."""
    wanted = {"returned": "claim.returned", "refused": "claim.refused"}
    act = wanted.get(seen.state, "claim.paid" if seen.state == "paid" else "")
    notes = [event.note for event in seen.events if act and event.act == act]
    return notes[-1] if notes else ""


def _typed(contract: Mapping[str, Any], outage: Mapping[str, str]) -> TermsTyped:
    def text(name: str) -> str:
        return "" if contract[name] is None else str(contract[name])

    return TermsTyped(
        carrier=contract["carrier"],
        period_from=contract["from"],
        period_through=contract["through"],
        base_charges=text("base_charges"),
        taxes=text("taxes"),
        allowance_minutes=text("allowance_minutes"),
        is_unlimited=contract["allowance_minutes"] is None,
        total_minutes=text("total_minutes"),
        employer_plan=text("employer_plan"),
        outage_from=outage.get("from", ""),
        outage_through=outage.get("through", ""),
    )


def _calls_caption(seen: ClaimSeen) -> str:
    if not seen.can_edit:
        return f"{counted(seen.claimed_count, 'call')} claimed"
    listed = counted(seen.call_count, "call")
    return f"{seen.claimed_count:,} of {listed} claimed, in order of their time"
