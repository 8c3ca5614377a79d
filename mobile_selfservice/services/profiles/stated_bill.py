"""What a clerk states of a bill because the file leaves it out."""

from collections.abc import Mapping
from datetime import date

from mobile_selfservice.carriers.guidance import Particulars
from mobile_selfservice.services.refusals import Refused

LONGEST = 60


class NotADate(Refused):
    """What was typed as the bill date is none."""

    def __init__(self) -> None:
        super().__init__(
            "The bill date is no date. State it as it is printed on the bill."
        )


def stated(fields: Mapping[str, str]) -> Particulars:
    """Read what was typed; an empty field states nothing.

    Raises:
        NotADate: if the bill date is none.
    """
    said = {name: " ".join(words.split())[:LONGEST] for name, words in fields.items()}
    try:
        written = said.get("bill_date", "")
        bill_date = date.fromisoformat(written) if written else None
    except ValueError:
        raise NotADate from None
    return Particulars(
        account=said.get("account") or None,
        invoice=said.get("invoice") or None,
        bill_date=bill_date,
        line=said.get("line") or None,
    )


NOTHING = Particulars()
