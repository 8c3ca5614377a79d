"""The screen that opens one figure into its working."""

from mobile_selfservice.pages.explain.page import explain
from mobile_selfservice.pages.explain.state import ExplainState

__all__ = ["ExplainState", "explain"]
