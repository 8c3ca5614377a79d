"""Ordering a form's phone, handing it out, and taking it back."""

from mobile_selfservice.pages.hand_out.page import hand_out
from mobile_selfservice.pages.hand_out.state import HandOutState

__all__ = ["HandOutState", "hand_out"]
