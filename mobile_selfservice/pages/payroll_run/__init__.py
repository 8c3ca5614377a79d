"""One stipend run: looked at, handed over, downloaded."""

from mobile_selfservice.pages.payroll_run.page import payroll_run
from mobile_selfservice.pages.payroll_run.state import PayrollRunState

__all__ = ["PayrollRunState", "payroll_run"]
