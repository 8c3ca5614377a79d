"""The profiles that come with the portal: to start from, never used unseen."""

from dataclasses import dataclass
from functools import cache
from importlib import resources

from mobile_selfservice.carriers import mapped
from mobile_selfservice.carriers.mapped.profile import Profile
from mobile_selfservice.carriers.mapped.profile_text import from_text
from mobile_selfservice.services.refusals import NotPermitted

ENDING = ".toml"


@dataclass(frozen=True, slots=True)
class ShippedListed:
    """One profile that comes with the portal, and what it is for."""

    key: str
    name: str
    about: str


def shipped() -> list[ShippedListed]:
    """List the profiles that come with the portal."""
    return [
        ShippedListed(key, profile.name, profile.about)
        for key, profile in sorted(_all().items(), key=lambda each: each[1].name)
    ]


def shipped_profile(key: str) -> Profile:
    """Give one of them.

    Raises:
        NotPermitted: if there is none of that key.
    """
    found = _all().get(key)
    if found is None:
        raise NotPermitted
    return found


@cache
def _all() -> dict[str, Profile]:
    folder = resources.files(mapped) / "profiles"
    return {
        file.name.removesuffix(ENDING): from_text(file.read_text("utf-8"))
        for file in folder.iterdir()
        if file.name.endswith(ENDING)
    }
