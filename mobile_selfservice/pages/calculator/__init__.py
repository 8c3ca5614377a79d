"""What giving up a City phone early comes to, for anybody who asks."""

from mobile_selfservice.pages.calculator.page import calculator
from mobile_selfservice.pages.calculator.state import CalculatorState

__all__ = ["CalculatorState", "calculator"]
