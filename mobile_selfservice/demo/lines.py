"""The city's phones: who carries which number on what plan, and how it is used."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from random import Random

from mobile_selfservice.demo import people
from mobile_selfservice.demo.calendar import BillMonth
from mobile_selfservice.demo.invented import InventedNumber, every_number
from mobile_selfservice.demo.people import DemoPerson
from mobile_selfservice.demo.plans import (
    CITY_200,
    CITY_400,
    PER_MINUTE,
    SMART,
    PhonePlan,
)
from mobile_selfservice.models.line import LineKind
from mobile_selfservice.models.organization import Role

LONG_AGO = date(2019, 7, 1)
WITH_A_PHONE = 0.72
IDLE_ONES = 0.05
PLANS = (CITY_200, CITY_400, SMART)
PLAN_WEIGHTS = (35, 25, 40)


class Habit(StrEnum):
    """How a phone is used."""

    TYPICAL = "typical"
    BUSIEST = "busiest"
    LIGHT = "light"
    IDLE = "idle"


@dataclass(frozen=True, slots=True)
class Holding:
    """Who answers for a line, over [held_from, held_until)."""

    person: DemoPerson
    held_from: date = LONG_AGO
    held_until: date | None = None


@dataclass(frozen=True, slots=True)
class DemoLine:
    """A number the carrier bills. One without holdings is on nobody's list."""

    number: InventedNumber
    plan: PhonePlan
    habit: Habit = Habit.TYPICAL
    kind: LineKind = LineKind.PERSONAL
    label: str = ""
    holdings: tuple[Holding, ...] = ()
    billed_from: date = LONG_AGO

    def printed_user(self, day: date) -> str | None:
        """Give the name the carrier prints: the last one anybody told it of."""
        if self.label:
            return self.label.upper()
        told = [held.person.name for held in self.holdings if held.held_from <= day]
        return told[-1].upper() if told else None

    @property
    def department(self) -> str | None:
        """Give the cost center the carrier was told."""
        return self.holdings[0].person.department if self.holdings else None


SHARED = (
    ("Bookmobile phone", LineKind.POOLED, "LIB"),
    ("Water crew on call", LineKind.POOLED, "PW"),
    ("Engine 2", LineKind.VEHICLE, "FD"),
    ("Street sweeper 14", LineKind.VEHICLE, "PW"),
    ("Patrol car 7", LineKind.VEHICLE, "PD"),
)


def every_line(
    staff: list[DemoPerson], months: list[BillMonth], dice: Random
) -> list[DemoLine]:
    """Draw the city's lines: personal ones, shared ones, and the odd ones."""
    numbers = iter(every_number())
    lines = [
        _personal(person, next(numbers), dice)
        for person in staff
        if _carries_a_phone(person, dice)
    ]
    lines += _shared(staff, numbers)
    lines += _odd(staff, months, numbers)
    return lines


def _carries_a_phone(person: DemoPerson, dice: Random) -> bool:
    if person.name in (people.AUDITOR.name, people.NEWCOMER.name, people.LEAVER.name):
        return False
    known = {one.name for one, _ in people.SIGN_INS}
    chance = dice.random()
    return (
        person.name in known or Role.DIRECTOR in person.roles or chance < WITH_A_PHONE
    )


def _personal(person: DemoPerson, number: InventedNumber, dice: Random) -> DemoLine:
    plan = dice.choices(PLANS, PLAN_WEIGHTS)[0]
    idle = dice.random() < IDLE_ONES
    holdings = (Holding(person),)
    if person.name == people.EMPLOYEE.name:
        return DemoLine(number, CITY_200, holdings=holdings)
    if person.name == people.BUSIEST.name:
        return DemoLine(number, SMART, Habit.BUSIEST, holdings=holdings)
    if Role.DIRECTOR in person.roles or len(person.roles) > 1:
        return DemoLine(number, SMART, holdings=holdings)
    return DemoLine(
        number, plan, Habit.IDLE if idle else Habit.TYPICAL, holdings=holdings
    )


def _shared(
    staff: list[DemoPerson], numbers: Iterator[InventedNumber]
) -> Iterator[DemoLine]:
    """Give the pooled phones and those of vehicles, each with a custodian."""
    for label, kind, code in SHARED:
        custodian = next(one for one in reversed(staff) if one.department == code)
        yield DemoLine(
            next(numbers),
            PER_MINUTE,
            Habit.LIGHT,
            kind,
            label,
            (Holding(custodian),),
        )


def _odd(
    staff: list[DemoPerson], months: list[BillMonth], numbers: Iterator[InventedNumber]
) -> Iterator[DemoLine]:
    """Give a leaver's line still billed, one handed over, and one nobody knows."""
    by_name = {person.name: person for person in staff}
    leaver = by_name[people.LEAVER.name]
    yield DemoLine(
        next(numbers),
        CITY_200,
        Habit.IDLE,
        holdings=(Holding(leaver, held_until=leaver.ended_on),),
    )
    handed_over = months[len(months) // 2].first
    first, second = by_name[people.IT.name], by_name[people.NEWCOMER.name]
    yield DemoLine(
        next(numbers),
        CITY_400,
        holdings=(Holding(first, held_until=handed_over), Holding(second, handed_over)),
    )
    lately = months[-min(2, len(months))].first
    yield DemoLine(next(numbers), PER_MINUTE, Habit.LIGHT, billed_from=lately)
