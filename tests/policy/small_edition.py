"""A policy of one figure, small enough to be compared to its last word."""

from datetime import date

from mobile_selfservice.policy import editions

DAY = date(2026, 4, 1)
HEAD = """
[edition]
id = "x-2020"
policy = "X"
title = "Policy of X"
source = "x.pdf"
adopted = 2020-02-29
offices = { Clerk = "finance" }
"""
RATE = """
[parameters.a]
label = "Rate"
kind = "rate"
unit = "USD"
clause = "2"
by = "call"
set_by = "Clerk"
group = "Money"
yearly = true
"""
VALUES = """
[[parameters.a.values]]
from = 2020-03-01
value = "0.10"
authority = "Memo 1"
reading = "AMB-01"
scope = "b"
set_by = "Council"
clause = "2.a"
[[parameters.a.values]]
from = 2020-03-01
value = "0.20"
authority = "Memo 2"
"""


def edition_of(text, shared=editions.NO_CATALOGUE):
    return editions.parse(text, "x.toml", shared)
