"""What runs by itself while the portal serves: letters go out, reminders are written.

Every worker runs this. The database sees to it that only one does each thing: a letter
is taken by one worker, and a reminder's occasion is written once.
"""

import asyncio
import logging
from collections.abc import Callable

from mobile_selfservice.jobs.deliver_letters import deliver_due
from mobile_selfservice.jobs.write_reminders import write_reminders

logger = logging.getLogger(__name__)
DELIVER_EVERY = 5.0
REMIND_EVERY = 3600.0


async def run_forever() -> None:
    """Run until cancelled, off the event loop; a failure is logged and tried again."""
    await asyncio.gather(
        _every(DELIVER_EVERY, deliver_due), _every(REMIND_EVERY, write_reminders)
    )


async def _every(seconds: float, work: Callable[[], object]) -> None:
    while True:
        try:
            await asyncio.to_thread(work)
        except Exception:
            logger.exception("%s failed; it is tried again", work.__name__)
        await asyncio.sleep(seconds)
