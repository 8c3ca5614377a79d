"""Phones on their way to people and back, and the numbers of people's own phones."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from mobile_selfservice.demo import people
from mobile_selfservice.demo.stipends import every_stipend
from mobile_selfservice.demo.telling import Telling
from mobile_selfservice.models.authorization import AuthorizationForm
from mobile_selfservice.models.organization import Person
from mobile_selfservice.services import review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.authorizations import (
    form_drafts,
    form_record,
    form_signing,
)
from mobile_selfservice.services.authorizations.form_drafts import TypedStep, Wanted
from mobile_selfservice.services.authorizations.form_signing import FormSignature
from mobile_selfservice.services.phones import (
    issue_order,
    issue_ready,
    issue_receipt,
    issue_return,
    number_readers,
    own_number,
)
from mobile_selfservice.services.phones.issue_receipt import Signature
from mobile_selfservice.services.phones.number_readers import Naming
from mobile_selfservice.services.phones.own_number import Told

ASKED = {
    "ground:3.A.1:b": "on",
    "ground:4.B.1:c": "on",
    "need_why": "On call for storms and main breaks, day and night.",
    "fixed_share": "25",
    "field_share": "75",
    "alternatives": "Radio does not reach the pump houses.",
    "vendor": "Verizon",
    "plan": "City 200 Share",
    "plan_kind": "allowance",
    "minutes": "200",
    "monthly_cost": "39.99",
    "contract_months": "12",
    "price": "49.99",
    "has_free_calls": "on",
    "is_in_catalogue": "on",
    "is_on_state_contract": "on",
}
ORDER = {
    "model": "Flip 4",
    "carrier": "Verizon",
    "contract_reference": "State wireless contract 7-11-70-16",
    "contract_months": "12",
    "price": "49.99",
    "is_on_state_contract": "on",
    "is_in_catalogue": "on",
}
KIT = {
    "kit_battery": "on",
    "kit_charger": "on",
    "kit_clip": "on",
    "kit_manual": "on",
}
BACK = {
    "back_phone": "on",
    "back_battery": "on",
    "back_clip": "on",
    "back_manual": "on",
    "note": "The charger stayed at the pump house.",
}
# Invented: 555-01xx is nobody's, and no line of the city has these areas.
SERIALS = ("490154203237518", "356938035643809", "352099001761481")
OWN_NUMBER = "(213) 555-01{place:02}"


@dataclass(frozen=True, slots=True)
class Handing:
    """A form of the story, and which phone of it this is."""

    form: AuthorizationForm
    person: Actor
    place: int


def plan_phones(telling: Telling) -> None:
    """Plan what becomes of phones and numbers in the last days of the story."""
    present = telling.agenda.present
    telling.agenda.add(present - timedelta(hours=7), partial(_tell_numbers, telling))
    telling.agenda.add(present - timedelta(hours=6), partial(_change_late, telling))
    telling.agenda.add(present - timedelta(hours=5), partial(_hand_out, telling))


def _hand_out(telling: Telling, now: datetime) -> None:
    """Leave one phone to be signed for, one ordered, one in use and one given back."""
    wren = telling.residents[people.EMPLOYEE]
    _make_ready(telling, _ordered(telling, wren, 0, now), now)
    staff = _staff(telling)
    for place, (person, go_on) in enumerate(
        zip(reversed(staff), (_give_back, _sign, None), strict=False), start=1
    ):
        handing = _ordered(telling, person, place, now)
        if go_on:
            _make_ready(telling, handing, now)
            go_on(telling, handing, now)


def _ordered(telling: Telling, person: Actor, place: int, now: datetime) -> Handing:
    form = _approved(telling, person, now)
    issue_order.order(
        telling.session,
        telling.residents[people.IT],
        form_id=form.id or 0,
        version=form.version,
        typed=ORDER,
        now=now,
    )
    return Handing(form, person, place)


def _make_ready(telling: Telling, handing: Handing, now: datetime) -> int:
    phone = {
        "asset_tag": f"AC-04{12 + handing.place}",
        "serial": SERIALS[handing.place],
        "number": f"(831) 555-019{handing.place}",
    }
    return issue_ready.make_ready(
        telling.session,
        telling.residents[people.IT],
        form_id=handing.form.id or 0,
        version=handing.form.version,
        typed=phone | KIT,
        now=now,
    )


def _sign(telling: Telling, handing: Handing, now: datetime) -> None:
    session, person = telling.session, handing.person
    row = issue_order.open_issue(session, handing.form.id or 0)
    issue_id = row.id or 0 if row else 0
    shown = issue_receipt.receipt(session, person, issue_id=issue_id, now=now)
    signature = Signature(shown.fingerprint, person.name, agrees=True)
    issue_receipt.sign(session, person, issue_id=issue_id, signature=signature, now=now)


def _give_back(telling: Telling, handing: Handing, now: datetime) -> None:
    _sign(telling, handing, now)
    today = review_clock.today(telling.session, handing.person.employer_id, now)
    issue_return.take_back(
        telling.session,
        telling.residents[people.IT],
        form_id=handing.form.id or 0,
        version=handing.form.version,
        typed=BACK | {"received_on": today.isoformat()},
        now=now,
    )


def _approved(telling: Telling, person: Actor, now: datetime) -> AuthorizationForm:
    """Have the director of Public Works sign a form within every limit."""
    session, director = telling.session, telling.residents[people.DIRECTOR]
    form_id = form_drafts.start(
        session,
        director,
        person_id=person.person_id,
        wanted=Wanted("new_device", "cell"),
        now=now,
    )
    form = session.get_one(AuthorizationForm, form_id)
    form_drafts.save_step(
        session,
        director,
        form_id=form_id,
        version=form.version,
        step=TypedStep(ASKED, tuple(ASKED)),
        now=now,
    )
    on = review_clock.today(session, form.employer_id, now)
    subject = session.get_one(Person, form.person_id)
    shown = form_signing.prepared(
        session, form_record.case_of(session, form, subject, on)
    )
    signature = FormSignature(form.version, shown.fingerprint, director.name)
    form_signing.sign(session, director, form_id=form_id, signature=signature, now=now)
    return form


def _staff(telling: Telling) -> list[Actor]:
    """Find staff of Public Works without a stipend for whom nobody wrote a form."""
    city = telling.city
    taken = {stipend.person.name for stipend in every_stipend(city)}
    taken |= {person.name for person, _ in people.SIGN_INS}
    asked_for = set(telling.session.exec(select(AuthorizationForm.person_id)))
    free = (one for one in city.people if one.name not in taken)
    return [
        actor
        for one in free
        if one.ended_on is None
        and one.department == people.DIRECTOR.department
        and (actor := telling.residents[one]).person_id not in asked_for
    ]


def _tell_numbers(telling: Telling, now: datetime) -> None:
    """Put the numbers of all stipend holders but two on record, and name who sees."""
    session, holders = telling.session, _stipend_holders(telling)
    for place, person in enumerate(holders[2:], start=10):
        told = Told(OWN_NUMBER.format(place=place), 0)
        own_number.tell(session, person, told=told, now=now)
    manager, director = (
        telling.residents[people.CITY_MANAGER],
        telling.residents[people.DIRECTOR],
    )
    heather = telling.residents[people.BUSIEST]
    naming = Naming(heather.person_id, None)
    number_readers.name_reader(session, manager, naming=naming, now=now)
    jay = telling.residents[people.IT]
    naming = Naming(jay.person_id, director.department_id)
    number_readers.name_reader(session, director, naming=naming, now=now)
    for person in holders:
        if person.department_id == director.department_id:
            number_readers.expect(
                session, director, person_id=person.person_id, is_expected=True, now=now
            )


def _change_late(telling: Telling, now: datetime) -> None:
    """Let one holder, if there is any, tell a new number two days after it changed."""
    session = telling.session
    for person in _stipend_holders(telling)[-1:]:
        _tell_late(session, person, now)


def _tell_late(session: Session, person: Actor, now: datetime) -> None:
    seen = own_number.own_number(session, person, now=now)
    local = (now - timedelta(days=2)).astimezone(ZoneInfo(seen.time_zone))
    changed_at = local.time().replace(tzinfo=None)
    told = Told("(213) 555-0189", seen.row_id, local.date(), changed_at)
    own_number.tell(session, person, told=told, now=now)


def _stipend_holders(telling: Telling) -> list[Actor]:
    return [
        telling.residents[stipend.person]
        for stipend in every_stipend(telling.city)
        if stipend.held_until is None
    ]
