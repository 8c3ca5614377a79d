"""Handing out the rows of a person's own replay, for a spreadsheet."""

import asyncio

from starlette.requests import Request
from starlette.responses import FileResponse, Response
from starlette.routing import Route

from mobile_selfservice.api.signed_in import for_roles
from mobile_selfservice.jobs import replay_policy
from mobile_selfservice.services.access import REPLAYERS
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.refusals import NotPermitted


@for_roles(*REPLAYERS)
async def get_rows(request: Request, actor: Actor) -> Response:
    """Answer with the rows of one replay to whoever made it, for a day."""
    key = request.path_params["key"]
    path = await asyncio.to_thread(replay_policy.file_of, actor, key)
    if path is None:
        raise NotPermitted
    return FileResponse(path, media_type="text/csv; charset=utf-8", filename=NAME)


NAME = "draft-policy.csv"
routes = [Route("/files/replays/{key}.csv", get_rows, methods=["GET"])]
