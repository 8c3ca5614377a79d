"""Taking in a carrier's files, and handing out what was found in them.

The form is posted by the browser itself: the framework's own upload is open to anybody
and keeps no limit. What comes is counted as it comes.
"""

import asyncio
import csv
import io
from collections.abc import AsyncGenerator, AsyncIterator

from starlette.datastructures import UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from mobile_selfservice.api.request_size import declared_size
from mobile_selfservice.api.signed_in import for_roles
from mobile_selfservice.api.team_export import harmless
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
from mobile_selfservice.settings import settings

FRAMING = 100_000  # what a form adds around its files


@for_roles(Role.FINANCE, Role.IT)
async def post_import(request: Request, actor: Actor) -> Response:
    """Keep the files, begin the trial run, and lead to its page."""
    try:
        kept = await kept_files(request)
    except TooLarge:
        return _back("large")
    except MultiPartException:
        return _back("form")
    if not kept:
        return _back("none")
    run = await asyncio.to_thread(import_invoice.begin, actor, kept)
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


async def kept_files(request: Request) -> list[KeptFile]:
    """Keep the files of a posted form, counted as they come.

    Raises:
        TooLarge: if they are larger than the portal takes.
        MultiPartException: if it is no form with files.
    """
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
        handed_in = form.getlist("files")
        chosen = [file for file in handed_in if isinstance(file, UploadFile)]
        return await asyncio.to_thread(_store, chosen, limit)
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
