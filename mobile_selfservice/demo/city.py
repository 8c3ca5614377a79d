"""The whole city on paper: people, phones and months, drawn from one seed."""

from dataclasses import dataclass
from datetime import date
from random import Random

from mobile_selfservice.demo.calendar import BillMonth, bill_months
from mobile_selfservice.demo.lines import DemoLine, every_line
from mobile_selfservice.demo.people import DemoPerson, everybody

NAME = "City of Alder Creek"


@dataclass(frozen=True, slots=True)
class City:
    """An invented city."""

    seed: int
    people: list[DemoPerson]
    lines: list[DemoLine]
    months: list[BillMonth]
    name: str = NAME

    @property
    def untied_month(self) -> BillMonth:
        """The month whose invoice the carrier did not itemize to the end."""
        return self.months[-min(3, len(self.months))]

    def lines_in(self, month: BillMonth) -> list[DemoLine]:
        """Give the lines the carrier bills in a month."""
        return [line for line in self.lines if line.billed_from <= month.first]


def city_of(employees: int, months: int, seed: int, until: date) -> City:
    """Draw a city of so many people, with so many bill months up to `until`."""
    dice = Random(f"{seed}/city")
    billed = bill_months(until, months)
    left_on = billed[-min(3, months)].first
    staff = everybody(employees, dice, left_on)
    return City(seed, staff, every_line(staff, billed, dice), billed)
