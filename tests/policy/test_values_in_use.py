"""Tell which values of the policy the portal acts on, by who imports their rules."""

from pathlib import Path

import grimp
import pytest

import mobile_selfservice
from mobile_selfservice.services.policy_in_force import packaged

PACKAGE = Path(mobile_selfservice.__file__).parent
SCREENS = tuple(
    f"mobile_selfservice.{floor}" for floor in ("services", "jobs", "pages", "api")
)
# Worked cases, the demo, and the screens that only set and show the values.
NOT_USERS = (
    "mobile_selfservice.policy_cases",
    "mobile_selfservice.demo",
    "mobile_selfservice.services.policy.",
)
# These read their keys by what follows a common beginning.
BY_BEGINNING = {
    "cert.text.": "mobile_selfservice.policy.certification",
    "personal_use.": "mobile_selfservice.policy.voice_terms",
}


@pytest.fixture(scope="module")
def reached():
    """Return every module that a screen, a job or a file for download comes to."""
    graph = grimp.build_graph("mobile_selfservice", cache_dir=None)
    entries = {module for module in graph.modules if module.startswith(SCREENS)}
    found = set(entries)
    for module in entries:
        found |= graph.find_upstream_modules(module)
    return {module for module in found if not module.startswith(NOT_USERS)}


def text_of(module):
    path = PACKAGE.parent.joinpath(*module.split(".")).with_suffix(".py")
    return path.read_text("utf-8") if path.exists() else ""


def users_of(key, texts):
    named = {module for module, text in texts.items() if f'"{key}"' in text}
    for beginning, module in BY_BEGINNING.items():
        rest = key.removeprefix(beginning)
        reads_rest = f'"{rest}"' in texts.get(module, "") or beginning == "cert.text."
        if key.startswith(beginning) and reads_rest:
            named.add(module)
    return named


def test_a_value_that_no_screen_acts_on_says_so(reached):
    texts = {module: text_of(module) for module in reached}
    catalogue = packaged("lodi_2011").parameters
    idle = {key for key in catalogue if not users_of(key, texts)}
    marked = {key for key, entry in catalogue.items() if entry.awaits_screen}

    assert marked - idle == set(), "take the mark off in catalogue.toml"
    assert idle - marked == set(), "no screen acts on it: mark it in catalogue.toml"
