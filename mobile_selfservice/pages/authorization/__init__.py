"""One authorization form: written step by step, signed, decided on."""

from mobile_selfservice.pages.authorization.page import authorization
from mobile_selfservice.pages.authorization.state import AuthorizationState

__all__ = ["AuthorizationState", "authorization"]
