"""Statements and receipts as PDF files, for whoever may read their bill."""

import asyncio

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mobile_selfservice.api.signed_in import for_roles
from mobile_selfservice.entry import look_as
from mobile_selfservice.services.access import BILL_READERS, MAY_OPEN_FORMS
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.authorizations import form_view
from mobile_selfservice.services.authorizations.form_pdf import form_pdf
from mobile_selfservice.services.money import receipts
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.statements import statement
from mobile_selfservice.services.statements.statement_pdf import (
    receipt_pdf,
    statement_pdf,
)

MOST = 2**31 - 1


@for_roles(*BILL_READERS)
async def statement_file(request: Request, actor: Actor) -> Response:
    """Send a bill's newest signed statement."""
    bill_id = _number(request)
    found = await look_as(actor, statement.statement_of, bill_id=bill_id)
    if found is None:
        raise NotPermitted
    made = await asyncio.to_thread(statement_pdf, found)
    return _pdf(made, f"statement-{bill_id}-{found.sequence}.pdf")


@for_roles(*BILL_READERS)
async def receipt_file(request: Request, actor: Actor) -> Response:
    """Send the receipt of one payment."""
    found = await look_as(actor, receipts.receipt, payment_id=_number(request))
    made = await asyncio.to_thread(receipt_pdf, found)
    return _pdf(made, f"receipt-{found.number}.pdf")


@for_roles(*MAY_OPEN_FORMS)
async def authorization_file(request: Request, actor: Actor) -> Response:
    """Send an authorization form as it was signed last."""
    form_id = _number(request)
    found = await look_as(actor, form_view.signed_form, form_id=form_id)
    if found is None:
        raise NotPermitted
    made = await asyncio.to_thread(form_pdf, found)
    return _pdf(made, f"authorization-{form_id}-{found.number}.pdf")


def _number(request: Request) -> int:
    number: int = request.path_params["number"]
    if not 0 < number <= MOST:
        raise NotPermitted
    return number


def _pdf(made: bytes, name: str) -> Response:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return Response(made, media_type="application/pdf", headers=headers)


routes = [
    Route("/files/authorizations/{number:int}.pdf", authorization_file),
    Route("/files/statements/{number:int}.pdf", statement_file),
    Route("/files/receipts/{number:int}.pdf", receipt_file),
]
