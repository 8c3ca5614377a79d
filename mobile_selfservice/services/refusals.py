"""Reasons the portal says no, worded for the person who asked."""


class Refused(Exception):  # noqa: N818
    """An act the portal declines. The message is shown to the person as it stands.

    Say what happened, why, and what to do next.
    """


class NotPermitted(Refused):
    """The person may not do this, or may not know that it exists: it looks the same."""

    def __init__(self) -> None:
        super().__init__(
            "This page or record is not available to you. If you expected to see it, "
            "ask your administrator."
        )


class SignInNeeded(Refused):
    """Nobody is signed in, or the session has ended."""

    def __init__(self) -> None:
        super().__init__("Your session has ended. Please sign in again.")


class ChangedMeanwhile(Refused):
    """The record is no longer as the person saw it when they acted."""

    def __init__(self, what: str = "This record") -> None:
        super().__init__(
            f"{what} changed since you opened this page, so nothing was done. "
            "Look at it as it is now, then try again."
        )


class FigureNotSet(Refused):
    """The policy leaves a figure to an official who has not set it."""

    def __init__(self, what_is_missing: str) -> None:
        super().__init__(
            f"{what_is_missing} Until it is set under Policy, Values of the policy, "
            "this cannot be worked out. Nothing was changed."
        )


class NotUnderstood(Refused):
    """The browser sent something that no page of ours sends."""

    def __init__(self, what: str) -> None:
        super().__init__(f"{what} Nothing was changed. Reload the page and try again.")
