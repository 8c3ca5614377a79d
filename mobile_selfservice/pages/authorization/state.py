"""The form open on this tab: its steps, its signature, and what is decided on it."""

from typing import Annotated

import reflex as rx
from annotated_types import MaxLen

from mobile_selfservice.gate import act, allow, look
from mobile_selfservice.pages.authorization.view import (
    AuthorizationView,
    authorization_view,
)
from mobile_selfservice.services.access import DRAFTERS, MAY_OPEN_FORMS
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.address import one_of, record_number, whole_number
from mobile_selfservice.services.authorizations import (
    form_decisions,
    form_drafts,
    form_signing,
    form_view,
)
from mobile_selfservice.services.authorizations.form_decisions import Answer
from mobile_selfservice.services.authorizations.form_drafts import TypedStep, Wanted
from mobile_selfservice.services.authorizations.form_signing import FormSignature
from mobile_selfservice.services.authorizations.form_view import FormSeen
from mobile_selfservice.services.free_text import CardNumberTyped, TextNeeded
from mobile_selfservice.services.refusals import NotPermitted, Refused
from mobile_selfservice.services.stated_reason import NumberInReason
from mobile_selfservice.session_state import tell

DECIDERS = (Role.EMPLOYEE, Role.DIRECTOR, Role.IT, Role.DCM, Role.CITY_MANAGER)
STEPS = ("who", "need", "service", "end", "sign")
Word = Annotated[str, MaxLen(20)]
Name = Annotated[str, MaxLen(60)]
Fields = Annotated[dict[Name, Annotated[str, MaxLen(1200)]], MaxLen(40)]
WRONG_REASONS = (TextNeeded, CardNumberTyped, NumberInReason)
# What a person may decide: the act in the service, and what is said when it is done.
DECISIONS = {
    "sign": (form_decisions.consent, "Your consent is signed."),
    "approve": (form_decisions.approve, "Approved. The employee gets a letter."),
    "refuse": (form_decisions.refuse, "Refused. The employee gets your reason."),
    "refer_back": (form_decisions.refer_back, "Referred back with your reason."),
    "decline": (form_decisions.decline, "Declined. Your director gets a letter."),
    "close": (form_decisions.carry_out, "Noted: the change is in force."),
}


class AuthorizationState(rx.State):
    """One form. `asking` is the decision that is asked once more."""

    view: AuthorizationView = AuthorizationView()
    asking: str = ""
    problem: str = ""
    reason_problem: str = ""
    form_number: int = 0
    _form_id: int = 0
    _seen: FormSeen | None = None

    @allow(*MAY_OPEN_FORMS)
    async def open(self):
        """Show the form, at the step that the address names."""
        self.view, self.asking, self.problem = AuthorizationView(), "", ""
        self._form_id, self._seen = record_number(self.form_id), None
        asked = self.router.url.query_parameters
        step = one_of(asked, "step", STEPS) or STEPS[0]
        await self._show(step, mark=whole_number(asked, "mark") == 1)

    @allow(*DRAFTERS, temporal=True)
    async def choose(self, form_data: Fields):
        """Keep what the form is about, and go on."""
        wanted = Wanted(
            action=form_data.get("action", ""),
            device_class=form_data.get("device_class", ""),
            holder_kind=form_data.get("holder_kind", ""),
            line_id=whole_number(form_data, "line_id"),
            business_unit=form_data.get("business_unit", ""),
        )
        await act(
            form_drafts.choose,
            form_id=self._form_id,
            version=self._version,
            wanted=wanted,
        )
        return await self._go_on("who")

    @allow(*DRAFTERS, temporal=True)
    async def save(self, form_data: Fields):
        """Keep a step as it was typed, and go on where it reads right."""
        step = self.view.step
        asked = self._asked(step)
        await act(
            form_drafts.save_step,
            form_id=self._form_id,
            version=self._version,
            step=TypedStep(form_data, asked),
        )
        return await self._go_on(step)

    @allow(*DRAFTERS, temporal=True)
    async def sign(self, form_data: Fields):
        """Sign exactly what is shown."""
        if self._seen is None:
            return
        signature = FormSignature(
            version=self._seen.version,
            fingerprint=self._seen.fingerprint,
            typed_name=form_data.get("typed_name", ""),
        )
        try:
            state = await act(
                form_signing.sign, form_id=self._form_id, signature=signature
            )
        except form_signing.NameNotTyped as refusal:
            self.problem = str(refusal)
            return
        self.problem = ""
        await self._show("who", mark=False)
        await tell(self, SIGNED.get(state, "Signed."))

    @allow(*DRAFTERS, temporal=True)
    async def withdraw(self):
        """Take the form back."""
        self.asking = ""
        await act(form_drafts.withdraw, form_id=self._form_id, version=self._version)
        await self._show("who", mark=False)
        await tell(self, "Withdrawn. Nothing comes of this form.")

    @allow(*DECIDERS)
    async def ask(self, decision: Word):
        """Ask once more, and for a reason, before deciding."""
        if decision not in self.view.acts:
            raise NotPermitted
        self.asking, self.reason_problem = decision, ""

    @allow(*DECIDERS)
    async def go_back(self):
        """Return to the form without deciding."""
        self.asking = ""

    @allow(*DECIDERS, temporal=True)
    async def decide(self, form_data: Fields):
        """Carry out the decision that was asked about.

        A reason that cannot be kept leaves the question open, with what is wrong.
        """
        decision = self.asking
        if decision not in DECISIONS:
            self.asking = ""
            return
        service, words = DECISIONS[decision]
        answer = Answer(self._version, form_data.get("reason", ""))
        try:
            await act(service, form_id=self._form_id, answer=answer)
        except WRONG_REASONS as refusal:
            self.reason_problem = str(refusal)
            return
        except Refused:
            self.asking = ""
            raise
        self.asking = ""
        await self._show("who", mark=False)
        await tell(self, words)

    @property
    def _version(self) -> int:
        return self._seen.version if self._seen else 0

    def _asked(self, step: str) -> tuple[str, ...]:
        """Name the fields of a step, its reasons included."""
        if self._seen is None:
            return ()
        named = [each.fields for each in self._seen.steps if each.name == step]
        reasons = [
            reason.field for listed in self._seen.reasons for reason in listed.reasons
        ]
        fields = named[0] if named else ()
        return (*fields, *reasons) if step == "need" else fields

    async def _go_on(self, step: str):
        """Show the same step with what is wrong, or turn to the next one."""
        await self._show(step, mark=True)
        if self.view.faults or self._seen is None:
            return None
        names = [each.name for each in self._seen.steps]
        following = names[names.index(self.view.step) + 1]
        return rx.redirect(f"/authorizations/{self._form_id}?step={following}")

    async def _show(self, step: str, *, mark: bool) -> None:
        self._seen = await look(form_view.form_seen, form_id=self._form_id)
        self.view = authorization_view(self._seen, step, mark=mark)
        self.form_number += 1


SIGNED = {
    "approved": "Signed and approved: no limit is exceeded.",
    "exception_pending": "Signed. It waits for those who must consent.",
    "submitted": "Signed. It waits for the City Manager.",
    "ending": "Signed and approved. The equipment goes back to Information Systems.",
    "closed": "Signed and approved. The stipend has its last month.",
}
