"""Telling one's own leave, so that a phone's service can be suspended."""

from mobile_selfservice.pages.my_leave.page import my_leave
from mobile_selfservice.pages.my_leave.state import MyLeaveState

__all__ = ["MyLeaveState", "my_leave"]
