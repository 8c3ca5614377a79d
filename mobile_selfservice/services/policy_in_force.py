"""The written policy an employer follows, with the figures its officials have set."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from sqlmodel import Session

from mobile_selfservice.models.organization import Employer
from mobile_selfservice.policy import editions
from mobile_selfservice.policy.parameters import Edition


class NoSuchEdition(LookupError):  # noqa: N818
    """The employer names a policy edition that the portal does not carry."""


def edition_of(session: Session, employer_id: int) -> Edition:
    """Return the policy edition an employer follows.

    Raises:
        NoSuchEdition: if no edition of that name is packaged.
    """
    return packaged(session.get_one(Employer, employer_id).policy_edition)


@cache
def packaged(name: str) -> Edition:
    """Read one of the editions that come with the portal, once in a process.

    Raises:
        NoSuchEdition: if there is none of that name.
        EditionUnreadable: if its file is wrong.
    """
    file = files(editions).joinpath(f"{name}.toml")
    if not name.isidentifier() or not file.is_file():
        raise NoSuchEdition(f"there is no policy edition {name!r}")
    text = file.read_text("utf-8")
    followed = editions.extended_by(text)
    if followed:
        return editions.lay_over(packaged(followed), text, name)
    return editions.parse(text, name, _catalogue())


@cache
def _catalogue() -> Mapping[str, Mapping[str, object]]:
    """Read what all editions share, once in a process."""
    return editions.catalogue(
        files(editions).joinpath("catalogue.toml").read_text("utf-8")
    )
