"""Random people at random records, against a second, smaller account of who may.

The model below says again, from POLICY.md section 8 and docs/access.md, what
services/access.py says in code. The two must never differ.
"""

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from mobile_selfservice.models.invoice import BillState
from mobile_selfservice.models.organization import (
    Agency,
    Department,
    Employer,
    Person,
    Role,
    RoleGrant,
)
from mobile_selfservice.models.reimbursement import Payment, Tender
from mobile_selfservice.services import access
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.people.sign_in import actor_of
from mobile_selfservice.services.refusals import NotPermitted
from tests.factories import NOW

PAIRS = 1500
HIDDEN = ("prepared", "superseded")
READING = (Role.FINANCE, Role.AUDITOR)
LEADING = (Role.DCM, Role.CITY_MANAGER)


class Town:
    """Two agencies of three departments, a decoy employer, and random people."""

    def __init__(self, make, seed: int) -> None:
        self.make, self.chance = make, random.Random(seed)
        second = make.save(Agency(employer_id=make.city.employer.id, name="Second"))
        port = make.save(Department(agency_id=second.id, code="PORT", name="Port"))
        self.departments = [make.city.works, make.city.library, port]
        self.agencies = [None, make.city.agency.id, second.id]
        self.people = [self._person() for _ in range(25)]
        self.people += [self._stranger() for _ in range(3)]
        self.bills = [self._bill() for _ in range(40)]
        self.tenders = [self._tender(bill) for bill in self.bills]

    def _person(self) -> Actor:
        department = self.chance.choice(self.departments)
        seed = self.make.person(Role.EMPLOYEE, department=department)
        for role in self.chance.sample(
            list(Role)[1:], self.chance.choice((1, 2, 2, 3))
        ):
            self._grant(seed.person_id, role)
        return self._known(seed.person_id)

    def _grant(self, person_id: int, role: Role) -> None:
        start = NOW.date() - timedelta(days=400)
        ends = self.chance.choice((None, None, NOW.date() - timedelta(days=9)))
        directs = role is Role.DIRECTOR
        self.make.save(
            RoleGrant(
                person_id=person_id,
                role=role,
                agency_id=None if directs else self.chance.choice(self.agencies),
                department_id=self.chance.choice(self.departments).id
                if directs
                else None,
                valid_from=start,
                valid_until=ends,
            )
        )

    def _stranger(self) -> Actor:
        """Make somebody of another employer who holds every role there."""
        elsewhere = self.make.save(
            Employer(name="Other", time_zone="UTC", policy_edition="lodi_2011")
        )
        agency = self.make.save(Agency(employer_id=elsewhere.id, name="Other"))
        place = self.make.save(Department(agency_id=agency.id, code="X", name="X"))
        person = self.make.save(
            Person(
                employer_id=elsewhere.id,
                department_id=place.id,
                user_name="stranger",
                employee_number="X1",
                name="Stranger",
                email="stranger@other.example",
            )
        )
        for role in Role:
            self.make.save(
                RoleGrant(person_id=person.id, role=role, valid_from=date(2011, 3, 2))
            )
        return self._known(person.id)

    def _known(self, person_id: int) -> Actor:
        session = self.make.session
        return actor_of(session, session.get_one(Person, person_id), NOW)

    def _bill(self):
        holder = self.chance.choice(self.people[:25])
        state = self.chance.choice(list(BillState))
        department = self.chance.choice((holder.department_id, None, "another"))
        if department == "another":
            department = self.chance.choice(self.departments).id
        holder_id = self.chance.choice((holder.person_id,) * 5 + (None,))
        bill = self.make.bill(holder, state=state)
        bill.department_id, bill.holder_id = department, holder_id
        return self.make.save(bill)

    def _tender(self, bill):
        payer = bill.holder_id or self.people[0].person_id
        if self.chance.random() < 0.2:
            payer = self.chance.choice(self.people[:25]).person_id
        tender = self.make.save(
            Tender(
                bill_id=bill.id,
                method="cash",
                amount=Decimal("1.00"),
                tendered_by=payer,
                tendered_at=NOW,
                tendered_on=NOW.date(),
                idempotency_key=f"t-{bill.id}",
            )
        )
        payment = self.make.save(
            Payment(
                bill_id=bill.id,
                tender_id=tender.id,
                amount=Decimal("1.00"),
                reference="r",
                receipt_number=f"2026-{bill.id:06}",
                recorded_by=payer,
                recorded_at=NOW,
                idempotency_key=f"p-{bill.id}",
            )
        )
        return tender, payment


