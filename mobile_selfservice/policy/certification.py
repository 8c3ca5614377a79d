"""Which statement an employee may sign for a bill, and its exact words.

City of Lodi, Cellular Phone Policy, 2 March 2011, sections 3.B.1 and 4.G.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from mobile_selfservice.policy.explained import Clause, Step
from mobile_selfservice.policy.money import ZERO, dollars
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.review_deadline import in_words

CERTIFICATION = Clause("Lodi 2011", "4.G")


class Statement(StrEnum):
    """What an employee signs for one bill (AMB-09)."""

    NONE = "none"
    INCIDENTAL_ONLY = "incidental_only"
    REIMBURSABLE = "reimbursable"


ALL_STATEMENTS = frozenset(Statement)
STATEMENT_WORDS: Mapping[str, str] = {
    Statement.NONE: "No personal use",
    Statement.INCIDENTAL_ONLY: "Incidental use only",
    Statement.REIMBURSABLE: "Personal use to reimburse",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """How a bill stands when its employee wants to sign.

    Counts are of items, calls or others, and of declared data as one item. `due` and
    `credit` are the whole statement's, as computed.
    """

    personal: int = 0
    incidental: int = 0
    incidental_without_reason: int = 0
    not_sure: int = 0
    unmarked: int = 0
    due: Decimal = ZERO
    credit: Decimal = ZERO


@dataclass(frozen=True, slots=True)
class Choice:
    """One statement, and why it may not be signed; empty where it may."""

    statement: Statement
    why_not: str = ""

    @property
    def is_allowed(self) -> bool:
        """Tell whether nothing stands against it."""
        return not self.why_not


class StatementNotAllowed(ValueError):  # noqa: N818
    """The statement does not fit the marks on the bill; the message says why."""


class AmountDiffers(ValueError):  # noqa: N818
    """The amount the employee accepts is not the one computed from the marks."""


def statements_offered(edition: Edition, on: date) -> frozenset[Statement]:
    """Take from the edition the statements an employee may choose among.

    Clause: Lodi 2011 §4.G. Reading: AMB-09.
    """
    return frozenset(Statement(word) for word in edition.words("cert.statements", on))


def choices(
    review: Review, offered: Collection[Statement] = ALL_STATEMENTS
) -> tuple[Choice, ...]:
    """Tell for each statement offered whether it may be signed, and if not, why.

    At most one fits: any personal item, or any amount, needs the reimbursable one;
    an incidental call that brought an extra charge does too (AMB-08).

    Clause: Lodi 2011 §4.G, §3.B.1. Reading: AMB-07, AMB-08, AMB-09.
    """
    fitting = fitting_statement(review, offered)
    return tuple(
        Choice(statement, _open_items(review) or _why_not(statement, fitting, review))
        for statement in Statement
        if statement in offered
    )


def fitting_statement(
    review: Review, offered: Collection[Statement] = ALL_STATEMENTS
) -> Statement:
    """Return the one statement that is true of the marks and amounts.

    Where "incidental only" is not offered, incidental use is signed as reimbursable
    with nothing owed: an incidental call is personal, so "none" would be false.

    Clause: Lodi 2011 §4.G, §3.B.1. Reading: AMB-08, AMB-09.
    """
    if review.personal or review.due or review.credit:
        return Statement.REIMBURSABLE
    if not review.incidental:
        return Statement.NONE
    if Statement.INCIDENTAL_ONLY not in offered:
        return Statement.REIMBURSABLE
    return Statement.INCIDENTAL_ONLY


def check(
    statement: Statement,
    review: Review,
    accepted: Decimal,
    offered: Collection[Statement] = ALL_STATEMENTS,
) -> None:
    """Refuse a signature that would be false, or for another amount than computed.

    Clause: Lodi 2011 §4.G. Reading: AMB-08, AMB-09.

    Raises:
        StatementNotAllowed: if the statement does not fit the marks, with the reason.
        AmountDiffers: if the amount accepted is not the amount computed.
    """
    if statement not in offered:
        raise StatementNotAllowed("This statement is not in use.")
    for choice in choices(review, offered):
        if choice.statement is statement and choice.why_not:
            raise StatementNotAllowed(choice.why_not)
    if accepted != review.due:
        raise AmountDiffers(
            f"The amount is now {dollars(review.due)}, not {dollars(accepted)}. "
            "Read the working again before you sign."
        )


def _open_items(review: Review) -> str:
    """Say what must be settled before any statement can be signed."""
    if review.not_sure:
        return f"{_items(review.not_sure)} still marked “not sure”."
    if review.unmarked:
        return f"{_items(review.unmarked)} not marked yet."
    if review.incidental_without_reason:
        return (
            f"{_items(review.incidental_without_reason)} incidental without a reason."
        )
    return ""


def _why_not(statement: Statement, fitting: Statement, review: Review) -> str:
    if statement is fitting:
        return ""
    if statement is Statement.REIMBURSABLE:
        return "Nothing is marked personal and nothing is owed."
    if review.personal:
        return f"{_items(review.personal)} marked personal."
    if statement is Statement.NONE and review.incidental:
        return f"{_items(review.incidental)} marked incidental, which is personal use."
    if review.due:
        return f"{dollars(review.due)} is owed for extra charges."
    if review.credit:
        return f"There is a credit of {dollars(review.credit)}."
    return "Nothing is marked incidental."


def _items(count: int) -> str:
    return "1 item is" if count == 1 else f"{count:,} items are"


def choice_working(
    review: Review,
    offered: Collection[Statement] = ALL_STATEMENTS,
    clause: Clause = CERTIFICATION,
) -> tuple[Step, ...]:
    """Tell from the marks and amounts which statement fits, and why no other does.

    Clause: Lodi 2011 §4.G, §3.B.1. Reading: AMB-08, AMB-09.
    """
    marks = (
        f"marked personal: {_count(review.personal)}; "
        f"incidental: {_count(review.incidental)}; the bill comes to "
        f"{dollars(review.due)}"
    )
    steps = [Step(marks, clause)]
    fitting = fitting_statement(review, offered)
    for choice in choices(review, offered):
        if choice.statement is fitting:
            said = choice.why_not or "it fits the marks and the amount."
        else:
            said = f"no. {choice.why_not}"
        text = f"{STATEMENT_WORDS[choice.statement]}: {said}"
        steps.append(Step(text, clause, None, "AMB-09"))
    return tuple(steps)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """The bill a signature is for: whose number, which period, payable by when."""

    line: str
    period: str
    due_on: date


def sentence(
    edition: Edition, on: date, statement: Statement, review: Review, occasion: Occasion
) -> str:
    """Return the exact sentence the employee signs, with the bill's own amounts.

    Clause: Lodi 2011 §4.G. Reading: AMB-09, AMB-47.

    Raises:
        NotSet: if the edition has no sentence for the statement on that day.
    """
    words = edition.text(f"cert.text.{statement.value}", on)
    if statement is Statement.REIMBURSABLE and review.credit:
        words = f"{words} {edition.text('cert.text.credit', on)}"
    facts = {
        "line": occasion.line,
        "period": occasion.period,
        "due": in_words(occasion.due_on),
        "personal": _count(review.personal),
        "incidental": _count(review.incidental),
        "owed": dollars(review.due),
        "credit": dollars(review.credit),
    }
    for name, fact in facts.items():
        words = words.replace(f"{{{name}}}", fact)
    return words


def _count(count: int) -> str:
    return "1 item" if count == 1 else f"{count:,} items"
