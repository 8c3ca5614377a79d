"""One signed statement, as the director reads and answers it."""

from mobile_selfservice.pages.team_bill.page import team_bill
from mobile_selfservice.pages.team_bill.state import TeamBillState

__all__ = ["TeamBillState", "team_bill"]
