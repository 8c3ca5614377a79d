"""What the columns of a carrier's file are called, and where they stand in a file."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

Row = list[str]
LONGEST = 80


def normalized(heading: str) -> str:
    """Reduce a heading to its letters and digits.

    One Verizon download spells one column with a comma in one file and without in the
    next, so case, blanks and punctuation carry no meaning.
    """
    return _known(heading) if len(heading) <= LONGEST else _letters(heading)


def _letters(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())


# Each of a city's two thousand files is held against every heading there is.
_known = lru_cache(maxsize=4_096)(_letters)


@dataclass(frozen=True)
class Layout:
    """One kind of file a carrier writes.

    Without the `required` columns its rows cannot be read with certainty; every other
    column may be missing, and columns unknown to the portal may be present. A table
    without the `distinctive` columns, or with one `never` there, is another's, however
    much else is alike: headings such as Date and Time are everybody's. Where it
    `has_labels`, some columns are named by the customer, maybe like the carrier's.
    """

    carrier: str
    role: str
    title: str
    headings: tuple[str, ...]
    required: tuple[str, ...]
    distinctive: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    has_labels: bool = False

    def missing_from(self, present: Iterable[str]) -> list[str]:
        """Name the required columns that are not among these normalized headings."""
        known = set(present)
        return [name for name in self.required if normalized(name) not in known]

    def may_be(self, present: Iterable[str]) -> bool:
        """Say whether a table with these normalized headings can be of this layout."""
        known = set(present)
        is_whole = known.issuperset(map(normalized, self.distinctive))
        return is_whole and known.isdisjoint(map(normalized, self.never))

    def likeness(self, present: Iterable[str]) -> float:
        """Say what share of the layout's headings are present."""
        known = set(present)
        hits = sum(normalized(name) in known for name in self.headings)
        return hits / len(self.headings) if self.headings else 0.0


@dataclass(frozen=True)
class Columns:
    """Where each heading stands in one file.

    A row is given one empty cell more at its end; a missing optional column points to
    it, so that it reads as blank.
    """

    headings: tuple[str, ...]
    positions: Mapping[str, int]

    @classmethod
    def of(cls, headings: Iterable[str]) -> "Columns":
        """Take the positions from a file's own headings; the first of two wins."""
        own = tuple(headings)
        positions: dict[str, int] = {}
        for at, heading in enumerate(own):
            positions.setdefault(normalized(heading), at)
        return cls(own, positions)

    def at(self, heading: str) -> int:
        """Give the position of a heading, or of the empty cell if there is none."""
        return self.positions.get(normalized(heading), -1)

    def own_words(self, heading: str) -> str:
        """Give the heading as this file spells it."""
        at = self.at(heading)
        return self.headings[at].strip() if at >= 0 else heading

    def picker(self, *headings: str) -> Callable[[Row], tuple[str, ...]]:
        """Build a fast way to take several cells (two or more) from a row."""
        return itemgetter(*(self.at(heading) for heading in headings))
