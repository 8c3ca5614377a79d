"""`policy check CASES.yaml…`: run worked examples through the rules."""

import argparse
from collections.abc import Iterator
from pathlib import Path

from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy_cases import cases
from mobile_selfservice.policy_cases.cases import Case
from mobile_selfservice.policy_cases.run import Outcome, run
from mobile_selfservice.policy_cases.source import Unreadable

ALL_PASSED, SOME_DIFFER, CANNOT_RUN = 0, 1, 2


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the commands about a policy."""
    parser = subparsers.add_parser(
        "check",
        help="run worked examples and compare the answers",
        description="Run the cases of YAML files through the rules of the portal. "
        "Ends with 0 when every answer is as expected, 1 when one differs, 2 when a "
        "file or a case cannot be run. docs/policy/checking.md has the fields.",
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="CASES.yaml")
    parser.set_defaults(run=check)


def check(arguments: argparse.Namespace) -> int:
    """Carry out the command and give its exit code."""
    passed = failed = refused = 0
    for found in _found(arguments.files):
        try:
            outcome = run(found) if isinstance(found, Case) else None
        except Unreadable as reason:
            found, outcome = reason, None
        if outcome is None:
            refused += 1
            print(f"cannot run: {found}")
        elif outcome.is_passed:
            passed += 1
        else:
            failed += 1
            print("\n".join(difference_in_words(outcome)))
    if refused:
        print(f"{refused:,} could not be run; that is never a pass")
    print(f"{passed:,} passed, {failed + refused:,} failed")
    if refused:
        return CANNOT_RUN
    return SOME_DIFFER if failed else ALL_PASSED


def _found(files: list[Path]) -> Iterator[Case | Unreadable]:
    for path in files:
        try:
            yield from cases.read(path)
        except Unreadable as reason:
            yield reason


def difference_in_words(outcome: Outcome) -> Iterator[str]:
    """Say what a case expects, what came out, and how."""
    case = outcome.case
    clause = f" ({case.clause})" if case.clause else ""
    yield f"{case.name}{clause}, {case.place.file}, line {case.line}"
    for each in outcome.differences:
        yield f"  {each.name}: expected {each.expected}, computed {each.computed}"
    yield "  working:" if outcome.steps else "  working: none given"
    for step in outcome.steps:
        yield f"    {step.text}  [{_place(step)}]"


def _place(step: Step) -> str:
    reading = f", reading {step.reading}" if step.reading else ""
    return f"{step.clause}{reading}"
