"""Working out what a bill comes to as it is marked now, and keeping that sum on it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import bindparam, select
from sqlmodel import Session

from mobile_selfservice.models.invoice import Bill, Invoice
from mobile_selfservice.models.organization import Employer
from mobile_selfservice.policy.adoption import adoptions, cited
from mobile_selfservice.policy.explained import Explained
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy.parameters import Edition, NotSet
from mobile_selfservice.policy.statement import (
    FormLine,
    statement_due,
    statement_terms,
)
from mobile_selfservice.policy.voice_terms import Method, VoiceTerms, voice_terms
from mobile_selfservice.services.bills.billed_plan import BillPlan, plan_of
from mobile_selfservice.services.bills.billed_use import (
    BilledUse,
    ItemGroup,
    billed_use,
    rate_turns,
)
from mobile_selfservice.services.bills.form_lines import RATES, FormLines
from mobile_selfservice.services.bills.rated_bill import (
    MarkCounts,
    RatedBill,
    RatedLine,
)
from mobile_selfservice.services.policy_in_force import edition_in_force

# Carriers bill some items months late, never more than a year.
LATEST_ITEM = timedelta(days=400)
INVOICE = Invoice.__table__  # type: ignore[attr-defined]
EMPLOYER = Employer.__table__  # type: ignore[attr-defined]
EDITION_AND_DAY = (
    select(
        EMPLOYER.c.id,
        EMPLOYER.c.policy_edition,
        EMPLOYER.c.policy_stamp,
        INVOICE.c.bill_date,
    )
    .join_from(INVOICE, EMPLOYER, EMPLOYER.c.id == INVOICE.c.employer_id)
    .where(INVOICE.c.id == bindparam("invoice"))
)


def rate(session: Session, bill: Bill) -> RatedBill:
    """Work out what a bill comes to, with the working of every cent.

    The caller has asked `access` for the bill. A figure that nobody has set, or that
    the plan lacks, is told in `blockers`.
    """
    asked = {"invoice": bill.invoice_id}
    employer, name, stamp, on = session.execute(EDITION_AND_DAY, asked).one()
    edition = edition_in_force(session, employer, name, stamp)
    return _citing(rate_under(session, bill, edition, on), adoptions(edition, on))


def rate_under(session: Session, bill: Bill, edition: Edition, on: date) -> RatedBill:
    """Work out what a bill of that statement day would come to under any edition.

    A change of the policy is weighed with it before it is made.
    """
    try:
        terms = voice_terms(edition, on)
    except NotSet as missing:
        return _without_method(session, bill, edition, on, str(missing))
    turns = [day for day in rate_turns(edition, RATES, on) if day > on - LATEST_ITEM]
    use = billed_use(session, bill, terms, turns)
    return rate_use(use, plan_of(session, bill, terms), edition, on)


def _without_method(
    session: Session, bill: Bill, edition: Edition, on: date, missing: str
) -> RatedBill:
    """Count the marks where nobody has set how personal use is charged."""
    none = VoiceTerms(method=Method.NONE)
    use, plan = billed_use(session, bill, none, []), plan_of(session, bill, none)
    rated = rate_use(use, plan, edition, on, none)
    line = RatedLine("voice", "Calls", Explained(ZERO, ()), missing)
    return replace(rated, lines=(line,), blockers=(missing,))


def refresh_summary(session: Session, bill: Bill) -> RatedBill:
    """Rate a bill and keep what it comes to in the summary on its own row.

    Whoever changes marks calls this in the same transaction, with the bill locked.
    """
    rated = rate(session, bill)
    bill.marked_count = rated.counts.marked
    bill.personal_count = rated.counts.personal
    bill.incidental_count = rated.counts.incidental
    bill.not_sure_count = rated.counts.not_sure
    bill.personal_minutes = Decimal(rated.personal_minutes)
    bill.personal_charged = rated.personal_charged
    bill.counted_personal = rated.counted_personal
    bill.counted_incidental = rated.counted_incidental
    bill.pool_share = rated.pool_share
    bill.owed, bill.credit = rated.due, rated.credit
    session.add(bill)
    return rated


def rate_use(
    use: BilledUse,
    plan: BillPlan,
    edition: Edition,
    on: date,
    terms: VoiceTerms | None = None,
) -> RatedBill:
    """Work out what items in groups come to, under the terms of the statement's day.

    Clause: Lodi 2011 §3.B.1. Reading: AMB-01 to AMB-13, AMB-47, AMB-48, AMB-52.
    """
    terms = terms or voice_terms(edition, on)
    form = FormLines(use, plan, edition, terms, on)
    lines = form.all()
    voice = form.voice
    others = (
        FormLine(f"Personal {line.label.lower()}", line.explained.amount)
        for line in lines[1:]
    )
    parts = (*(voice.form_lines if voice else ()), *others)
    statement = statement_due(
        [part for part in parts if part.amount],
        statement_terms(edition, on),
        terms.clause,
    )
    personal = [group for group in use.groups if group.mark == "personal"]
    incidental = [group for group in use.groups if group.mark == "incidental"]
    return RatedBill(
        edition=edition.id,
        statement_on=on,
        lines=lines,
        form_lines=statement.lines,
        explained=statement.explained,
        due=statement.due,
        credit=statement.credit,
        counts=replace(MarkCounts(items=use.items), **use.marks),
        personal_minutes=_minutes(personal),
        free_personal_minutes=voice.free_personal_minutes if voice else 0,
        incidental_minutes=_minutes(incidental),
        personal_charged=sum((_charged(group) for group in personal), ZERO),
        figures=tuple(form.figures.values()),
        blockers=tuple(line.problem for line in lines if line.problem),
        notes=_notes(personal, plan),
        counted_personal=_minutes([group for group in personal if group.draws]),
        counted_incidental=_minutes([group for group in incidental if group.draws]),
        pool_share=form.shared.amount if form.shared else ZERO,
    )


def _citing(rated: RatedBill, adopted: dict[str, str]) -> RatedBill:
    """Let the working name the readings the employer has adopted."""
    if not adopted:
        return rated
    lines = (
        replace(line, explained=cited(line.explained, adopted)) for line in rated.lines
    )
    explained = cited(rated.explained, adopted)
    return replace(rated, lines=tuple(lines), explained=explained)


def _minutes(groups: Sequence[ItemGroup]) -> int:
    return sum(group.minutes for group in groups if group.kind == "voice")


def _charged(group: ItemGroup) -> Decimal:
    return group.airtime + group.extra + group.tax


def _notes(personal: Sequence[ItemGroup], plan: BillPlan) -> tuple[str, ...]:
    """Say which assumptions were made for this bill."""
    notes = []
    unknown = _minutes([group for group in personal if group.counts is None])
    if unknown:
        notes.append(
            f"{unknown:,} personal min have a rate code that nobody has mapped yet. No "
            "rate is charged for them, only what the carrier printed on the calls. "
            "Finance may map the code while this bill is open; then it is worked out "
            "anew."
        )
    if plan.shared and plan.shared.open_lines:
        notes.append(
            "Other lines share this plan and are still being reviewed. Your part of "
            "its minutes over may change until you sign; then it stays."
        )
    return tuple(notes)
