"""An invented carrier's call detail, and the profile a clerk would save for it."""

from mobile_selfservice.carriers.mapped.fields import Rows
from mobile_selfservice.carriers.mapped.profile import (
    DurationForm,
    FileShape,
    Place,
    Profile,
    Written,
)
from mobile_selfservice.services.profiles import profile_saving
from mobile_selfservice.services.profiles.profile_saving import WantedProfile
from tests.factories import NOW

HEADINGS = [
    "Subscriber",
    "Call date",
    "Call time",
    "Number called",
    "In/Out",
    "Length",
    "Where",
    "Cost",
]
VALLEY = """Valley Cellular usage report
Account: ,700-1
Subscriber,Call date,Call time,Number called,In/Out,Length,Where,Cost
209-555-0101,03/04/2026,10:15,209-555-0142,OG,3:20,LODI CA,0.00
209-555-0101,03/05/2026,11:15,209-555-0143,IN,0:40,LODI CA,0.15
209-555-0102,03/16/2026,12:15,209-555-0144,OG,75:10,"LODI, CA",0.00
Total,,,,,79:10,,0.15
"""


def valley_profile(**differing) -> Profile:
    """Map Valley Cellular's columns, but for what differs."""
    said = {
        "name": "Valley calls",
        "carrier": "valley",
        "rows": Rows.ITEMS,
        "columns": {
            "line": Place(heading="Subscriber"),
            "account": Place(label="Account"),
            "date": Place(heading="Call date"),
            "time": Place(heading="Call time"),
            "other_party": Place(heading="Number called"),
            "direction": Place(heading="In/Out"),
            "quantity": Place(heading="Length"),
            "destination": Place(heading="Where"),
            "total": Place(heading="Cost"),
        },
        "file": FileShape(skip_rows=2, pass_over=("Total",)),
        "written": Written(duration=DurationForm.MINUTES_SECONDS),
        "headings": tuple(HEADINGS),
    }
    return Profile(**(said | differing))


def wanted(profile=None, **differing) -> WantedProfile:
    """Ask to save Valley's profile, but for what differs."""
    said = {"name": "Valley calls", "carrier": "Valley"}
    return WantedProfile(
        **(said | differing), profile=profile if profile else valley_profile()
    )


def save(session, actor, **differing) -> int:
    """Save a profile; return the version's number."""
    return profile_saving.save(session, actor, wanted=wanted(**differing), now=NOW)
