"""Is the portal up, and does its database answer? For whatever watches it."""

import asyncio

from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from mobile_selfservice.database import reading


async def get_health(request: Request) -> Response:
    """Answer 200 when a query works, 503 when it does not."""
    is_up = await asyncio.to_thread(_database_answers)
    return JSONResponse({"database": "up" if is_up else "down"}, 200 if is_up else 503)


def _database_answers() -> bool:
    try:
        with reading() as session:
            session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return False
    return True


routes = [Route("/health", get_health, methods=["GET"])]
