"""Rules about the code itself, checked like any other behavior."""

import ast
import re
from pathlib import Path

import pytest

from mobile_selfservice import policy

PACKAGE = Path(policy.__file__).parents[1]
ROOT = PACKAGE.parent
PLAIN = {
    "collections",
    "dataclasses",
    "datetime",
    "decimal",
    "enum",
    "fractions",
    "functools",
    "itertools",
    "math",
    "re",
    "tomllib",
    "types",
    "typing",
    "zoneinfo",
}
LONGEST = 400
LONGER_AND_WHY = {
    "alembic/versions/0001_first_tables.py": "written by Alembic, a table after another"
}


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.glob("policy/**/*.py")), ids=lambda path: path.name
)
def test_policy_imports_only_plain_python(path):
    for name in _imported(path):
        root = name.split(".")[0]
        assert name.startswith("mobile_selfservice.policy") or root in PLAIN


def test_the_policy_package_opens_with_a_table_of_all_its_modules():
    listed = set(re.findall(r"\w+", policy.__doc__ or ""))

    assert {path.stem for path in PACKAGE.glob("policy/[!_]*.py")} <= listed


def test_no_file_is_longer_than_one_reads_at_a_sitting():
    files = [*PACKAGE.rglob("*.py"), *(ROOT / "tests").rglob("*.py")]
    long = {
        str(path.relative_to(ROOT)): lines
        for path in files
        if (lines := len(path.read_text("utf-8").splitlines())) > LONGEST
    }

    assert long.keys() <= LONGER_AND_WHY.keys()


def test_no_screen_shows_what_the_content_policy_forbids():
    forbidden = ("rx.toast", "rx.html", "rx.markdown", "rx.call_script", "rx.upload")
    for path in [*PACKAGE.glob("pages/**/*.py"), *PACKAGE.glob("components/*.py")]:
        text = path.read_text("utf-8")
        assert not [word for word in forbidden if f"{word}(" in text], path.name


def _imported(path: Path) -> list[str]:
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            found.append(node.module or "")
    return found
