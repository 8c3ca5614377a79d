"""Where a value of the policy comes from, in the words every screen uses."""

from mobile_selfservice.policy.adoption import CHOSEN
from mobile_selfservice.policy.parameters import DatedValue


def source_of(value: DatedValue) -> str:
    """Name the office and its document, or say that the reading is the portal's."""
    return source_in_words(value.set_by, value.authority)


def source_in_words(office: str, authority: str) -> str:
    """Name an office and its document, or say that the reading is the portal's."""
    if authority.startswith(CHOSEN):
        return "The portal’s reading"
    return ", ".join(word for word in (office, authority) if word)
