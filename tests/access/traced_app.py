"""The real app, with every handler that starts to run written to a file.

With GATE=off the gate is taken away: the test must then find leaks, or it proves
nothing.
"""

import os
from pathlib import Path

from reflex_base.event.processor import base_state_processor

from mobile_selfservice.gate import Gate
from mobile_selfservice.mobile_selfservice import app

TRACE = Path(os.environ["TRACE_FILE"])
_process = base_state_processor.process_event


async def traced(handler, payload, state, root_state):
    """Note the handler, then run it."""
    token = root_state.router.session.client_token if root_state else ""
    with TRACE.open("a") as file:
        file.write(f"{token} {state.get_full_name()}.{handler.fn.__name__}\n")
    await _process(handler=handler, payload=payload, state=state, root_state=root_state)


base_state_processor.process_event = traced
if os.environ.get("GATE") == "off":
    app._middlewares = [each for each in app._middlewares if not isinstance(each, Gate)]

__all__ = ["app"]
