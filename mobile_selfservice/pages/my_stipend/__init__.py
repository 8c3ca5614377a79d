"""An employee's own stipend: asked for, proved, and where it stands."""

from mobile_selfservice.pages.my_stipend.page import my_stipend
from mobile_selfservice.pages.my_stipend.state import MyStipendState

__all__ = ["MyStipendState", "my_stipend"]
