"""One page of elections and stipends in words."""

from dataclasses import dataclass, field

from mobile_selfservice.components.list_choice import ListChoice
from mobile_selfservice.components.stipend_words import CLASS_WORDS
from mobile_selfservice.components.wording import counted, month_in_words, short_day
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.stipends.election_list import (
    ElectionsPage,
    ListedElection,
)

NAMES = {
    "waiting": "Waiting for you",
    "under_way": "Under way",
    "held": "Held",
    "over": "Over",
}
CAPTIONS = {
    "waiting": "What waits for you, oldest first",
    "under_way": "Elections that are not decided yet, oldest first",
    "held": "Stipends that are paid, suspended or wait for their first month",
    "over": "Stipends that ended, and elections that were refused or withdrawn",
}
NOTHING = {
    "waiting": (
        "Nothing waits for you",
        "An election comes here when it is yours to approve, check or enter, and a "
        "proof of contract when it is yours to look at. So does a stipend whose City "
        "phone is back.",
    ),
    "under_way": (
        "No election is under way",
        "Employees ask for a stipend under My phone; the election is listed here "
        "until it is entered or refused.",
    ),
    "held": (
        "Nobody holds a stipend",
        "A stipend is listed here once finance has entered it.",
    ),
    "over": ("Nothing is over yet", "Ended, refused and withdrawn ones come here."),
}


@dataclass(frozen=True)
class ListedRow:
    """One election of the list."""

    who: str = ""
    href: str = ""
    department: str = ""
    state: str = ""
    kind: str = ""
    amount: str = ""
    first_month: str = ""
    since: str = ""
    proof_due: str = ""
    is_overdue: bool = False
    my_part: str = ""
    is_own: bool = False


@dataclass(frozen=True)
class StipendsView:
    """The list, and what narrows it."""

    is_loaded: bool = False
    rows: list[ListedRow] = field(default_factory=list)
    shown: str = "waiting"
    caption: str = ""
    summary: str = ""
    links: list[ListChoice] = field(default_factory=list)
    nothing_title: str = ""
    nothing_text: str = ""
    page: int = 1
    pages: int = 1


def stipends_view(found: ElectionsPage) -> StipendsView:
    """Put one page into words."""
    title, text = NOTHING[found.shown]
    return StipendsView(
        is_loaded=True,
        rows=[_row(each) for each in found.rows],
        shown=found.shown,
        caption=CAPTIONS[found.shown],
        summary=counted(found.count, "entry", "entries"),
        links=[
            ListChoice(
                _named(name, found), f"/stipends?show={name}", name == found.shown
            )
            for name in NAMES
        ],
        nothing_title=title,
        nothing_text=text,
        page=found.page,
        pages=found.pages,
    )


def _named(name: str, found: ElectionsPage) -> str:
    if name == "waiting" and found.waiting:
        return f"{NAMES[name]} ({found.waiting})"
    return NAMES[name]


def _row(each: ListedElection) -> ListedRow:
    return ListedRow(
        who=each.person,
        href=f"/stipends/{each.election_id}",
        department=each.department,
        state=each.state,
        kind=CLASS_WORDS[each.stipend_class],
        amount="–" if each.amount is None else dollars(each.amount),
        first_month=month_in_words(each.first_month) if each.first_month else "–",
        since=short_day(each.since) or "Before the portal",
        proof_due=short_day(each.proof_due) or "–",
        is_overdue=each.is_overdue,
        my_part=each.my_part,
        is_own=each.is_own,
    )
