"""Run every worked case of the project's policy reading that step 1 can compute."""

from collections.abc import Callable, Mapping
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest
import yaml

from mobile_selfservice.policy import certification, features, pool, review_deadline
from mobile_selfservice.policy.personal_use import voice_due
from mobile_selfservice.policy.review_deadline import Calendar, DayKind, Roll
from mobile_selfservice.policy.statement import (
    FormLine,
    balance_after,
    statement_due,
)
from mobile_selfservice.policy.voice_calls import Call, Plan, PlanKind, Use, VoiceBill
from mobile_selfservice.policy.voice_terms import (
    IncidentalExempts,
    MinuteRounding,
    OverageAttribution,
    OverageMode,
    RateApplies,
    Scope,
    TaxShare,
    VoiceCap,
    VoiceTerms,
)

CASES = Path(__file__).parents[2].parent / "shared" / "policy" / "cases.yaml"
Facts = Mapping[str, object]


def money(raw: object) -> Decimal:
    return Decimal(str(raw))


def terms_of(params: dict) -> VoiceTerms:
    cap = params.get("voice_rate_cap", "none")
    is_named = cap in {"none", "base_charge"}
    return VoiceTerms(
        scope=Scope(params.get("scope", "month")),
        rate_applies=RateApplies(params.get("rate_applies", "all_minutes")),
        overage_mode=OverageMode(params.get("overage_mode", "add")),
        overage_attribution=OverageAttribution(
            params.get("overage_attr", "incremental")
        ),
        incidental_exempts=IncidentalExempts(
            params.get("incidental_exempts", "base_rate_only")
        ),
        cap=VoiceCap(cap) if is_named else VoiceCap.AMOUNT,
        cap_amount=None if is_named else money(cap),
        tax_share=TaxShare(params.get("tax", "itemised")),
        minute_rounding=MinuteRounding(params.get("minute_rounding", "as_billed")),
    )


def use_of(call: dict) -> Use:
    if call.get("incidental"):
        return Use.INCIDENTAL
    return Use.PERSONAL if call.get("personal") else Use.BUSINESS


def voice(given: dict) -> Facts:
    params = given.get("params", {})
    plan = given["plan"]
    bill = VoiceBill(
        plan=Plan(
            kind=PlanKind(plan["kind"]),
            allowance=plan.get("allowance_min"),
            overage_rate=money(plan["overage_rate"])
            if "overage_rate" in plan
            else None,
            base_charge=money(plan["base_charge"]) if "base_charge" in plan else None,
        ),
        business_minutes=given.get("business_minutes", 0),
        calls=tuple(
            Call(
                use=use_of(call),
                rate=money(call.get("rate", params.get("rate", "0.10"))),
                minutes=call.get("min"),
                seconds=call.get("seconds"),
                counts=call.get("counts", True),
                airtime=money(call.get("airtime", "0")),
                extra=money(call.get("extra", "0")),
                tax=money(call.get("tax", "0")),
            )
            for call in given["calls"]
        ),
    )
    due = voice_due(bill, terms_of(params))
    return {
        "base": due.base,
        "overage": due.overage,
        "extras": due.extras,
        "tax": due.tax,
        "total": due.total,
        "credit": due.credit,
    }


def per_use(given: dict) -> Facts:
    use = features.FeatureUse(
        uses=given["uses"],
        rate=money(given["rate"]),
        actual=money(given["actual"]),
        business_uses=given.get("business_uses", 0),
        allowance=given.get("allowance"),
        overage_rate=money(given.get("overage_rate", "0")),
    )
    return {"amount": features.feature_due(use).amount}


def data_block(given: dict) -> Facts:
    use = features.DataUse(
        personal=money(given["personal_gb"]),
        business=money(given["business_gb"]),
        rate=money(given["rate_per_gb"]),
        plan=money(given["plan_gb"]),
        block=money(given["block_gb"]),
        block_price=money(given["block_price"]),
    )
    return {"amount": features.data_due(use).amount}


def tax_share(given: dict) -> Facts:
    shared = features.tax_share(
        money(given["taxes"]), money(given["taxable"]), money(given["personal_actual"])
    )
    return {"amount": shared.amount}


