"""A stipend at each step of the way, for the town in which every screen is filled."""

from mobile_selfservice import clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.stipends import stipend_clock
from tests.factories import Factory
from tests.services import elected
from tests.services.elected import Town


def stipends(make: Factory, people: dict[str, Actor], words: str) -> dict[str, int]:
    """Make elections asked, approved, worked out and entered; name their numbers."""
    session, now = make.session, clock.now()
    for key, value in (
        ("stipend.retail_survey", elected.SURVEY),
        ("stipend.qualified_devices", elected.LIST),
    ):
        elected.set_figure(make, key, value)
    numbers = {}
    for name, carry in (
        ("stipend_asked", _asked),
        ("stipend_approved", elected.approved),
        ("stipend_worked_out", elected.checked),
        ("stipend_entered", elected.entered),
    ):
        town = Town(
            employee=make.person(),
            director=people["director"],
            it=people["technician"],
            finance=people["clerk"],
            manager=people["director"],
            dcm=people["director"],
            auditor=people["auditor"],
        )
        said = {"duties": f"On call at night. {words}"}
        numbers[name] = carry(session, town, now, **said).id
        people[name] = town.employee
    stipend_clock.record_held(session, people["clerk"].employer_id, now=now)
    return numbers


def _asked(session, town, now, **said):
    return elected.asked(session, town.employee, now, **said)
