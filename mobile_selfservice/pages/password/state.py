"""What was wrong with the last try at a new password."""

import reflex as rx

from mobile_selfservice.gate import BEFORE_PASSWORD, allow

PROBLEMS = {
    "wrong": "The password you have now was not right. Nothing was changed.",
    "weak": "Choose at least 15 characters, without your user name and without "
    "repeating a few characters. Four unrelated words make a good password.",
    "repeat": "The two new passwords are not the same. Type the new one twice.",
    "same": "The new password is the one you have now. Choose another.",
}


class PasswordState(rx.State):
    """The problem the server found, if any."""

    problem: str = ""

    @allow(to=BEFORE_PASSWORD)
    async def open_form(self):
        """Read what went wrong last time."""
        asked = self.router.url.query_parameters
        self.problem = PROBLEMS.get(asked.get("problem", ""), "")
