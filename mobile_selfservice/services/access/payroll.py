"""The doors to stipend runs: finance pays for the whole employer, an auditor reads.

A run holds everybody's stipend, so a role fenced to an agency reaches none. Who has a
stipend of their own in a run does not hand it over (SOD-7); the service asks that of
the run's lines, for they are known only when it is worked out.
"""

from sqlmodel import Session

from mobile_selfservice.models.stipend_run import StipendRun
from mobile_selfservice.services.actors import Actor, Grant, Role
from mobile_selfservice.services.refusals import NotPermitted

PAYROLL_READERS = (Role.FINANCE, Role.AUDITOR)


def pays_stipends(actor: Actor) -> None:
    """Let pass only finance for the whole employer."""
    if Grant(Role.FINANCE) not in actor.grants:
        raise NotPermitted


def reads_payroll(actor: Actor) -> None:
    """Let pass finance or an auditor for the whole employer."""
    if not any(Grant(role) in actor.grants for role in PAYROLL_READERS):
        raise NotPermitted


def stipend_run(session: Session, actor: Actor, run_id: int) -> StipendRun:
    """Return a run to finance or an auditor.

    Raises:
        NotPermitted: to anybody else, or if there is none.
    """
    reads_payroll(actor)
    return _own(actor, session.get(StipendRun, run_id))


def stipend_run_to_pay(session: Session, actor: Actor, run_id: int) -> StipendRun:
    """Return a run to finance, locked.

    Raises:
        NotPermitted: to anybody else, or if there is none.
    """
    pays_stipends(actor)
    found = session.get(
        StipendRun, run_id, with_for_update=True, populate_existing=True
    )
    return _own(actor, found)


def _own(actor: Actor, found: StipendRun | None) -> StipendRun:
    if found is None or found.employer_id != actor.employer_id:
        raise NotPermitted
    return found
