"""What a City phone stops, in the words of its receipt and of who hands it out."""

from mobile_selfservice.policy.months import month_in_words
from mobile_selfservice.services.stipends.stopped import Stopped


def stopped_in_words(stops: Stopped | None, whose: str) -> str:
    """Say what signing for the phone stops; empty for nothing. `whose`: "Your"."""
    if stops is None:
        return ""
    said = []
    if stops.suspended_from:
        said.append(
            f"{whose} stipend is suspended from {month_in_words(stops.suspended_from)}:"
            " the months before are paid, that month is not."
        )
    if stops.ends_wish:
        said.append(f"{whose} election of a stipend ends as refused.")
    return " ".join(
        [
            "Nobody has a City phone and a stipend at once.",
            "Once this is signed:",
            *said,
        ]
    )
