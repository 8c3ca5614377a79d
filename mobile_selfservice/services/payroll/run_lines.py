"""The lines of a run: each stipend's pay, and corrections of runs handed over before.

An open run is worked out anew each time; what was handed over is read as it was kept.
A correction is what an earlier run should have paid, by what is known now, less what
was paid for it and not paid back elsewhere. Runs of this pay year and the one before
are looked at, and of older ones what is held back. Nobody's lines come to less than
nothing: what would is held back, stays owed, and is proposed again in the next run
(reading AMB-49).
"""

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, replace
from decimal import Decimal

from sqlmodel import Session, col, or_, select

from mobile_selfservice.models.stipend import Stipend
from mobile_selfservice.models.stipend_run import (
    LineKind,
    RunState,
    StipendRun,
    StipendRunLine,
)
from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy.money import ZERO, dollars
from mobile_selfservice.policy.months import ONE_DAY
from mobile_selfservice.policy.step_words import (
    StepWords,
    all_step_words,
    kept_step_words,
)
from mobile_selfservice.policy.stipend_pay import PayTerms, pay_terms
from mobile_selfservice.services import policy_in_force, printed
from mobile_selfservice.services.payroll import held_back
from mobile_selfservice.services.payroll.pay_book import Due, PayBook
from mobile_selfservice.services.payroll.pay_calendar import (
    period_in_words,
    terms_of,
)
from mobile_selfservice.services.payroll.repayments import repaid_of_run
from mobile_selfservice.services.stipends.stipend_months import PaidMonth

YEARS_LOOKED_AT = 1  # a pay year before the run's own


@dataclass(frozen=True, slots=True, kw_only=True)
class RunLine:
    """One line of a run, open or kept. `line_id` is 0 while the run is open."""

    line_id: int = 0
    stipend_id: int
    person_id: int
    kind: str
    amount: Decimal
    corrects_run_id: int | None
    employee_number: str
    name: str
    department: str
    stipend_class: str
    reason: str
    steps: tuple[StepWords, ...]

    @property
    def is_correction(self) -> bool:
        """Tell whether it corrects an earlier run."""
        return self.kind == LineKind.CORRECTION


@dataclass(frozen=True, slots=True)
class RunContent:
    """All lines of a run by name, and who is left out for having left.

    `held_back` are the parts of corrections that no pay of the person covers; they are
    in no total and no file.
    """

    lines: tuple[RunLine, ...]
    left: tuple[PaidMonth, ...] = ()
    held_back: tuple[RunLine, ...] = ()

    @property
    def regular_total(self) -> Decimal:
        """What the period itself pays."""
        return sum((each.amount for each in self.lines if not each.is_correction), ZERO)

    @property
    def correction_total(self) -> Decimal:
        """What is added or taken back for earlier runs."""
        return sum((each.amount for each in self.lines if each.is_correction), ZERO)

    @property
    def seen(self) -> str:
        """What tells whether any line differs from those a person looked at."""
        told = [
            [
                each.stipend_id,
                each.kind,
                str(each.amount),
                each.corrects_run_id,
                each.employee_number,
                each.name,
                each.department,
                each.reason,
            ]
            for each in self.lines
        ]
        return hashlib.sha256(json.dumps(told).encode()).hexdigest()


def content_of(session: Session, run: StipendRun) -> RunContent:
    """Return a run's lines. The caller checks access.

    Raises:
        NotSet: if the policy does not say how stipends are paid.
    """
    if run.state == RunState.HANDED_OVER:
        return RunContent(tuple(kept_lines(session, run.id or 0)))
    edition = policy_in_force.edition_of(session, run.employer_id)
    in_force = pay_terms(edition, run.pay_on)
    book, terms = PayBook(session, run.employer_id), terms_of(run, in_force)
    regular = [
        _regular(run, due) for due in book.due(run.pay_year, run.number, terms).values()
    ]
    held = held_back.carried(session, run)
    corrections = [
        line
        for earlier in _earlier(session, run, held.keys())
        for line in _corrections(session, book, earlier, terms_of(earlier, in_force))
        if _is_looked_at(run, earlier) or line.stipend_id in held[earlier.id or 0]
    ]
    lines = sorted(
        [*regular, *corrections], key=lambda each: (each.name, each.stipend_id)
    )
    paid, below_nothing = _covered(lines)
    left = tuple(book.left(run.pay_year, run.number, terms))
    return RunContent(paid, left, below_nothing)


