"""Directors' forms in every state: drafted, signed, waiting, approved, sent back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from mobile_selfservice.demo import people
from mobile_selfservice.demo.stipends import every_stipend
from mobile_selfservice.demo.telling import Telling
from mobile_selfservice.models.authorization import AuthorizationForm
from mobile_selfservice.models.organization import Person
from mobile_selfservice.services import review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.authorizations import (
    form_decisions,
    form_drafts,
    form_record,
    form_signing,
    need_review,
)
from mobile_selfservice.services.authorizations.form_decisions import Answer
from mobile_selfservice.services.authorizations.form_drafts import TypedStep, Wanted
from mobile_selfservice.services.authorizations.form_signing import FormSignature
from mobile_selfservice.services.authorizations.need_review import NeedWord

PARKS_DIRECTOR = "Moss Mills"
LEFT_DUE = 4
NEED = {
    "ground:3.A.1:b": "on",
    "ground:4.B.1:c": "on",
    "need_why": "On call for main breaks at night and on weekends.",
    "fixed_share": "30",
    "field_share": "70",
    "alternatives": "Radio does not reach the lower valley; a shared phone was tried.",
}
SERVICE = {
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
MORE = {"minutes": "300", "minutes_why": "On call every second week, with long calls."}
SMART = {
    "plan": "City Smart 450",
    "minutes": "450",
    "fewest_minutes": "450",
    "monthly_cost": "59.99",
    "price": "149.99",
    "needs_data": "on",
    "data_why": "Work orders are sent to the crews by e-mail.",
}
WHY_BACK = "Say which of the calls cannot wait until the morning."
WHY_NOT = "The crew's shared phone covers these shifts."
GROUNDS = "Still on the call list of the night crew."


@dataclass(frozen=True, slots=True)
class Writing:
    """What one form of the story asks for."""

    wanted: Wanted
    fields: dict[str, str]


PHONE = Writing(Wanted("new_device", "cell"), NEED | SERVICE)
EXCEPTION = Writing(Wanted("new_device", "cell"), NEED | SERVICE | MORE)
SMART_PHONE = Writing(Wanted("new_device", "smart"), NEED | SERVICE | SMART)
STIPEND = Writing(Wanted("stipend", "smart"), NEED)


def plan_forms(telling: Telling) -> None:
    """Plan the forms for the last days of the story."""
    morning = telling.agenda.present - timedelta(hours=12)
    telling.agenda.add(morning, partial(_write_forms, telling))


def _write_forms(telling: Telling, now: datetime) -> None:
    laurel = telling.residents[people.DIRECTOR]
    # In a small city there are fewer people than forms to write.
    free = _without_a_phone(telling)
    for (director, person), write in zip(free, SCENES, strict=False):
        write(telling, director, person, now)
    _change(telling, laurel, now)
    _directors_own(telling, now)
    _answer_needs(telling, laurel, now)


def _begin(telling: Telling, director: Actor, person: Actor, now: datetime) -> None:
    _draft(telling, director, person, Writing(PHONE.wanted, NEED), now)


def _ask(
    writing: Writing, telling: Telling, director: Actor, person: Actor, now: datetime
) -> None:
    _signed(telling, director, person, writing, now)


def _send_back(telling: Telling, director: Actor, person: Actor, now: datetime) -> None:
    form = _signed(telling, director, person, EXCEPTION, now)
    form_decisions.refer_back(
        telling.session,
        telling.residents[people.DCM],
        form_id=form.id or 0,
        answer=Answer(form.version, WHY_BACK),
        now=now,
    )


def _refuse(telling: Telling, director: Actor, person: Actor, now: datetime) -> None:
    form = _signed(telling, director, person, EXCEPTION, now)
    form_decisions.refuse(
        telling.session,
        telling.residents[people.DCM],
        form_id=form.id or 0,
        answer=Answer(form.version, WHY_NOT),
        now=now,
    )


Scene = Callable[[Telling, Actor, Actor, datetime], None]
SCENES: tuple[Scene, ...] = (
    partial(_ask, EXCEPTION),
    partial(_ask, SMART_PHONE),
    _begin,
    partial(_ask, STIPEND),
    _send_back,
    _refuse,
)


def _directors_own(telling: Telling, now: datetime) -> None:
    """Let the director of Parks ask for more minutes: the City Manager decides."""
    moss = next(one for one in telling.city.people if one.name == PARKS_DIRECTOR)
    actor = telling.residents[moss]
    _signed(telling, actor, actor, EXCEPTION, now)


def _answer_needs(telling: Telling, director: Actor, now: datetime) -> None:
    """Document the need for every phone of the department but a few."""
    while True:
        due = need_review.due_page(telling.session, director, page=99, now=now)
        for row in due.rows[: max(0, due.count - LEFT_DUE)]:
            word = NeedWord(row.line_id, row.since, is_needed=True, grounds=GROUNDS)
            need_review.answer(telling.session, director, word=word, now=now)
        if due.count <= LEFT_DUE:
            return


def _change(telling: Telling, director: Actor, now: datetime) -> None:
    """Let an employee with a phone have texting: approved, for IT to carry out."""
    texting = {"has_texting": "on", "texting_why": "Pump alarms come as texts."}
    writing = Writing(Wanted("change", "cell"), SERVICE | texting)
    _signed(telling, director, telling.residents[people.EMPLOYEE], writing, now)


def _without_a_phone(telling: Telling) -> list[tuple[Actor, Actor]]:
    """Find staff with neither phone nor stipend, each with the department's director.

    Those of Public Works come first.
    """
    city = telling.city
    taken = {held.person.name for line in city.lines for held in line.holdings}
    taken |= {stipend.person.name for stipend in every_stipend(city)}
    directors = {unit.code: unit.director for unit in people.DEPARTMENTS}
    taken |= {person.name for person, _ in people.SIGN_INS} | set(directors.values())
    free = [
        one for one in city.people if one.name not in taken and one.ended_on is None
    ]
    free.sort(key=lambda one: one.department != people.DIRECTOR.department)
    actors = telling.residents.actors
    return [(actors[directors[one.department]], actors[one.name]) for one in free]


def _draft(
    telling: Telling, director: Actor, person: Actor, writing: Writing, now: datetime
) -> AuthorizationForm:
    session = telling.session
    form_id = form_drafts.start(
        session, director, person_id=person.person_id, wanted=writing.wanted, now=now
    )
    form = session.get_one(AuthorizationForm, form_id)
    step = TypedStep(writing.fields, tuple(writing.fields))
    form_drafts.save_step(
        session,
        director,
        form_id=form_id,
        version=form.version,
        step=step,
        now=now,
    )
    return form


def _signed(
    telling: Telling, director: Actor, person: Actor, writing: Writing, now: datetime
) -> AuthorizationForm:
    session = telling.session
    form = _draft(telling, director, person, writing, now)
    on = review_clock.today(session, form.employer_id, now)
    subject = session.get_one(Person, form.person_id)
    case = form_record.case_of(session, form, subject, on)
    shown = form_signing.prepared(session, case)
    signature = FormSignature(form.version, shown.fingerprint, director.name)
    form_signing.sign(
        session, director, form_id=form.id or 0, signature=signature, now=now
    )
    return form
