"""One's own account."""

from mobile_selfservice.pages.account.page import account
from mobile_selfservice.pages.account.state import AccountState

__all__ = ["AccountState", "account"]
