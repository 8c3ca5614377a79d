"""Run the worked examples of `examples.toml`, which finance reads and adds to."""

import tomllib
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from mobile_selfservice.policy import certification, features, pool, review_deadline
from mobile_selfservice.policy.explained import Explained
from mobile_selfservice.policy.personal_use import VoiceDue, voice_due
from mobile_selfservice.policy.statement import (
    FormLine,
    StatementDue,
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


def bill_due(example: dict) -> VoiceDue:
    """Work out what the personal calls of an example cost."""
    bill = typed(
        {
            name: example[name]
            for name in ("business_minutes", "overage_charged", "taxes", "taxable")
            if name in example
        }
    )
    return voice_due(
        VoiceBill(
            plan=Plan(**typed(example["plan"])),
            calls=tuple(
                Call(**typed({"rate": "0.10", **call})) for call in example["calls"]
            ),
            **bill,
        ),
        VoiceTerms(**typed(example.get("terms", {}))),
    )


@examples("voice")
def test_personal_calls(example):
    due = bill_due(example)
    expected = example["expect"]
    assert {
        name: answer if isinstance(answer := getattr(due, name), int) else str(answer)
        for name in expected
    } == expected
    assert due.explained.amount == due.total
    assert all(step.text for step in due.explained.steps)


def uses_due(example: dict) -> Explained:
    """Work out what the personal texts or add-ons of an example cost."""
    use = features.FeatureUse(**{"rate": None, **typed(example["use"])})
    return features.feature_due(use)


@examples("feature")
def test_texts_and_add_ons(example):
    assert str(uses_due(example).amount) == example["amount"]


def declared_due(example: dict) -> Explained:
    """Work out what the declared data of an example costs."""
    use = features.DataUse(**{"rate": None, **typed(example["use"])})
    return features.data_due(use)


@examples("data")
def test_declared_data(example):
    assert str(declared_due(example).amount) == example["amount"]


def taxes_due(example: dict) -> Explained:
    """Work out the share of the taxes of an example."""
    facts = [Decimal(example[name]) for name in ("taxes", "taxable", "personal")]
    return features.tax_share(*facts)


@examples("tax")
def test_proportional_tax(example):
    assert str(taxes_due(example).amount) == example["amount"]


def whole_due(example: dict) -> StatementDue:
    """Add up the lines of an example."""
    lines = [FormLine("Line", Decimal(amount)) for amount in example["lines"]]
    return statement_due(lines)


@examples("statement")
def test_the_whole_statement(example):
    due = whole_due(example)
    assert (str(due.due), str(due.credit)) == (example["due"], example["credit"])


@examples("payment")
def test_what_is_left_after_payments(example):
    after = balance_after(
        Decimal(example["owed"]), [Decimal(amount) for amount in example["paid"]]
    )
    assert str(after.balance) == example["balance"]
    assert str(after.credit) == example["credit"]
    assert after.state == example["state"]


def pool_of(example: dict) -> pool.Pool:
    """Make the shared plan of an example."""
    charged = example.get("overage_charged")
    return pool.Pool(
        allowance=example["allowance"],
        lines=tuple(pool.PoolLine(**line) for line in example["lines"]),
        overage_rate=Decimal(example.get("overage_rate", "0")),
        overage_charged=Decimal(charged) if charged else None,
    )


@examples("pool")
def test_shared_minutes(example):
    due = pool.pool_due(pool_of(example))
    assert str(due.overage) == example["overage"]
    assert str(due.due) == example["due"]
    assert due.shares == cents(example["shares"])


@examples("split")
def test_an_amount_shared_out(example):
    shares = pool.split(Decimal(example["amount"]), example["weights"])
    assert shares == cents(example["shares"])


def last_day(example: dict) -> review_deadline.Deadline:
    """Count the days of an example."""
    calendar = review_deadline.Calendar(
        timezone="America/Los_Angeles", **typed(example.get("calendar", {}))
    )
    started = datetime.fromisoformat(example["at"])
    return review_deadline.deadline(started, example["days"], calendar)


@examples("deadline")
def test_the_last_day(example):
    assert last_day(example).due == example["due"]


def statements(example: dict) -> tuple[certification.Choice, ...]:
    """Judge each statement for the marks of an example."""
    offered = {
        certification.Statement(word)
        for word in example.get("offered", certification.Statement)
    }
    review = certification.Review(**typed_review(example["review"]))
    return certification.choices(review, offered)


@examples("choice")
def test_the_statement_that_fits(example):
    judged = statements(example)
    allowed = [choice.statement for choice in judged if choice.is_allowed]
    assert allowed == ([example["fits"]] if example["fits"] else [])


def typed_review(facts: dict) -> dict:
    return {
        name: fact if isinstance(fact, int) else Decimal(fact)
        for name, fact in facts.items()
    }
