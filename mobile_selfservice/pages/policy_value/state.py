"""One value of the policy open on this tab, and what its office does about it."""

import secrets
from dataclasses import replace
from typing import Annotated, Literal

import reflex as rx
from annotated_types import Ge, MaxLen

from mobile_selfservice.components.forms import Fault
from mobile_selfservice.components.wording import counted, day_in_words
from mobile_selfservice.gate import SIGNED_IN, act, allow, look
from mobile_selfservice.pages.policy_value.setting import (
    AnsweringView,
    FormView,
    Problems,
    WeighedView,
    bill_lines,
    form_view,
    open_in_words,
    problems_of,
    signed_in_words,
    weighed_view,
)
from mobile_selfservice.pages.policy_value.view import (
    HistoryRow,
    ValueView,
    value_view,
)
from mobile_selfservice.services.access import SETTERS
from mobile_selfservice.services.policy import (
    policy_values,
    value_decisions,
    value_setting,
)
from mobile_selfservice.services.policy.value_setting import OneWaits, ValueSet
from mobile_selfservice.services.policy.wanted_value import FieldsWrong, WantedValue
from mobile_selfservice.services.refusals import ChangedMeanwhile, NotPermitted
from mobile_selfservice.session_state import tell

Word = Annotated[str, MaxLen(30)]
Scope = Annotated[str, MaxLen(60)]
Fields = Annotated[dict[Word, Annotated[str, MaxLen(4000)]], MaxLen(6)]
Answer = Literal["approve", "decline", "withdraw"]
TITLES = {
    "approve": "Approve {}?",
    "decline": "Decline {}",
    "withdraw": "Withdraw {}",
}


class PolicyValueState(rx.State):
    """One value, its form where it is open, and a question before something is done.

    `_seen` is the parameter as it stood when the form was opened: another person's
    change meanwhile is told. `_form_key` makes a second click the same act.
    """

    view: ValueView = ValueView()
    form: FormView = FormView()
    problems: Problems = Problems()
    faults: list[Fault] = []
    weighed: WeighedView = WeighedView()
    answering: AnsweringView = AnsweringView()
    form_number: int = 0
    _key: str = ""
    _seen: str = ""
    _form_key: str = ""
    _wanted: WantedValue | None = None

    @allow(to=SIGNED_IN)
    async def open(self):
        """Show the value that the address names."""
        self.view, self._key = ValueView(), str(self.key)[:80]
        await self._show()

    @allow(*SETTERS)
    async def open_form(self, scope: Scope, adopts: bool):
        """Open the form for the next value, or to adopt the reading of this one."""
        found = await look(policy_values.one_value, key=self._key)
        if not found.may_set:
            raise NotPermitted
        self._put_away()
        self._seen, self._form_key = found.seen, secrets.token_urlsafe(16)
        self.form = form_view(found, scope, adopts=adopts)
        self.form_number += 1

    @allow(*SETTERS)
    async def leave(self):
        """Put the form or the question away."""
        self._put_away()

    @allow(*SETTERS, temporal=True)
    async def send(self, form_data: Fields):
        """Look at what was typed; set it, or ask first where it reaches back."""
        if not self.form.is_open:
            return
        wanted = self._wanted_of(form_data)
        try:
            weighed = await look(value_setting.weigh, wanted=wanted)
        except FieldsWrong as wrong:
            self._mark(wrong)
            return
        self._mark(None)
        if not weighed.asks:
            await self._set(wanted)
            return
        self._wanted = replace(wanted, confirmed=True)
        self.weighed = weighed_view(weighed)

    @allow(*SETTERS, temporal=True)
    async def confirm(self):
        """Set the value, having seen what it alters."""
        if self._wanted is not None:
            await self._set(self._wanted)

    @allow(*SETTERS)
    async def go_back(self):
        """Return to the form without setting anything."""
        self.weighed, self._wanted = WeighedView(), None

    @allow(*SETTERS)
    async def ask(self, answer: Answer, value_id: Annotated[int, Ge(1)]):
        """Open the question about a value that waits or is to come."""
        row = self._row(value_id)
        self._put_away()
        asked = AnsweringView(
            act=answer,
            value_id=value_id,
            title=TITLES[answer].format(f"{row.words} from {row.first_day}"),
        )
        if answer == "approve":
            impact = await look(value_decisions.weigh_approval, value_id=value_id)
            asked = replace(
                asked,
                open_bills=open_in_words(impact),
                signed=signed_in_words(impact),
                largest=bill_lines(impact),
            )
        self.answering = asked
        self.form_number += 1

    @allow(*SETTERS, temporal=True)
    async def approve(self):
        """Put a value that waits in force, as the second person."""
        if self.answering.act != "approve":
            return  # a second click: the first one put the question away
        done = await act(value_decisions.approve, value_id=self.answering.value_id)
        await self._show()
        await tell(self, f"Approved. {_changed(done.changed)}")

    @allow(*SETTERS, temporal=True)
    async def answer(self, form_data: Fields):
        """Decline or withdraw a value, with the reason given."""
        asked, reason = self.answering, form_data.get("reason", "")
        if asked.act == "decline":
            await act(value_decisions.decline, value_id=asked.value_id, reason=reason)
        elif asked.act == "withdraw":
            await act(value_decisions.withdraw, value_id=asked.value_id, reason=reason)
        else:
            return
        await self._show()
        await tell(self, "Done. What was in force goes on.")

    def _wanted_of(self, form_data: dict[str, str]) -> WantedValue:
        return WantedValue(
            key=self._key,
            said=form_data.get("value", ""),
            scope=form_data.get("scope", "") or self.form.scope,
            valid_from=form_data.get("valid_from", ""),
            authority=form_data.get("authority", ""),
            reason=form_data.get("reason", ""),
            adopts=self.form.adopts,
            seen=self._seen,
            idempotency_key=self._form_key,
        )

    async def _set(self, wanted: WantedValue) -> None:
        try:
            done = await act(value_setting.set_value, wanted=wanted)
        except ChangedMeanwhile as told:
            await self._show()
            await tell(self, str(told), "danger")
            return
        except OneWaits as told:
            self.weighed, self._wanted = WeighedView(), None
            await tell(self, str(told), "danger")
            return
        await self._show()
        await tell(self, _said(done))

    def _mark(self, wrong: FieldsWrong | None) -> None:
        faults = wrong.faults if wrong else ()
        self.problems = problems_of(faults)
        self.faults = [Fault(name, text) for name, text in faults]

    def _row(self, value_id: int) -> HistoryRow:
        for row in self.view.history:
            if row.value_id == value_id:
                return row
        raise NotPermitted

    def _put_away(self) -> None:
        self.form, self.answering = FormView(), AnsweringView()
        self.weighed, self._wanted, self._form_key = WeighedView(), None, ""
        self._mark(None)

    async def _show(self) -> None:
        self._put_away()
        self.view = value_view(await look(policy_values.one_value, key=self._key))


def _said(done: ValueSet) -> str:
    if done.is_waiting:
        return (
            "Proposed. It counts once another person of the office, or the City "
            "Manager, approves it."
        )
    day = day_in_words(done.valid_from)
    return f"Set: {done.words} from {day}. {_changed(done.changed)}".strip()


def _changed(count: int) -> str:
    return f"{counted(count, 'open bill')} worked out anew." if count else ""
