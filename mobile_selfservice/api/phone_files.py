"""The receipt for a phone as PDF, and the emergency list as CSV."""

import asyncio
import csv
import io
from collections.abc import Iterable

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from mobile_selfservice.api.signed_in import for_roles
from mobile_selfservice.entry import act_as, look_as
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.phones import issue_receipt, number_list
from mobile_selfservice.services.phones.issue_paper import phone_receipt_pdf
from mobile_selfservice.services.phones.number_list import EmergencyRow
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.spreadsheet import harmless

MOST = 2**31 - 1
HEADINGS = ("Name", "Department", "Number", "On record since (UTC)")


@for_roles()
async def receipt_file(request: Request, actor: Actor) -> Response:
    """Send the signed receipt for a phone."""
    number: int = request.path_params["number"]
    if not 0 < number <= MOST:
        raise NotPermitted
    found = await look_as(actor, issue_receipt.receipt, issue_id=number)
    made = await asyncio.to_thread(phone_receipt_pdf, found)
    name = f'inline; filename="phone-receipt-{number}.pdf"'
    headers = {"Content-Disposition": name}
    return Response(made, media_type="application/pdf", headers=headers)


@for_roles()
async def emergency_file(request: Request, actor: Actor) -> Response:
    """Send the emergency list to a coordinator; that it was taken is written down."""
    rows = await act_as(actor, number_list.emergency_list)
    return Response(
        emergency_csv(rows).encode("utf-8-sig"),  # a spreadsheet needs the mark
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="emergency-list.csv"'},
    )


def emergency_csv(rows: Iterable[EmergencyRow]) -> str:
    """Write one row a person."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    for row in rows:
        told = row.told_at.strftime("%Y-%m-%d %H:%M") if row.told_at else ""
        number = row.number.removeprefix("+")
        writer.writerow(
            [harmless(each) for each in (row.name, row.department, number, told)]
        )
    return text.getvalue()


routes = [
    Route("/files/phone-receipts/{number:int}.pdf", receipt_file),
    Route("/files/emergency-list.csv", emergency_file, methods=["GET"]),
]
