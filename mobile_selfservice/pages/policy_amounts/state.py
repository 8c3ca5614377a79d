"""The yearly amounts on this tab, and the two forms that set the next ones."""

import secrets
from typing import Annotated

import reflex as rx
from annotated_types import MaxLen

from mobile_selfservice.components.forms import Fault
from mobile_selfservice.components.wording import day_in_words
from mobile_selfservice.gate import SIGNED_IN, act, allow, look
from mobile_selfservice.pages.policy_amounts.view import (
    AmountProblems,
    AmountsView,
    SurveyField,
    amounts_view,
    survey_fields,
    survey_said,
)
from mobile_selfservice.services.access import SETTERS
from mobile_selfservice.services.policy import value_setting, yearly_amounts
from mobile_selfservice.services.policy.value_setting import OneWaits
from mobile_selfservice.services.policy.wanted_value import FieldsWrong, WantedValue
from mobile_selfservice.services.policy.yearly_amounts import SCHEDULE, SURVEY
from mobile_selfservice.services.refusals import ChangedMeanwhile
from mobile_selfservice.session_state import tell

Word = Annotated[str, MaxLen(20)]
Fields = Annotated[dict[Word, Annotated[str, MaxLen(500)]], MaxLen(6)]
SurveyFields = Annotated[dict[Word, Annotated[str, MaxLen(500)]], MaxLen(400)]
MOST_ROWS = 60


class PolicyAmountsState(rx.State):
    """What is in force, which form is open, and what is wrong with it.

    `_seen` is what each value was when the forms were opened; `_form_key` makes a
    second click the same act.
    """

    view: AmountsView = AmountsView()
    rows: list[SurveyField] = []
    form: str = ""
    problems: AmountProblems = AmountProblems()
    faults: list[Fault] = []
    form_number: int = 0
    _seen: dict[str, str] = {}
    _form_key: str = ""

    @allow(to=SIGNED_IN)
    async def open(self):
        """Show the yearly amounts."""
        await self._show()

    @allow(*SETTERS)
    async def open_amount(self):
        """Open the form for the next amount of a class."""
        await self._open("amount")

    @allow(*SETTERS)
    async def open_survey(self):
        """Open the form for a new survey, filled with the one in force."""
        await self._open("survey")

    @allow(*SETTERS)
    async def more_rows(self):
        """Leave room for more contracts in the survey."""
        if len(self.rows) < MOST_ROWS:
            place = len(self.rows)
            more = [SurveyField(place + each) for each in (1, 2, 3)]
            self.rows = [*self.rows, *more]

    @allow(*SETTERS)
    async def leave(self):
        """Put the form away."""
        await self._show()

    @allow(*SETTERS, temporal=True)
    async def set_amount(self, form_data: Fields):
        """Set the amount of a class; one above its limit is refused with why."""
        said, scope = form_data.get("value", ""), form_data.get("scope", "")
        await self._set(SCHEDULE, said, scope, form_data)

    @allow(*SETTERS, temporal=True)
    async def set_survey(self, form_data: SurveyFields):
        """Set the survey: all its rows together."""
        await self._set(SURVEY, survey_said(form_data), "", form_data)

    async def _set(
        self, key: str, said: str, scope: str, form_data: dict[str, str]
    ) -> None:
        if not self.form:
            return
        wanted = WantedValue(
            key=key,
            said=said,
            scope=scope,
            valid_from=form_data.get("valid_from", ""),
            authority=form_data.get("authority", ""),
            reason=form_data.get("reason", ""),
            seen=self._seen.get(key, ""),
            idempotency_key=self._form_key,
            # No released bill is worked out by a stipend or by a survey.
            confirmed=True,
        )
        try:
            done = await act(value_setting.set_value, wanted=wanted)
        except FieldsWrong as wrong:
            self._mark(wrong)
            return
        except (ChangedMeanwhile, OneWaits) as told:
            await self._show()
            await tell(self, str(told), "danger")
            return
        await self._show()
        day = day_in_words(done.valid_from)
        what = "The survey" if key == SURVEY else done.words
        await tell(self, f"Set: {what} from {day}.")

    async def _open(self, form: str) -> None:
        await self._show()
        self.form, self._form_key = form, secrets.token_urlsafe(16)
        self.form_number += 1

    async def _show(self) -> None:
        found = await look(yearly_amounts.on_today)
        self.view = amounts_view(found)
        self.rows = survey_fields(found.survey) if found.may_set_survey else []
        self._seen = {SCHEDULE: found.schedule_seen, SURVEY: found.survey_seen}
        self.form, self._form_key = "", ""
        self._mark(None)

    def _mark(self, wrong: FieldsWrong | None) -> None:
        faults = wrong.faults if wrong else ()
        said = dict(faults)
        names = AmountProblems.__dataclass_fields__
        self.problems = AmountProblems(**{name: said.get(name, "") for name in names})
        self.faults = [Fault(name, text) for name, text in faults]
