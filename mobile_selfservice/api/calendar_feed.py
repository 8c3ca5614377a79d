"""A person's review dates for their own calendar program, which cannot sign in.

The signed link stands for these dates alone and ends when its owner renews it.
"""

import asyncio
from datetime import UTC, datetime, time, timedelta
from urllib.parse import urlsplit

from icalendar import Calendar, Event
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from mobile_selfservice import clock
from mobile_selfservice.api.signed_in import NOT_FOUND
from mobile_selfservice.database import reading
from mobile_selfservice.services import review_calendar
from mobile_selfservice.services.mail import signed_links
from mobile_selfservice.services.mail.signed_links import LinkRefused
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.review_calendar import ReviewDate
from mobile_selfservice.settings import settings


async def get_feed(request: Request) -> Response:
    """Answer with the dates, or as if there were nothing here."""
    try:
        dates = await asyncio.to_thread(_dates, request.path_params["token"])
    except (LinkRefused, NotPermitted):
        return PlainTextResponse(NOT_FOUND, 404)
    return Response(
        calendar_of(dates),
        media_type="text/calendar",
        headers={"Cache-Control": "no-store"},
    )


def calendar_of(dates: list[ReviewDate]) -> bytes:
    """Write review dates as an iCalendar file."""
    calendar = Calendar()
    calendar.add("prodid", "-//Mobile self-service//Review dates//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Phone bills to certify")
    for each in dates:
        calendar.add_component(_event(each))
    return bytes(calendar.to_ical())


def _dates(token: str) -> list[ReviewDate]:
    now = clock.now()
    link = signed_links.read_feed_link(token, now)
    with reading() as session:
        return review_calendar.dates_for(session, link=link, now=now)


def _event(each: ReviewDate) -> Event:
    event = Event()
    what = "Pay for personal use" if each.is_certified else "Certify phone bill"
    host = urlsplit(settings().public_url).hostname
    event.add("uid", f"bill-{each.bill_id}@{host}")
    event.add("dtstamp", datetime.combine(each.received_on, time(), UTC))
    event.add("summary", f"{what}: {each.month:%B %Y}")
    event.add("dtstart", each.due_on)
    event.add("dtend", each.due_on + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    event.add("url", f"{settings().public_url}/bills/{each.bill_id}")
    return event


routes = [Route("/feeds/{token}.ics", get_feed, methods=["GET"])]
