"""The bill about to be signed on this tab, and the signature."""

import reflex as rx

from mobile_selfservice.gate import SIGNED_IN, act, allow, look
from mobile_selfservice.pages.certify.view import CertifyView, certify_view
from mobile_selfservice.services import certification
from mobile_selfservice.services.address import record_number
from mobile_selfservice.services.statement_draft import Signature

UNREAD = (
    "Tick the box to say that you have read the statement. Nothing has been signed."
)


class CertifyState(rx.State):
    """What is shown, and what exactly a click would sign."""

    view: CertifyView = CertifyView()
    is_read: bool = False
    problem: str = ""
    _bill_id: int = 0
    _signature: Signature | None = None

    @allow(to=SIGNED_IN)
    async def open(self):
        """Show what would be signed for the bill as it is now."""
        self.view, self.is_read, self.problem = CertifyView(), False, ""
        self._bill_id, self._signature = record_number(self.bill_id), None
        prepared = await look(certification.prepare, bill_id=self._bill_id)
        self.view = certify_view(prepared)
        self._signature = prepared.draft.signature

    @allow(to=SIGNED_IN)
    async def say_read(self, checked: bool):
        """Take the tick under the sentence."""
        self.is_read, self.problem = checked, ""

    @allow(to=SIGNED_IN, temporal=True)
    async def sign(self):
        """Sign exactly what is shown, and go on to the signed statement."""
        if not self.is_read or self._signature is None:
            self.problem = UNREAD
            return None
        signed = await act(
            certification.certify, bill_id=self._bill_id, signature=self._signature
        )
        said = "signed" if signed.is_new else "before"
        return rx.redirect(f"/bills/{self._bill_id}/statement?{said}=1")