class Model:
    """Who may, said once more."""

    def __init__(self, town: Town, person: Actor, bill) -> None:
        self.town, self.person, self.bill = town, person, bill
        self.is_ours = person.employer_id == bill.employer_id
        self.is_own = bill.holder_id == person.person_id
        self.is_out = bill.state not in HIDDEN

    def reach(self, *roles: Role) -> bool:
        agency = {d.id: d.agency_id for d in self.town.departments}.get(
            self.bill.department_id
        )
        return self.is_ours and any(
            grant.role in roles and grant.agency_id in (None, agency)
            for grant in self.person.grants
        )

    def directs(self, person: Actor) -> bool:
        return self.bill.department_id is not None and any(
            grant.role is Role.DIRECTOR
            and grant.department_id == self.bill.department_id
            for grant in person.grants
        )

    def owns(self) -> bool:
        return self.is_ours and self.is_own and self.is_out

    def reviews(self) -> bool:
        if not self.is_ours or self.is_own or not self.is_out:
            return False
        holder = [p for p in self.town.people if p.person_id == self.bill.holder_id]
        if holder and self.directs(holder[0]):
            return self.reach(*LEADING)
        return self.directs(self.person)

    def sees(self) -> bool:
        if self.reach(*READING):
            return True
        return self.owns() or self.reviews() or (self.is_out and self.reach(*LEADING))

    def opens_calls(self) -> bool:
        return self.is_out and (self.reviews() or self.reach(Role.AUDITOR))

    def takes_money(self, payer: int) -> bool:
        if self.is_own or payer == self.person.person_id:
            return False
        return self.reach(Role.FINANCE)


def lets_in(door, *given) -> bool:
    """Tell whether a door opens."""
    try:
        door(*given)
    except NotPermitted:
        return False
    return True


def answers(session, town, person, bill, tender, payment):
    """Yield, for each door, what the code and what the model says."""
    model = Model(town, person, bill)
    yield "own", lets_in(access.own_bill, session, person, bill.id), model.owns()
    team = lets_in(access.team_bill, session, person, bill.id)
    yield "team", team, model.reviews()
    seen = lets_in(access.seen_bill, session, person, bill.id)
    yield "seen", seen, model.sees()
    if seen and model.is_out:
        calls = access.may_open_details(session, person, bill)
        yield "calls", calls, model.opens_calls()
    may = model.takes_money(tender.tendered_by)
    yield "tender", lets_in(access.tender, session, person, tender.id), may
    yield "payment", lets_in(access.payment, session, person, payment.id), may


@pytest.mark.parametrize("seed", [1, 2])
def test_every_door_opens_for_those_of_the_model_and_nobody_else(session, make, seed):
    town = Town(make, seed)
    differences, opened = [], 0
    for _ in range(PAIRS):
        person = town.chance.choice(town.people)
        at = town.chance.randrange(len(town.bills))
        found = answers(session, town, person, town.bills[at], *town.tenders[at])
        for door, is_open, should in found:
            opened += is_open
            if is_open != should:
                roles = sorted((g.role, g.agency_id) for g in person.grants)
                differences.append((door, is_open, roles, town.bills[at].state))

    assert differences == []
    assert opened > 300  # or the towns are too empty to prove anything


@pytest.mark.parametrize("number", [0, -1, 2**31 - 1])
def test_a_number_without_a_record_looks_like_one_of_somebody_else(
    session, make, number
):
    auditor, finance = make.person(Role.AUDITOR), make.person(Role.FINANCE)
    doors = (
        (access.own_bill, finance),
        (access.team_bill, auditor),
        (access.seen_bill, auditor),
        (access.invoice, auditor),
        (access.invoice_import, auditor),
        (access.tender, finance),
        (access.payment, finance),
        (access.team_department, auditor),
    )

    for door, person in doors:
        assert not lets_in(door, session, person, number)


@pytest.mark.parametrize("role", [Role.IT, Role.COUNSEL, Role.ADMINISTRATOR])
def test_who_runs_the_portal_sees_no_bill_and_no_call(session, make, role):
    person, bill = make.person(role), make.bill(make.person())

    assert not lets_in(access.seen_bill, session, person, bill.id)
    assert not access.may_open_details(session, person, bill)
