"""A record as it was signed: compared before anybody acts on it."""

from collections.abc import Mapping
from typing import Any

from mobile_selfservice.services.refusals import Refused
from mobile_selfservice.services.statements.signed_record import fingerprint


class RecordDiffers(Refused):
    """What is kept is not what was signed."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"The record of this {what} does not match what was signed, so nothing was "
            "approved or paid. Ask the administrator to look into it."
        )


def refuse_altered(record: Mapping[str, Any], signed: str, what: str) -> None:
    """Refuse to act on a record whose fingerprint is not the one that was signed.

    Raises:
        RecordDiffers: if it is another one; `what` names it, such as "claim".
    """
    if fingerprint(dict(record)) != signed:
        raise RecordDiffers(what)
