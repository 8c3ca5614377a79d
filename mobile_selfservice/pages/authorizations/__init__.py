"""The list of authorization forms, and beginning one."""

from mobile_selfservice.pages.authorizations.page import authorizations
from mobile_selfservice.pages.authorizations.state import AuthorizationsState

__all__ = ["AuthorizationsState", "authorizations"]
