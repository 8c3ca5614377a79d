"""Every calculation a case may name, and every act a guard decides about."""

from collections.abc import Mapping
from typing import Any

from mobile_selfservice.policy_cases import certifying, deadlines, personal_use, voice
from mobile_selfservice.policy_cases.calculation import Calculation

CALCULATIONS: Mapping[str, Calculation[Any]] = {
    **voice.CALCULATIONS,
    **personal_use.CALCULATIONS,
    **deadlines.CALCULATIONS,
    **certifying.CALCULATIONS,
}
GUARDS: Mapping[str, Calculation[Any]] = {**certifying.GUARDS}
