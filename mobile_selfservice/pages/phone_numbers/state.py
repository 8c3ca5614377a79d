"""Which numbers are listed, who is expected in an emergency, who else may see them."""

from datetime import date
from typing import Annotated

import reflex as rx
from annotated_types import Ge, Le, MaxLen

from mobile_selfservice.components.forms import Option
from mobile_selfservice.gate import SIGNED_IN, act, allow, look
from mobile_selfservice.pages.phone_numbers.view import (
    NumberRow,
    NumbersView,
    address,
    numbers_view,
)
from mobile_selfservice.services import address as addresses
from mobile_selfservice.services.phones import (
    number_exceptions,
    number_list,
    number_readers,
)
from mobile_selfservice.services.phones.number_list import Shown
from mobile_selfservice.services.phones.number_readers import Naming
from mobile_selfservice.services.refusals import NotUnderstood
from mobile_selfservice.session_state import tell

Name = Annotated[str, MaxLen(20)]
Word = Annotated[str, MaxLen(60)]
Fields = Annotated[dict[Name, Word], MaxLen(3)]
Reason = Annotated[dict[Name, Annotated[str, MaxLen(500)]], MaxLen(2)]
Id = Annotated[int, Ge(1), Le(2**31 - 1)]


class PhoneNumbersState(rx.State):
    """One page of the list, and who may see it."""

    view: NumbersView = NumbersView()
    people: list[Option] = []
    excepting: NumberRow = NumberRow()
    form_number: int = 0
    _excepted: int = 0
    _search: str = ""
    _page: int = 1
    _shown: str = Shown.NUMBERS

    @allow(to=SIGNED_IN)
    async def open(self):
        """Show the people that the address asks for."""
        self.view, self.people, self.excepting = NumbersView(), [], NumberRow()
        asked = self.router.url.query_parameters
        self._search = addresses.search(asked, "search")
        self._page = addresses.whole_number(asked, "page") or 1
        self._shown = addresses.one_of(asked, "show", list(Shown)) or Shown.NUMBERS
        await self._show()

    @allow(to=SIGNED_IN)
    async def search(self, form_data: Fields):
        """Look for people by name; the words stand in the address."""
        return rx.redirect(address(self._shown, form_data.get("search", "")))

    @allow(to=SIGNED_IN)
    async def turn_page(self, page: Annotated[int, Ge(1), Le(1_000_000)]):
        """Turn to another page; it stands in the address."""
        return rx.redirect(address(self._shown, self._search, page))

    @allow(to=SIGNED_IN, temporal=True)
    async def expect(self, person_id: Id, is_expected: bool):
        """Say whether somebody is expected at the Emergency Operations Center."""
        await act(number_readers.expect, person_id=person_id, is_expected=is_expected)
        await self._show()
        await tell(self, "On the list." if is_expected else "Off the list.")

    @allow(to=SIGNED_IN)
    async def ask_exception(self, person_id: Id):
        """Open the form to allow somebody's number to be given out."""
        for row in self.view.rows:
            if row.person_id == person_id and row.may_mark:
                self.excepting, self._excepted = row, person_id
                self.form_number += 1

    @allow(to=SIGNED_IN)
    async def leave(self):
        """Put the form away."""
        self.excepting = NumberRow()

    @allow(to=SIGNED_IN, temporal=True)
    async def allow_out(self, form_data: Reason):
        """Record that a number may be given out for everyday business, and why."""
        await act(
            number_exceptions.allow_out,
            person_id=self._excepted,
            reason=form_data.get("reason", ""),
        )
        self.excepting = NumberRow()
        await self._show()
        await tell(self, "Recorded. The person gets a letter with your reason.")

    @allow(to=SIGNED_IN, temporal=True)
    async def end_exception(self, person_id: Id):
        """Record that a number is given out no longer."""
        for row in self.view.rows:
            if row.person_id == person_id and row.exception_id:
                seen = row.exception_id
                await act(number_exceptions.end, person_id=person_id, exception_id=seen)
                await self._show()
                await tell(self, "Ended. The number is not given out any more.")
                return

    @allow(to=SIGNED_IN)
    async def find_people(self, words: Word):
        """Look for people of the employer by name, to be named."""
        found = await look(number_readers.people_named, search=words)
        self.people = [Option(str(each), words) for each, words in found]

    @allow(to=SIGNED_IN, temporal=True)
    async def name_reader(self, form_data: Fields):
        """Let somebody see numbers."""
        named = await act(number_readers.name_reader, naming=_naming(form_data))
        self.people = []
        self.form_number += 1
        await self._show()
        await tell(self, f"{named.name} may see the numbers of {named.reads_for}.")

    @allow(to=SIGNED_IN, temporal=True)
    async def end_reader(self, reader_row: Id):
        """End that somebody sees numbers."""
        await act(number_readers.end_reader, reader_row=reader_row)
        await self._show()
        await tell(self, "Ended. They see these numbers no longer.")

    async def _show(self) -> None:
        found = await look(
            number_list.page_of,
            shown=self._shown,
            search=self._search,
            page=self._page,
        )
        named = await look(number_readers.readers)
        self.view = numbers_view(found, named, self._search)


def _naming(form: dict[str, str]) -> Naming:
    person, scope = form.get("person", ""), form.get("scope", "")
    if not (person.isascii() and person.isdigit()):
        raise NotUnderstood("Find the person by name, then choose them.")
    if scope != "emergency" and not (scope.isascii() and scope.isdigit()):
        raise NotUnderstood("Choose what they may see.")
    department = None if scope == "emergency" else int(scope)
    return Naming(int(person), department, _day(form.get("through", "")))


def _day(said: str) -> date | None:
    if not said:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise NotUnderstood("The last day is no date.") from None
