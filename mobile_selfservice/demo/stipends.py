"""Who uses a phone of their own for the city's work, against a monthly stipend."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mobile_selfservice.demo import people
from mobile_selfservice.demo.city import City
from mobile_selfservice.demo.lines import LONG_AGO
from mobile_selfservice.demo.people import DemoPerson
from mobile_selfservice.models.stipend import StipendClass

HOLDERS = 12
# The city's schedule; a contract that costs less than it is paid what it costs.
SCHEDULE = {StipendClass.CELL: Decimal("25.00"), StipendClass.SMART: Decimal("50.00")}
CONTRACTS = (
    (StipendClass.SMART, Decimal("84.99")),
    (StipendClass.CELL, Decimal("39.99")),
    (StipendClass.SMART, Decimal("44.50")),
    (StipendClass.CELL, Decimal("19.95")),
)


@dataclass(frozen=True, slots=True)
class DemoStipend:
    """One person's stipend, over [held_from, held_until)."""

    person: DemoPerson
    stipend_class: StipendClass
    monthly_amount: Decimal
    out_of_pocket: Decimal
    held_from: date
    held_until: date | None
    authority: str


def every_stipend(city: City) -> Iterator[DemoStipend]:
    """Give a dozen people a stipend who never held a phone of the city's.

    The fifth began, and the ninth ended, in the middle of the story.
    """
    with_a_phone = {held.person.name for line in city.lines for held in line.holdings}
    signing_in = {person.name for person, _ in people.SIGN_INS}
    free = [
        person
        for person in city.people
        if person.name not in with_a_phone | signing_in and person.ended_on is None
    ]
    middle = city.months[len(city.months) // 2].first
    for place, person in enumerate(free[:HOLDERS]):
        kind, cost = CONTRACTS[place % len(CONTRACTS)]
        since = middle if place == 4 else LONG_AGO
        yield DemoStipend(
            person=person,
            stipend_class=kind,
            monthly_amount=min(SCHEDULE[kind], cost),
            out_of_pocket=cost,
            held_from=since,
            held_until=middle if place == 8 else None,
            authority=f"Personnel action form {since:%Y}-{person.number:03} (demo)",
        )
