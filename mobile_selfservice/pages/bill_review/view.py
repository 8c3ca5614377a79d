"""One bill under review in words: its head, its rows, and what it comes to."""

from dataclasses import dataclass, field, replace

from mobile_selfservice.components.forms import Option
from mobile_selfservice.components.wording import data_use
from mobile_selfservice.components.working import WorkingStep, working_steps
from mobile_selfservice.pages.bill_review.letters import SAID
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.bills.bill_items import ReviewItem
from mobile_selfservice.services.bills.bill_numbers import NumberGroup
from mobile_selfservice.services.bills.bill_review import count_in_words
from mobile_selfservice.services.bills.open_bill import OpenBill
from mobile_selfservice.services.bills.rated_bill import RatedBill
from mobile_selfservice.services.bills.remembered_numbers import Remembered, Suggestion
from mobile_selfservice.services.printed import day, period, phone

OTHER_PARTIES = {
    "withheld": "Number withheld",
    "voicemail": "Voicemail",
    "data_session": "Data sessions",
    "unknown": "Number not stated",
}
DIRECTIONS = {"in": "from", "out": "to"}
UNITS = {"minute": "min", "message": "text", "event": "use"}


@dataclass(frozen=True)
class SuggestedView:
    """A remembered number that suggests marks; nothing is marked by itself."""

    at: int = 0
    text: str = ""
    button: str = ""


@dataclass(frozen=True)
class BillView:
    """The head of the bill: what it is, by when, and where to go next."""

    is_loaded: bool = False
    title: str = ""
    lead: str = ""
    plan: str = ""
    period: str = ""
    due: str = ""
    otherwise: str = ""
    state: str = ""
    days_overdue: int = 0
    is_open: bool = False
    item_count: int = 0
    address: str = ""
    certify: str = ""
    statement: str = ""
    history: str = ""
    record: str = ""
    reasons: list[Option] = field(default_factory=list)
    takes_incidental: bool = False
    suggestions: list[SuggestedView] = field(default_factory=list)
    why_returned: str = ""


@dataclass(frozen=True)
class NumberRow:
    """One number: who it is, how much, and what it cost. `at` is its place here."""

    at: int = 0
    name: str = ""
    label: str = ""
    usually: str = ""
    uses: str = ""
    minutes: str = ""
    charged: str = ""


@dataclass(frozen=True)
class ItemRow:
    """One item: when, with whom, how much. `at` is its place on the page."""

    at: int = 0
    day: str = ""
    time: str = ""
    who: str = ""
    place: str = ""
    what: str = ""
    note: str = ""
    charged: str = ""


@dataclass(frozen=True)
class WorkingLine:
    """One subject of the bill with its steps."""

    label: str = ""
    amount: str = ""
    steps: list[WorkingStep] = field(default_factory=list)


@dataclass(frozen=True)
class WorkingView:
    """How the amount was worked out, subject by subject."""

    lines: list[WorkingLine] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def bill_view(bill: OpenBill) -> BillView:
    """Put the head of a bill into words."""
    address = f"/bills/{bill.bill_id}"
    overdue = max(0, -(bill.days_left or 0)) if bill.is_open else 0
    return BillView(
        is_loaded=True,
        title=f"{bill.month:%B %Y}, {phone(bill.number)}",
        lead=_lead(bill),
        plan=bill.plan,
        period=period(bill.period_from, bill.period_through, bill.month),
        due=_due(bill),
        otherwise=_otherwise(bill, overdue),
        state="overdue" if overdue else bill.state,
        days_overdue=overdue,
        is_open=bill.is_open,
        item_count=bill.rated.counts.items,
        address=address,
        certify=f"{address}/certify",
        statement=f"{address}/statement",
        history=f"{address}/history",
        record=str(bill.bill_id),
        reasons=[Option(word, word.capitalize()) for word in bill.reasons],
        takes_incidental=bool(bill.reasons),
        suggestions=[_suggested(at, each) for at, each in enumerate(bill.suggestions)],
        why_returned=bill.why_returned,
    )


def _lead(bill: OpenBill) -> str:
    if bill.is_open:
        return (
            "Say what was personal, number by number. What you do not mark counts as "
            "business."
        )
    return "You certified this bill. The marks stay as you signed them."


def _otherwise(bill: OpenBill, overdue: int) -> str:
    """Say what happens if nothing happens."""
    if not bill.is_open or bill.due_on is None:
        return ""
    if overdue:
        return "Your director is told of overdue bills. You can still certify this one."
    return "If you do nothing, the bill is overdue then and your director is told."


def _due(bill: OpenBill) -> str:
    if bill.due_on is None:
        return ""
    if not bill.is_open or bill.days_left is None or bill.days_left < 0:
        return day(bill.due_on)
    left = {0: "today", 1: "tomorrow"}.get(
        bill.days_left, f"{bill.days_left} days left"
    )
    return f"{day(bill.due_on)} ({left})"


