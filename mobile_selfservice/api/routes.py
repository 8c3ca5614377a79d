"""Every address outside the pages, in one list."""

from starlette.applications import Starlette

from mobile_selfservice.api import health, sign_in

app = Starlette(routes=[*health.routes, *sign_in.routes])
