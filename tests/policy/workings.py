"""Keep the printed working of every case of our own, to be compared word for word.

`python -m tests.policy.workings` writes `workings/` anew. Read the difference before
you commit it: that each line adds up, names the right clause and uses plain words.
"""

from pathlib import Path

from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy_cases import cases
from mobile_selfservice.policy_cases.cases import Case
from mobile_selfservice.policy_cases.run import run

HERE = Path(__file__).parent
CASES = sorted((HERE / "cases").glob("*.yaml"))
NOTHING = "(nothing stands against it, and nothing is worked out)"


def cases_of(path: Path) -> list[Case]:
    """Read the cases of a file, all of which must be readable."""
    found = [case for case in cases.read(path) if isinstance(case, Case)]
    assert len(found) == len(cases.read(path))
    return found


def working(case: Case) -> list[str]:
    """Print the working of a case: each sentence, its amount, clause and reading."""
    return [line_of(step) for step in run(case).steps] or [NOTHING]


def line_of(step: Step) -> str:
    """Print one step."""
    amount = "" if step.amount is None else f"= {step.amount}"
    parts = (step.text, amount, str(step.clause), step.reading)
    return " | ".join(part for part in parts if part)


def kept_in(path: Path) -> Path:
    """The file that keeps the workings of a file of cases."""
    return HERE / "workings" / f"{path.stem}.txt"


def kept(path: Path) -> dict[str, list[str]]:
    """Read the kept workings of a file of cases, by the name of the case."""
    parts = kept_in(path).read_text(encoding="utf-8").split("\n\n")
    return {name: lines for name, *lines in (part.splitlines() for part in parts)}


def keep(path: Path) -> None:
    """Write the workings of a file of cases anew."""
    parts = ["\n".join([case.name, *working(case)]) for case in cases_of(path)]
    kept_in(path).parent.mkdir(exist_ok=True)
    kept_in(path).write_text("\n\n".join(parts) + "\n", encoding="utf-8")


if __name__ == "__main__":
    for each in CASES:
        keep(each)
