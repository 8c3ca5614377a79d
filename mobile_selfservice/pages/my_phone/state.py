"""What one has for calls at work, and the number of one's own phone."""

from datetime import date, time
from typing import Annotated

import reflex as rx
from annotated_types import MaxLen

from mobile_selfservice.gate import SIGNED_IN, act, allow, look
from mobile_selfservice.pages.my_phone.view import MyPhoneView, my_phone_view
from mobile_selfservice.services.phones import my_phone, own_number
from mobile_selfservice.services.phones.own_number import OwnNumber, Told
from mobile_selfservice.services.refusals import Refused
from mobile_selfservice.session_state import tell

Word = Annotated[str, MaxLen(40)]
Fields = Annotated[dict[Word, Word], MaxLen(3)]
LATE = (
    "Your new number is on record. It was told late: a change is to be told within the "
    "hours the policy gives."
)


class MyPhoneState(rx.State):
    """One's own phones, stipend and number."""

    view: MyPhoneView = MyPhoneView()
    problem: str = ""
    is_asking: bool = False
    form_number: int = 0
    _seen: int = 0

    @allow(to=SIGNED_IN)
    async def open(self):
        """Show what one has."""
        self.view, self.problem, self.is_asking = MyPhoneView(), "", False
        await self._show()

    @allow(to=SIGNED_IN, temporal=True)
    async def tell_number(self, form_data: Fields):
        """Put the number of one's own phone on record."""
        self.problem = ""
        told = Told(
            number=form_data.get("number", ""),
            seen=self._seen,
            changed_on=_day(form_data.get("changed_on", "")),
            changed_at=_time(form_data.get("changed_at", "")),
        )
        try:
            found = await act(own_number.tell, told=told)
        except Refused as refusal:
            self.problem = str(refusal)
            return
        await self._show()
        await tell(self, *_said(found))

    @allow(to=SIGNED_IN)
    async def ask_to_take_off(self):
        """Ask once more before the number is taken off the record."""
        self.is_asking = True

    @allow(to=SIGNED_IN)
    async def go_back(self):
        """Put the question away without doing anything."""
        self.is_asking = False

    @allow(to=SIGNED_IN, temporal=True)
    async def take_off(self):
        """Take one's own number off the record."""
        self.is_asking = False
        await act(own_number.take_off, seen=self._seen)
        await self._show()
        await tell(self, "Your number is off the record. Nobody sees it any more.")

    async def _show(self) -> None:
        found = await look(my_phone.my_phone)
        self.view, self._seen = my_phone_view(found), found.number.row_id
        self.form_number += 1  # a new form, with nothing typed


def _said(found: OwnNumber) -> tuple[str, str]:
    if found.is_late:
        return LATE, "warn"
    return "Your number is on record. Thank you.", "success"


def _day(said: str) -> date | None:
    try:
        return date.fromisoformat(said)
    except ValueError:
        return None


def _time(said: str) -> time | None:
    try:
        return time.fromisoformat(said).replace(tzinfo=None)
    except ValueError:
        return None
