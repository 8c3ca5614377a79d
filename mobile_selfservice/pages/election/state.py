"""One election on this tab; what the browser names of it is asked again."""

from datetime import date
from typing import Annotated

import reflex as rx
from annotated_types import MaxLen

from mobile_selfservice.gate import act, allow, look
from mobile_selfservice.pages.election.view import (
    ElectionView,
    Outcome,
    election_view,
    outcome_view,
)
from mobile_selfservice.policy.months import day_in_words, month_in_words
from mobile_selfservice.services.access import ELECTION_READERS, PROOF_READERS
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.address import record_number
from mobile_selfservice.services.stipends import (
    approval,
    checking,
    election_seen,
    ending,
    entering,
    proof_decisions,
    proof_requests,
)
from mobile_selfservice.services.stipends.typed import (
    check_typed,
    month_typed,
    need_typed,
)
from mobile_selfservice.services.stipends.weighing import PhoneCheck
from mobile_selfservice.session_state import tell

Word = Annotated[str, MaxLen(60)]
Fields = Annotated[dict[Word, Annotated[str, MaxLen(600)]], MaxLen(24)]
APPROVERS = (Role.DIRECTOR, Role.DCM, Role.CITY_MANAGER, Role.FINANCE, Role.IT)
ENDERS = (Role.DIRECTOR, Role.DCM, Role.CITY_MANAGER, Role.FINANCE, Role.IT)
DECIDERS = tuple(role for role in PROOF_READERS if role is not Role.AUDITOR)
REQUESTERS = (Role.DIRECTOR, Role.DCM, Role.CITY_MANAGER)


class ElectionPageState(rx.State):
    """An election as this person saw it; `_check` is what they last worked out."""

    view: ElectionView = ElectionView()
    outcome: Outcome = Outcome()
    form_number: int = 0
    _election_id: int = 0
    _person_id: int = 0
    _version: int = 0
    _proof: tuple[int, int] = (0, 0)
    _check: PhoneCheck | None = None

    @allow(*ELECTION_READERS)
    async def open(self):
        """Show the election that the address names."""
        self.view, self._election_id = ElectionView(), record_number(self.election_id)
        await self._show()

    @allow(*APPROVERS, temporal=True)
    async def approve(self, form_data: Fields):
        """Approve the election, with the need that was ticked."""
        await act(
            approval.approve,
            election_id=self._election_id,
            version=self._version,
            need=need_typed(form_data),
        )
        await self._show()
        await tell(self, "Approved.")

    @allow(*APPROVERS, temporal=True)
    async def refuse(self, form_data: Fields):
        """Refuse the election, with the reason given."""
        await act(
            approval.refuse,
            election_id=self._election_id,
            version=self._version,
            reason=form_data.get("reason", ""),
        )
        await self._show()
        await tell(self, "Refused. The employee gets a letter with your reason.")

    @allow(Role.IT)
    async def work_out(self, form_data: Fields):
        """Work out what the check would lead to, keeping nothing."""
        check = check_typed(form_data)
        weighed = await look(
            checking.preview, election_id=self._election_id, check=check
        )
        self._check, self.outcome = check, outcome_view(weighed)
        # A refusal of the try before is answered by this one.
        await tell(self, "Worked out. Nothing is kept until you record it.", "info")

    @allow(Role.IT)
    async def change(self):
        """Go back to what was found."""
        self._check, self.outcome = None, Outcome()

    @allow(Role.IT, temporal=True)
    async def keep_check(self):
        """Record the check as it was worked out last."""
        if self._check is None:
            return  # a second click: the first one recorded it
        weighed = await act(
            checking.check_phone,
            election_id=self._election_id,
            version=self._version,
            check=self._check,
        )
        await self._show()
        granted = "Passed on to payroll." if weighed.deferral else "Refused."
        await tell(self, granted)

    @allow(Role.FINANCE, temporal=True)
    async def enter(self):
        """Enter the stipend for payroll."""
        made = await act(
            entering.enter, election_id=self._election_id, version=self._version
        )
        await self._show()
        month = month_in_words(made.held_from)
        await tell(self, f"Entered. The first month paid is {month}.")

    @allow(*DECIDERS, temporal=True)
    async def accept_proof(self):
        """Accept the proof of contract that waits."""
        proof_id, version = self._proof
        if not proof_id:
            return  # decided already: the same click a second time
        outcome = await act(proof_decisions.accept, proof_id=proof_id, version=version)
        await self._show()
        await tell(self, f"Accepted. {outcome}".strip())

    @allow(*DECIDERS, temporal=True)
    async def decline_proof(self, form_data: Fields):
        """Decline the proof of contract that waits."""
        proof_id, version = self._proof
        if not proof_id:
            return  # decided already: the same click a second time
        reason = form_data.get("reason", "")
        await act(
            proof_decisions.decline, proof_id=proof_id, version=version, reason=reason
        )
        await self._show()
        await tell(self, "Declined. The employee gets a letter with your reason.")

    @allow(*REQUESTERS, temporal=True)
    async def request_proof(self, form_data: Fields):
        """Ask the holder for a proof."""
        reason = form_data.get("reason", "")
        asked = await act(
            proof_requests.request_proof, person_id=self._person_id, reason=reason
        )
        await self._show()
        day = day_in_words(asked.due_on)
        word = "Asked for" if asked.is_new else "It was asked for already"
        await tell(self, f"{word}: due by {day}.")

    @allow(*ENDERS, temporal=True)
    async def suspend(self, form_data: Fields):
        """Suspend the stipend because the account is not active."""
        reason = form_data.get("reason", "")
        since: date = await act(
            proof_requests.suspend_inactive, person_id=self._person_id, reason=reason
        )
        await self._show()
        await tell(self, f"Suspended: not paid from {month_in_words(since)}.")

    @allow(*ENDERS, temporal=True)
    async def restore(self):
        """Let a stipend go on that was suspended by hand or for a City phone."""
        note = await act(proof_requests.restore_by_hand, person_id=self._person_id)
        await self._show()
        await tell(self, note)

    @allow(*ENDERS, temporal=True)
    async def end(self, form_data: Fields):
        """End the stipend with a month."""
        await act(
            ending.end_by_hand,
            person_id=self._person_id,
            last_month=month_typed(form_data.get("last_month", "")),
            reason=form_data.get("reason", ""),
        )
        await self._show()
        await tell(self, "Ended. The employee gets a letter with your reason.")

    async def _show(self) -> None:
        seen = await look(election_seen.election_seen, election_id=self._election_id)
        self.view = election_view(seen)
        self._person_id, self._version = seen.person_id, seen.version
        waiting = seen.proofs.waiting
        self._proof = (waiting.proof_id, waiting.version) if waiting else (0, 0)
        self._check, self.outcome = None, Outcome()
        self.form_number += 1
