"""The list of people, and what an administrator does to their accounts."""

import asyncio
from typing import Annotated
from urllib.parse import urlencode

import reflex as rx
from annotated_types import Ge, MaxLen

from mobile_selfservice.gate import act, allow, look
from mobile_selfservice.pages.people.view import PeopleView, PersonLine, people_view
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.address import search, whole_number
from mobile_selfservice.services.people import accounts, passwords, people
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.session_state import tell

PersonId = Annotated[int, Ge(1)]
Fields = Annotated[dict[str, Annotated[str, MaxLen(60)]], MaxLen(2)]


class PeopleState(rx.State):
    """One page of people, the question asked, and a new password, shown once."""

    view: PeopleView = PeopleView()
    asking: str = ""
    person: PersonLine = PersonLine()
    one_time_password: str = ""

    @allow(Role.ADMINISTRATOR)
    async def open(self):
        """Show the people that the address asks for."""
        self._put_away()
        await self._show()

    @allow(Role.ADMINISTRATOR)
    async def find(self, form_data: Fields):
        """Search by name, user name or employee number."""
        return rx.redirect(_address(search(form_data, "search")))

    @allow(Role.ADMINISTRATOR)
    async def turn_page(self, page: Annotated[int, Ge(1)]):
        """Turn to another page; it stands in the address."""
        return rx.redirect(_address(self.view.search, page))

    @allow(Role.ADMINISTRATOR)
    async def ask_to_reset(self, person_id: PersonId):
        """Ask once more before a password ends."""
        self._ask("reset", person_id)

    @allow(Role.ADMINISTRATOR)
    async def ask_to_close(self, person_id: PersonId):
        """Ask once more before an account is closed."""
        self._ask("close", person_id)

    @allow(Role.ADMINISTRATOR)
    async def go_back(self):
        """Put a question away, and with it a password that was shown."""
        self._put_away()

    @allow(Role.ADMINISTRATOR, temporal=True)
    async def reset_password(self):
        """Give the person a one-time password and show it this one time."""
        password = passwords.one_time()
        new_hash = await asyncio.to_thread(passwords.hashed, password)
        await act(
            accounts.reset_password,
            person_id=self.person.person_id,
            new_hash=new_hash,
        )
        await self._show()
        self.asking, self.one_time_password = "password", password

    @allow(Role.ADMINISTRATOR, temporal=True)
    async def close_account(self):
        """Close the account; every session of it ends at once."""
        await self._set_closed(self.person, closed=True)

    @allow(Role.ADMINISTRATOR, temporal=True)
    async def reopen_account(self, person_id: PersonId):
        """Let a person sign in again."""
        await self._set_closed(self._row(person_id), closed=False)

    async def _set_closed(self, person: PersonLine, *, closed: bool) -> None:
        self._put_away()
        await act(accounts.set_disabled, person_id=person.person_id, disabled=closed)
        await self._show()
        done = "closed" if closed else "open again"
        await tell(self, f"The account of {person.name} is {done}.")

    def _ask(self, question: str, person_id: int) -> None:
        self.person, self.asking = self._row(person_id), question

    def _row(self, person_id: int) -> PersonLine:
        for row in self.view.rows:
            if row.person_id == person_id:
                return row
        raise NotPermitted

    def _put_away(self) -> None:
        self.asking, self.person, self.one_time_password = "", PersonLine(), ""

    async def _show(self) -> None:
        asked = self.router.url.query_parameters
        words = search(asked, "search")
        page = whole_number(asked, "page") or 1
        found = await look(people.list_people, search=words, page=page)
        self.view = people_view(found, words)


def _address(words: str, page: int = 1) -> str:
    asked = {"search": words} if words else {}
    if page > 1:
        asked["page"] = str(page)
    return f"/people?{urlencode(asked)}" if asked else "/people"
