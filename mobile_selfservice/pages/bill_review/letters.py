"""Marks on their way to the page and back: one letter a row, one word a choice."""

from collections.abc import Sequence

from mobile_selfservice.services.bills.bill_items import ReviewItem
from mobile_selfservice.services.bills.bill_numbers import NumberGroup
from mobile_selfservice.services.bills.bill_review import Mark
from mobile_selfservice.services.refusals import NotUnderstood

# One letter for each mark, so that a page of marks is one short text.
LETTERS = {
    "": "-",
    "business": "b",
    "personal": "p",
    "incidental": "i",
    "not_sure": "u",
    "mixed": "m",
}
# What the choices on screen are called, and what is kept.
MARKS = {
    "business": "business",
    "personal": "personal",
    "incidental": "incidental",
    "unsure": "not_sure",
}
SAID = {
    "business": "business",
    "personal": "personal",
    "incidental": "incidental",
    "not_sure": "not sure",
}


def mark_of(use: str) -> Mark:
    """Turn a choice on screen into a mark.

    Raises:
        NotUnderstood: if no page of ours offers it.
    """
    if use not in MARKS:
        raise NotUnderstood("That is no way of marking.")
    return Mark(MARKS[use])


def letters(rows: Sequence[NumberGroup] | Sequence[ReviewItem]) -> str:
    """Write the marks of a page as one letter for each row."""
    return "".join(LETTERS[row.mark] for row in rows)


def with_letter(marks: str, at: int, mark: str) -> str:
    """Change the mark of one row."""
    return f"{marks[:at]}{LETTERS[mark]}{marks[at + 1 :]}"
