"""Run the worked examples of `examples.toml`, which finance reads and adds to."""

import tomllib
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from mobile_selfservice.policy import certification, features, pool, review_deadline
from mobile_selfservice.policy.personal_use import voice_due
from mobile_selfservice.policy.statement import FormLine, balance_after, statement_due
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

EXAMPLES = tomllib.loads(
    Path(__file__).with_name("examples.toml").read_text(encoding="utf-8")
)
AMOUNTS = {
    "rate", "airtime", "extra", "tax", "overage_rate", "base_charge", "cap_amount",
    "actual", "personal", "business", "plan", "block", "block_price", "due", "credit",
    "taxes", "taxable", "overage_charged",
}  # fmt: skip
CHOICES = {
    "use": Use,
    "kind": PlanKind,
    "scope": Scope,
    "rate_applies": RateApplies,
    "overage_mode": OverageMode,
    "overage_attribution": OverageAttribution,
    "incidental_exempts": IncidentalExempts,
    "cap": VoiceCap,
    "tax_share": TaxShare,
    "minute_rounding": MinuteRounding,
    "day_kind": review_deadline.DayKind,
    "roll": review_deadline.Roll,
    "holidays": frozenset,
}


def typed(facts: dict) -> dict:
    """Turn the amounts and choices of an example into what the policy takes."""
    return {
        name: Decimal(fact)
        if name in AMOUNTS and isinstance(fact, str)
        else CHOICES.get(name, lambda same: same)(fact)
        for name, fact in facts.items()
    }


def cents(amounts: dict) -> dict[str, Decimal]:
    return {name: Decimal(amount) for name, amount in amounts.items()}


def examples(kind: str) -> pytest.MarkDecorator:
    listed = EXAMPLES[kind]
    return pytest.mark.parametrize("example", listed, ids=[e["name"] for e in listed])


@examples("voice")
def test_personal_calls(example):
    bill = typed(
        {
            name: example[name]
            for name in ("business_minutes", "overage_charged", "taxes", "taxable")
            if name in example
        }
    )
    due = voice_due(
        VoiceBill(
            plan=Plan(**typed(example["plan"])),
            calls=tuple(
                Call(**typed({"rate": "0.10", **call})) for call in example["calls"]
            ),
            **bill,
        ),
        VoiceTerms(**typed(example.get("terms", {}))),
    )
    expected = example["expect"]
    assert {
        name: answer if isinstance(answer := getattr(due, name), int) else str(answer)
        for name in expected
    } == expected
    assert due.explained.amount == due.total
    assert all(step.text for step in due.explained.steps)


@examples("feature")
def test_texts_and_add_ons(example):
    use = features.FeatureUse(**{"rate": None, **typed(example["use"])})
    assert str(features.feature_due(use).amount) == example["amount"]


@examples("data")
def test_declared_data(example):
    use = features.DataUse(**{"rate": None, **typed(example["use"])})
    assert str(features.data_due(use).amount) == example["amount"]


@examples("tax")
def test_proportional_tax(example):
    facts = [Decimal(example[name]) for name in ("taxes", "taxable", "personal")]
    assert str(features.tax_share(*facts).amount) == example["amount"]


@examples("statement")
def test_the_whole_statement(example):
    lines = [FormLine("Line", Decimal(amount)) for amount in example["lines"]]
    due = statement_due(lines)
    assert (str(due.due), str(due.credit)) == (example["due"], example["credit"])


@examples("payment")
def test_what_is_left_after_payments(example):
    after = balance_after(
        Decimal(example["owed"]), [Decimal(amount) for amount in example["paid"]]
    )
    assert str(after.balance) == example["balance"]
    assert str(after.credit) == example["credit"]
    assert after.state == example["state"]


@examples("pool")
def test_shared_minutes(example):
    charged = example.get("overage_charged")
    due = pool.pool_due(
        pool.Pool(
            allowance=example["allowance"],
            lines=tuple(pool.PoolLine(**line) for line in example["lines"]),
            overage_rate=Decimal(example.get("overage_rate", "0")),
            overage_charged=Decimal(charged) if charged else None,
        )
    )
    assert str(due.overage) == example["overage"]
    assert str(due.due) == example["due"]
    assert due.shares == cents(example["shares"])


@examples("split")
def test_an_amount_shared_out(example):
    shares = pool.split(Decimal(example["amount"]), example["weights"])
    assert shares == cents(example["shares"])


@examples("deadline")
def test_the_last_day(example):
    calendar = review_deadline.Calendar(
        timezone="America/Los_Angeles", **typed(example.get("calendar", {}))
    )
    started = datetime.fromisoformat(example["at"])
    due = review_deadline.deadline(started, example["days"], calendar).due
    assert due == example["due"]


@examples("choice")
def test_the_statement_that_fits(example):
    offered = {
        certification.Statement(word)
        for word in example.get("offered", certification.Statement)
    }
    review = certification.Review(**typed_review(example["review"]))
    allowed = [
        choice.statement
        for choice in certification.choices(review, offered)
        if choice.is_allowed
    ]
    assert allowed == ([example["fits"]] if example["fits"] else [])


def typed_review(facts: dict) -> dict:
    return {
        name: fact if isinstance(fact, int) else Decimal(fact)
        for name, fact in facts.items()
    }
