"""The written policy an employer follows, with the figures its officials have set."""

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from sqlalchemy import ColumnElement, exists
from sqlmodel import Session, and_, col, or_, select

from mobile_selfservice import policy
from mobile_selfservice.models.organization import Employer
from mobile_selfservice.models.policy_value import (
    PolicyValue,
    PolicyValueDecision,
    ValueDecision,
)
from mobile_selfservice.policy import editions, readings
from mobile_selfservice.policy.parameters import Edition, Setting
from mobile_selfservice.policy.readings import Reading


class NoSuchEdition(LookupError):  # noqa: N818
    """The employer names a policy edition that the portal does not carry."""


# Editions with officials' values laid over, by name and stamp. A stamp is drawn anew
# with each change and never used again, so what is kept under one stays right.
_laid_over: dict[tuple[str, str], Edition] = {}
KEPT = 64


def edition_of(session: Session, employer_id: int) -> Edition:
    """Return the policy an employer follows, with what its officials have set.

    Raises:
        NoSuchEdition: if no edition of that name is packaged.
    """
    name, stamp = session.exec(
        select(Employer.policy_edition, Employer.policy_stamp).where(
            Employer.id == employer_id
        )
    ).one()
    return edition_in_force(session, employer_id, name, stamp)


def edition_in_force(
    session: Session, employer_id: int, name: str, stamp: str
) -> Edition:
    """Return the same to one who has read `policy_edition` and `policy_stamp` already.

    Asks the database only for a stamp that this process has not seen.
    """
    if not stamp:
        return packaged(name)
    known = _laid_over.get((name, stamp))
    if known is not None:
        return known
    laid_over = packaged(name).with_settings(settings_of(session, employer_id))
    if len(_laid_over) >= KEPT:
        _laid_over.clear()
    _laid_over[name, stamp] = laid_over
    return laid_over


def settings_of(session: Session, employer_id: int) -> list[Setting]:
    """List what officials set that counts, in the order they set it."""
    rows = session.exec(
        select(PolicyValue)
        .where(PolicyValue.employer_id == employer_id, counts())
        .order_by(col(PolicyValue.id))
    )
    return [setting(row) for row in rows]


def counts() -> ColumnElement[bool]:
    """Tell of a row of `policy_value` whether it counts, or will from its day on."""
    approved, refused = (
        exists().where(
            col(PolicyValueDecision.value_id) == PolicyValue.id,
            col(PolicyValueDecision.decision).in_(decisions),
        )
        for decisions in (
            [ValueDecision.APPROVED],
            [ValueDecision.DECLINED, ValueDecision.WITHDRAWN],
        )
    )
    return and_(or_(~col(PolicyValue.needs_approval), approved), ~refused)


def setting(row: PolicyValue) -> Setting:
    """Return a kept value as the policy engine takes it."""
    return Setting(
        key=row.key,
        value=row.value,
        valid_from=row.valid_from,
        set_by=row.office,
        authority=row.authority,
        scope=row.scope,
        reading=row.reading,
    )


@cache
def packaged(name: str) -> Edition:
    """Read one of the editions that come with the portal, once in a process.

    Raises:
        NoSuchEdition: if there is none of that name.
        EditionUnreadable: if its file is wrong.
    """
    if name not in packaged_names():
        raise NoSuchEdition(f"there is no policy edition {name!r}")
    text = files(editions).joinpath(f"{name}.toml").read_text("utf-8")
    followed = editions.extended_by(text)
    if followed:
        return editions.lay_over(packaged(followed), text, name)
    return editions.parse(text, name, catalogue())


def packaged_names() -> tuple[str, ...]:
    """Name the editions that come with the portal, in alphabetical order."""
    named = [file.name for file in files(editions).iterdir()]
    found = {name.removesuffix(".toml") for name in named if name.endswith(".toml")}
    return tuple(sorted(found - {"catalogue"}))


@cache
def packaged_readings() -> Mapping[str, Reading]:
    """Read the readings chosen where the policies leave room, once in a process."""
    return readings.parse(
        files(policy).joinpath("readings.toml").read_text(encoding="utf-8")
    )


@cache
def catalogue() -> Mapping[str, Mapping[str, object]]:
    """Read what all editions share, once in a process."""
    return editions.catalogue(
        files(editions).joinpath("catalogue.toml").read_text("utf-8")
    )
