"""One figure in words: its steps, the values and the readings behind it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from mobile_selfservice.components.policy_places import PAGE, anchor
from mobile_selfservice.components.policy_source import source_in_words
from mobile_selfservice.components.wording import short_day
from mobile_selfservice.policy.step_words import StepWords
from mobile_selfservice.services.explain.explained_figure import (
    CitedReading,
    ExplainedFigure,
    Part,
    ValueBehind,
)
from mobile_selfservice.services.explain.explained_figures import others_of
from mobile_selfservice.services.policy import policy_texts


@dataclass(frozen=True)
class StepRow:
    """One step, with where its clause stands and its reading is told."""

    text: str = ""
    amount: str = ""
    clause: str = ""
    clause_href: str = ""
    reading: str = ""
    reading_at: str = ""


@dataclass(frozen=True)
class PartRow:
    """One subject of the working."""

    label: str = ""
    amount: str = ""
    steps: list[StepRow] = field(default_factory=list)


@dataclass(frozen=True)
class ValueRow:
    """One dated value behind the figure."""

    label: str = ""
    scope: str = ""
    href: str = ""
    words: str = ""
    since: str = ""
    source: str = ""


@dataclass(frozen=True)
class NamedLink:
    """Words that lead somewhere."""

    label: str = ""
    href: str = ""


@dataclass(frozen=True)
class ReadingRow:
    """One reading of an unclear sentence, and who adopted it."""

    number: str = ""
    title: str = ""
    sentence: str = ""
    chosen: str = ""
    why: str = ""
    adopted: str = ""
    switches: list[NamedLink] = field(default_factory=list)


@dataclass(frozen=True)
class ExplainView:
    """The page of one figure."""

    is_loaded: bool = False
    title: str = ""
    about: str = ""
    label: str = ""
    said: str = ""
    known: str = ""
    back: NamedLink = NamedLink()
    parts: list[PartRow] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    behind: list[ValueRow] = field(default_factory=list)
    readings: list[ReadingRow] = field(default_factory=list)
    others: list[NamedLink] = field(default_factory=list)


def explain_view(found: ExplainedFigure) -> ExplainView:
    """Put one figure into words."""
    working = found.working
    return ExplainView(
        is_loaded=True,
        title=found.title,
        about=found.about,
        label=found.label,
        said=working.said,
        known=working.known,
        back=_back(found),
        parts=[_part(part, found.policy) for part in working.parts],
        notes=list(working.notes),
        behind=[_value(each) for each in working.values],
        readings=[_reading(each) for each in found.readings],
        others=[
            NamedLink(each.title, f"/explain/{each.name}/{found.record}")
            for each in others_of(found)
        ],
    )


def _back(found: ExplainedFigure) -> NamedLink:
    if found.figure == "invoice":
        return NamedLink("Back to the invoice", f"/invoices/{found.record_id}")
    if found.figure.startswith("team-"):
        month = found.record.partition("-")[2]
        href = f"/team?department={found.record_id}&month={month}"
        return NamedLink("Back to the team", href)
    bill = f"/bills/{found.record_id}"
    if found.is_own:
        return NamedLink("Back to the bill", bill)
    if found.is_signed:
        return NamedLink("Back to the statement", f"{bill}/statement")
    return NamedLink("History of the bill", f"{bill}/history")


def _part(part: Part, policy: str) -> PartRow:
    steps = [_step(step, policy) for step in part.steps]
    return PartRow(part.label, part.amount, steps)


def _step(step: StepWords, policy: str) -> StepRow:
    return StepRow(
        text=step.text,
        amount=step.amount,
        clause=step.clause,
        clause_href=clause_href(step.clause, policy),
        reading=step.reading,
        reading_at=step.reading.partition(",")[0],
    )


def clause_href(clause: str, policy: str) -> str:
    """Lead to a clause on the policy's page, where it is of the policy in force."""
    named, _, number = clause.partition(" §")
    if named != policy:
        return ""
    place = policy_texts.place_of(policy, number.partition(",")[0])
    return f"{PAGE}#{anchor(place)}" if place else PAGE


def _value(each: ValueBehind) -> ValueRow:
    return ValueRow(
        label=each.label,
        scope=each.scope.replace("_", " "),
        href=f"/policy/values/{each.key}",
        words=each.words,
        since=short_day(each.valid_from),
        source=source_in_words(each.set_by, each.authority),
    )


def _reading(each: CitedReading) -> ReadingRow:
    adopted = each.adopted[:1].upper() + each.adopted[1:]
    return ReadingRow(
        number=each.number,
        title=each.title,
        sentence=each.sentence,
        chosen=each.chosen,
        why=each.why,
        adopted=adopted or "The portal’s reading; nobody here has adopted it.",
        switches=_switches(each.switches),
    )


def _switches(named: Sequence[tuple[str, str]]) -> list[NamedLink]:
    return [NamedLink(label, f"/policy/values/{key}") for key, label in named]
