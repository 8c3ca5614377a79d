"""Print what the worked examples of personal use say, to be compared word for word.

`python -m tests.policy.examples_in_words` writes `workings/examples.txt` and
`workings/methods.txt` anew. Read the difference before you commit it.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from mobile_selfservice.policy.pool import line_share, pool_due
from tests.policy import test_methods as methods
from tests.policy import test_worked_examples as worked
from tests.policy.workings import line_of

KEPT = Path(__file__).parent / "workings"
Example = dict[str, Any]


def _steps(explained: Any) -> list[str]:
    return [line_of(step) for step in explained.steps]


def _bill(due: Any) -> list[str]:
    return [*_steps(due.explained), f"comes to {due.total}"]


def _pool(example: Example) -> list[str]:
    """Tell the pool as Finance sees it, then as each line's holder does."""
    shared = worked.pool_of(example)
    printed = _steps(pool_due(shared).explained)
    for line in shared.lines:
        share = line_share(shared, line.line)
        printed += [f"line {line.line}: {text}" for text in _steps(share)]
        printed.append(f"line {line.line}: {share.amount} for {share.minutes} min")
    return printed


def _statements(example: Example) -> list[str]:
    judged = worked.statements(example)
    return [f"{each.statement}: {each.why_not or 'fits'}" for each in judged]


SUBJECTS: Mapping[str, Callable[[Example], list[str]]] = {
    "voice": lambda example: _bill(worked.bill_due(example)),
    "feature": lambda example: _steps(worked.uses_due(example)),
    "data": lambda example: _steps(worked.declared_due(example)),
    "tax": lambda example: _steps(worked.taxes_due(example)),
    "statement": lambda example: _steps(worked.whole_due(example).explained),
    "pool": _pool,
    "deadline": lambda example: _steps(worked.last_day(example)),
    "choice": _statements,
}


def examples() -> list[tuple[str, str, Callable[[], list[str]]]]:
    """List each example: the file that keeps it, its name, and how to print it."""
    usual = [
        ("examples", example["name"], lambda one=example, tell=tell: tell(one))
        for subject, tell in SUBJECTS.items()
        for example in worked.EXAMPLES[subject]
    ]
    others = [
        ("methods", each["name"], lambda one=each: _bill(methods.due_of(one)))
        for each in methods.EXAMPLES
    ]
    return usual + others


def kept(file: str) -> dict[str, list[str]]:
    """Read what is kept of a file of examples, by the name of the example."""
    parts = (KEPT / f"{file}.txt").read_text(encoding="utf-8").split("\n\n")
    return {name: lines for name, *lines in (part.splitlines() for part in parts)}


def keep() -> None:
    """Write what is kept anew."""
    for file in ("examples", "methods"):
        parts = [
            "\n".join([name, *tell()])
            for place, name, tell in examples()
            if place == file
        ]
        text = "\n\n".join(parts) + "\n"
        (KEPT / f"{file}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    keep()
