"""What is held back is carried from run to run, however long ago it was paid too much.

A run works out anew the runs of two pay years only. A hand-over therefore writes down
whose pay of which earlier run it held back, and the next run looks at exactly those as
well. So nothing is forgotten, and no run looks through the whole past (AMB-49).
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from typing import Any

from sqlmodel import Session, col, select

from mobile_selfservice.models.history import HistoryEntry
from mobile_selfservice.models.stipend_run import RunState, StipendRun

SUBJECT, HANDED_OVER = "stipend_run", "stipend_run.handed_over"
FACT = "held_back"


def facts(held: Iterable[tuple[int | None, int]]) -> dict[str, Any]:
    """Return what a hand-over writes down: the runs that paid, and the stipends."""
    kept = sorted([run_id or 0, stipend_id] for run_id, stipend_id in held)
    return {FACT: kept} if kept else {}


def carried(session: Session, run: StipendRun) -> Mapping[int, Set[int]]:
    """Return the stipends the run before held back, by the run that paid them.

    The caller checks access.
    """
    before = session.exec(
        select(StipendRun.id)
        .where(
            StipendRun.employer_id == run.employer_id,
            StipendRun.state == RunState.HANDED_OVER,
            StipendRun.first_day < run.first_day,
        )
        .order_by(col(StipendRun.first_day).desc(), col(StipendRun.id).desc())
        .limit(1)
    ).first()
    written = session.exec(
        select(HistoryEntry.details).where(
            HistoryEntry.subject == SUBJECT,
            HistoryEntry.subject_id == before,
            HistoryEntry.act == HANDED_OVER,
        )
    ).first()
    found: dict[int, set[int]] = defaultdict(set)
    for run_id, stipend_id in (written or {}).get(FACT, ()):
        found[run_id].add(stipend_id)
    return found
