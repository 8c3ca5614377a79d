"""One bill's money open on this tab, and what finance does about it."""

import secrets
from dataclasses import dataclass
from typing import Annotated

import reflex as rx
from annotated_types import MaxLen

from mobile_selfservice.components.corrections import CorrectionRow
from mobile_selfservice.gate import act, allow, look
from mobile_selfservice.pages.payment.view import (
    Answerable,
    PaymentView,
    Reversible,
    accepted_in_words,
    payment_view,
)
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.address import record_number
from mobile_selfservice.services.money import (
    corrections,
    payments_of_bill,
    reimbursement,
)
from mobile_selfservice.services.money.reimbursement import Arrival
from mobile_selfservice.services.money.typed_amount import dollars_typed
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from mobile_selfservice.session_state import tell

MOST_FORMS = 20
Word = Annotated[str, MaxLen(30)]
Fields = Annotated[dict[Word, Annotated[str, MaxLen(500)]], MaxLen(4)]


@dataclass(frozen=True, slots=True)
class OpenedForm:
    """What a form was opened for: the record as this clerk saw it, and its own key."""

    record_id: int
    version: int
    key: str


class PaymentState(rx.State):
    """What is shown of the bill's money, and the part being answered.

    `_versions` are the tenders, `_corrections` the corrections as this clerk saw them:
    acting on one that another
    clerk has answered meanwhile is refused. `_forms` are the forms opened here by
    their number, which each sends back: a second click sends the same form again. Only
    the last few are kept.
    """

    view: PaymentView = PaymentView()
    answering: Answerable = Answerable()
    reversing: Reversible = Reversible()
    deciding: CorrectionRow = CorrectionRow()
    form_number: int = 0
    _bill_id: int = 0
    _versions: dict[int, int] = {}
    _corrections: dict[int, int] = {}
    _forms: dict[int, OpenedForm] = {}

    @allow(Role.FINANCE, Role.AUDITOR)
    async def open(self):
        """Show one bill's money."""
        self.view, self._bill_id = PaymentView(), record_number(self.bill_id)
        await self._show()

    @allow(Role.FINANCE)
    async def answer(self, tender_id: int):
        """Open the form to confirm or decline one tender."""
        self._open_form(tender_id, self._versions.get(tender_id, 0))
        self.answering = _one(self.view.to_answer, "tender_id", tender_id)

    @allow(Role.FINANCE)
    async def take_back(self, payment_id: int):
        """Open the form for a payment that came back."""
        self._open_form(payment_id, 0)
        self.reversing = _one(self.view.to_reverse, "payment_id", payment_id)

    @allow(Role.FINANCE)
    async def leave(self):
        """Put the form away."""
        self._close_form()

    @allow(Role.FINANCE, temporal=True)
    async def confirm(self, form_data: Fields):
        """Confirm what was received of the tender in the form."""
        sent = self._form_of(form_data)
        arrival = Arrival(
            amount=dollars_typed(form_data.get("amount", "")),
            reference=form_data.get("reference", ""),
            version=sent.version,
            idempotency_key=sent.key,
        )
        done = await act(
            reimbursement.confirm, tender_id=sent.record_id, arrival=arrival
        )
        await self._show()
        await tell(
            self, f"{dollars(done.amount)} recorded. Receipt {done.receipt_number}."
        )

    @allow(Role.FINANCE, temporal=True)
    async def decline(self, form_data: Fields):
        """Say that what is left of the tender did not arrive."""
        sent = self._form_of(form_data)
        await act(
            reimbursement.decline,
            tender_id=sent.record_id,
            reason=form_data.get("reason", ""),
            version=sent.version,
        )
        await self._show()
        await tell(self, "Declined. The employee gets a letter with your reason.")

    @allow(Role.FINANCE, temporal=True)
    async def reverse(self, form_data: Fields):
        """Record that a payment came back."""
        sent = self._form_of(form_data)
        done = await act(
            reimbursement.reverse,
            payment_id=sent.record_id,
            reason=form_data.get("reason", ""),
            idempotency_key=sent.key,
        )
        await self._show()
        amount = dollars(abs(done.amount))
        await tell(self, f"{amount} taken back. Receipt {done.receipt_number}.")

    @allow(Role.FINANCE)
    async def decide_on(self, correction_id: int):
        """Open the form to accept or decline one correction."""
        self._open_form(correction_id, self._corrections.get(correction_id, 0))
        self.deciding = _one(self.view.corrections, "correction_id", correction_id)

    @allow(Role.FINANCE, temporal=True)
    async def accept_correction(self, form_data: Fields):
        """Enter what the correction in the form comes to."""
        sent = self._form_of(form_data)
        done = await act(
            corrections.accept,
            correction_id=sent.record_id,
            version=sent.version,
            reason=form_data.get("reason", ""),
        )
        await self._show()
        await tell(self, accepted_in_words(done))

    @allow(Role.FINANCE, temporal=True)
    async def decline_correction(self, form_data: Fields):
        """Say that the correction in the form does not count."""
        sent = self._form_of(form_data)
        await act(
            corrections.decline,
            correction_id=sent.record_id,
            version=sent.version,
            reason=form_data.get("reason", ""),
        )
        await self._show()
        await tell(self, "Declined. The employee gets a letter with your reason.")

    def _open_form(self, record_id: int, version: int) -> None:
        self._close_form()
        self.form_number += 1
        opened = OpenedForm(record_id, version, secrets.token_urlsafe(16))
        self._forms = kept_forms(self._forms, self.form_number, opened)

    def _close_form(self) -> None:
        self.answering, self.reversing = Answerable(), Reversible()
        self.deciding = CorrectionRow()

    def _form_of(self, form_data: dict[str, str]) -> OpenedForm:
        opened = self._forms.get(record_number(form_data.get("form", "")))
        if opened is None:
            raise ChangedMeanwhile("The form")
        return opened

    async def _show(self) -> None:
        bill = await look(payments_of_bill.of_bill, bill_id=self._bill_id)
        self.view = payment_view(bill)
        self._versions = {each.tender_id: each.version for each in bill.handed_in}
        self._corrections = {
            each.correction_id: each.version for each in bill.corrections
        }
        self._close_form()


def kept_forms(
    before: dict[int, OpenedForm], number: int, opened: OpenedForm
) -> dict[int, OpenedForm]:
    """Add a form to those opened on this tab, and forget the oldest of too many."""
    newest = [*before.items(), (number, opened)][-MOST_FORMS:]
    return dict(newest)


def _one(shown: list, key: str, wanted: int):
    for each in shown:
        if getattr(each, key) == wanted:
            return each
    raise NotPermitted
