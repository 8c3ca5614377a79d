"""The column profiles: an employer's own, and those that come with the portal."""

from mobile_selfservice.pages.profiles.page import profiles
from mobile_selfservice.pages.profiles.state import ProfilesState

__all__ = ["ProfilesState", "profiles"]
