"""A City phone or a stipend, on one's own last twelve months."""

from mobile_selfservice.pages.advisor.page import advisor
from mobile_selfservice.pages.advisor.state import AdvisorState

__all__ = ["AdvisorState", "advisor"]
