"""The people of the employer and their accounts."""

from mobile_selfservice.pages.people.page import people
from mobile_selfservice.pages.people.state import PeopleState

__all__ = ["PeopleState", "people"]
