"""The signed statement, on screen and on paper."""

from mobile_selfservice.pages.statement.page import statement
from mobile_selfservice.pages.statement.state import StatementState

__all__ = ["StatementState", "statement"]
