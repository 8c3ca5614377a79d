import ast
import re
from pathlib import Path

from mobile_selfservice.pages.records.acts import ACTS
from mobile_selfservice.pages.records.view import SUBJECTS
from mobile_selfservice.services import audit_trail, history

SERVICES = Path(history.__file__).parent
ACT = re.compile(r"[a-z_]+\.[a-z_]+")


def events_written():
    """Find the acts and subjects that services write, where they say them plainly."""
    for path in SERVICES.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Event":
                yield [getattr(each, "value", None) for each in node.args[:2]]


def test_every_act_in_the_history_has_a_name_an_auditor_can_choose():
    acts = {act for act, _ in events_written() if isinstance(act, str)}

    assert len(acts) > 10
    assert not {act for act in acts if not ACT.fullmatch(act)}
    assert acts <= ACTS.keys()


def test_every_kind_of_record_in_the_history_can_be_chosen():
    subjects = {subject for _, subject in events_written() if isinstance(subject, str)}

    assert subjects <= SUBJECTS.keys()
    assert tuple(SUBJECTS) == audit_trail.SUBJECTS
