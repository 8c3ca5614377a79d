"""Every rule names the clause it carries out."""

import inspect
import re

import pytest

from mobile_selfservice.policy import (
    certification,
    features,
    item_charges,
    loss_share,
    other_methods,
    personal_use,
    pool,
    review_deadline,
    statement,
    voice_calls,
    voice_extras,
    voice_overage,
    voice_rate,
    voice_terms,
    yearly_limit,
)

MODULES = (
    certification,
    features,
    item_charges,
    loss_share,
    other_methods,
    personal_use,
    pool,
    review_deadline,
    statement,
    voice_calls,
    voice_extras,
    voice_overage,
    voice_rate,
    voice_terms,
    yearly_limit,
)
WORDS_ONLY = {"in_words"}
RULES = [
    rule
    for module in MODULES
    for name, rule in inspect.getmembers(module, inspect.isfunction)
    if rule.__module__ == module.__name__
    if not name.startswith("_") and name not in WORDS_ONLY
]


A_PLACE = r"Clause: (Lodi 2011 §\d\.[A-Z]|NY ITS-P18-007 §\d|[A-Z]\w+ .*\S)"


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_a_rule_names_its_clause(rule):
    assert re.search(A_PLACE, inspect.getdoc(rule) or "")
