"""Signing in."""

from mobile_selfservice.pages.sign_in.page import sign_in
from mobile_selfservice.pages.sign_in.state import SignInState

__all__ = ["SignInState", "sign_in"]
