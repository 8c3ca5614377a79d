"""The account of whoever is signed in."""

from typing import Annotated

import reflex as rx
from annotated_types import MaxLen

from mobile_selfservice import sessions
from mobile_selfservice.gate import SIGNED_IN, act, allow, look, principal
from mobile_selfservice.pages.account.view import AccountView, account_view
from mobile_selfservice.services.bills import remembered_numbers
from mobile_selfservice.services.people import account
from mobile_selfservice.session_state import tell


class AccountState(rx.State):
    """One's own account, and what is being asked."""

    view: AccountView = AccountView()
    asking: str = ""

    @allow(to=SIGNED_IN)
    async def open(self):
        """Show the account."""
        self.view, self.asking = AccountView(), ""
        await self._show()

    @allow(to=SIGNED_IN)
    async def ask_to_renew(self):
        """Ask once more: calendars that hold the old link go empty."""
        self.asking = "renew"

    @allow(to=SIGNED_IN)
    async def ask_to_withdraw(self):
        """Ask once more before taking the consent back."""
        self.asking = "withdraw"

    @allow(to=SIGNED_IN)
    async def go_back(self):
        """Put a question away without doing anything."""
        self.asking = ""

    @allow(to=SIGNED_IN, temporal=True)
    async def renew_feed(self):
        """Make a new calendar link; the old one ends."""
        self.asking = ""
        await act(account.renew_feed)
        await self._show()
        await tell(self, "The old calendar link no longer works. Use the new one.")

    @allow(to=SIGNED_IN, temporal=True)
    async def withdraw_consent(self):
        """Take back the consent to payroll deductions."""
        self.asking = ""
        await act(account.withdraw_consent)
        await self._show()
        await tell(self, "Your consent is withdrawn. Nothing more is taken.")

    @allow(to=SIGNED_IN, temporal=True)
    async def forget_number(self, party: Annotated[str, MaxLen(80)]):
        """Take a number off one's own list."""
        await act(remembered_numbers.forget, party=party)
        await self._show()
        await tell(self, "Forgotten. Marks you made before stay as they are.")

    async def _show(self) -> None:
        found = await look(
            account.own_account,
            session_hash=principal().session_hash,
            limits=sessions.limits(),
        )
        self.view = account_view(found)
