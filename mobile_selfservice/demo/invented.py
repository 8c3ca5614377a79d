"""Names, numbers and places that are plainly nobody's."""

from functools import cache
from itertools import product
from random import Random
from typing import NamedTuple

FIRST_NAMES = """
Alder Ash Aspen Basil Bay Birch Briar Cedar Clover Coral Dale Elm Fern Flint Forrest
Glen Hazel Heath Heather Holly Iris Ivy Jade Jasper Jay Juniper Lark Laurel Lilac
Linden Maple Moss Myrtle Olive Opal Pearl Poppy Reed River Robin Rowan Ruby Sage Sorrel
Teal Violet Willow Wren
""".split()  # noqa: SIM905  a list of names reads better than a list of strings
LAST_NAMES = """
Ames Banks Brook Carver Cove Dell Easton Field Ford Grove Harbor Heron Hill Keller Lane
Marsh Mead Mills Newell Orchard Parker Pike Pond Quarry Ridge Sand Shore Stone Thorn
Underhill Vale Waters West Weir Wood Yardley
""".split()  # noqa: SIM905

PLACES = {
    "209": ("LODI CA", "STOCKTON CA", "TRACY CA", "MANTECA CA", "GALT CA"),
    "916": ("SACRAMNTO CA", "ELK GROVE CA", "FOLSOM CA"),
    "530": ("DAVIS CA", "REDDING CA", "CHICO CA"),
    "415": ("SNFC CNTRL CA", "SAN RAFAEL CA"),
    "510": ("OAKLAND CA", "FREMONT CA"),
    "707": ("VALLEJO CA", "SANTAROSA CA"),
    "559": ("FRESNO CA", "VISALIA CA"),
    "408": ("SAN JOSE CA", "CAMPBELL CA"),
    "650": ("PALO ALTO CA", "SAN MATEO CA"),
    "831": ("SALINAS CA", "MONTEREY CA"),
    "925": ("CONCORD CA", "WALNT CRK CA"),
    "775": ("RENO NV", "SPARKS NV"),
}
OWN_AREAS = ("209", "916", "530", "925")
STORY_NUMBERS = range(100, 200)


class InventedNumber(NamedTuple):
    """A number of a story: certain, as a bill prints it, and where it would be."""

    certain: str
    printed: str
    place: str


def people_names(dice: Random, taken: set[str]) -> list[str]:
    """Give every name that is not taken, in a drawn order."""
    names = [f"{first} {last}" for first, last in product(FIRST_NAMES, LAST_NAMES)]
    free = [name for name in names if name not in taken]
    dice.shuffle(free)
    return free


@cache
def every_number() -> tuple[InventedNumber, ...]:
    """Give every number there is, those of the city's own areas first."""
    others = (area for area in PLACES if area not in OWN_AREAS)
    return tuple(
        InventedNumber(
            f"+1{area}555{last:04}", f"{area}-555-{last:04}", places[last % len(places)]
        )
        for area in (*OWN_AREAS, *others)
        for places in (PLACES[area],)
        for last in STORY_NUMBERS
    )
