"""The figures of a department's month: what is counted in each, and what is not."""

from datetime import datetime

from sqlmodel import Session

from mobile_selfservice.policy.money import ZERO, dollars, sum_in_words
from mobile_selfservice.policy.review_deadline import RETURN_OF_FORM, in_words
from mobile_selfservice.policy.step_words import StepWords
from mobile_selfservice.services import printed
from mobile_selfservice.services.explain.explained_figure import Part, Working
from mobile_selfservice.services.explain.policy_behind import values_in_force
from mobile_selfservice.services.explain.subjects import TeamMonth, moment
from mobile_selfservice.services.team import idle_lines, team_months
from mobile_selfservice.services.team.idle_lines import IDLE_BILLS, MONTHS_A_YEAR
from mobile_selfservice.services.team.team_months import MonthCost

COUNTED = "What is counted"


def its_cost(session: Session, team: TeamMonth, now: datetime) -> Working:
    """Tell what a department's lines cost in a month, beside the year before."""
    year = team_months.twelve_months(session, team.department_id, team.month)
    month, last = year[-1], year[-2]
    counted = (
        StepWords(
            f"{_bills(month.bills)} of {team.month:%B %Y} released to {team.name}, "
            f"each with the whole cost of its line: {dollars(month.cost)}"
        ),
        StepWords("bills not yet released, and replaced ones, are left out"),
    )
    with_bills = [each for each in year if each.bills]
    total = sum((each.cost for each in with_bills), ZERO)
    compared = [StepWords(f"the month before: {dollars(last.cost)}")]
    if with_bills:
        compared.append(
            StepWords(
                f"average of the {len(with_bills)} of twelve months with bills: "
                f"{dollars(total)} ÷ {len(with_bills)} = "
                f"{dollars(total / len(with_bills))}"
            )
        )
    parts = (Part(COUNTED, counted), Part("Compared with", tuple(compared)))
    return _working(session, team, now, dollars(month.cost), parts)


def its_personal_share(session: Session, team: TeamMonth, now: datetime) -> Working:
    """Tell what people owe for personal use in a department's month."""
    month = _month(session, team)
    states = team_months.count_by_state(session, team.department_id, team.month)
    signed = sum(each.bills for each in states if each.state in team_months.SIGNED)
    steps = (
        StepWords(
            f"{_bills(signed)} of {_bills(month.bills)} certified, each with the "
            f"amount that was signed: {dollars(month.owed)}",
            clause=str(RETURN_OF_FORM),
        ),
        StepWords("bills not yet certified are left out: their marks are a draft"),
    )
    return _working(session, team, now, dollars(month.owed), (Part(COUNTED, steps),))


def its_balance(session: Session, team: TeamMonth, now: datetime) -> Working:
    """Tell what is still owed in a department's month."""
    month = _month(session, team)
    rest = month.owed - month.paid
    steps = (
        StepWords(f"certified: {dollars(month.owed)}"),
        StepWords(f"received by Finance, less what came back: {dollars(month.paid)}"),
        StepWords(sum_in_words([month.owed, -month.paid], rest)),
    )
    said = dollars(max(rest, ZERO))
    return _working(session, team, now, said, (Part(COUNTED, steps),))


def its_overdue(session: Session, team: TeamMonth, now: datetime) -> Working:
    """Tell which bills of a department count as overdue, whatever their month."""
    at = moment(session, team.employer_id, now)
    found = team_months.count_overdue(session, team.department_id, at.today)
    clause = str(RETURN_OF_FORM)
    steps = [
        StepWords(
            f"bills of any month whose last day was before {in_words(at.today)}: "
            "not certified, or certified and the money not handed in",
            clause=clause,
            reading="AMB-33",
        ),
        StepWords(f"that is {_bills(found.bills)}"),
    ]
    if found.longest_days:
        steps.append(StepWords(f"the longest by {found.longest_days:,} days"))
    return _working(
        session, team, now, _bills(found.bills), (Part(COUNTED, tuple(steps)),)
    )


def its_idle_lines(session: Session, team: TeamMonth, now: datetime) -> Working:
    """Tell which lines of a department count as idle, and what they cost in a year."""
    found = idle_lines.find(session, team.department_id, team.month)
    steps = (
        StepWords(
            f"lines with no call, message or data on {IDLE_BILLS} bills in a row or "
            f"more, up to {team.month:%B %Y}"
        ),
        StepWords(
            "no policy says when a line is idle: three bills in a row is the portal’s "
            "own measure. The policy’s threshold for little use is another one."
        ),
    )
    lines = tuple(
        StepWords(
            f"{printed.phone(line.number)}, {line.holder or 'nobody known'}: "
            f"{line.months} months without use, {dollars(line.monthly_cost)} × "
            f"{MONTHS_A_YEAR} = {dollars(line.yearly_cost)} a year"
        )
        for line in found
    )
    yearly = sum((line.yearly_cost for line in found), ZERO)
    said = f"{len(found):,} {'line' if len(found) == 1 else 'lines'}"
    parts = (Part(COUNTED, steps), Part("The lines", lines, dollars(yearly)))
    at = moment(session, team.employer_id, now)
    threshold = values_in_force(at.edition, ["plan.low_use_threshold"], team.month)
    worked = _working(session, team, now, said, parts)
    return Working(
        said=worked.said,
        parts=worked.parts,
        known=worked.known,
        on=worked.on,
        values=threshold,
    )


def _month(session: Session, team: TeamMonth) -> MonthCost:
    return team_months.twelve_months(session, team.department_id, team.month)[-1]


def _working(
    session: Session,
    team: TeamMonth,
    now: datetime,
    said: str,
    parts: tuple[Part, ...],
) -> Working:
    at = moment(session, team.employer_id, now)
    return Working(
        said=said,
        parts=parts,
        known=f"Added up on {at.words} from the bills of {team.name}.",
        on=team.month,
    )


def _bills(count: int) -> str:
    return f"{count:,} {'bill' if count == 1 else 'bills'}"
