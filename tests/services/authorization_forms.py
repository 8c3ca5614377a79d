"""Forms as a director writes them, for the tests of each act on them."""

from typing import Any

from mobile_selfservice.models.authorization import AuthorizationForm
from mobile_selfservice.services.authorizations import form_drafts, form_record
from mobile_selfservice.services.authorizations import form_signing as signing
from mobile_selfservice.services.authorizations.form_drafts import TypedStep, Wanted
from tests.factories import NOW

NEED = {
    "ground:3.A.1:b": "on",
    "ground:4.B.1:c": "on",
    "need_why": "Called out at night for main breaks",
    "fixed_share": "30",
    "field_share": "70",
    "alternatives": "Radio does not reach the valley",
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
MORE = {"minutes": "300", "minutes_why": "On call every second week, and long calls"}


def drafted(
    session: Any,
    director: Any,
    person: Any,
    wanted: Wanted | None = None,
    now: Any = NOW,
    **fields: str,
) -> AuthorizationForm:
    """Begin a form and fill it in; fields replace the usual ones, empty ones go."""
    wanted = wanted or Wanted("new_device", "cell")
    form_id = form_drafts.start(
        session, director, person_id=person.person_id, wanted=wanted, now=now
    )
    form = session.get_one(AuthorizationForm, form_id)
    if wanted.action.startswith("end"):
        typed = dict(fields)
    else:
        typed = {k: v for k, v in (NEED | SERVICE | fields).items() if v}
    form_drafts.save_step(
        session,
        director,
        form_id=form_id,
        version=form.version,
        step=TypedStep(typed, tuple(NEED | SERVICE | fields)),
        now=now,
    )
    return form


def sign(session: Any, director: Any, form: AuthorizationForm, now: Any = NOW) -> str:
    """Sign a form as it stands, as its page would."""
    from mobile_selfservice.models.organization import Person
    from mobile_selfservice.services import review_clock

    on = review_clock.today(session, form.employer_id, now)
    person = session.get_one(Person, form.person_id)
    case = form_record.case_of(session, form, person, on)
    shown = signing.prepared(session, case)
    return signing.sign(
        session,
        director,
        form_id=form.id or 0,
        signature=signing.FormSignature(form.version, shown.fingerprint, director.name),
        now=now,
    )


def signed(
    session: Any,
    director: Any,
    person: Any,
    wanted: Wanted | None = None,
    now: Any = NOW,
    **fields: str,
) -> AuthorizationForm:
    """Write a form and sign it."""
    form = drafted(session, director, person, wanted, now, **fields)
    sign(session, director, form, now)
    return form
