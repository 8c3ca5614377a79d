"""Stipends and the runs that pay them, as tests begin."""

from datetime import date
from decimal import Decimal

from mobile_selfservice.models.stipend import Stipend, StipendClass
from mobile_selfservice.models.stipend_repayment import StipendRepayment
from mobile_selfservice.services.payroll import hand_over, run_list, run_view
from tests.factories import NOW
from tests.services.setting import set_value

SPRING = "2026-01-01"


def stipend(make, holder, amount="25.00", since=date(2026, 1, 1), **details) -> Stipend:
    usual = {
        "stipend_class": StipendClass.CELL,
        "out_of_pocket": Decimal("60.00"),
        "authority": "Personnel action form 2026-001",
    }
    return make.save(
        Stipend(
            person_id=holder.person_id,
            monthly_amount=Decimal(amount),
            held_from=since,
            **(usual | details),
        )
    )


def say_how_taxed(session, clerk, said="nontaxable"):
    return set_value(
        session, clerk, "stipend.tax_treatment", said, valid_from="2026-01-01"
    )


def pay_by(session, clerk, frequency, periods=None, proration=None):
    """Let the policy pay another way than Lodi's from the year's first day."""
    since = {"valid_from": SPRING}
    set_value(session, clerk, "stipend.pay_frequency", frequency, **since)
    if periods:
        set_value(session, clerk, "stipend.pay_periods", str(periods), **since)
    if proration:
        set_value(session, clerk, "stipend.proration", proration, **since)


def start(session, clerk, period=None, now=NOW):
    """Start the run that comes next; return its number."""
    period = period or run_list.all_runs(session, clerk, now=now).following
    return hand_over.start(session, clerk, period=period, now=now).run_id


def seen(session, clerk, run_id, now=NOW):
    return run_view.one_run(session, clerk, run_id=run_id, now=now)


def hand(session, clerk, run_id, now=NOW):
    """Hand a run over, having looked at it."""
    shown = seen(session, clerk, run_id, now)
    return hand_over.hand_over(session, clerk, run_id=run_id, seen=shown.seen, now=now)


def paid(session, clerk, now=NOW):
    """Start the next run and hand it over; return its number."""
    run_id = start(session, clerk, now=now)
    hand(session, clerk, run_id, now)
    return run_id


def kept_repayment(make, clerk, held, run) -> StipendRepayment:
    """Keep that $25.00 of what a run paid was paid back elsewhere."""
    return make.save(
        StipendRepayment(
            employer_id=clerk.employer_id,
            person_id=held.person_id,
            stipend_id=held.id,
            corrects_run_id=run.id,
            amount=Decimal("25.00"),
            repaid_on=date(2026, 4, 1),
            reference="Check 1042",
            reason="A test",
            recorded_by=clerk.person_id,
            recorded_at=NOW,
            idempotency_key="a test",
        )
    )
