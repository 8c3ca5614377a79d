"""Every calculation a case may name, and every act a guard decides about."""

from collections.abc import Mapping
from typing import Any

from mobile_selfservice.policy_cases import (
    agency_reports,
    certifying,
    claims,
    deadlines,
    devices,
    duties,
    early_termination,
    eligibility,
    fees,
    leaves,
    new_york,
    orders,
    pay,
    personal_use,
    plans,
    stipends,
    voice,
)
from mobile_selfservice.policy_cases.calculation import Calculation

CALCULATIONS: Mapping[str, Calculation[Any]] = {
    **voice.CALCULATIONS,
    **fees.CALCULATIONS,
    **personal_use.CALCULATIONS,
    **deadlines.CALCULATIONS,
    **certifying.CALCULATIONS,
    **claims.CALCULATIONS,
    **early_termination.CALCULATIONS,
    **stipends.CALCULATIONS,
    **pay.CALCULATIONS,
    **plans.CALCULATIONS,
    **leaves.CALCULATIONS,
    **eligibility.CALCULATIONS,
    **devices.CALCULATIONS,
    **new_york.CALCULATIONS,
    **agency_reports.CALCULATIONS,
    **duties.CALCULATIONS,
}
GUARDS: Mapping[str, Calculation[Any]] = {
    **certifying.GUARDS,
    **claims.GUARDS,
    **stipends.GUARDS,
    **orders.GUARDS,
    **devices.GUARDS,
    **agency_reports.GUARDS,
    **duties.GUARDS,
}
