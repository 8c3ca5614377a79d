"""The audit trail."""

from mobile_selfservice.pages.records.page import records
from mobile_selfservice.pages.records.state import RecordsState

__all__ = ["RecordsState", "records"]
