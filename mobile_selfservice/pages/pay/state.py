"""The payment form open on this tab."""

import secrets
from typing import Annotated

import reflex as rx
from annotated_types import MaxLen

from mobile_selfservice.gate import act, allow, look
from mobile_selfservice.pages.pay.view import PayView, pay_view
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.address import record_number
from mobile_selfservice.services.money import payments_of_bill, tendering
from mobile_selfservice.services.money.payroll_consent import SignedConsent
from mobile_selfservice.services.money.tendering import Offer
from mobile_selfservice.services.money.typed_amount import dollars_typed
from mobile_selfservice.session_state import tell

Word = Annotated[str, MaxLen(30)]
Fields = Annotated[dict[Word, Annotated[str, MaxLen(200)]], MaxLen(6)]


class PayState(rx.State):
    """What is owed, and the form to hand it in."""

    view: PayView = PayView()
    method: str = ""
    form_number: int = 0
    _bill_id: int = 0
    _opened: str = ""
    _consent: str = ""

    @allow(Role.EMPLOYEE)
    async def open(self):
        """Show what is owed for the bill."""
        self.view, self._bill_id = PayView(), record_number(self.bill_id)
        self._opened = secrets.token_urlsafe(16)
        await self._show()

    @allow(Role.EMPLOYEE)
    async def choose(self, method: Annotated[str, MaxLen(10)]):
        """Show what this way to pay needs; payroll needs consent."""
        self.method = method

    @allow(Role.EMPLOYEE, temporal=True)
    async def hand_in(self, form_data: Fields):
        """Hand the amount in; Finance confirms it later."""
        done = await act(
            tendering.tender, bill_id=self._bill_id, offer=self._offer(form_data)
        )
        await self._show()
        await tell(self, f"{dollars(done.amount)} is entered. It counts from today.")

    def _offer(self, typed: dict[str, str]) -> Offer:
        method, consent = typed.get("method", ""), None
        if method == "payroll" and not self.view.has_consent:
            name = typed.get("typed_name", "")
            consent = SignedConsent(self._consent, "agreed" in typed, name)
        return Offer(
            method=method,
            amount=dollars_typed(typed.get("amount", "")),
            reference=typed.get("reference", ""),
            # Each form sends its number back: sent twice, it is known as the same.
            idempotency_key=f"{self._opened}/{typed.get('form', '')}",
            consent=consent,
        )

    async def _show(self) -> None:
        form = await look(payments_of_bill.pay_form, bill_id=self._bill_id)
        self.view, self._consent = pay_view(form), form.consent.wording
        self.method = self.view.first_method
        self.form_number += 1
