"""Taking in a carrier's files, and handing out what was found in them.

The form is posted by the browser itself: the framework's own upload is open to anybody
and keeps no limit. What comes is counted as it comes.
"""

import asyncio
import csv
import io
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from mobile_selfservice.api.request_size import declared_size
from mobile_selfservice.api.signed_in import for_roles
from mobile_selfservice.carriers.guidance import Particulars
from mobile_selfservice.entry import look_as
from mobile_selfservice.jobs import import_invoice
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.address import record_number
from mobile_selfservice.services.invoices import import_files, import_view
from mobile_selfservice.services.invoices.import_files import (
    CHUNK,
    MOST_FILES,
    TooLarge,
)
from mobile_selfservice.services.invoices.trial_report import FindingShown, KeptFile
from mobile_selfservice.services.spreadsheet import harmless
from mobile_selfservice.settings import settings

FRAMING = 100_000  # what a form adds around its files
LONGEST = 60  # an account or an invoice number; none is half as long


@for_roles(Role.FINANCE, Role.IT)
async def post_import(request: Request, actor: Actor) -> Response:
    """Keep the files, begin the trial run, and lead to its page."""
    try:
        kept, told = await _handed_in(request)
    except TooLarge:
        return _back("large")
    except MultiPartException:
        return _back("form")
    except NoDate:
        return _back("date")
    if not kept:
        return _back("none")
    run = await asyncio.to_thread(import_invoice.begin, actor, kept, told)
    import_invoice.in_background(run, publishing=False)
    return RedirectResponse(f"/invoices/imports/{run.import_id}", 303)


@for_roles(Role.FINANCE, Role.IT, Role.AUDITOR)
async def get_findings(request: Request, actor: Actor) -> Response:
    """Hand out an import's findings as a table for a spreadsheet."""
    import_id = record_number(request.path_params["import_id"])
    seen = await look_as(actor, import_view.import_seen, import_id=import_id)
    name = f"import-{import_id}-findings.csv"
    return Response(
        as_csv(seen.report.findings),
        media_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )


routes = [
    Route("/files/import", post_import, methods=["POST"]),
    Route("/files/imports/{import_id}/findings.csv", get_findings, methods=["GET"]),
]


def _back(problem: str) -> Response:
    return RedirectResponse(f"/invoices/import?problem={problem}", 303)


class NoDate(Exception):  # noqa: N818
    """What stands in the field for the bill date is no date."""


async def kept_files(request: Request) -> list[KeptFile]:
    """Keep the files of a posted form, counted as they come.

    Raises:
        TooLarge: if they are larger than the portal takes.
        MultiPartException: if it is no form with files.
    """
    async with _posted(request) as form:
        return await _stored(form)


async def _handed_in(request: Request) -> tuple[list[KeptFile], Particulars]:
    """Keep the files of a form, and take what it states of the bill beside them."""
    async with _posted(request) as form:
        told = told_in(form)
        return await _stored(form), told


def told_in(form: FormData) -> Particulars:
    """Read what a form states of a bill because the carrier's files leave it out.

    Raises:
        NoDate: if the bill date is none.
    """
    words = {
        name: " ".join(value.split())[:LONGEST]
        for name in ("account", "invoice", "bill_date", "line")
        if isinstance(value := form.get(name, ""), str)
    }
    written = words.get("bill_date", "")
    try:
        bill_date = date.fromisoformat(written) if written else None
    except ValueError:
        raise NoDate from None
    return Particulars(
        account=words.get("account") or None,
        invoice=words.get("invoice") or None,
        bill_date=bill_date,
        line=words.get("line") or None,
    )


async def _stored(form: FormData) -> list[KeptFile]:
    handed_in = form.getlist("files")
    chosen = [file for file in handed_in if isinstance(file, UploadFile)]
    return await asyncio.to_thread(_store, chosen, settings().upload_limit)


@asynccontextmanager
async def _posted(request: Request) -> AsyncGenerator[FormData, None]:
    """Read a posted form with files; it is put away at the end."""
    limit = settings().upload_limit
    if (declared_size(request) or 0) > limit + FRAMING:
        raise TooLarge(limit)
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise MultiPartException("Not a form with files.")
    stream = _counted(request.stream(), limit + FRAMING)
    parser = MultiPartParser(
        request.headers, stream, max_files=MOST_FILES, max_fields=4
    )
    form = await parser.parse()
    try:
        yield form
    finally:
        await form.close()


async def _counted(
    stream: AsyncIterator[bytes], limit: int
) -> AsyncGenerator[bytes, None]:
    seen = 0
    async for chunk in stream:
        seen += len(chunk)
        if seen > limit:
            raise TooLarge(settings().upload_limit)
        yield chunk


def _store(files: list[UploadFile], limit: int) -> list[KeptFile]:
    kept: list[KeptFile] = []
    for file in files:
        if not file.filename:
            continue  # what a browser sends for a field left empty
        left = limit - sum(one.size for one in kept)
        source = file.file
        chunks = iter(lambda source=source: source.read(CHUNK), b"")  # type: ignore[misc]
        folder = settings().uploads_dir
        kept.append(import_files.store(folder, file.filename, chunks, left))
    return kept


def as_csv(findings: list[FindingShown]) -> str:
    """Write findings as a table for a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("Severity", "File", "Line", "Column", "Value", "Reason"))
    for one in findings:
        cells = (one.severity, one.file, one.line, one.column, one.value, one.reason)
        writer.writerow(harmless("" if c is None else str(c)) for c in cells)
    return out.getvalue()
