"""Every rule names the clause it carries out, and that clause exists."""

import importlib
import inspect
import pkgutil
import re

import pytest

from mobile_selfservice import policy
from mobile_selfservice.services.policy.policy_clauses import clauses_of
from mobile_selfservice.services.policy.policy_texts import FILES, own_words
from mobile_selfservice.services.policy_in_force import packaged, packaged_names

# Modules of policy/ that hold no rule, and why. Any other module is one of rules.
NO_RULES = {
    "adoption": "cites readings an employer adopted; decides nothing",
    "choice_words": "words for the choices of an edition",
    "clauses": "reads the list of clauses",
    "editions": "reads editions",
    "explained": "what an answer looks like",
    "kinds": "reads values",
    "money": "arithmetic of cents",
    "months": "arithmetic of months",
    "parameters": "looks values up",
    "readings": "reads the list of readings",
    "rulings": "puts a decision together from what rules found",
    "step_words": "puts steps into words",
    "texts": "reads the policies' own words",
    "unsaid": "what holds where a policy has no value",
    "value_words": "puts values into words",
}
# Functions of rule modules that only word what others worked out.
WORDS_ONLY = {"in_words"}
MODULES = [name for _, name, _ in pkgutil.iter_modules(policy.__path__)]
RULES = [
    rule
    for module in MODULES
    if module not in NO_RULES
    for name, rule in inspect.getmembers(
        importlib.import_module(f"{policy.__name__}.{module}"), inspect.isfunction
    )
    if rule.__module__ == f"{policy.__name__}.{module}"
    if not name.startswith("_") and name not in WORDS_ONLY
]
EMPLOYERS = {packaged(name).policy for name in packaged_names()}
# Up to the next sentence: "Lodi 2011 §4.G; NY ITS-P18-007 §4.0, §5.0".
NAMED = re.compile(r"Clause: (.+?)\.(?: [A-Z]| *$)")


def test_every_module_without_rules_is_there():
    assert NO_RULES.keys() <= set(MODULES)


@pytest.mark.parametrize(
    "rule", RULES, ids=lambda rule: f"{rule.__module__}.{rule.__name__}"
)
def test_a_rule_names_a_clause_that_exists(rule):
    written = " ".join((inspect.getdoc(rule) or "").split())
    named = NAMED.search(written)

    assert named, "its docstring names no clause"
    for clause in named[1].split("; "):
        assert _exists(clause), f"{clause} is no clause of a policy we carry"


def _exists(clause: str) -> bool:
    name, *numbers = clause.split(" §")
    if name not in FILES:
        return any(clause.startswith(employer) for employer in EMPLOYERS)
    return bool(numbers) and all(
        _is_carried_out(name, number.rstrip(",")) for number in numbers
    )


def _is_carried_out(name: str, number: str) -> bool:
    """Tell whether a number, the passage it stands in, or a part of it is ours."""
    place = own_words(name).place_of(number)
    return any(
        (clause.place == place and place)
        or clause.place.startswith((f"{number}.", f"{number} "))
        for clause in clauses_of(name)
    )
