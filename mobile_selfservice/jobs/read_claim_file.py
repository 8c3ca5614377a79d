"""Reading an employee's own carrier file: one at a time, in a worker thread.

Whoever hands a file in waits for its turn, and the portal's other threads stay free.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from mobile_selfservice.carriers.archive import NamedStream
from mobile_selfservice.database import reading
from mobile_selfservice.services import access
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.claims.call_file import calls_of
from mobile_selfservice.services.claims.call_list import CallTyped
from mobile_selfservice.services.claims.drafts import OPEN, NotOpen
from mobile_selfservice.services.codes.guidance import guidance_of

_worker = ThreadPoolExecutor(max_workers=1, thread_name_prefix="claim-file")


async def read(
    actor: Actor, claim_id: int, files: list[NamedStream], own_number: str
) -> tuple[CallTyped, ...]:
    """Read the calls of the files for a draft of the person's own.

    Raises:
        NotPermitted, NotOpen: if the claim is not theirs to change.
        FileNotRead: if the files cannot be read.
    """
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(
        _worker, _read, actor, claim_id, files, own_number
    )


def _read(
    actor: Actor, claim_id: int, files: list[NamedStream], own_number: str
) -> tuple[CallTyped, ...]:
    with reading() as session:
        claim = access.own_claim(session, actor, claim_id)
        if claim.state not in OPEN:
            raise NotOpen
        guidance = guidance_of(session, actor.employer_id)
        bill_date = claim.period_through
    return calls_of(files, own_number, guidance, bill_date)
