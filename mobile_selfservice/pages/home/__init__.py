"""The first address: it leads each person to their own first screen."""

from mobile_selfservice.pages.home.page import home
from mobile_selfservice.pages.home.state import HomeState

__all__ = ["HomeState", "home"]
