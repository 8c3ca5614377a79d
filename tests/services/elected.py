"""An election as far as a test needs it, with the figures officials have set."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import uuid4

from mobile_selfservice.models.election import ContractProof, StipendElection
from mobile_selfservice.models.organization import Role
from mobile_selfservice.models.policy_value import PolicyValue
from mobile_selfservice.models.stipend import StipendClass
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.stipends import (
    approval,
    asking,
    checking,
    contract_proofs,
    entering,
)
from mobile_selfservice.services.stipends.approval import StatedNeed
from mobile_selfservice.services.stipends.asking import Wish
from mobile_selfservice.services.stipends.contract_proofs import Contract
from mobile_selfservice.services.stipends.proof_files import KeptProof
from mobile_selfservice.services.stipends.weighing import PhoneCheck
from tests.factories import NOW

SINCE = date(2026, 1, 1)
LIST = [
    {"model": "Fairphone 5", "synchronises": "yes"},
    {"model": "Pebble Flip", "synchronises": "no"},
]
SURVEY = [
    {
        "carrier": "Verizon",
        "plan": "Basic",
        "class": "cell",
        "price": "50.00",
        "surveyed_on": "2026-01-10",
    },
    {
        "carrier": "T-Mobile",
        "plan": "Plus",
        "class": "smart",
        "price": "100.00",
        "surveyed_on": "2026-01-10",
    },
]
FEES = [
    {
        "carrier": "Verizon",
        "class": "smart",
        "start": "175.00",
        "monthly_drop": "5.00",
        "floor": "0.00",
    }
]
NEED = StatedNeed(grounds={"3.A.1": ("a",), "4.B.1": ("c",)})
REASON = "The duties do not need a phone"
FILE = KeptProof("bill.pdf", "application/pdf", "ab" * 32, 1200)


@dataclass(frozen=True)
class Town:
    """Who takes part in an election."""

    employee: Actor
    director: Actor
    it: Actor
    finance: Actor
    manager: Actor
    dcm: Actor
    auditor: Actor


def set_figure(make, key, value, since=SINCE, scope=""):
    """Set a value of the policy the short way."""
    employer = make.city.employer
    setter = make.person(Role.DCM)
    make.save(
        PolicyValue(
            employer_id=employer.id,
            key=key,
            scope=scope,
            value=value,
            valid_from=since,
            set_by=setter.person_id,
            office="Deputy City Manager",
            set_at=NOW,
            authority="Memo 1",
            idempotency_key=f"{key} {scope} {since} {value}",
        )
    )
    employer.policy_stamp = uuid4().hex
    make.save(employer)


def town(make, figures=True):
    """Make everybody an election needs, in one department, with figures set."""
    if figures:
        set_figure(make, "stipend.retail_survey", SURVEY)
        set_figure(make, "stipend.qualified_devices", LIST)
        set_figure(make, "etf.fee_schedule", FEES, since=date(2024, 1, 1))
    return Town(
        employee=make.person(Role.EMPLOYEE),
        director=make.person(Role.DIRECTOR, Role.EMPLOYEE),
        it=make.person(Role.IT),
        finance=make.person(Role.FINANCE),
        manager=make.person(Role.CITY_MANAGER),
        dcm=make.person(Role.DCM),
        auditor=make.person(Role.AUDITOR),
    )


def contract(**details):
    usual = {
        "carrier": "Verizon",
        "plan": "Unlimited",
        "monthly_cost": Decimal("84.99"),
        "is_prepaid": False,
        "is_active": True,
        "contract_end": None,
    }
    return Contract(**(usual | details))


def wish(**details):
    usual = {
        "stipend_class": StipendClass.SMART,
        "duties": "On call for the water plant at night",
        "needs_voice": True,
        "device_model": "Fairphone 5",
        "device_synchronizes": True,
    }
    return Wish(**(usual | details))


def drafted(session, actor, now=NOW, file=FILE, contracted=None, **details):
    """Type a draft and hand in its paper."""
    made = asking.save(
        session,
        actor,
        wish=wish(**details),
        contract=contracted or contract(),
        now=now,
    )
    contract_proofs.hand_in(session, actor, proof_id=made.proof_id, file=file, now=now)
    return session.get_one(StipendElection, made.election_id)


def asked(session, actor, now=NOW, **details):
    draft = drafted(session, actor, now, **details)
    return asking.submit(
        session, actor, election_id=draft.id, version=draft.version, now=now
    )


def approved(session, people, now=NOW, **details):
    election = asked(session, people.employee, now, **details)
    return approve(session, people.director, election, now)


def approve(session, actor, election, now=NOW, need=NEED):
    return approval.approve(
        session,
        actor,
        election_id=election.id,
        version=election.version,
        need=need,
        now=now,
    )


def check(session, actor, election, now=NOW, **found):
    usual = {"synchronizes": True, "city_quote": Decimal("55.00")}
    return checking.check_phone(
        session,
        actor,
        election_id=election.id,
        version=election.version,
        check=PhoneCheck(**(usual | found)),
        now=now,
    )


def checked(session, people, now=NOW, found=None, **details):
    election = approved(session, people, now, **details)
    check(session, people.it, election, now, **(found or {}))
    return election


def enter(session, actor, election, now=NOW):
    return entering.enter(
        session, actor, election_id=election.id, version=election.version, now=now
    )


def entered(session, people, now=NOW, found=None, **details):
    election = checked(session, people, now, found, **details)
    enter(session, people.finance, election, now)
    return election


def proof_of(session, election):
    return session.get_one(ContractProof, election.proof_id)