def _covered(
    lines: Iterable[RunLine],
) -> tuple[tuple[RunLine, ...], tuple[RunLine, ...]]:
    """Part what each person's pay covers from what would come to less than nothing."""
    listed = list(lines)
    below: dict[int, Decimal] = defaultdict(Decimal)
    for line in listed:
        below[line.person_id] -= line.amount
    paid, held = [], []
    # From the end, so that the earliest month is put right first.
    for line in reversed(listed):
        cut = min(max(below[line.person_id], ZERO), max(-line.amount, ZERO))
        if not cut:
            paid.append(line)
            continue
        below[line.person_id] -= cut
        held.append(replace(line, amount=-cut))
        if line.amount + cut:
            paid.append(_cut(line, cut))
    return tuple(reversed(paid)), tuple(reversed(held))


def _cut(line: RunLine, cut: Decimal) -> RunLine:
    """Leave of a correction what the person's pay covers."""
    left = line.amount + cut
    text = (
        f"{dollars(-line.amount)} to take back, {dollars(cut)} of it held back, for no "
        f"more is paid in this run: {dollars(left)}"
    )
    step = StepWords(text, dollars(left), line.steps[-1].clause, "AMB-49")
    reason = f"{line.reason} ({dollars(cut)} held back)"
    return replace(line, amount=left, reason=reason, steps=(*line.steps, step))


def kept_lines(session: Session, run_id: int) -> list[RunLine]:
    """Return the lines of a run as they were handed over, in their order."""
    found = session.exec(
        select(StipendRunLine)
        .where(StipendRunLine.run_id == run_id)
        .order_by(col(StipendRunLine.id))
    )
    return [
        RunLine(
            line_id=each.id or 0,
            stipend_id=each.stipend_id,
            person_id=each.person_id,
            kind=each.kind,
            amount=each.amount,
            corrects_run_id=each.corrects_run_id,
            employee_number=each.employee_number,
            name=each.person_name,
            department=each.department_code,
            stipend_class=each.stipend_class,
            reason=each.reason,
            steps=tuple(kept_step_words(step) for step in each.working),
        )
        for each in found
    ]


def keep(session: Session, run: StipendRun, lines: Iterable[RunLine]) -> None:
    """Write the lines of a run that is about to be handed over."""
    for each in lines:
        session.add(
            StipendRunLine(
                run_id=run.id or 0,
                stipend_id=each.stipend_id,
                person_id=each.person_id,
                kind=each.kind,
                corrects_run_id=each.corrects_run_id,
                amount=each.amount,
                employee_number=each.employee_number,
                person_name=each.name,
                department_code=each.department,
                stipend_class=each.stipend_class,
                reason=each.reason,
                working=[_kept_step(step) for step in each.steps],
            )
        )
        session.flush()  # one by one, so that their numbers keep their order


def _kept_step(step: StepWords) -> dict[str, str]:
    amount = step.amount.replace("$", "").replace(",", "")
    return {
        "text": step.text,
        "amount": amount,
        "clause": step.clause,
        "reading": step.reading,
    }


def _regular(run: StipendRun, due: Due) -> RunLine:
    period = period_in_words(run.pay_year, run.number, run.periods)
    note = f". {due.note}" if due.note else ""
    reason = f"{due.stipend.stipend_class.capitalize()} phone stipend, {period}{note}"
    return _line(LineKind.REGULAR, due, due.amount, reason, due.steps, None)


def _is_looked_at(run: StipendRun, earlier: StipendRun) -> bool:
    """Tell whether all of an earlier run is worked out anew."""
    return earlier.pay_year >= run.pay_year - YEARS_LOOKED_AT


def _earlier(session: Session, run: StipendRun, held: Set[int]) -> list[StipendRun]:
    """List the earlier runs to look at; `held` are the runs of what is held back."""
    return list(
        session.exec(
            select(StipendRun)
            .where(
                StipendRun.employer_id == run.employer_id,
                StipendRun.state == RunState.HANDED_OVER,
                or_(
                    col(StipendRun.pay_year) >= run.pay_year - YEARS_LOOKED_AT,
                    col(StipendRun.id).in_(held),
                ),
                StipendRun.first_day < run.first_day,
            )
            .order_by(col(StipendRun.first_day), col(StipendRun.id))
        )
    )


