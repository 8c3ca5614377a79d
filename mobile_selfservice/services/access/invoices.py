"""The doors to invoices, their imports, and how their columns are mapped."""

from sqlmodel import Session

from mobile_selfservice.models.column_profile import ColumnProfile, ProfileSample
from mobile_selfservice.models.invoice import Invoice, InvoiceImport
from mobile_selfservice.services.access.reach import require
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.refusals import NotPermitted


def invoice(
    session: Session, actor: Actor, invoice_id: int, *, lock: bool = False
) -> Invoice:
    """Return an invoice to those who work with invoices, or read them."""
    require(actor, Role.FINANCE, Role.IT, Role.AUDITOR, Role.DCM)
    found = session.get(Invoice, invoice_id, with_for_update=lock or None)
    if found is None:
        raise NotPermitted
    if found.employer_id != actor.employer_id:
        raise NotPermitted
    return found


def invoice_import(
    session: Session, actor: Actor, import_id: int, *, lock: bool = False
) -> InvoiceImport:
    """Return an import to finance, IT or an auditor."""
    require(actor, Role.FINANCE, Role.IT, Role.AUDITOR)
    found = session.get(InvoiceImport, import_id, with_for_update=lock or None)
    if found is None:
        raise NotPermitted
    if found.employer_id != actor.employer_id:
        raise NotPermitted
    return found


def column_profile(session: Session, actor: Actor, profile_id: int) -> ColumnProfile:
    """Return one version of a column profile to finance, IT or an auditor."""
    require(actor, Role.FINANCE, Role.IT, Role.AUDITOR)
    found = session.get(ColumnProfile, profile_id)
    if found is None:
        raise NotPermitted
    if found.employer_id != actor.employer_id:
        raise NotPermitted
    return found


def profile_sample(session: Session, actor: Actor, sample_id: int) -> ProfileSample:
    """Return files handed in for their columns to those who map columns."""
    require(actor, Role.FINANCE, Role.IT)
    found = session.get(ProfileSample, sample_id)
    if found is None:
        raise NotPermitted
    if found.employer_id != actor.employer_id:
        raise NotPermitted
    return found
