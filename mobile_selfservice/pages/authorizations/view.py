"""The list of authorization forms in words."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from mobile_selfservice.components.form_states import waits_in_words
from mobile_selfservice.components.list_choice import ListChoice
from mobile_selfservice.components.wording import counted, short_day
from mobile_selfservice.services.authorizations.form_list import (
    FormsPage,
    ListedForm,
    Subject,
    WantedForms,
)

CAPTIONS = {
    "waiting": "Waits for you, the longest first",
    "open": "Under way, the longest first",
    "in_force": "In use, newest first",
    "over": "Over, newest first",
}
NAMES = {
    "waiting": "Waits for you",
    "open": "Under way",
    "in_force": "In use",
    "over": "Over",
}
EMPTY = {
    "waiting": "Nothing waits for you",
    "open": "No form is under way",
    "in_force": "No phone was handed out on a form yet",
    "over": "No form is over yet",
}
CLASSES = {"cell": "Cell phone", "smart": "Smart phone", "": ""}


@dataclass(frozen=True)
class FormRow:
    """One form of the list."""

    href: str = ""
    title: str = ""
    device: str = ""
    person: str = ""
    department: str = ""
    state: str = ""
    waits_for: str = ""
    changed: str = ""


@dataclass(frozen=True)
class SubjectRow:
    """One person for whom a form may be begun."""

    person_id: int = 0
    name: str = ""
    number: str = ""
    department: str = ""


@dataclass(frozen=True)
class FormsView:
    """The list, what narrows it, and whether a form may be begun."""

    is_loaded: bool = False
    rows: list[FormRow] = field(default_factory=list)
    links: list[ListChoice] = field(default_factory=list)
    caption: str = ""
    summary: str = ""
    empty: str = ""
    shown: str = "waiting"
    words: str = ""
    page: int = 1
    pages: int = 1
    may_draft: bool = False
    reads_needs: bool = False


def forms_view(
    found: FormsPage, wanted: WantedForms, *, reads_needs: bool
) -> FormsView:
    """Put one page of forms into words."""
    return FormsView(
        is_loaded=True,
        rows=[_row(each) for each in found.rows],
        links=[_link(show, words, wanted, found) for show, words in NAMES.items()],
        caption=CAPTIONS[wanted.show],
        summary=counted(found.count, "form"),
        empty=EMPTY[wanted.show],
        shown=wanted.show,
        words=wanted.words,
        page=found.page,
        pages=found.pages,
        may_draft=found.may_draft,
        reads_needs=reads_needs,
    )


def subject_rows(found: Sequence[Subject]) -> list[SubjectRow]:
    """Put the people for whom a form may be begun into words."""
    return [
        SubjectRow(each.person_id, each.name, each.number, each.department)
        for each in found
    ]


def _link(show: str, words: str, wanted: WantedForms, found: FormsPage) -> ListChoice:
    asked = {"show": show} | ({"words": wanted.words} if wanted.words else {})
    many = f" ({found.waiting})" if show == "waiting" and found.waiting else ""
    return ListChoice(
        f"{words}{many}", f"/authorizations?{urlencode(asked)}", show == wanted.show
    )


def _row(each: ListedForm) -> FormRow:
    return FormRow(
        href=f"/authorizations/{each.form_id}",
        title=each.title,
        device=CLASSES.get(each.device_class, ""),
        person=each.person,
        department=each.department,
        state="referred_back" if each.is_referred_back else each.state,
        waits_for=waits_in_words(each.waits_for),
        changed=short_day(each.changed_at.date()),
    )
