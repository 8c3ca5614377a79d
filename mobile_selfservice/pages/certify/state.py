"""The bill about to be signed on this tab, and the signature."""

from typing import Annotated

import reflex as rx
from annotated_types import MaxLen

from mobile_selfservice.gate import act, allow, look
from mobile_selfservice.pages.certify.view import CertifyView, certify_view
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.address import record_number
from mobile_selfservice.services.statements import certification
from mobile_selfservice.services.statements.statement_draft import Signature

Word = Annotated[str, MaxLen(20)]
Fields = Annotated[dict[Word, Word], MaxLen(1)]
UNREAD = (
    "Tick the box to say that you have read the statement. Nothing has been signed."
)


class CertifyState(rx.State):
    """What is shown, and what exactly a click would sign."""

    view: CertifyView = CertifyView()
    problem: str = ""
    form_number: int = 0
    _bill_id: int = 0
    _signature: Signature | None = None

    @allow(Role.EMPLOYEE)
    async def open(self):
        """Show what would be signed for the bill as it is now."""
        self.view, self.problem = CertifyView(), ""
        self._bill_id, self._signature = record_number(self.bill_id), None
        prepared = await look(certification.prepare, bill_id=self._bill_id)
        self.view = certify_view(prepared)
        self._signature = prepared.draft.signature
        self.form_number += 1  # a new form, not ticked yet

    @allow(Role.EMPLOYEE, temporal=True)
    async def sign(self, form_data: Fields):
        """Sign exactly what is shown, and go on to the signed statement."""
        is_read = "read" in form_data
        self.problem = "" if is_read else UNREAD
        if not is_read or self._signature is None:
            return None
        signed = await act(
            certification.certify, bill_id=self._bill_id, signature=self._signature
        )
        said = "signed" if signed.is_new else "before"
        # In the form's place, so that the way back does not lead to a form signed.
        return rx.redirect(f"/bills/{self._bill_id}/statement?{said}=1", replace=True)
