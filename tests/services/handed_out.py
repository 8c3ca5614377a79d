"""A phone on its way to somebody, for tests of what happens to it."""

from datetime import date
from decimal import Decimal

from mobile_selfservice.models.authorization import (
    AuthorizationAction,
    AuthorizationForm,
    AuthorizationState,
)
from mobile_selfservice.models.device_issue import DeviceIssue, DeviceReceipt
from tests.factories import NOW

ANSWERS = {"minutes": 200, "contract_months": 12}
IMEI = "490154203237518"


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
