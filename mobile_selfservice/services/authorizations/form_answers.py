"""What an authorization form says, read field by field from what was typed.

A draft keeps every field as it was typed, right or wrong, so that nothing is lost; only
a form whose every field reads right can be signed. The fields are those that the text
of the policy requires of the form (POLICY.md 2.3).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from mobile_selfservice.models.authorization import (
    AuthorizationAction,
    AuthorizationForm,
    HolderKind,
)
from mobile_selfservice.policy.eligibility import DIRECTOR, Need, WorkedAt
from mobile_selfservice.policy.plan_limits import DeviceClass
from mobile_selfservice.policy.voice_calls import PlanKind
from mobile_selfservice.services.authorizations.missing_words import MISSING
from mobile_selfservice.services.authorizations.typed_fields import (
    Fault,
    Reader,
)

Action = AuthorizationAction
GROUND = "ground:"
NEEDING = (Action.NEW_DEVICE, Action.STIPEND)
SERVING = (Action.NEW_DEVICE, Action.CHANGE)
ENDING = (Action.END_SERVICE, Action.END_STIPEND)
# A reason that means nothing without words (Lodi 2011 section 3.A.1.d).
SPECIAL = ("3.A.1", "d")
PLAN_KINDS = (PlanKind.ALLOWANCE, PlanKind.CONSUMPTION, PlanKind.UNLIMITED)


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """The fields of a form. None or empty: it does not ask, or nothing is said.

    `fixed_share` and `field_share` are percent of the work day, `monthly_cost`, `price`
    and `upfront` dollars, `minutes` and `fewest_minutes` a month's.
    """

    business_unit: str = ""
    grounds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    need_why: str = ""
    special_why: str = ""
    fixed_share: Decimal | None = None
    field_share: Decimal | None = None
    worked: tuple[WorkedAt, ...] = ()
    alternatives: str = ""
    needs_data: bool = False
    data_why: str = ""
    needs_messaging: bool = False
    messaging_why: str = ""
    vendor: str = ""
    plan: str = ""
    plan_kind: PlanKind | None = None
    minutes: int | None = None
    fewest_minutes: int | None = None
    minutes_why: str = ""
    monthly_cost: Decimal | None = None
    contract_months: int | None = None
    price: Decimal | None = None
    upfront: Decimal | None = None
    has_texting: bool = False
    texting_why: str = ""
    has_free_calls: bool = False
    is_in_catalogue: bool = False
    is_on_state_contract: bool = False
    last_phone_on: date | None = None
    features: str = ""
    exception_why: str = ""
    ending_why: str = ""
    last_day: date | None = None
    equipment: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """The answers as far as they read right, and what is wrong, in the form's order."""

    answers: Answers
    faults: tuple[Fault, ...]

    @property
    def is_complete(self) -> bool:
        """Tell whether every field that the form asks for reads right."""
        return not self.faults


def read(form: AuthorizationForm, for_role: str) -> Read:
    """Read a form's fields as its action asks for them.

    `for_role` is "director" for a director's own phone, which needs no test.

    Clause: Lodi 2011 §3.A, §3.E, §4.A.1, §4.B.
    """
    reader = Reader(form.answers, MISSING)
    found: dict[str, object] = {
        "business_unit": reader.words("business_unit", "The business unit", 60)
    }
    action = Action(form.action)
    if action in NEEDING:
        found |= _need(reader, form, for_role)
    if action in SERVING:
        found |= _service(reader, form)
    if action in ENDING:
        found |= _ending(reader, action)
    return Read(Answers(**found), tuple(reader.faults))  # type: ignore[arg-type]


def need_of(form: AuthorizationForm, for_role: str = "employee") -> Need:
    """Return the need that a form states, as the eligibility rule takes it.

    Clause: Lodi 2011 §3.A.1, §4.B.1.
    """
    return stated_need(read(form, for_role).answers, for_role)


def stated_need(answers: Answers, for_role: str) -> Need:
    """Return the need that answers state, as the eligibility rule takes it.

    Clause: Lodi 2011 §3.A.1, §4.B.1.
    """
    return Need(
        grounds=answers.grounds,
        fixed_share=answers.fixed_share,
        field_share=answers.field_share,
        worked=answers.worked,
        for_role=for_role,
    )


