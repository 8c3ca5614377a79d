"""One column profile: what each column of a file holds, tried and saved."""

from mobile_selfservice.pages.profile.page import profile
from mobile_selfservice.pages.profile.state import ProfileState

__all__ = ["ProfileState", "profile"]
