"""The profiles that come with the portal: to start from, and never used unasked."""

from functools import cache
from pathlib import Path

from mobile_selfservice.carriers.mapped.profile import Profile
from mobile_selfservice.carriers.mapped.profile_text import from_text

FOLDER = Path(__file__).parent / "profiles"


@cache
def shipped() -> dict[str, Profile]:
    """Give the shipped profiles by the short name of their file, such as `telus_calls`.

    "Generic" in a profile's name means that the carrier's own headings are not known.
    """
    files = sorted(FOLDER.glob("*.toml"))
    return {path.stem: from_text(path.read_text("utf-8")) for path in files}
