"""The receipt open on this tab, and the signature under it."""

from typing import Annotated

import reflex as rx
from annotated_types import MaxLen

from mobile_selfservice.gate import SIGNED_IN, act, allow, look
from mobile_selfservice.pages.phone_receipt.view import ReceiptView, receipt_view
from mobile_selfservice.services.address import record_number
from mobile_selfservice.services.phones import issue_receipt
from mobile_selfservice.services.phones.issue_receipt import NotSigned, Signature
from mobile_selfservice.session_state import tell

Word = Annotated[str, MaxLen(120)]
Fields = Annotated[dict[Word, Word], MaxLen(2)]


class PhoneReceiptState(rx.State):
    """What is shown, and what exactly a click would sign."""

    view: ReceiptView = ReceiptView()
    problem: str = ""
    form_number: int = 0
    _issue_id: int = 0
    _fingerprint: str = ""

    @allow(to=SIGNED_IN)
    async def open(self):
        """Show what is to be signed for the phone, or what was."""
        self.view, self.problem, self._fingerprint = ReceiptView(), "", ""
        self._issue_id = record_number(self.issue_id)
        await self._show()

    @allow(to=SIGNED_IN, temporal=True)
    async def sign(self, form_data: Fields):
        """Sign exactly what is shown."""
        self.problem = ""
        signature = Signature(
            fingerprint=self._fingerprint,
            name=form_data.get("name", ""),
            agrees="agrees" in form_data,
        )
        try:
            await act(issue_receipt.sign, issue_id=self._issue_id, signature=signature)
        except NotSigned as refusal:
            self.problem = str(refusal)
            return
        await self._show()
        await tell(self, "Signed. The phone is yours to use from now on.")

    async def _show(self) -> None:
        found = await look(issue_receipt.receipt, issue_id=self._issue_id)
        self.view, self._fingerprint = receipt_view(found), found.fingerprint
        self.form_number += 1  # a new form, with nothing typed
