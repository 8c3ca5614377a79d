"""An employee's own claims for business calls, and beginning one."""

from mobile_selfservice.pages.claims.page import claims
from mobile_selfservice.pages.claims.state import ClaimsState

__all__ = ["ClaimsState", "claims"]
