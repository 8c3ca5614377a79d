"""Whose bill a line's bill is: the holder on the last day it covers."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.invoice import Bill, BillState, Invoice
from mobile_selfservice.models.line import Line, LineHolding
from mobile_selfservice.models.organization import Person

ASKED_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Term:
    """The days a bill covers."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Match:
    """A line, and who answers for its bill. `before` held it earlier in the period."""

    line_id: int
    holder_id: int | None = None
    holder: str = ""
    department_id: int | None = None
    before: str = ""


@dataclass(frozen=True, slots=True)
class Unbilled:
    """A line somebody holds that is on no invoice of the import."""

    number: str
    holder: str


def matches(
    session: Session, employer_id: int, numbers: Iterable[str], term: Term
) -> dict[str, Match]:
    """Find the known lines among these numbers, with their holders.

    The holder on the last day answers for the bill. Somebody who held the line earlier
    in the period is named, so that finance can look before the bill goes out.
    """
    found: dict[str, Match] = {}
    for asked in _portions(numbers):
        for line in session.exec(
            select(Line).where(
                Line.employer_id == employer_id, col(Line.number).in_(asked)
            )
        ):
            found[line.number] = Match(line.id or 0)
        for number, held, name in _holdings(session, employer_id, asked, term):
            found[number] = _with_holder(found[number], held, name, term)
    return found


def _with_holder(match: Match, held: LineHolding, name: str, term: Term) -> Match:
    if held.held_until is not None and held.held_until <= term.last:
        return Match(
            match.line_id, match.holder_id, match.holder, match.department_id, name
        )
    return Match(match.line_id, held.person_id, name, held.department_id, match.before)


def _holdings(
    session: Session, employer_id: int, numbers: list[str], term: Term
) -> list[tuple[str, LineHolding, str]]:
    return list(
        session.exec(
            select(Line.number, LineHolding, Person.name)
            .join(Line, col(Line.id) == LineHolding.line_id)
            .join(Person, col(Person.id) == LineHolding.person_id)
            .where(
                Line.employer_id == employer_id,
                col(Line.number).in_(numbers),
                LineHolding.held_from <= term.last,
                or_(
                    col(LineHolding.held_until).is_(None),
                    col(LineHolding.held_until) > term.first,
                ),
            )
            .order_by(col(LineHolding.held_from), col(LineHolding.id))
        )
    )


def not_billed(
    session: Session, employer_id: int, billed: set[str], accounts: set[str], on: date
) -> list[Unbilled]:
    """List lines held on a day that no invoice of the import bills.

    A line last billed on another account is that account's business, not this one's.
    """
    elsewhere = _billed_elsewhere(session, employer_id, accounts)
    held = session.exec(
        select(Line.number, Person.name)
        .join(LineHolding, col(LineHolding.line_id) == Line.id)
        .join(Person, col(Person.id) == LineHolding.person_id)
        .where(
            Line.employer_id == employer_id,
            LineHolding.held_from <= on,
            or_(
                col(LineHolding.held_until).is_(None), col(LineHolding.held_until) > on
            ),
        )
        .order_by(Person.name, Line.number)
    )
    return [
        Unbilled(number, name)
        for number, name in held
        if number not in billed and number not in elsewhere
    ]


def _billed_elsewhere(
    session: Session, employer_id: int, accounts: set[str]
) -> set[str]:
    account_of: dict[str, str] = {}
    for number, account in session.exec(
        select(Bill.number, Invoice.account)
        .join(Invoice, col(Invoice.id) == Bill.invoice_id)
        .where(Bill.employer_id == employer_id, Bill.state != BillState.SUPERSEDED)
        .order_by(col(Bill.month))
    ):
        account_of[number] = account
    return {number for number, account in account_of.items() if account not in accounts}


def people_named(session: Session, employer_id: int) -> dict[str, tuple[int, str]]:
    """Index the people who work here by name, for names that only one of them has.

    Carriers print SMITH, JOHN or JOHN SMITH: order, case and commas say nothing.
    """
    known: dict[str, tuple[int, str]] = {}
    twice: set[str] = set()
    for person_id, name in session.exec(
        select(Person.id, Person.name).where(
            Person.employer_id == employer_id, col(Person.ended_on).is_(None)
        )
    ):
        key = name_key(name)
        if key in known:
            twice.add(key)
        known[key] = (person_id or 0, name)
    return {key: person for key, person in known.items() if key not in twice}


def name_key(name: str) -> str:
    """Reduce a name to its words, whatever their order."""
    return " ".join(sorted(name.replace(",", " ").casefold().split()))


def _portions(numbers: Iterable[str]) -> Iterator[list[str]]:
    every = list(numbers)
    for start in range(0, len(every), ASKED_AT_ONCE):
        yield every[start : start + ASKED_AT_ONCE]
