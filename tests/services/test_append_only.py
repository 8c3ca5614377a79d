"""What was written stays as it was written, whoever asks the database itself."""

import importlib.util
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError
from sqlmodel import SQLModel, text

from mobile_selfservice.models.authorization import (
    AuthorizationAct,
    AuthorizationDecision,
    NeedAnswer,
)
from mobile_selfservice.models.column_profile import ColumnProfile
from mobile_selfservice.models.correction import Correction, CorrectionEntry
from mobile_selfservice.models.election import (
    ElectionDecision,
    ProofRequest,
    StipendElection,
)
from mobile_selfservice.models.invoice import BillCharge
from mobile_selfservice.models.invoice_check import InvoiceCheck, InvoicePdf
from mobile_selfservice.models.personal_number import PersonalNumber
from mobile_selfservice.models.policy_value import (
    PolicyValue,
    PolicyValueDecision,
)
from mobile_selfservice.models.rate_code import (
    CodeLegend,
    RateCode,
    RateCodeWithdrawal,
)
from mobile_selfservice.models.review import (
    DetailOpening,
    DirectorDecision,
)
from mobile_selfservice.models.stipend import Stipend, StipendClass
from mobile_selfservice.models.stipend_run import (
    PayrollTemplate,
    StipendRun,
    StipendRunLine,
)
from mobile_selfservice.services.actors import Role
from tests.factories import NOW
from tests.services.claims import decided_claim
from tests.services.handed_out import (
    approved_form,
    signed_receipt,
    with_exceptions,
)
from tests.services.money import confirm, hand_in, signed_bill
from tests.services.payroll import kept_repayment

ROOT = Path(__file__).parents[2]
# Said once more, so that a table dropped from the migration is missed here.
FROZEN = {
    "authorization_decision",
    "authorization_submission",
    "bill_charge",
    "certification",
    "claim_decision",
    "claim_submission",
    "code_legend",
    "column_profile",
    "correction_entry",
    "detail_opening",
    "device_receipt",
    "director_decision",
    "election_decision",
    "history_entry",
    "invoice_check",
    "invoice_pdf",
    "need_answer",
    "payment",
    "payroll_template",
    "personal_number",
    "policy_value",
    "policy_value_decision",
    "proof_request",
    "rate_code",
    "rate_code_withdrawal",
    "stipend_repayment",
    "stipend_run_line",
    "usage_item",
}


@pytest.fixture
def written(session, make):
    """At least one row in every table that is frozen."""
    employee, finance = make.person(), make.person(Role.FINANCE)
    director = make.person(Role.DIRECTOR)
    bill = signed_bill(make, employee)
    make.call(bill)
    confirm(session, finance, hand_in(session, employee, bill))
    about = {"bill_id": bill.id}
    make.save(
        BillCharge(
            invoice_id=bill.invoice_id,
            category="access",
            description="Plan",
            amount=Decimal("39.99"),
            **about,
        )
    )
    make.save(
        DirectorDecision(
            certification_id=session.exec(text("SELECT id FROM certification")).one()[
                0
            ],
            decision="accepted",
            decided_by=director.person_id,
            decided_at=NOW,
            **about,
        )
    )
    make.save(
        DetailOpening(
            opened_by=director.person_id, opened_at=NOW, reason="A test", **about
        )
    )
    value = make.save(
        PolicyValue(
            employer_id=finance.employer_id,
            key="personal_use.text_rate_per_use",
            value="0.05",
            valid_from=date(2026, 7, 1),
            office="Deputy City Manager",
            authority="Memo 12",
            set_by=director.person_id,
            set_at=NOW,
            idempotency_key="a test",
        )
    )
    _issue_and_claim(make, employee, director)
    make.save(
        PersonalNumber(
            employer_id=employee.employer_id,
            person_id=employee.person_id,
            number="+12095550101",
            reported_at=NOW,
        )
    )
    make.save(
        ColumnProfile(
            employer_id=finance.employer_id,
            name="Two columns",
            carrier="acme",
            version=1,
            text="",
            saved_by=finance.person_id,
            saved_at=NOW,
        )
    )
    make.save(
        PolicyValueDecision(
            value_id=value.id,
            decision="withdrawn",
            decided_by=director.person_id,
            decided_at=NOW,
        )
    )
    correction = make.save(
        Correction(
            employer_id=finance.employer_id,
            invoice_id=bill.invoice_id,
            cost_before=bill.cost,
            cost_after=bill.cost,
            owed_before=bill.owed,
            proposed_at=NOW,
            **about,
        )
    )
    make.save(
        CorrectionEntry(
            correction_id=correction.id,
            amount=Decimal("-1.00"),
            reason="A test",
            entered_by=finance.person_id,
            entered_at=NOW,
            **about,
        )
    )
    of_invoice = {"invoice_id": bill.invoice_id}
    make.save(InvoicePdf(name="bill.pdf", sha256="0" * 64, size=1, **of_invoice))
    make.save(
        InvoiceCheck(
            name="lines + account rows = total current charges",
            unit="USD",
            expected=Decimal(1),
            found=Decimal(1),
            difference=Decimal(0),
            verdict="ok",
            **of_invoice,
        )
    )
    code = make.save(
        RateCode(
            employer_id=finance.employer_id,
            carrier="att",
            code="RM45",
            usage_class="allowance",
            counts=True,
            valid_from=date(2026, 7, 1),
            set_by=finance.person_id,
            set_at=NOW,
            idempotency_key="a test",
        )
    )
    make.save(
        RateCodeWithdrawal(
            rate_code_id=code.id,
            reason="A test",
            withdrawn_by=finance.person_id,
            withdrawn_at=NOW,
        )
    )
    make.save(
        CodeLegend(
            invoice_id=bill.invoice_id,
            carrier="att",
            code="RM45",
            words="450 Rollover Mins",
            usage_class="allowance",
            counts=True,
        )
    )
    _hand_to_payroll(make, employee, finance)
    session.flush()
    return session


