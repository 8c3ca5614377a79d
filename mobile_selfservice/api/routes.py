"""Every address outside the pages, in one list."""

from starlette.applications import Starlette

from mobile_selfservice.api import calendar_feed, health, links, sign_in

app = Starlette(
    routes=[
        *health.routes,
        *sign_in.routes,
        *links.routes,
        *calendar_feed.routes,
    ]
)
