"""What the sign-in page says before anybody is signed in."""

import reflex as rx

from mobile_selfservice.entry import look_publicly
from mobile_selfservice.gate import PUBLIC, allow
from mobile_selfservice.services.people import front_door

PROBLEMS = {
    "wrong": "That user name and password do not match. Check both and try again, or "
    "ask your administrator for a new password.",
    "wait": "There have been too many wrong passwords. Wait 15 minutes and try again, "
    "or ask your administrator for a new password.",
}
NOTICES = {
    "ended": "Your session has ended. Sign in to go on.",
    "signed_out": "You are signed out.",
}


class SignInState(rx.State):
    """What the door says: whose portal it is, and what went wrong last time."""

    employer: str = ""
    demo: bool = False
    problem: str = ""
    notice: str = ""
    next_page: str = "/"

    @allow(to=PUBLIC)
    async def open_door(self):
        """Read what the address says about the last try."""
        asked = self.router.url.query_parameters
        self.problem = PROBLEMS.get(asked.get("problem", ""), "")
        self.notice = next((NOTICES[key] for key in NOTICES if key in asked), "")
        self.next_page = asked.get("next", "/")
        door = await look_publicly(front_door.describe)
        self.employer, self.demo = door.employer, door.is_demo
