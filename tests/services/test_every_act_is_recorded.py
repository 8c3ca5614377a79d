"""Every act that a screen carries out writes itself into the history."""

import ast
import importlib
import inspect
import pkgutil
import re
from pathlib import Path

import pytest

from mobile_selfservice import services

PAGES = Path(__file__).parents[2] / "mobile_selfservice" / "pages"
ACT = re.compile(r"await act\(\s*(\w+)\.(\w+)")
RECORDING = {"record", "note_act", "move"}  # a form’s move records itself
# An act on an election is a row of its own, and an entry of the history with it.
RECORDING |= {"decide", "note_suspension", "restore"}
# A person's own list of numbers is theirs alone: auditors read the history.
PRIVATE = {("remembered_numbers", "remember"), ("remembered_numbers", "forget")}
# A wish for a stipend, and what a contract says, are nobody else's until they are sent.
PRIVATE |= {("asking", "save"), ("contract_proofs", "type_contract")}
# Nor is what a draft of a claim holds until it is handed in.
PRIVATE |= {("call_list", act) for act in ("add", "remove", "say_counts", "tick")} | {
    ("drafts", "change_terms")
}
# A form's draft is written down when it is begun and when it is signed, with all of it.
PRIVATE |= {("form_drafts", "choose"), ("form_drafts", "save_step")}

WHERE = {
    found.name.rsplit(".", 1)[-1]: found.name
    for found in pkgutil.walk_packages(
        services.__path__, "mobile_selfservice.services."
    )
}


def acts():
    """Find the acts that screens carry out."""
    found = set()
    for path in PAGES.rglob("*.py"):
        found |= set(ACT.findall(path.read_text("utf-8")))
    return sorted(found - PRIVATE)


def called_by(function):
    """Name what a function calls, by way of its own module's functions too."""
    module, waiting, called = inspect.getmodule(function), [function], set()
    while waiting:
        tree = ast.parse(inspect.getsource(waiting.pop()))
        for call in (each for each in ast.walk(tree) if isinstance(each, ast.Call)):
            name = getattr(call.func, "attr", getattr(call.func, "id", ""))
            ours = getattr(module, name, None)
            if name not in called and inspect.isfunction(ours):
                waiting.append(ours)
            called.add(name)
    return called


def test_screens_carry_out_acts():
    assert len(acts()) > 10


@pytest.mark.parametrize(("module", "name"), acts())
def test_an_act_is_recorded(module, name):
    service = importlib.import_module(WHERE[module])

    assert called_by(getattr(service, name)) & RECORDING
