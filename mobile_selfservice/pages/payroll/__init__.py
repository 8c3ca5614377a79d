"""The stipend runs, and the one that comes next."""

from mobile_selfservice.pages.payroll.page import payroll
from mobile_selfservice.pages.payroll.state import PayrollState

__all__ = ["PayrollState", "payroll"]
