"""Payroll's own columns: which of our fields stand where."""

from mobile_selfservice.pages.payroll_template.page import payroll_template
from mobile_selfservice.pages.payroll_template.state import PayrollTemplateState

__all__ = ["PayrollTemplateState", "payroll_template"]
