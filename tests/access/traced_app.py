"""The real app, with every handler and route that starts to run written to a file.

With GATE=off the gate is taken away, with PAYLOADS=off its look at payloads: the tests
must then find leaks and faults, or they prove nothing.
"""

import os
from pathlib import Path

from reflex_base.event.context import EventContext
from reflex_base.event.processor import base_state_processor

from mobile_selfservice import gate
from mobile_selfservice.api import signed_in
from mobile_selfservice.gate import Gate
from mobile_selfservice.mobile_selfservice import app

TRACE = Path(os.environ["TRACE_FILE"])
_process = base_state_processor.process_event
_answer = signed_in._answer


async def traced(handler, payload, state, root_state):
    """Note the handler, then run it."""
    _note(EventContext.get().token, f"{state.get_full_name()}.{handler.fn.__name__}")
    await _process(handler=handler, payload=payload, state=state, root_state=root_state)


async def traced_route(route, request, actor):
    """Note the address whose own code is reached, then answer."""
    _note(f"person-{actor.person_id}", f"{request.method} {request.url.path}")
    return await _answer(route, request, actor)


def _note(who: str, what: str) -> None:
    with TRACE.open("a") as file:
        file.write(f"{who} {what}\n")


base_state_processor.process_event = traced
signed_in._answer = traced_route
if os.environ.get("GATE") == "off":
    app._middlewares = [each for each in app._middlewares if not isinstance(each, Gate)]

if os.environ.get("PAYLOADS") == "off":
    gate.is_understood = lambda *_: True

__all__ = ["app"]
