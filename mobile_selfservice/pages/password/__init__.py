"""Choosing a new password."""

from mobile_selfservice.pages.password.page import password
from mobile_selfservice.pages.password.state import PasswordState

__all__ = ["PasswordState", "password"]
