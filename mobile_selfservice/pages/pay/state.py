"""The payment form open on this tab."""

import secrets
from typing import Annotated

import reflex as rx
from annotated_types import MaxLen

from mobile_selfservice.gate import SIGNED_IN, act, allow, look
from mobile_selfservice.pages.pay.view import PayView, pay_view
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services import payments_of_bill, tendering
from mobile_selfservice.services.address import record_number
from mobile_selfservice.services.payroll_consent import SignedConsent
from mobile_selfservice.services.tendering import Offer
from mobile_selfservice.services.typed_amount import dollars_typed
from mobile_selfservice.session_state import tell

Word = Annotated[str, MaxLen(30)]
Fields = Annotated[dict[Word, Annotated[str, MaxLen(200)]], MaxLen(6)]


class PayState(rx.State):
    """What is owed, and the form to hand it in."""

    view: PayView = PayView()
    method: str = ""
    is_agreed: bool = False
    form_number: int = 0
    _bill_id: int = 0
    _key: str = ""
    _consent: str = ""

    @allow(to=SIGNED_IN)
    async def open(self):
        """Show what is owed for the bill."""
        self.view, self._bill_id = PayView(), record_number(self.bill_id)
        await self._show()

    @allow(to=SIGNED_IN)
    async def choose(self, method: Annotated[str, MaxLen(10)]):
        """Take the way to pay; payroll asks for consent."""
        self.method = method

    @allow(to=SIGNED_IN)
    async def agree(self, checked: bool):
        """Take the tick under the consent."""
        self.is_agreed = checked

    @allow(to=SIGNED_IN, temporal=True)
    async def hand_in(self, form_data: Fields):
        """Hand the amount in; Finance confirms it later."""
        done = await act(
            tendering.tender, bill_id=self._bill_id, offer=self._offer(form_data)
        )
        await self._show()
        await tell(self, f"{dollars(done.amount)} is entered. It counts from today.")

    def _offer(self, typed: dict[str, str]) -> Offer:
        consent = None
        if self.method == "payroll" and not self.view.has_consent:
            name = typed.get("typed_name", "")
            consent = SignedConsent(self._consent, self.is_agreed, name)
        return Offer(
            method=self.method,
            amount=dollars_typed(typed.get("amount", "")),
            reference=typed.get("reference", ""),
            idempotency_key=self._key,
            consent=consent,
        )

    async def _show(self) -> None:
        form = await look(payments_of_bill.pay_form, bill_id=self._bill_id)
        self.view, self._consent = pay_view(form), form.consent.wording
        self.method, self.is_agreed = next(iter(form.methods), ""), False
        # A new form: its own key, so that sending it twice hands in once.
        self._key = secrets.token_urlsafe(16)
        self.form_number += 1
