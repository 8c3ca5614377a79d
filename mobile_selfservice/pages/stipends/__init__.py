"""The elections and stipends somebody works on or reads."""

from mobile_selfservice.pages.stipends.page import stipends
from mobile_selfservice.pages.stipends.state import StipendsState

__all__ = ["StipendsState", "stipends"]