def sum_of_lines(given: dict) -> Facts:
    lines = [FormLine("", money(amount)) for amount in given["lines"]]
    due = statement_due(lines)
    return {"amount": due.due, "credit": due.credit}


def pool_overage(given: dict) -> Facts:
    shared = pool.Pool(
        allowance=given["pool_allowance"],
        overage_rate=money(given["overage_rate"]),
        lines=tuple(
            pool.PoolLine(line["id"], line["business"], line["personal"])
            for line in given["lines"]
        ),
    )
    due = pool.pool_due(shared)
    return {"overage_total": due.overage, "shares": dict(due.shares)}


def allocate(given: dict) -> Facts:
    weights = {name: money(weight) for name, weight in given["weights"].items()}
    return {"shares": pool.split(money(given["amount"]), weights)}


def master(given: dict) -> Facts:
    parts = [money(part) for part in (*given["lines"], *given["account_level"])]
    difference = money(given["invoice_total"]) - sum(parts)
    return {"ties": not difference, "difference": difference}


def calendar_of(given: dict) -> Calendar:
    return Calendar(
        timezone=given["tz"],
        holidays=frozenset(given.get("holidays", [])),
        day_kind=DayKind(given.get("unit", "calendar")),
        roll=Roll(given.get("roll", "next_business_day")),
    )


def deadline(given: dict) -> Facts:
    counted = review_deadline.deadline(
        datetime.fromisoformat(given["at"]), given["days"], calendar_of(given)
    )
    return {"due": counted.due}


def on_time(given: dict) -> Facts:
    at = datetime.fromisoformat(given["at"])
    calendar = calendar_of(given)
    return {"on_time": review_deadline.is_on_time(given["due"], at, calendar)}


def hours(given: dict) -> Facts:
    at = datetime.fromisoformat(given["at"])
    due = review_deadline.hours_later(at, given["hours"], calendar_of(given))
    return {"due": due.isoformat()}


def add_years(given: dict) -> Facts:
    return {"due": review_deadline.years_later(given["from"], given["years"])}


def payment(given: dict) -> Facts:
    after = balance_after(money(given["owed"]), [money(paid) for paid in given["paid"]])
    return {
        "balance": after.balance,
        "credit": after.credit,
        "state": str(after.state),
    }


def certify(given: dict) -> Facts:
    owed = money(given.get("owed", "0.00"))
    review = certification.Review(
        personal=given.get("personal_lines", 0),
        incidental=given.get("incidental_lines", 0),
        due=owed,
    )
    statement = certification.Statement(given["statement"])
    try:
        certification.check(statement, review, owed)
    except certification.StatementNotAllowed:
        return {"allowed": False}
    return {"allowed": True, "owed": owed}


CALCULATIONS: dict[str, Callable[[dict], Facts]] = {
    "voice": voice,
    "per_use": per_use,
    "data_block": data_block,
    "tax_share": tax_share,
    "sum": sum_of_lines,
    "pool": pool_overage,
    "allocate": allocate,
    "master": master,
    "deadline": deadline,
    "on_time": on_time,
    "hours": hours,
    "add_years": add_years,
    "payment": payment,
}


def calculation_of(case: dict) -> Callable[[dict], Facts] | None:
    if case["given"].get("event") == "certify":
        return certify
    return CALCULATIONS.get(case["calc"])


def computable_cases() -> list[dict]:
    if not CASES.exists():
        return []
    listed = yaml.safe_load(CASES.read_text(encoding="utf-8"))["cases"]
    return [case for case in listed if calculation_of(case)]


def as_written(value: object) -> object:
    """Compare amounts as the case writes them: to the cent, as text."""
    if isinstance(value, Decimal):
        return str(value)
    if isinstance(value, dict):
        return {name: as_written(member) for name, member in value.items()}
    return value


@pytest.mark.skipif(not CASES.exists(), reason="the shared case file is not here")
def test_the_shared_cases_are_found():
    assert len(computable_cases()) > 0


@pytest.mark.parametrize("case", computable_cases(), ids=lambda case: case["id"])
def test_a_shared_case_comes_out_as_worked_by_hand(case):
    calculation = calculation_of(case)
    assert calculation is not None
    answer = calculation(case["given"])
    expected = case["expect"]
    assert {name: as_written(answer[name]) for name in expected} == expected
