"""What a draft can be made of and tried on: editions, figures and certified months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlmodel import Session, col

from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.policy.kinds import Kind
from mobile_selfservice.policy.parameters import Parameter
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.policy_in_force import (
    edition_of,
    packaged,
    packaged_names,
)
from mobile_selfservice.services.replay.compared_bill import CERTIFIED
from mobile_selfservice.services.replay.draft_edition import IN_FORCE
from mobile_selfservice.services.replay.replay import reader_of


@dataclass(frozen=True, slots=True)
class Base:
    """A policy that a draft may start from; an empty name is the one in force."""

    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Choices:
    """Policies to start from, figures a form can change, and months, oldest first."""

    bases: tuple[Base, ...]
    figures: tuple[Parameter, ...]
    months: tuple[date, ...]


def choices(session: Session, actor: Actor, *, now: datetime) -> Choices:
    """List what a person can choose from.

    Raises:
        NotPermitted: if they may not try drafts.
    """
    reader_of(actor)
    edition = edition_of(session, actor.employer_id)
    others = (Base(name, packaged(name).title) for name in packaged_names())
    parameters = edition.parameters.values()
    return Choices(
        bases=(Base(IN_FORCE, f"The policy in force: {edition.title}"), *others),
        figures=tuple(each for each in parameters if each.kind is not Kind.ROWS),
        months=tuple(_months(session, actor.employer_id)),
    )


def _months(session: Session, employer_id: int) -> Sequence[date]:
    return session.scalars(
        select(col(Bill.month))
        .where(
            col(Bill.employer_id) == employer_id,
            col(Bill.state).in_(CERTIFIED),
        )
        .distinct()
        .order_by(col(Bill.month))
    ).all()
