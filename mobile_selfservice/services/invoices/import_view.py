"""Looking at invoices and imports: what is published, what waits, what was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import func
from sqlmodel import Session, col, select

from mobile_selfservice.models.invoice import (
    Bill,
    BillState,
    ImportState,
    Invoice,
    InvoiceImport,
    InvoiceState,
)
from mobile_selfservice.models.organization import Person
from mobile_selfservice.services import access
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.invoices import trial_report
from mobile_selfservice.services.invoices.import_course import ACTING
from mobile_selfservice.services.invoices.trial_report import TrialReport
from mobile_selfservice.services.refusals import NotPermitted

READING = (Role.FINANCE, Role.IT, Role.AUDITOR)
UNFINISHED = (
    ImportState.READING,
    ImportState.TRIED,
    ImportState.PUBLISHING,
    ImportState.REFUSED,
)
SHOWN = 200
UNFINISHED_SHOWN = 20


@dataclass(frozen=True, slots=True)
class InvoiceListed:
    """One published invoice, as the list of invoices shows it."""

    invoice_id: int
    month: date
    carrier: str
    account: str
    number: str
    period_from: date | None
    period_through: date | None
    total: Decimal
    ties: bool
    has_total: bool
    state: str
    revision: int
    lines: int
    without_owner: int


@dataclass(frozen=True, slots=True)
class ImportListed:
    """One import that is not finished; `is_known` says nothing is new in it.

    `invoices` names what was read: carrier, account and month.
    """

    import_id: int
    names: Sequence[str]
    state: str
    by: str
    at: datetime
    is_stopped: bool
    is_known: bool
    invoices: Sequence[tuple[str, str, date]]


@dataclass(frozen=True, slots=True)
class InvoiceList:
    """All that the list of invoices shows."""

    invoices: Sequence[InvoiceListed]
    unfinished: Sequence[ImportListed]
    may_import: bool
    may_open_imports: bool
    time_zone: str


@dataclass(frozen=True, slots=True)
class ImportSeen:
    """One import with everything its trial run found."""

    import_id: int
    names: Sequence[str]
    state: str
    by: str
    at: datetime
    published_by: str
    published_at: datetime | None
    report: TrialReport
    invoice_ids: Sequence[int]
    already_by: str
    already_at: datetime | None
    may_act: bool
    time_zone: str


def invoices(session: Session, actor: Actor, *, now: datetime) -> InvoiceList:
    """List the invoices by month, newest first, and the imports under way."""
    access.require(actor, *READING, Role.DCM)
    may_open = actor.has(*READING)
    return InvoiceList(
        invoices=_invoices(session, actor),
        unfinished=_unfinished(session, actor) if may_open else (),
        may_import=actor.has(*ACTING),
        may_open_imports=may_open,
        time_zone=access.employer(session, actor).time_zone,
    )


def import_seen(
    session: Session, actor: Actor, *, import_id: int, now: datetime
) -> ImportSeen:
    """Show one import to finance, IT or an auditor."""
    row = access.invoice_import(session, actor, import_id)
    report = trial_report.read(row.report)
    already = _published(session, report.already)
    return ImportSeen(
        import_id=import_id,
        names=tuple(row.file_names),
        state=row.state,
        by=_name(session, row.uploaded_by),
        at=row.uploaded_at,
        published_by=_name(session, row.published_by),
        published_at=row.published_at,
        report=report,
        invoice_ids=_invoice_ids(session, row),
        already_by=_name(session, already.published_by) if already else "",
        already_at=already.published_at if already else None,
        may_act=actor.has(*ACTING),
        time_zone=access.employer(session, actor).time_zone,
    )


def may_stop(session: Session, actor: Actor, *, import_id: int, now: datetime) -> int:
    """Return the import to someone who may stop it.

    Raises:
        NotPermitted: if it is not theirs to act on.
    """
    if not actor.has(*ACTING):
        raise NotPermitted
    return access.invoice_import(session, actor, import_id).id or 0


def _invoices(session: Session, actor: Actor) -> list[InvoiceListed]:
    counted = (
        select(
            Bill.invoice_id,
            func.count().label("lines"),
            func.sum(
                func.coalesce(col(Bill.holder_id) * 0, 1)  # 1 for each without a holder
            ).label("without_owner"),
        )
        .where(Bill.employer_id == actor.employer_id)
        .where(Bill.state != BillState.SUPERSEDED)
        .group_by(col(Bill.invoice_id))
        .subquery()
    )
    found = session.exec(
        select(Invoice, counted.c.lines, counted.c.without_owner)
        .join(counted, counted.c.invoice_id == Invoice.id, isouter=True)
        .where(Invoice.employer_id == actor.employer_id)
        .where(Invoice.state != InvoiceState.SUPERSEDED)
        .order_by(col(Invoice.month).desc(), Invoice.carrier, Invoice.account)
        .limit(SHOWN)
    )
    return [_listed(invoice, lines, without) for invoice, lines, without in found]


def _listed(
    invoice: Invoice, lines: int | None, without_owner: int | None
) -> InvoiceListed:
    return InvoiceListed(
        invoice_id=invoice.id or 0,
        month=invoice.month,
        carrier=invoice.carrier,
        account=invoice.account,
        number=invoice.number,
        period_from=invoice.period_from,
        period_through=invoice.period_through,
        total=invoice.total_current,
        ties=invoice.ties,
        has_total=invoice.has_total,
        state=invoice.state,
        revision=invoice.revision,
        lines=lines or 0,
        without_owner=int(without_owner or 0),
    )


def _unfinished(session: Session, actor: Actor) -> list[ImportListed]:
    found = session.exec(
        select(InvoiceImport, Person.name)
        .join(Person, col(Person.id) == InvoiceImport.uploaded_by, isouter=True)
        .where(InvoiceImport.employer_id == actor.employer_id)
        .where(col(InvoiceImport.state).in_(UNFINISHED))
        .order_by(col(InvoiceImport.uploaded_at).desc())
        .limit(UNFINISHED_SHOWN)
    )
    return [_unfinished_import(row, name or "The portal") for row, name in found]


def _unfinished_import(row: InvoiceImport, by: str) -> ImportListed:
    report = trial_report.read(row.report)
    return ImportListed(
        import_id=row.id or 0,
        names=tuple(row.file_names),
        state=row.state,
        by=by,
        at=row.uploaded_at,
        is_stopped=report.is_interrupted,
        is_known=report.is_same or report.already is not None,
        invoices=tuple(
            (one.carrier, one.account, date.fromisoformat(one.month))
            for one in report.invoices
        ),
    )


def _invoice_ids(session: Session, row: InvoiceImport) -> tuple[int, ...]:
    found = session.exec(
        select(Invoice.id).where(Invoice.import_id == row.id).order_by(col(Invoice.id))
    )
    return tuple(invoice_id or 0 for invoice_id in found)


def _published(session: Session, import_id: int | None) -> InvoiceImport | None:
    return session.get(InvoiceImport, import_id) if import_id else None


def _name(session: Session, person_id: int | None) -> str:
    person = session.get(Person, person_id) if person_id else None
    return person.name if person else ""
