"""Handing out an invoice's checks as a table, and the PDFs kept with it."""

import asyncio

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from mobile_selfservice.api.signed_in import for_roles
from mobile_selfservice.entry import look_as
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.address import record_number
from mobile_selfservice.services.invoices import invoice_checks, invoice_pdf
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.settings import settings


@for_roles(Role.FINANCE, Role.IT, Role.AUDITOR, Role.DCM)
async def get_checks(request: Request, actor: Actor) -> Response:
    """Hand out every check of an invoice."""
    invoice_id = record_number(request.path_params["invoice_id"])
    written = await look_as(actor, invoice_checks.as_csv, invoice_id=invoice_id)
    name = f"invoice-{invoice_id}-checks.csv"
    return Response(
        written,
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


@for_roles(Role.FINANCE, Role.IT, Role.AUDITOR)
async def get_pdf(request: Request, actor: Actor) -> Response:
    """Hand out a PDF kept with an invoice, to be saved: it is not of our making."""
    found = await look_as(
        actor,
        invoice_pdf.kept_pdf,
        invoice_id=record_number(request.path_params["invoice_id"]),
        pdf_id=record_number(request.path_params["pdf"]),
    )
    path = settings().uploads_dir / found.sha256
    if not await asyncio.to_thread(path.is_file):
        raise NotPermitted
    return FileResponse(path, media_type="application/pdf", filename=found.name)


routes = [
    Route("/files/invoices/{invoice_id}/{pdf}.pdf", get_pdf, methods=["GET"]),
    Route("/files/invoices/{invoice_id}/checks.csv", get_checks, methods=["GET"]),
]
