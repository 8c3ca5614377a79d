"""What the marks on one bill come to, as the portal keeps and shows it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mobile_selfservice.policy.certification import Review
from mobile_selfservice.policy.explained import Explained
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy.parameters import DatedValue
from mobile_selfservice.policy.statement import FormLine


@dataclass(frozen=True, slots=True)
class RatedLine:
    """One subject of the bill with its working: voice, texts, data or extras.

    `problem` says why it cannot be worked out; its amount is then not zero but unknown.
    """

    key: str
    label: str
    explained: Explained
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkCounts:
    """How many items carry each mark."""

    items: int = 0
    business: int = 0
    personal: int = 0
    incidental: int = 0
    not_sure: int = 0

    @property
    def marked(self) -> int:
        """Items with any mark."""
        return self.business + self.personal + self.incidental + self.not_sure

    @property
    def unmarked(self) -> int:
        """Items without one; they count as business."""
        return self.items - self.marked


@dataclass(frozen=True, slots=True, kw_only=True)
class RatedBill:
    """What one bill comes to as it is marked now, with the working of every cent.

    `blockers` say what cannot be worked out; while there is one, `due` is only the
    part that can, and the bill cannot be certified. `notes` are assumptions made.
    `figures` are the dated policy values behind the amounts. `counted_personal` and
    `counted_incidental` are the marked minutes that draw on the plan, and `pool_share`
    is what falls on the line where others share it.
    """

    edition: str
    statement_on: date
    lines: tuple[RatedLine, ...]
    form_lines: tuple[FormLine, ...]
    explained: Explained
    due: Decimal
    credit: Decimal
    counts: MarkCounts
    personal_minutes: int
    free_personal_minutes: int
    incidental_minutes: int
    personal_charged: Decimal
    figures: tuple[DatedValue, ...]
    blockers: tuple[str, ...]
    notes: tuple[str, ...] = ()
    counted_personal: int = 0
    counted_incidental: int = 0
    pool_share: Decimal = ZERO

    @property
    def is_complete(self) -> bool:
        """Tell whether every amount could be worked out."""
        return not self.blockers

    @property
    def review(self) -> Review:
        """How the bill stands for the policy's choice of statement.

        An item without a mark counts as business, so none is left open.
        """
        return Review(
            personal=self.counts.personal,
            incidental=self.counts.incidental,
            not_sure=self.counts.not_sure,
            due=self.due,
            credit=self.credit,
        )
