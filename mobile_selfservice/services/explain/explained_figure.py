"""One figure with its working, as the screen, the paper and the desk all tell it."""

from dataclasses import dataclass
from datetime import date

from mobile_selfservice.policy.step_words import StepWords


@dataclass(frozen=True, slots=True)
class Part:
    """One subject of the working, with its own amount where it has one."""

    label: str
    steps: tuple[StepWords, ...]
    amount: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ValueBehind:
    """A dated value of the policy that the figure rests on.

    `valid_from` is None where nobody has set a value; `words` then says so.
    """

    key: str
    label: str
    scope: str
    words: str
    valid_from: date | None
    set_by: str
    authority: str
    clause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CitedReading:
    """The reading of an unclear sentence that a step rests on.

    `adopted` says who of the employer adopted it, when and by which document; empty
    where it is the portal's own choice. `switches` are the values that turn it, each
    by its key and its label.
    """

    number: str
    title: str
    sentence: str
    chosen: str
    why: str
    adopted: str
    switches: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Working:
    """What one figure comes to and how, before it is put on a page.

    `said` is the amount, date or count in words. `known` says what was known when: what
    was signed on a day, or what is worked out now. `on` is the day whose values hold.
    """

    said: str
    parts: tuple[Part, ...]
    known: str
    on: date
    values: tuple[ValueBehind, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class ExplainedFigure:
    """A figure opened: what it is, what it comes to, every step, and what it rests on.

    `about` names the record. `is_own` tells whether the record is the reader's own,
    `is_signed` whether it has a signed statement. `policy` is the one in force.
    """

    figure: str
    record: str
    title: str
    about: str
    label: str
    working: Working
    readings: tuple[CitedReading, ...]
    policy: str
    record_id: int
    is_own: bool = False
    is_signed: bool = False

    @property
    def steps(self) -> tuple[StepWords, ...]:
        """Every step of the working, in its order."""
        return tuple(step for part in self.working.parts for step in part.steps)