def _suggested(at: int, found: Suggestion) -> SuggestedView:
    name = phone(found.party)
    known = f"{found.label}, {name}" if found.label else name
    items = count_in_words(found.items)
    return SuggestedView(
        at=at,
        text=f"You remember {known} as {SAID[found.mark]}.",
        button=f"Mark {items} {SAID[found.mark]}",
    )


def number_row(at: int, group: NumberGroup) -> NumberRow:
    """Put one number into words."""
    return NumberRow(
        at=at,
        name=party_name(group.party, group.party_type),
        label=group.label,
        usually=SAID.get(group.usually, ""),
        uses=_uses(group),
        minutes=f"{group.minutes:,}" if group.calls else "",
        charged=dollars(group.charged),
    )


def _uses(group: NumberGroup) -> str:
    others = group.items - group.calls - group.messages
    parts = ((group.calls, "call"), (group.messages, "text"), (others, "other item"))
    return ", ".join(counted(count, word) for count, word in parts if count)


def counted(count: int, word: str) -> str:
    """Count things in words: 1 call, 12 calls."""
    return f"{count:,} {word}{'' if count == 1 else 's'}"


def item_row(at: int, item: ReviewItem) -> ItemRow:
    """Put one item into words."""
    way = DIRECTIONS.get(item.direction, "") if item.kind != "data" else ""
    name = party_name(item.party, item.party_type)
    known = f"{item.label}, {name}" if item.label else name
    return ItemRow(
        at=at,
        day=f"{item.started:%a %b} {item.started.day}",
        time=f"{item.started.hour % 12 or 12}:{item.started:%M %p}",
        who=f"{way} {known}".strip(),
        place=item.place,
        what=_quantity(item),
        note=_note(item),
        charged=dollars(item.charged),
    )


def party_name(party: str, kind: str) -> str:
    """Name who was at the other end, as far as the carrier says."""
    if kind in OTHER_PARTIES:
        return OTHER_PARTIES[kind]
    return phone(party) or "Number not stated"


def _quantity(item: ReviewItem) -> str:
    if item.unit == "KB":
        return data_use(item.quantity)
    amount = f"{item.quantity.normalize():,f}"
    unit = UNITS.get(item.unit, item.unit)
    is_counted = item.unit in ("message", "event") and item.quantity != 1
    return f"{amount} {unit}{'s' if is_counted else ''}"


def _note(item: ReviewItem) -> str:
    parts = [
        "free" if item.is_free else "",
        "billed late" if item.is_late else "",
        item.description if item.kind == "extra" else "",
        f"reason: {item.reason}" if item.reason else "",
    ]
    return ", ".join(part for part in parts if part)


def owed_label(rated: RatedBill) -> str:
    """Say what the amount is: the whole, or what is known of it."""
    if rated.credit:
        return "Credit to you"
    return "You owe" if rated.is_complete else "You owe at least"


def owed(rated: RatedBill) -> str:
    """Write what the bill comes to."""
    return dollars(rated.credit or rated.due)


def progress(rated: RatedBill) -> str:
    """Say how far one is, and how much of it was not business."""
    counts = rated.counts
    parts = (
        f"{counts.marked:,} of {counted(counts.items, 'item')}",
        f"{counts.personal:,} personal" if counts.personal else "",
        f"{counts.incidental:,} incidental" if counts.incidental else "",
        f"{counts.not_sure:,} not sure" if counts.not_sure else "",
        _free(rated.free_personal_minutes),
    )
    return ", ".join(part for part in parts if part)


def _free(minutes: int) -> str:
    return f"{minutes:,} free personal min" if minutes else ""


def working_view(rated: RatedBill) -> WorkingView:
    """Put the working of every cent into words."""
    lines = [
        WorkingLine(line.label, dollars(line.explained.amount), steps)
        for line in rated.lines
        if (steps := working_steps(line.explained))
    ]
    total = WorkingLine("Together", dollars(rated.due), working_steps(rated.explained))
    return WorkingView([*lines, total], list(rated.notes))


def taken_back(count: int) -> str:
    """Say that marks are as they were before."""
    return f"Marks on {counted(count, 'item')} taken back."


def number_named(row: NumberRow) -> str:
    """Name what one decision is about: 12 calls with (209) 555-0142."""
    return f"{row.uses} with {row.label or row.name}"


def item_named(row: ItemRow) -> str:
    """Name one item: Tue Mar 3, 6:05 PM to (209) 555-0142."""
    return f"{row.day}, {row.time} {row.who}"


def remembered(row: NumberRow, kept: Remembered) -> NumberRow:
    """Show a number under the name its holder gave it."""
    return replace(row, label=kept.label, usually=SAID[kept.mark])
