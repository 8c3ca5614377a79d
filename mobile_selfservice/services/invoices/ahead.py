"""Items that stand in their table before the bills they belong to."""

from dataclasses import dataclass

from sqlalchemy import func
from sqlmodel import Session, col, select

from mobile_selfservice.models.invoice import Bill, UsageItem
from mobile_selfservice.services.refusals import ChangedMeanwhile


@dataclass(frozen=True, slots=True)
class Ahead:
    """Which lines' items stand already, and the number the first line's bill gets."""

    first: int = 0
    lines: frozenset[int] = frozenset()
    items: int = 0

    def bill_id(self, line: int) -> int | None:
        """Give the number kept free for a line's bill, written ahead or not.

        Every bill of the import gets its own, so that none takes another's by chance.
        """
        return self.first + line if self.lines else None

    @property
    def bill_ids(self) -> list[int]:
        """Give the numbers of the bills whose items are written ahead."""
        return [self.first + line for line in sorted(self.lines)]

    def must_stand(self, session: Session) -> None:
        """Look, in the transaction that makes the bills, that all is as it was left.

        Raises:
            ChangedMeanwhile: if a number is taken, or items are missing.
        """
        if not self.lines:
            return
        taken = session.exec(select(func.max(Bill.id))).one() or 0
        ids = col(UsageItem.bill_id) >= self.first
        found = session.exec(select(func.count()).where(ids)).one()
        if taken >= self.first or found != self.items:
            raise ChangedMeanwhile("What is published")
