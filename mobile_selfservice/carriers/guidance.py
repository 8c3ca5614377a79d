"""What people told the portal before it reads a file."""

from dataclasses import dataclass, field
from datetime import date

from mobile_selfservice.carriers.codes import CodeBook
from mobile_selfservice.carriers.mapped.profile import Profile


@dataclass(frozen=True)
class Particulars:
    """What a person states of an invoice because the carrier's files leave it out.

    What the files themselves say always counts.
    """

    account: str | None = None
    invoice: str | None = None
    bill_date: date | None = None
    line: str | None = None


@dataclass(frozen=True)
class Guidance:
    """The codes that are mapped, and what the files leave out.

    By their headings `profiles` know the files that no reader of the portal's knows.
    """

    codes: CodeBook = field(default_factory=CodeBook)
    particulars: Particulars = field(default_factory=Particulars)
    profiles: tuple[Profile, ...] = ()
