"""What every scene of the story needs: the city, its people, the agenda, the dice."""

from dataclasses import dataclass
from datetime import date
from random import Random

from sqlmodel import Session

from mobile_selfservice.demo.agenda import Agenda
from mobile_selfservice.demo.city import City
from mobile_selfservice.demo.contacts import Contacts, contacts_of
from mobile_selfservice.demo.lines import DemoLine
from mobile_selfservice.demo.residents import Residents
from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.services.actors import Actor

TARDY, USES_IT_PRIVATELY = 0.05, 0.4


@dataclass(frozen=True, slots=True)
class Telling:
    """One telling of the story, into one database."""

    session: Session
    city: City
    residents: Residents
    agenda: Agenda

    def dice(self, about: str) -> Random:
        """Give the dice for one thing, the same for the same seed."""
        return Random(f"{self.city.seed}/{about}")

    def line_of(self, bill: Bill) -> DemoLine:
        """Return the phone a bill is for."""
        return next(
            line for line in self.city.lines if line.number.certain == bill.number
        )

    def contacts_of(self, bill: Bill) -> Contacts:
        """Return whom a bill's phone talks to."""
        return contacts_of(self.line_of(bill).number, self.city.seed)

    def holder_of(self, bill: Bill) -> Actor:
        """Return who answers for a bill."""
        return self.residents.by_id(bill.holder_id or 0)

    def months_ago(self, month: date) -> int:
        """Count the bill months after this one; the newest is 0 months ago."""
        firsts = [one.first for one in self.city.months]
        return len(firsts) - 1 - firsts.index(month)

    def is_tardy(self, bill: Bill) -> bool:
        """Tell whether whoever holds this phone is always late."""
        return self.dice(f"tardy/{bill.number}").random() < TARDY

    def is_private(self, bill: Bill) -> bool:
        """Tell whether this phone is used privately as well."""
        return self.dice(f"private/{bill.number}").random() < USES_IT_PRIVATELY
