"""Who is away: people of one's own, and long leave with its phones."""

from mobile_selfservice.pages.leave.page import leave
from mobile_selfservice.pages.leave.state import LeaveState

__all__ = ["LeaveState", "leave"]
