"""What an employee is about to sign, in words."""

from dataclasses import dataclass, field
from datetime import date

from mobile_selfservice.components.form_words import STATEMENTS, AmountRow, WorkedRow
from mobile_selfservice.components.wording import counted, day_in_words, month_in_words
from mobile_selfservice.components.working import working_steps
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.policy.review_deadline import in_words
from mobile_selfservice.services.bills.rated_bill import RatedLine
from mobile_selfservice.services.statements.certification import Prepared
from mobile_selfservice.services.statements.statement_draft import Draft


@dataclass(frozen=True)
class CertifyView:
    """The screen on which a bill is signed."""

    is_loaded: bool = False
    title: str = ""
    bill_href: str = ""
    record: str = ""
    statement_href: str = ""
    line: str = ""
    period: str = ""
    due: str = ""
    late: str = ""
    statement: str = ""
    sentence: str = ""
    amount_label: str = "You owe"
    amount: str = ""
    credit: str = ""
    lines: list[AmountRow] = field(default_factory=list)
    worked: list[WorkedRow] = field(default_factory=list)
    personal: str = ""
    incidental: str = ""
    business: str = ""
    free_minutes: str = ""
    notes: list[str] = field(default_factory=list)
    why_not: str = ""
    signed_on: str = ""
    is_again: bool = False
    policy: str = ""


def certify_view(prepared: Prepared) -> CertifyView:
    """Put what would be signed into words."""
    draft, rated = prepared.draft, prepared.draft.rated
    bill = draft.record["bill"]
    month = date.fromisoformat(bill["month"])
    counts = rated.counts
    return CertifyView(
        is_loaded=True,
        title=f"Certify your bill for {month_in_words(month)}",
        bill_href=f"/bills/{draft.bill_id}",
        record=str(draft.bill_id),
        statement_href=f"/bills/{draft.bill_id}/statement",
        line=bill["line"],
        period=bill["period"],
        due=in_words(draft.due_on) if draft.due_on else "No date set",
        late=_late(draft),
        statement=STATEMENTS[draft.statement],
        sentence=draft.sentence,
        amount=dollars(rated.due),
        credit=dollars(rated.credit) if rated.credit else "",
        lines=[
            AmountRow(line.label, dollars(line.amount)) for line in rated.form_lines
        ],
        worked=[_worked(line) for line in rated.lines if line.explained.steps],
        personal=counted(counts.personal, "item"),
        incidental=counted(counts.incidental, "item"),
        business=counted(counts.business + counts.unmarked, "item"),
        free_minutes=f"{rated.free_personal_minutes:,}",
        notes=list(rated.notes),
        why_not=draft.why_not,
        signed_on=prepared.signed.on if prepared.signed else "",
        is_again=prepared.is_again,
        policy=draft.record["policy"]["title"],
    )


def _late(draft: Draft) -> str:
    if not draft.days_late or draft.due_on is None:
        return ""
    return (
        f"This bill was due on {day_in_words(draft.due_on)}, "
        f"{counted(draft.days_late, 'day')} ago. You can still sign it; the statement "
        "will say that it is late."
    )


def _worked(line: RatedLine) -> WorkedRow:
    amount = dollars(line.explained.amount)
    return WorkedRow(f"{line.label}: {amount}", working_steps(line.explained))
