"""Signing a bill."""

from mobile_selfservice.pages.certify.page import certify
from mobile_selfservice.pages.certify.state import CertifyState

__all__ = ["CertifyState", "certify"]
