"""Stipends go to payroll: a run each month, and one stipend that ended too late for it.

Payroll gets a month's run on the 25th before, so a stipend that ends with the month is
paid once more; the next run, still open when the story ends, takes that back.
"""

from datetime import date, datetime, timedelta
from functools import partial

from mobile_selfservice.demo import people
from mobile_selfservice.demo.calendar import at
from mobile_selfservice.demo.people import DEPARTMENTS
from mobile_selfservice.demo.stipends import DemoStipend, every_stipend
from mobile_selfservice.demo.telling import Telling
from mobile_selfservice.models.stipend_run import StipendRun
from mobile_selfservice.services.payroll import (
    hand_over,
    run_lines,
    run_list,
    templates,
)
from mobile_selfservice.services.payroll.templates import WantedTemplate
from mobile_selfservice.services.policy import value_rows, value_setting
from mobile_selfservice.services.policy.wanted_value import WantedValue
from mobile_selfservice.services.stipends import ending

TEMPLATE = WantedTemplate(
    name="County payroll system",
    columns=(
        ("EMPLOYEE_ID", "employee_number", ""),
        ("EARN_CODE", "pay_code", ""),
        ("AMOUNT", "amount", ""),
        ("EFFECTIVE", "pay_date", ""),
        ("COMPANY", "constant", "ALC"),
        ("MEMO", "reason", ""),
    ),
    code_cell="CELST",
    code_smart="SMTST",
    date_format="us",
)
MONTHS = 6  # of runs: enough for a year's end, and quick to tell
SAYS = {
    "stipend.tax_treatment": (
        "nontaxable",
        "The phone is asked of them for the city’s business, not given as pay.",
    ),
    "stipend.regular_rate_excluded": (
        "yes",
        "A stipend repays what their own phone costs them at work.",
    ),
}


def plan_payroll(telling: Telling) -> None:
    """Plan what finance decides at first, a run each month, and one late end."""
    months = telling.city.months[-MONTHS:]
    since = months[0].first
    telling.agenda.add(at(since, 9), partial(_decide, telling, since))
    telling.agenda.add(at(since + timedelta(days=4), 10), partial(_run, telling))
    for month in months:
        acting = _leave_open if month == months[-1] else _run
        telling.agenda.add(
            at(month.first.replace(day=25), 10), partial(acting, telling)
        )
    if len(months) > 1:
        ended = months[-2].first
        telling.agenda.add(
            at(ended.replace(day=27), 14), partial(_end_one, telling, ended)
        )


def _decide(telling: Telling, since: date, now: datetime) -> None:
    """Let finance say how stipends are taxed, and how payroll wants its file."""
    clerk = telling.residents[people.FINANCE]
    for key, (said, reason) in SAYS.items():
        wanted = WantedValue(
            key=key,
            said=said,
            valid_from=since.isoformat(),
            authority="Finance memorandum 11 (demo)",
            reason=reason,
            seen=value_rows.seen(telling.session, clerk.employer_id, key),
            idempotency_key=f"demo {key}",
            confirmed=True,
        )
        value_setting.set_value(telling.session, clerk, wanted=wanted, now=now)
    templates.save(telling.session, clerk, wanted=TEMPLATE, version=0, now=now)


def _run(telling: Telling, now: datetime) -> None:
    """Start the run that comes next, look at it, and hand it over."""
    run_id = _start(telling, now)
    if not run_id:
        return
    run = telling.session.get_one(StipendRun, run_id)
    hand_over.hand_over(
        telling.session,
        telling.residents[people.FINANCE],
        run_id=run_id,
        seen=run_lines.content_of(telling.session, run).seen,
        now=now,
    )


def _leave_open(telling: Telling, now: datetime) -> None:
    """Start the run that comes next, for whoever looks at the demo."""
    _start(telling, now)


def _start(telling: Telling, now: datetime) -> int:
    clerk = telling.residents[people.FINANCE]
    period = run_list.all_runs(telling.session, clerk, now=now).following
    if period is None:
        return 0
    started = hand_over.start(telling.session, clerk, period=period, now=now)
    return started.run_id


def _end_one(telling: Telling, month: date, now: datetime) -> None:
    """Let a director end a stipend whose next month is paid already."""
    found = _who_changes_jobs(telling)
    if found is None:
        return
    director = next(
        each.director for each in DEPARTMENTS if each.code == found.person.department
    )
    ending.end_stipend(
        telling.session,
        telling.residents.actors[director],
        telling.residents[found.person].person_id,
        month,
        "Moved to the front desk and needs no phone there any more.",
        now,
    )


def _who_changes_jobs(telling: Telling) -> DemoStipend | None:
    directors = {each.director for each in DEPARTMENTS}
    holding = [
        each
        for each in every_stipend(telling.city)
        if each.held_until is None and each.person.name not in directors
    ]
    return holding[-1] if holding else None
