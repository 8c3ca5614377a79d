"""How far reading files has come, told from where it happens to whoever waits."""

from dataclasses import dataclass

from mobile_selfservice.services.refusals import Refused


class Canceled(Refused):
    """The person who started the import stopped it."""

    def __init__(self) -> None:
        super().__init__("The import was stopped before it was done. Nothing changed.")


@dataclass
class Progress:
    """How far a running import has come; one thread writes it, pages read it."""

    phase: str = "waiting"
    rows: int = 0
    bytes_read: int = 0
    bytes_total: int = 0
    is_canceled: bool = False

    def enter(self, phase: str) -> None:
        """Begin another phase, unless the import was stopped."""
        self.phase = phase
        self.must_go_on()

    def must_go_on(self) -> None:
        """Stop here if somebody asked for it."""
        if self.is_canceled:
            raise Canceled

    def told(self) -> dict[str, str | int]:
        """Give how far it has come in words another process can take."""
        return {
            "phase": self.phase,
            "rows": self.rows,
            "bytes_read": self.bytes_read,
            "bytes_total": self.bytes_total,
        }

    def take(self, told: dict[str, str | int]) -> None:
        """Take over how far another process says it has come."""
        for name, value in told.items():
            setattr(self, name, value)
