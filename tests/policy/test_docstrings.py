"""Every rule names the clause it carries out."""

import inspect
import re

import pytest

from mobile_selfservice.policy import (
    certification,
    features,
    personal_use,
    pool,
    review_deadline,
    statement,
    voice_calls,
    voice_overage,
    voice_terms,
)

MODULES = (
    certification,
    features,
    personal_use,
    pool,
    review_deadline,
    statement,
    voice_calls,
    voice_overage,
    voice_terms,
)
WORDS_ONLY = {"in_words"}
RULES = [
    rule
    for module in MODULES
    for name, rule in inspect.getmembers(module, inspect.isfunction)
    if rule.__module__ == module.__name__
    if not name.startswith("_") and name not in WORDS_ONLY
]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_names_its_clause(rule):
    assert re.search(r"Clause: Lodi 2011 §\d\.[A-Z]", inspect.getdoc(rule) or "")
