"""A year in Alder Creek: bills come in, go out, are signed, answered and paid.

Nothing is written past the services: every act is somebody's, refused like anybody's,
and stands in the history with its moment.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlmodel import Session, col, func, select

from mobile_selfservice.demo import people
from mobile_selfservice.demo.agenda import Agenda
from mobile_selfservice.demo.authorizations import plan_forms
from mobile_selfservice.demo.calendar import at, next_month
from mobile_selfservice.demo.city import City
from mobile_selfservice.demo.claims import plan_claims
from mobile_selfservice.demo.elections import plan_elections
from mobile_selfservice.demo.invoices import MonthFile
from mobile_selfservice.demo.leave import plan_leave
from mobile_selfservice.demo.payroll import plan_payroll
from mobile_selfservice.demo.phones import plan_phones
from mobile_selfservice.demo.rate_codes import map_codes
from mobile_selfservice.demo.residents import Residents, settle
from mobile_selfservice.demo.reviews import plan_review
from mobile_selfservice.demo.telling import Telling
from mobile_selfservice.models.invoice import Bill, BillState, UsageItem
from mobile_selfservice.models.mail import Letter
from mobile_selfservice.services.invoices import invoice_import, release
from mobile_selfservice.services.mail import reminders

WHY_UNTIED = (
    "The carrier confirmed by e-mail that one equipment charge was not itemized; it "
    "will send a corrected download."
)


@dataclass(frozen=True, slots=True)
class Told:
    """What the story came to."""

    people: int
    lines: int
    bills: int
    items: int
    letters: int


def tell(
    session: Session, city: City, files: Iterable[MonthFile], password_hash: str
) -> Told:
    """Settle the city and let its year happen, all in the caller's transaction.

    Raises:
        Inhabited: if the database is not empty.
    """
    residents = settle(session, city, password_hash)
    agenda = Agenda(present_of(city))
    telling = Telling(session, city, residents, agenda)
    for number, file in enumerate(files):
        arrives = file.month.bill_date + timedelta(days=1)
        if not number:
            since = file.month.first
            mapping = partial(map_codes, telling, file.layout, since)
            agenda.add(at(arrives, 9), mapping)
        agenda.add(at(arrives, 9, 5), partial(_take_in, telling, file))
    _plan_reminders(telling)
    plan_claims(telling)
    plan_forms(telling)
    plan_payroll(telling)
    plan_phones(telling)
    plan_elections(telling)
    plan_leave(telling)
    agenda.carry_out()
    return _told(session, city, residents)


def present_of(city: City) -> datetime:
    """Return the moment the story ends: the evening of the last month's last day."""
    last_day = next_month(city.months[-1].first) - timedelta(days=1)
    return at(last_day, 20).astimezone(UTC)


def _take_in(telling: Telling, file: MonthFile, now: datetime) -> None:
    """Import a month's download, and plan its release."""
    published = invoice_import.take_in(
        telling.session, telling.residents[people.IT], sources=[file.path], now=now
    )
    (invoice_id,) = published.invoice_ids
    releasing = partial(_release, telling, file, invoice_id)
    telling.agenda.add(at(file.month.released_on, 15), releasing)


def _release(telling: Telling, file: MonthFile, invoice_id: int, now: datetime) -> None:
    """Release every bill that can be; the one invoice that does not tie says why.

    Where a reason was needed, a colleague releases the clerk's own bill.
    """
    is_untied = file.month == telling.city.untied_month
    done = release.release_invoice(
        telling.session,
        telling.residents[people.FINANCE],
        invoice_id=invoice_id,
        untied_reason=WHY_UNTIED if is_untied else "",
        now=now,
    )
    if done.own:
        release.release_invoice(
            telling.session,
            telling.residents[people.SECOND_FINANCE],
            invoice_id=invoice_id,
            now=now,
        )
    released = telling.session.exec(
        select(Bill)
        .where(Bill.invoice_id == invoice_id, Bill.state == BillState.RELEASED)
        .order_by(col(Bill.id))
    )
    for bill in released:
        plan_review(telling, bill, now)


def _plan_reminders(telling: Telling) -> None:
    """Let the portal write its reminders each morning, as it does by itself."""
    day, present = telling.city.months[0].released_on, telling.agenda.present
    while at(day, 7) <= present:
        telling.agenda.add(at(day, 7), partial(_remind, telling))
        day += timedelta(days=1)


def _remind(telling: Telling, now: datetime) -> None:
    telling.session.flush()
    reminders.write_due(telling.session, telling.residents.employer_id, now=now)


def _told(session: Session, city: City, residents: Residents) -> Told:
    def count(table: type) -> int:
        return session.exec(select(func.count()).select_from(table)).one()

    return Told(
        people=len(residents.actors),
        lines=len(city.lines),
        bills=count(Bill),
        items=count(UsageItem),
        letters=count(Letter),
    )
