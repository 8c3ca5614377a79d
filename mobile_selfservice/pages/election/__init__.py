"""One election: decided on, checked, entered, and what became of the stipend."""

from mobile_selfservice.pages.election.page import election
from mobile_selfservice.pages.election.state import ElectionPageState

__all__ = ["ElectionPageState", "election"]
