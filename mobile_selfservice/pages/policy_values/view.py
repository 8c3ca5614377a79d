"""The values of the policy in words, by heading."""

from dataclasses import dataclass, field

from mobile_selfservice.components.forms import Option
from mobile_selfservice.components.policy_source import source_of
from mobile_selfservice.components.wording import counted, day_in_words, short_day
from mobile_selfservice.services.policy.policy_values import Listed, PolicyValues
from mobile_selfservice.services.policy.value_standing import Review, words_of

SHOW = ("missing", "review", "mine", "waiting")
SHOW_OPTIONS = (
    Option("", "Every value"),
    Option("missing", "Not set"),
    Option("review", "To review this year"),
    Option("mine", "Mine to set"),
    Option("waiting", "Waiting for approval"),
)
REVIEWS = {
    Review.NONE: ("", "neutral"),
    Review.SOON: ("To review by {}", "info"),
    Review.MISSED: ("Not reviewed since {}", "warn"),
}
LONGEST = 90


@dataclass(frozen=True)
class ValueRow:
    """One value: what it is called, what it says, since when and by whom."""

    label: str = ""
    href: str = ""
    scope: str = ""
    words: str = ""
    missing: str = ""
    since: str = ""
    following: str = ""
    source: str = ""
    clause: str = ""
    review: str = ""
    tone: str = "neutral"
    is_waiting: bool = False


@dataclass(frozen=True)
class ValueGroup:
    """The values under one heading."""

    title: str = ""
    rows: list[ValueRow] = field(default_factory=list)


@dataclass(frozen=True)
class ValuesView:
    """The list as the address narrows it."""

    is_loaded: bool = False
    title: str = ""
    found: str = ""
    show: str = ""
    search: str = ""
    is_narrowed: bool = False
    groups: list[ValueGroup] = field(default_factory=list)


def values_view(found: PolicyValues, show: str, search: str) -> ValuesView:
    """Put the values that are asked for into words."""
    chosen = [
        each
        for each in found.values
        if _is_shown(each, show) and _is_found(each, search)
    ]
    groups: dict[str, list[ValueRow]] = {}
    for each in chosen:
        title = each.standing.parameter.group or "Other values"
        groups.setdefault(title, []).append(_row(each))
    return ValuesView(
        is_loaded=True,
        title=f"{found.title}, on {day_in_words(found.day)}",
        found=counted(len(chosen), "value"),
        show=show,
        search=search,
        is_narrowed=bool(show or search),
        groups=[ValueGroup(title, rows) for title, rows in groups.items()],
    )


def _is_shown(each: Listed, show: str) -> bool:
    return {
        "": True,
        "missing": each.standing.value is None,
        "review": each.standing.review is not Review.NONE,
        "mine": each.may_set,
        "waiting": each.is_waiting,
    }[show]


def _is_found(each: Listed, search: str) -> bool:
    parameter, standing = each.standing.parameter, each.standing
    said = (parameter.label, parameter.group, standing.scope, standing.words)
    text = " ".join((*said, str(parameter.clause), parameter.key)).casefold()
    return all(word in text for word in search.casefold().split())


def _row(each: Listed) -> ValueRow:
    standing, parameter = each.standing, each.standing.parameter
    value, following = standing.value, standing.following
    review, tone = REVIEWS[standing.review]
    return ValueRow(
        label=parameter.label,
        href=f"/policy/values/{parameter.key}",
        scope=standing.scope.replace("_", " "),
        words=shortened(standing.words),
        missing="" if value else f"Not set: {_setter(parameter.set_by)} sets it",
        since=short_day(value.valid_from) if value else "",
        following=f"From {short_day(following.valid_from)}: "
        f"{shortened(words_of(parameter, following))}"
        if following
        else "",
        source=source_of(value) if value else "",
        clause=str(parameter.clause) if parameter.clause.number else "",
        review=review.format(short_day(standing.review_by)),
        tone=tone,
        is_waiting=each.is_waiting,
    )


def _setter(office: str) -> str:
    if not office:
        return "an official"
    named = office.startswith("The ") or office.split()[0].isupper()  # ITS, ITS Billing
    return office.replace("The ", "the ", 1) if named else f"the {office}"


def shortened(words: str) -> str:
    """Leave off the end of a long value; its own page has all of it."""
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rstrip()}…"
