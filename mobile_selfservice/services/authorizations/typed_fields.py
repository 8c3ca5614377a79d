"""Single fields of a form as they were typed: words, figures, days and ticks."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation

from mobile_selfservice.policy.eligibility import WorkedAt
from mobile_selfservice.services.money.typed_amount import NotAnAmount, dollars_typed

LONGEST_WORDS = 120
LONGEST_REASONS = 1000
SHORTEST_REASONS = 10
CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Fault:
    """One field that does not read right, and what to do about it."""

    field: str
    text: str


class Reader:
    """Reads the fields of one form and collects what is wrong with them.

    `missing` is what is said of a field that is needed and says nothing.
    """

    def __init__(
        self, typed: Mapping[str, object], missing: Mapping[str, str] | None = None
    ) -> None:
        self.typed = typed
        self.missing = missing or {}
        self.faults: list[Fault] = []

    def fault(self, name: str, text: str) -> None:
        """Note what is wrong with a field."""
        self.faults.append(Fault(name, text))

    def yes(self, name: str) -> bool:
        """Read a box to tick."""
        return bool(self._typed(name))

    def words(
        self,
        name: str,
        what: str,
        longest: int = LONGEST_WORDS,
        *,
        needed: bool = True,
    ) -> str:
        """Read a few words."""
        said = self._given(name, what, needed=needed)
        if len(said) > longest:
            self.fault(name, f"{what}: keep it under {longest} letters")
            return ""
        return said

    def reasons(self, name: str, what: str, *, needed: bool = True) -> str:
        """Read a sentence or more that says why."""
        said = self.words(name, what, LONGEST_REASONS, needed=needed)
        if said and len(said) < SHORTEST_REASONS:
            self.fault(name, f"{what}: say it in at least {SHORTEST_REASONS} letters")
            return ""
        return said

    def whole(
        self, name: str, what: str, *, most: int, needed: bool = True
    ) -> int | None:
        """Read a whole number from 0."""
        said = self._given(name, what, needed=needed)
        if not said:
            return None
        if not (said.isascii() and said.isdigit() and int(said[:9]) <= most):
            self.fault(name, f"{what}: type a whole number up to {most}, such as 200")
            return None
        return int(said)

    def share(self, name: str, what: str, *, needed: bool = True) -> Decimal | None:
        """Read a share of the work day in percent, up to two places."""
        said = self._given(name, what, needed=needed).removesuffix("%").strip()
        found = _number(said) if said else None
        if said and (found is None or found > 100):
            self.fault(name, f"{what}: type percent from 0 to 100, such as 35")
            return None
        return found

    def money(self, name: str, what: str, *, needed: bool = True) -> Decimal | None:
        """Read dollars and cents."""
        said = self._given(name, what, needed=needed)
        if not said:
            return None
        try:
            return dollars_typed(said)
        except NotAnAmount:
            self.fault(name, f"{what}: type dollars and cents, such as 39.99")
            return None

    def day(self, name: str, what: str, *, needed: bool = True) -> date | None:
        """Read a date."""
        said = self._given(name, what, needed=needed)
        if not said:
            return None
        found = _iso_day(said)
        if found is None:
            self.fault(name, f"{what}: give a date")
        return found

    def places(self, name: str, what: str) -> tuple[WorkedAt, ...]:
        """Read days at places of work: 2026-05-01 Albany; 2026-05-15 Utica."""
        parts = [each.strip() for each in self._typed(name).split(";")]
        found = []
        for part in filter(None, parts):
            day, _, place = part.partition(" ")
            on = _iso_day(day)
            if on is None or not place.strip():
                text = f"“{part[:40]}” is no day and place, such as 2026-05-01 Albany"
                self.fault(name, f"{what}: {text}")
                return ()
            found.append(WorkedAt(on, place.strip().casefold()))
        return tuple(found)

    def choice(self, name: str, what: str, choices: Collection[str]) -> str:
        """Read one of a few."""
        said = self._given(name, what, needed=True)
        if said and said not in choices:
            self.fault(name, f"{what}: choose one")
            return ""
        return said

    def _given(self, name: str, what: str, *, needed: bool) -> str:
        said = self._typed(name)
        if needed and not said:
            self.fault(name, self.missing.get(name, f"{what} is needed"))
        return said

    def _typed(self, name: str) -> str:
        said = self.typed.get(name, "")
        return said.strip() if isinstance(said, str) else ""


def _iso_day(said: str) -> date | None:
    try:
        found = date.fromisoformat(said)
    except ValueError:
        return None
    return found if 2000 <= found.year <= 2100 else None


def _number(said: str) -> Decimal | None:
    try:
        found = Decimal(said)
    except InvalidOperation:
        return None
    if not found.is_finite() or found < 0 or abs(found.adjusted()) > 12:
        return None
    return found if found == found.quantize(CENT) else None
