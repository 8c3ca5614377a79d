"""A phone on its way to somebody, for tests of what happens to it."""

from datetime import date
from decimal import Decimal

from mobile_selfservice.models.authorization import (
    AuthorizationAction,
    AuthorizationForm,
    AuthorizationState,
    AuthorizationSubmission,
)
from mobile_selfservice.models.device_issue import DeviceIssue, DeviceReceipt
from mobile_selfservice.services.phones import (
    issue_order,
    issue_ready,
    issue_receipt,
    issue_return,
)
from mobile_selfservice.services.phones.issue_receipt import Signature
from tests.factories import NOW

ANSWERS = {
    "plan_kind": "allowance",
    "minutes": "200",
    "contract_months": "12",
    "price": "49.99",
    "has_free_calls": "on",
    "is_in_catalogue": "on",
    "is_on_state_contract": "on",
}
IMEI = "490154203237518"
ORDER = {
    "model": "Flip 4",
    "carrier": "Verizon",
    "contract_reference": "State contract 7-11-70-16",
    "contract_months": "12",
    "price": "49.99",
    "is_on_state_contract": "on",
    "is_in_catalogue": "on",
}
READY = {
    "asset_tag": "AC-0412",
    "serial": IMEI,
    "number": "(209) 555-0171",
    "kit_battery": "on",
    "kit_charger": "on",
    "kit_clip": "on",
    "kit_manual": "on",
}
BACK = {
    "received_on": "2026-04-10",
    "back_phone": "on",
    "back_battery": "on",
    "back_charger": "on",
    "back_clip": "on",
    "back_manual": "on",
}


def approved_form(make, person, director, **details):
    """An approved form for a new phone of somebody's own."""
    usual = {
        "action": AuthorizationAction.NEW_DEVICE,
        "device_class": "cell",
        "state": AuthorizationState.APPROVED,
        "answers": ANSWERS,
        "approved_on": date(2026, 4, 1),
    }
    return make.save(
        AuthorizationForm(
            employer_id=person.employer_id,
            department_id=person.department_id,
            person_id=person.person_id,
            drafted_by=director.person_id,
            drafted_at=NOW,
            changed_at=NOW,
            **(usual | details),
        )
    )


def with_exceptions(make, form, *limits):
    """Have a form signed with exceptions, as the director and the deputy approved."""
    make.save(
        AuthorizationSubmission(
            form_id=form.id,
            number=1,
            record={"for_role": "employee"},
            exceptions=[limit.value for limit in limits],
            edition="lodi_2011",
            content_hash="0" * 64,
            signed_name="A director",
            signed_role="director",
            signed_by=form.drafted_by,
            signed_at=NOW,
            signed_on=NOW.date(),
        )
    )
    return form


def order(session, clerk, form, now=NOW, **changed):
    """Order a form's phone, as it is usually ordered."""
    return issue_order.order(
        session,
        clerk,
        form_id=form.id,
        version=form.version,
        typed=ORDER | changed,
        now=now,
    )


def make_ready(session, clerk, form, now=NOW, **changed):
    """Make a form's phone ready, with the whole kit."""
    return issue_ready.make_ready(
        session,
        clerk,
        form_id=form.id,
        version=form.version,
        typed=READY | changed,
        now=now,
    )


def sign(session, person, issue_id, now=NOW, **changed):
    """Sign for a phone with one's own name."""
    shown = issue_receipt.receipt(session, person, issue_id=issue_id, now=now)
    usual = {"fingerprint": shown.fingerprint, "name": person.name, "agrees": True}
    signature = Signature(**(usual | changed))
    return issue_receipt.sign(
        session, person, issue_id=issue_id, signature=signature, now=now
    )


def take_back(session, clerk, form, now=NOW, **changed):
    """Take a form's phone back, with the whole kit."""
    typed = {key: said for key, said in (BACK | changed).items() if said}
    return issue_return.take_back(
        session,
        clerk,
        form_id=form.id,
        version=form.version,
        typed=typed,
        now=now,
    )


def handed_out(session, clerk, form, person, now=NOW):
    """Order a phone, make it ready and have it signed for; return which it is."""
    order(session, clerk, form, now)
    issue_id = make_ready(session, clerk, form, now)
    sign(session, person, issue_id, now)
    return issue_id


def signed_receipt(make, person, director):
    """A receipt as the database keeps it, without asking anybody."""
    form = approved_form(make, person, director)
    issue = make.save(
        DeviceIssue(
            employer_id=person.employer_id,
            form_id=form.id,
            person_id=person.person_id,
            device_class="cell",
            model="Flip 4",
            carrier="verizon",
            contract_reference="WSCA 1907",
            contract_months=12,
            price=Decimal("49.99"),
            is_on_state_contract=True,
            is_in_catalogue=True,
            edition="lodi_2011",
            ordered_by=director.person_id,
            ordered_at=NOW,
        )
    )
    return make.save(
        DeviceReceipt(
            issue_id=issue.id,
            record={},
            content_hash="0" * 64,
            edition="lodi_2011",
            signed_name=person.name,
            signed_by=person.person_id,
            signed_at=NOW,
            signed_on=NOW.date(),
        )
    )
