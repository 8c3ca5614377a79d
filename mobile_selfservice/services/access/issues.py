"""The doors to a phone that is handed out: its holder signs, few others read."""

from datetime import date

from sqlmodel import Session

from mobile_selfservice.models.device_issue import DeviceIssue
from mobile_selfservice.services.access.authorizations import seen_form
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.refusals import NotPermitted


def own_issue(
    session: Session, actor: Actor, issue_id: int, *, lock: bool = False
) -> DeviceIssue:
    """Return a phone to the person it is for, and to nobody else."""
    found = session.get(DeviceIssue, issue_id, with_for_update=lock or None)
    if found is None or found.person_id != actor.person_id:
        raise NotPermitted
    return found


def seen_issue(session: Session, actor: Actor, issue_id: int, on: date) -> DeviceIssue:
    """Return a phone to its holder, and to who may read its authorization form."""
    found = session.get(DeviceIssue, issue_id)
    if found is None or found.employer_id != actor.employer_id:
        raise NotPermitted
    if found.person_id != actor.person_id:
        seen_form(session, actor, found.form_id, on)
    return found