def ticked(typed: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    """Return the reasons ticked, by the name of their list."""
    found: dict[str, list[str]] = {}
    for name in _ground_names(typed):
        _, listed, reason = name.split(":", 2)
        found.setdefault(listed, []).append(reason)
    return {listed: tuple(reasons) for listed, reasons in found.items()}


def _ground_names(typed: Mapping[str, object]) -> Iterator[str]:
    for name, said in sorted(typed.items()):
        if name.startswith(GROUND) and name.count(":") == 2 and said:
            yield name


def _need(reader: Reader, form: AuthorizationForm, for_role: str) -> dict[str, object]:
    tests_desk = form.holder_kind == HolderKind.PERSONAL and for_role != DIRECTOR
    grounds = ticked(form.answers)
    is_special = SPECIAL[1] in grounds.get(SPECIAL[0], ())
    data, messaging = reader.yes("needs_data"), reader.yes("needs_messaging")
    fixed = reader.share("fixed_share", "The time at a desk", needed=tests_desk)
    mobile = reader.share("field_share", "The time in the field", needed=tests_desk)
    if fixed is not None and mobile is not None and fixed + mobile > 100:
        text = "Desk and field come to more than 100 percent"
        reader.fault("field_share", text)
    return {
        "grounds": grounds,
        "need_why": reader.reasons("need_why", "Why it is needed"),
        "special_why": reader.reasons(
            "special_why", "Which special circumstances", needed=is_special
        ),
        "fixed_share": fixed,
        "field_share": mobile,
        "worked": reader.places("places", "Places of work"),
        "alternatives": reader.reasons(
            "alternatives", "Which other ways were looked at"
        ),
        "needs_data": data,
        "data_why": reader.reasons("data_why", "What data service is for", needed=data),
        "needs_messaging": messaging,
        "messaging_why": reader.reasons(
            "messaging_why", "What messaging is for", needed=messaging
        ),
    }


def _service(reader: Reader, form: AuthorizationForm) -> dict[str, object]:
    is_new = form.action == Action.NEW_DEVICE
    is_smart = form.device_class == DeviceClass.SMART
    kind = reader.choice("plan_kind", "The kind of plan", PLAN_KINDS)
    has_minutes = kind == PlanKind.ALLOWANCE
    texting = reader.yes("has_texting")
    return {
        "vendor": reader.words("vendor", "The carrier"),
        "plan": reader.words("plan", "The plan"),
        "plan_kind": PlanKind(kind) if kind else None,
        "minutes": reader.whole(
            "minutes", "The minutes", most=100_000, needed=has_minutes
        ),
        "fewest_minutes": reader.whole(
            "fewest_minutes",
            "The minutes of the smallest plan",
            most=100_000,
            needed=is_smart and has_minutes,
        ),
        "minutes_why": reader.reasons("minutes_why", "Why more", needed=False),
        "monthly_cost": reader.money("monthly_cost", "The monthly cost"),
        "contract_months": reader.whole(
            "contract_months", "The length of the contract", most=120, needed=is_new
        ),
        "price": reader.money("price", "The price", needed=is_new),
        "upfront": reader.money("upfront", "What is paid at the start", needed=False),
        "has_texting": texting,
        "texting_why": reader.reasons(
            "texting_why", "Why texting is needed", needed=texting
        ),
        "has_free_calls": reader.yes("has_free_calls"),
        "is_in_catalogue": reader.yes("is_in_catalogue"),
        "is_on_state_contract": reader.yes("is_on_state_contract"),
        "last_phone_on": reader.day(
            "last_phone_on", "The day of the last phone", needed=False
        ),
        "features": reader.words("features", "Features", 300, needed=False),
        "exception_why": reader.reasons(
            "exception_why", "Why an exception is right", needed=False
        ),
    }


def _ending(reader: Reader, action: Action) -> dict[str, object]:
    is_service = action == Action.END_SERVICE
    return {
        "ending_why": reader.reasons("ending_why", "Why it ends"),
        "last_day": reader.day("last_day", "The last day"),
        "equipment": reader.words(
            "equipment", "What is returned", 300, needed=is_service
        ),
    }


def fault_names(faults: Iterable[Fault]) -> frozenset[str]:
    """Name the fields that do not read right."""
    return frozenset(each.field for each in faults)
