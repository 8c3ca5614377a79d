"""Taking in an employee's own carrier file, and handing out a claim as PDF.

What is handed in is counted as it comes, read, and thrown away.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from urllib.parse import urlencode

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from mobile_selfservice.api.request_size import declared_size
from mobile_selfservice.api.signed_in import for_roles
from mobile_selfservice.carriers.archive import NamedStream
from mobile_selfservice.entry import act_as, look_as
from mobile_selfservice.jobs import read_claim_file
from mobile_selfservice.services.access import CLAIM_READERS
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.address import record_number
from mobile_selfservice.services.claims import call_list, claim_paper
from mobile_selfservice.services.claims.call_file import (
    MOST_BYTES,
    FileNotRead,
    Unread,
)
from mobile_selfservice.services.claims.call_list import CallUnclear
from mobile_selfservice.services.claims.claim_pdf import claim_pdf
from mobile_selfservice.services.claims.drafts import NotOpen

FRAMING = 100_000  # what a form adds around its files
MOST_FILES = 10
LONGEST_NUMBER = 30


@for_roles(Role.EMPLOYEE)
async def post_calls(request: Request, actor: Actor) -> Response:
    """Read the calls of a file into a draft, and lead back to its page."""
    claim_id = record_number(str(request.path_params["number"]))
    try:
        told = await _taken_in(request, actor, claim_id)
    except FileNotRead as refusal:
        told = {"problem": refusal.why}
    except MultiPartException:
        told = {"problem": Unread.NO_FILE}
    except NotOpen:
        told = {"problem": Unread.HANDED_IN}
    except CallUnclear:
        told = {"problem": Unread.FULL}
    return RedirectResponse(f"/claims/{claim_id}?{urlencode(told)}", 303)


@for_roles(*CLAIM_READERS)
async def get_claim(request: Request, actor: Actor) -> Response:
    """Send what was handed in last, with what became of it."""
    claim_id = record_number(str(request.path_params["number"]))
    found = await look_as(actor, claim_paper.paper, claim_id=claim_id)
    made = await asyncio.to_thread(claim_pdf, found)
    headers = {"Content-Disposition": f'inline; filename="claim-{claim_id}.pdf"'}
    return Response(made, media_type="application/pdf", headers=headers)


routes = [
    Route("/files/claims/{number:int}/calls", post_calls, methods=["POST"]),
    Route("/files/claims/{number:int}.pdf", get_claim, methods=["GET"]),
]


async def _taken_in(request: Request, actor: Actor, claim_id: int) -> dict[str, str]:
    form = await _posted(request)
    try:
        files = [
            NamedStream(file.filename or "file", file.file)
            for file in form.getlist("files")
            if isinstance(file, UploadFile) and file.filename
        ]
        if not files:
            raise MultiPartException("No file.")
        number = form.get("own_number", "")
        own_number = number[:LONGEST_NUMBER] if isinstance(number, str) else ""
        calls = await read_claim_file.read(actor, claim_id, files, own_number.strip())
    finally:
        await form.close()
    done = await act_as(actor, call_list.add_read, claim_id=claim_id, calls=calls)
    parts = {"added": done.added, "known": done.known, "outside": done.outside}
    if done.unclear:
        parts["unclear"] = done.unclear
    return {name: str(count) for name, count in parts.items()}


async def _posted(request: Request) -> FormData:
    """Read a posted form with files, counted as it comes."""
    limit = MOST_BYTES + FRAMING
    if (declared_size(request) or 0) > limit:
        raise FileNotRead(Unread.LARGE)
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise MultiPartException("Not a form with files.")
    stream = _counted(request.stream(), limit)
    parser = MultiPartParser(
        request.headers, stream, max_files=MOST_FILES, max_fields=2
    )
    return await parser.parse()


async def _counted(
    stream: AsyncIterator[bytes], limit: int
) -> AsyncGenerator[bytes, None]:
    seen = 0
    async for chunk in stream:
        seen += len(chunk)
        if seen > limit:
            raise FileNotRead(Unread.LARGE)
        yield chunk
