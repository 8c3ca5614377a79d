"""The policies that come with the portal, by the short name a case uses."""

from datetime import date
from functools import cache
from importlib.resources import files

from mobile_selfservice.policy import editions
from mobile_selfservice.policy.parameters import Edition

SHORT_NAMES = {"lodi": "lodi_2011", "ny": "ny_its_p18_007"}
NEWEST = date(9999, 12, 31)


def written_policy(name: str) -> Edition:
    """Read a packaged policy; `lodi` and `ny` are short for the two of the project.

    Raises:
        LookupError: if there is none of that name.
    """
    return _packaged(SHORT_NAMES.get(name, name))


@cache
def _packaged(name: str) -> Edition:
    folder = files(editions)
    file = folder.joinpath(f"{name}.toml")
    if not name.isidentifier() or not file.is_file():
        known = ", ".join(SHORT_NAMES)
        raise LookupError(f"no policy `{name}` comes with the portal; known: {known}")
    text = file.read_text("utf-8")
    followed = editions.extended_by(text)
    if followed:
        return editions.lay_over(_packaged(followed), text, name)
    shared = editions.catalogue(folder.joinpath("catalogue.toml").read_text("utf-8"))
    return editions.parse(text, name, shared)
