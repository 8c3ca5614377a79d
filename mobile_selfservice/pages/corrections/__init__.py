"""The corrections that wait for finance, and those decided."""

from mobile_selfservice.pages.corrections.page import corrections
from mobile_selfservice.pages.corrections.state import CorrectionsState

__all__ = ["CorrectionsState", "corrections"]
