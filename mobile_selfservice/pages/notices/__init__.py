"""Pages that say no: not available, not found."""

from mobile_selfservice.pages.notices.page import not_available, not_found

__all__ = ["not_available", "not_found"]
