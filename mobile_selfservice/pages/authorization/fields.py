"""The fields of the guided form, as the browser holds them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields

from mobile_selfservice.services.authorizations.criteria import ReasonList
from mobile_selfservice.services.authorizations.typed_fields import Fault


@dataclass(frozen=True)
class FormFields:
    """A text for every field: what was typed, or what is wrong with it."""

    business_unit: str = ""
    need_why: str = ""
    special_why: str = ""
    fixed_share: str = ""
    field_share: str = ""
    places: str = ""
    alternatives: str = ""
    needs_data: str = ""
    data_why: str = ""
    needs_messaging: str = ""
    messaging_why: str = ""
    vendor: str = ""
    plan: str = ""
    plan_kind: str = ""
    minutes: str = ""
    fewest_minutes: str = ""
    minutes_why: str = ""
    monthly_cost: str = ""
    contract_months: str = ""
    price: str = ""
    upfront: str = ""
    has_texting: str = ""
    texting_why: str = ""
    has_free_calls: str = ""
    is_in_catalogue: str = ""
    is_on_state_contract: str = ""
    last_phone_on: str = ""
    features: str = ""
    exception_why: str = ""
    ending_why: str = ""
    last_day: str = ""
    equipment: str = ""


NAMES = frozenset(each.name for each in fields(FormFields))


@dataclass(frozen=True)
class ReasonView:
    """One reason to tick."""

    name: str = ""
    clause: str = ""
    words: str = ""
    is_ticked: bool = False


@dataclass(frozen=True)
class ReasonsView:
    """One list of reasons, and how many of it are asked for."""

    title: str = ""
    hint: str = ""
    reasons: list[ReasonView] = field(default_factory=list)


def typed_fields(typed: Mapping[str, str]) -> FormFields:
    """Return what was typed, field by field."""
    return FormFields(**{name: typed[name] for name in typed if name in NAMES})


def problem_fields(faults: Iterable[Fault]) -> FormFields:
    """Return what is wrong, field by field; the first of each field."""
    found: dict[str, str] = {}
    for fault in faults:
        if fault.field in NAMES:
            found.setdefault(fault.field, fault.text)
    return FormFields(**found)


def reasons_views(
    asked: Iterable[ReasonList], typed: Mapping[str, str]
) -> list[ReasonsView]:
    """Return the lists of reasons with what is ticked."""
    return [
        ReasonsView(
            title=f"Reasons of {listed.name}",
            hint=f"At least {listed.needed} must be met.",
            reasons=[
                ReasonView(
                    each.field, each.clause, each.words, bool(typed.get(each.field))
                )
                for each in listed.reasons
            ],
        )
        for listed in asked
    ]
