"""The profiles that come with the portal: to start from, never used unseen."""

from dataclasses import dataclass

from mobile_selfservice.carriers.mapped import shipped as shipped_files
from mobile_selfservice.carriers.mapped.profile import Profile
from mobile_selfservice.services.refusals import NotPermitted


@dataclass(frozen=True, slots=True)
class ShippedListed:
    """One profile that comes with the portal, and what it is for."""

    key: str
    name: str
    about: str


def shipped() -> list[ShippedListed]:
    """List the profiles that come with the portal, by name."""
    return [
        ShippedListed(key, profile.name, profile.about)
        for key, profile in sorted(
            shipped_files.shipped().items(), key=lambda each: each[1].name
        )
    ]


def shipped_profile(key: str) -> Profile:
    """Give one of them.

    Raises:
        NotPermitted: if there is none of that key.
    """
    found = shipped_files.shipped().get(key)
    if found is None:
        raise NotPermitted
    return found
