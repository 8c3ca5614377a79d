"""When word must be given of a device, and what else runs by the day.

City of Lodi, Cellular Phone Policy, 2 March 2011, sections 3.G and 3.J; New York
ITS-P18-007, sections 4.0 and 5.0. All of it reminds; nothing is taken away by a clock.
"""

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from mobile_selfservice.policy.explained import Clause, Step
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.review_deadline import (
    Calendar,
    Counting,
    DayKind,
    Deadline,
    deadline,
    hours_later,
    in_words,
)
from mobile_selfservice.policy.rulings import Measured
from mobile_selfservice.policy.unsaid import if_said

LOST = Clause("Lodi 2011", "3.J")
PROMPTLY = Clause("NY ITS-P18-007", "4.0 Deprovisioning")
USERS = Clause("NY ITS-P18-007", "5.0 Usage Standards")


@dataclass(frozen=True, slots=True, kw_only=True)
class ClockTerms:
    """What "immediately" and "promptly" mean, and the other limits of a device.

    None: the policy does not ask it. `report_over` is the loss above which an outside
    office is told.
    """

    immediately_hours: int | None = 24
    promptly_days: int | None = 5
    report_over: Decimal | None = None
    days_unseen: int | None = None
    clause: Clause = LOST
    promptly_clause: Clause = PROMPTLY
    report_clause: Clause = USERS
    unseen_clause: Clause = USERS


def clock_terms(edition: Edition, on: date) -> ClockTerms:
    """Take the limits from the edition in force on the day of the event.

    Clause: Lodi 2011 §3.J; NY ITS-P18-007 §4.0, §5.0. Reading: AMB-41.
    """
    return ClockTerms(
        immediately_hours=if_said(
            lambda: edition.whole("sla.immediately_hours", on), None
        ),
        promptly_days=if_said(
            lambda: edition.whole("sla.promptly_business_days", on), None
        ),
        report_over=if_said(
            lambda: edition.amount("loss.external_report_over", on), None
        ),
        days_unseen=if_said(lambda: edition.whole("mdm.max_days_unseen", on), None),
        clause=edition.parameter("sla.immediately_hours").clause,
        promptly_clause=edition.parameter("sla.promptly_business_days").clause,
        report_clause=edition.parameter("loss.external_report_over").clause,
        unseen_clause=edition.parameter("mdm.max_days_unseen").clause,
    )


LODI = ClockTerms()


def notice_due(
    happened_at: datetime, calendar: Calendar, terms: ClockTerms = LODI
) -> datetime | None:
    """Return until when a loss is told "immediately"; None where nobody asks.

    The hours run through nights and weekends.

    Clause: Lodi 2011 §3.J; NY ITS-P18-007 §5.0. Reading: AMB-41.
    """
    if terms.immediately_hours is None:
        return None
    return hours_later(happened_at, terms.immediately_hours, calendar)


def prompt_due(
    happened_at: datetime, calendar: Calendar, terms: ClockTerms = LODI
) -> Deadline | None:
    """Return the last day of "promptly" and "as soon as possible", in business days.

    Clause: NY ITS-P18-007 §4.0, §5.0. Reading: AMB-41.
    """
    if terms.promptly_days is None:
        return None
    business = replace(calendar, day_kind=DayKind.BUSINESS)
    counting = Counting(
        clause=terms.promptly_clause, began="happened", reading="AMB-41"
    )
    return deadline(happened_at, terms.promptly_days, business, counting)


def external_report(loss: Decimal, terms: ClockTerms) -> Measured:
    """Tell whether a theft or loss is reported outside: only in excess of the limit.

    Clause: NY ITS-P18-007 §5.0.
    """
    limit = terms.report_over
    if limit is None:
        return Measured(meets=False, steps=())
    is_over = loss > limit
    answer = "reported as soon as it is known" if is_over else "no report"
    text = f"{dollars(loss)} lost, reported above {dollars(limit)}: {answer}"
    return Measured(is_over, (Step(text, terms.report_clause),))


def unseen_too_long(last_seen: date, today: date, terms: ClockTerms) -> Measured:
    """Tell whether a device was off the network for longer than it may be.

    Clause: NY ITS-P18-007 §5.0.
    """
    limit = terms.days_unseen
    if limit is None:
        return Measured(meets=False, steps=())
    days = (today - last_seen).days
    text = f"last seen {in_words(last_seen)}, {days} days ago; at most {limit}"
    return Measured(days > limit, (Step(text, terms.unseen_clause),))