def _corrections(
    session: Session, book: PayBook, earlier: StipendRun, terms: PayTerms
) -> list[RunLine]:
    """List what one earlier run paid too much or too little, by what is known now."""
    should = book.due(earlier.pay_year, earlier.number, terms)
    paid, back = _paid_for(session, earlier), repaid_of_run(session, earlier.id or 0)
    found = []
    for stipend_id in sorted(should.keys() | paid.keys()):
        due = should.get(stipend_id)
        lines, repaid = paid.get(stipend_id, []), back.get(stipend_id, ZERO)
        was = sum((each.amount for each in lines), ZERO)
        now = due.amount if due else ZERO
        if now == was - repaid:
            continue
        known = _Known(stipend_id, due, lines, was, repaid)
        found.append(_correction(session, earlier, known, terms))
    return found


def _paid_for(
    session: Session, earlier: StipendRun
) -> Mapping[int, list[StipendRunLine]]:
    """Return all that was paid for one run, in it or as a correction since."""
    found = session.exec(
        select(StipendRunLine).where(
            (
                (col(StipendRunLine.run_id) == earlier.id)
                & (col(StipendRunLine.kind) == LineKind.REGULAR)
            )
            | (col(StipendRunLine.corrects_run_id) == earlier.id)
        )
    )
    paid: dict[int, list[StipendRunLine]] = defaultdict(list)
    for line in found:
        paid[line.stipend_id].append(line)
    return paid


@dataclass(frozen=True, slots=True)
class _Known:
    """What is known of one stipend in one earlier run: due, paid, and paid back."""

    stipend_id: int
    due: Due | None
    lines: list[StipendRunLine]
    paid: Decimal
    repaid: Decimal


def _correction(
    session: Session, earlier: StipendRun, known: _Known, terms: PayTerms
) -> RunLine:
    due, kept = known.due, known.paid - known.repaid
    now = due.amount if due else ZERO
    period = period_in_words(earlier.pay_year, earlier.number, earlier.periods)
    back = f", {dollars(known.repaid)} paid back elsewhere" if known.repaid else ""
    sum_kept = f"{dollars(known.paid)} - {dollars(known.repaid)}" if back else ""
    text = (
        f"{period}: {dollars(now)} due as it is known now, {dollars(known.paid)} paid"
        f"{back}; {dollars(now)} - {f'({sum_kept})' if back else dollars(kept)} = "
        f"{dollars(now - kept)}"
    )
    steps = (*(due.steps if due else ()), Step(text, terms.clause, now - kept))
    because = _because(session, known.stipend_id, due, is_paid=bool(known.lines))
    reason = f"Correction of {period}: {because}"
    if due is not None:
        return _line(
            LineKind.CORRECTION, due, now - kept, reason, steps, earlier.id or 0
        )
    last = known.lines[-1]
    return RunLine(
        stipend_id=known.stipend_id,
        person_id=last.person_id,
        kind=LineKind.CORRECTION,
        amount=now - kept,
        corrects_run_id=earlier.id or 0,
        employee_number=last.employee_number,
        name=last.person_name,
        department=last.department_code,
        stipend_class=last.stipend_class,
        reason=reason,
        steps=all_step_words(steps),
    )


def _because(
    session: Session, stipend_id: int, due: Due | None, *, is_paid: bool
) -> str:
    if not is_paid:
        return "it was not in that run"
    stipend = session.get_one(Stipend, stipend_id)
    if due is None and stipend.held_until is not None:
        return f"the stipend ended {printed.day(stipend.held_until - ONE_DAY)}"
    if due is None:
        return "the stipend was not payable then"
    return "the amount is another by what is known now"


def _line(
    kind: LineKind,
    due: Due,
    amount: Decimal,
    reason: str,
    steps: tuple[Step, ...],
    corrects: int | None,
) -> RunLine:
    return RunLine(
        stipend_id=due.stipend.id or 0,
        person_id=due.person.id or 0,
        kind=kind,
        amount=amount,
        corrects_run_id=corrects,
        employee_number=due.person.employee_number,
        name=due.person.name,
        department=due.department.code,
        stipend_class=due.stipend.stipend_class,
        reason=reason,
        steps=all_step_words(steps),
    )
