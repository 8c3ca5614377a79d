"""Taking in proofs of contract, handing them to who checks them, and payroll's form.

A proof is kept outside of what is served and goes out as a download only: a browser
never shows what somebody handed in as a page of ours.
"""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator

from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from mobile_selfservice.api.request_size import declared_size
from mobile_selfservice.api.signed_in import for_roles
from mobile_selfservice.entry import act_as, look_as
from mobile_selfservice.services.access import ELECTION_READERS, PROOF_READERS
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.address import record_number
from mobile_selfservice.services.invoices.import_files import CHUNK, TooLarge
from mobile_selfservice.services.refusals import ChangedMeanwhile
from mobile_selfservice.services.stipends import (
    action_form,
    contract_proofs,
    proof_files,
)
from mobile_selfservice.services.stipends.contract_proofs import TooManyToday
from mobile_selfservice.services.stipends.proof_files import (
    LARGEST,
    KeptProof,
    NotAProof,
)
from mobile_selfservice.settings import settings

FRAMING = 100_000  # what a form adds around its file
PAGE = "/phone/stipend"
# Nothing in the file may run or load anything, should a browser open it after all.
HARMLESS = "default-src 'none'; sandbox"


@for_roles(Role.EMPLOYEE)
async def post_proof(request: Request, actor: Actor) -> Response:
    """Keep the paper of a proof that its employee has typed, and lead back."""
    proof_id = record_number(str(request.path_params["number"]))
    try:
        await look_as(actor, contract_proofs.draft_of, proof_id=proof_id)
        file = await _handed_in(request)
        await _rest_on(actor, proof_id, file)
    except TooLarge:
        return _back("problem=large")
    except NotAProof:
        return _back("problem=kind")
    except MultiPartException:
        return _back("problem=none")
    except ChangedMeanwhile:
        return _back("problem=changed")
    except TooManyToday:
        return _back("problem=many")
    return _back("handed_in=1")


@for_roles(Role.EMPLOYEE, *PROOF_READERS)
async def get_proof(request: Request, actor: Actor) -> Response:
    """Hand out the paper of a proof as a download."""
    proof_id = record_number(str(request.path_params["number"]))
    proof = await act_as(actor, contract_proofs.open_paper, proof_id=proof_id)
    folder = settings().proofs_dir
    content = await asyncio.to_thread(proof_files.read, folder, proof.sha256)
    name = f"proof-of-contract-{proof_id}.{proof_files.ending_of(proof.kind)}"
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Content-Security-Policy": HARMLESS,
        "X-Content-Type-Options": "nosniff",
    }
    return Response(content, media_type=proof.kind, headers=headers)


@for_roles(Role.EMPLOYEE, *ELECTION_READERS)
async def get_action_form(request: Request, actor: Actor) -> Response:
    """Send the form that takes an election to payroll."""
    election_id = record_number(str(request.path_params["number"]))
    form = await look_as(actor, action_form.action_form, election_id=election_id)
    made = await asyncio.to_thread(action_form.action_form_pdf, form)
    headers = {"Content-Disposition": f'inline; filename="stipend-{election_id}.pdf"'}
    return Response(made, media_type="application/pdf", headers=headers)


routes = [
    Route("/files/proofs/{number:int}", post_proof, methods=["POST"]),
    Route("/files/proofs/{number:int}", get_proof, methods=["GET"]),
    Route("/files/stipends/{number:int}.pdf", get_action_form, methods=["GET"]),
]


def _back(said: str) -> Response:
    return RedirectResponse(f"{PAGE}?{said}", 303)


async def _rest_on(actor: Actor, proof_id: int, file: KeptProof) -> None:
    """Let the proof rest on a kept file; one that is refused does not stay."""
    try:
        await act_as(actor, contract_proofs.hand_in, proof_id=proof_id, file=file)
    except Exception:
        asked = contract_proofs.is_kept_for
        if not await look_as(actor, asked, sha256=file.sha256):
            folder = settings().proofs_dir
            await asyncio.to_thread(proof_files.forget, folder, file.sha256)
        raise


async def _handed_in(request: Request) -> KeptProof:
    """Keep the one file of a posted form.

    Raises:
        TooLarge, NotAProof: if it cannot be kept.
        MultiPartException: if there is none.
    """
    form = await _posted(request)
    try:
        file = form.get("file")
        if not isinstance(file, UploadFile) or not file.filename:
            raise MultiPartException("No file.")
        return await asyncio.to_thread(_keep, file)
    finally:
        await form.close()


def _keep(file: UploadFile) -> KeptProof:
    source = file.file
    chunks = iter(lambda: source.read(CHUNK), b"")
    return proof_files.keep(settings().proofs_dir, file.filename or "file", chunks)


async def _posted(request: Request) -> FormData:
    if (declared_size(request) or 0) > LARGEST + FRAMING:
        raise TooLarge(LARGEST)
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise MultiPartException("Not a form with a file.")
    stream = _counted(request.stream(), LARGEST + FRAMING)
    return await MultiPartParser(
        request.headers, stream, max_files=1, max_fields=2
    ).parse()


async def _counted(
    stream: AsyncIterator[bytes], limit: int
) -> AsyncGenerator[bytes, None]:
    seen = 0
    async for chunk in stream:
        seen += len(chunk)
        if seen > limit:
            raise TooLarge(LARGEST)
        yield chunk
