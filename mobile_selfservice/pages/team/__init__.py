"""What a director sees of the department's phones."""

from mobile_selfservice.pages.team.page import team
from mobile_selfservice.pages.team.state import TeamState

__all__ = ["TeamState", "team"]
