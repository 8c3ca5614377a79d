"""The words of the policies that the portal carries, read once in a process."""

from functools import cache
from importlib.resources import files

from mobile_selfservice.policy import texts
from mobile_selfservice.policy.texts import PlainPassage, PolicyText

# The policies whose own words come with the portal, by the name clauses are cited with.
FILES = {"Lodi 2011": "lodi_2011", "NY ITS-P18-007": "ny_its_p18_007"}


@cache
def own_words(policy: str) -> PolicyText | None:
    """Return a policy's own words; of most employers' policies there are none."""
    return texts.parse(_read(FILES[policy])) if policy in FILES else None


@cache
def plain_words(policy: str) -> tuple[PlainPassage, ...]:
    """Return the same policy in plain words, figures still to be filled in."""
    return texts.parse_plain(_read(f"plain_{FILES[policy]}"))


def place_of(policy: str, clause: str) -> str:
    """Return the passage on the policy's page that a clause stands in, or nothing."""
    own = own_words(policy)
    return own.place_of(clause) if own else ""


def _read(name: str) -> str:
    return files(texts).joinpath(f"{name}.toml").read_text("utf-8")
