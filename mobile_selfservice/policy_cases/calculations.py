"""Every calculation a case may name, and every act a guard decides about."""

from collections.abc import Mapping
from typing import Any

from mobile_selfservice.policy_cases import (
    agency_reports,
    certifying,
    deadlines,
    devices,
    duties,
    eligibility,
    fees,
    new_york,
    orders,
    personal_use,
    voice,
)
from mobile_selfservice.policy_cases.calculation import Calculation

CALCULATIONS: Mapping[str, Calculation[Any]] = {
    **voice.CALCULATIONS,
    **fees.CALCULATIONS,
    **personal_use.CALCULATIONS,
    **deadlines.CALCULATIONS,
    **certifying.CALCULATIONS,
    **eligibility.CALCULATIONS,
    **devices.CALCULATIONS,
    **new_york.CALCULATIONS,
    **agency_reports.CALCULATIONS,
    **duties.CALCULATIONS,
}
GUARDS: Mapping[str, Calculation[Any]] = {
    **certifying.GUARDS,
    **orders.GUARDS,
    **devices.GUARDS,
    **agency_reports.GUARDS,
    **duties.GUARDS,
}