def _issue_and_claim(make, employee, director):
    """Sign for a phone that is handed out, and decide on a claim."""
    signed_receipt(make, employee, director)
    decided_claim(make, director)
    _sign_a_form(make, employee, director)


def _sign_a_form(make, employee, director):
    """Have a form signed and decided on, and a phone's need answered."""
    form = with_exceptions(make, approved_form(make, employee, director))
    make.save(
        AuthorizationDecision(
            form_id=form.id,
            act=AuthorizationAct.APPROVE,
            state_before="submitted",
            state_after="approved",
            decided_by=director.person_id,
            decided_at=NOW,
        )
    )
    make.save(
        NeedAnswer(
            line_id=make.line(employee).id,
            department_id=employee.department_id,
            is_needed=True,
            grounds="A test",
            answered_by=director.person_id,
            answered_at=NOW,
            answered_on=NOW.date(),
        )
    )


def _hand_to_payroll(make, employee, finance):
    """Write an election, a line into a run that is open still, and a template."""
    _elect(make, employee, finance)
    held = make.save(
        Stipend(
            person_id=employee.person_id,
            stipend_class=StipendClass.CELL,
            monthly_amount=Decimal("25.00"),
            out_of_pocket=Decimal("60.00"),
            held_from=date(2026, 1, 1),
            authority="A test",
        )
    )
    run = make.save(
        StipendRun(
            employer_id=finance.employer_id,
            pay_year=2026,
            number=4,
            periods=12,
            frequency="monthly",
            proration="none",
            first_day=date(2026, 4, 1),
            last_day=date(2026, 4, 30),
            pay_on=date(2026, 4, 30),
            edition="A test",
            started_by=finance.person_id,
            started_at=NOW,
        )
    )
    make.save(
        StipendRunLine(
            run_id=run.id,
            stipend_id=held.id,
            person_id=employee.person_id,
            kind="regular",
            amount=Decimal("25.00"),
            employee_number="E0001",
            person_name="A test",
            department_code="PW",
            stipend_class="cell",
            reason="A test",
        )
    )
    kept_repayment(make, finance, held, run)
    make.save(
        PayrollTemplate(
            employer_id=finance.employer_id,
            version=1,
            name="A test",
            columns=[["Amount", "amount", ""]],
            separator="comma",
            date_format="iso",
            saved_by=finance.person_id,
            saved_at=NOW,
        )
    )


def _elect(make, employee, finance):
    """Write an act on an election, and a request for a proof."""
    people = {"employer_id": employee.employer_id, "person_id": employee.person_id}
    election = make.save(
        StipendElection(
            department_id=employee.department_id,
            stipend_class="cell",
            begun_at=NOW,
            **people,
        )
    )
    make.save(
        ElectionDecision(
            election_id=election.id, step="asked", decided_at=NOW, content_hash="0" * 64
        )
    )
    make.save(
        ProofRequest(
            reason="A test",
            requested_by=finance.person_id,
            requested_at=NOW,
            requested_on=date(2026, 4, 10),
            due_on=date(2026, 4, 20),
            **people,
        )
    )


def test_the_migrations_freeze_these_tables_and_no_other():
    frozen = [
        table
        for path in (ROOT / "alembic" / "versions").glob("*.py")
        for table in getattr(_migration(path), "FROZEN", ())
    ]

    assert sorted(frozen) == sorted(FROZEN)


def _migration(path):
    spec = importlib.util.spec_from_file_location(path.stem, path)
    migration = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(migration)
    return migration


@pytest.mark.parametrize("table", sorted(FROZEN))
def test_a_frozen_row_is_neither_changed_nor_deleted(written, table):
    columns = [each.name for each in SQLModel.metadata.tables[table].columns]
    changes = [f"UPDATE {table} SET {name} = {name}" for name in columns]
    changes.append(f"DELETE FROM {table}")
    if written.get_bind().dialect.name == "postgresql":
        changes.append(f"TRUNCATE {table} CASCADE")
    else:
        # A row put in another's place is a change by another name.
        changes.append(f"REPLACE INTO {table} SELECT * FROM {table}")
    before = written.execute(text(f"SELECT * FROM {table}")).all()
    assert before

    for change in changes:
        with (
            pytest.raises(DatabaseError, match="kept as they were"),
            written.begin_nested(),
        ):
            written.execute(text(change))

    assert written.execute(text(f"SELECT * FROM {table}")).all() == before
