"""The list of stipend runs, and starting the next one."""

from datetime import date
from typing import Annotated

import reflex as rx
from annotated_types import Ge, Le, MaxLen

from mobile_selfservice.gate import act, allow, look
from mobile_selfservice.pages.payroll.view import PayrollView, payroll_view
from mobile_selfservice.services.access import PAYROLL_READERS
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.address import whole_number
from mobile_selfservice.services.payroll import hand_over, run_list
from mobile_selfservice.services.payroll.pay_calendar import PayPeriod
from mobile_selfservice.services.refusals import NotPermitted, Refused

Word = Annotated[str, MaxLen(20)]
Fields = Annotated[dict[Word, Word], MaxLen(6)]


class PayrollState(rx.State):
    """One page of runs; `problem` says why none was started."""

    view: PayrollView = PayrollView()
    problem: str = ""
    _periods: int = 0

    @allow(*PAYROLL_READERS)
    async def open(self):
        """List the runs, and propose the next one."""
        self.problem = ""
        asked = self.router.url.query_parameters
        found = await look(run_list.all_runs, page=whole_number(asked, "page") or 1)
        self._periods = found.periods
        self.view = payroll_view(found)

    @allow(*PAYROLL_READERS)
    async def turn_page(self, page: Annotated[int, Ge(1), Le(1_000_000)]):
        """Turn to another page; it stands in the address."""
        return rx.redirect(f"/payroll?page={page}")

    @allow(Role.FINANCE, temporal=True)
    async def start(self, form_data: Fields):
        """Start the run of the period that comes next, and show it."""
        self.problem = ""
        period = self._period(form_data)
        if period is None:
            self.problem = "Fill in every field with a day of the calendar."
            return None
        try:
            started = await act(hand_over.start, period=period)
        except NotPermitted:
            raise
        except Refused as reason:
            self.problem = str(reason)
            return None
        return rx.redirect(f"/payroll/{started.run_id}")

    def _period(self, said: dict[str, str]) -> PayPeriod | None:
        """Read the form; the year and the number are the proposed ones unless asked."""
        proposed = self.view.following
        try:
            return PayPeriod(
                year=int(said.get("year") or proposed.year),
                number=int(said.get("number") or proposed.number),
                periods=self._periods,
                first_day=date.fromisoformat(said.get("first_day", "")),
                last_day=date.fromisoformat(said.get("last_day", "")),
                pay_on=date.fromisoformat(said.get("pay_on", "")),
            )
        except ValueError:
            return None
