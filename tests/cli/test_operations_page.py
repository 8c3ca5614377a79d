"""What operators read is what the code does."""

import re
from pathlib import Path

import pytest

from mobile_selfservice.cli import COMMANDS, command_line
from mobile_selfservice.demo import people

ROOT = Path(__file__).parents[2]
OPERATIONS = (ROOT / "docs" / "operations.md").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
READS = re.compile(r"environ(?:\.get\(|\[)\s*\"([A-Z_]+)\"")


def settings_read() -> set[str]:
    sources = [*(ROOT / "mobile_selfservice").rglob("*.py"), ROOT / "rxconfig.py"]
    return {
        name for path in sources for name in READS.findall(path.read_text("utf-8"))
    } - {"PATH"}


def test_the_search_for_settings_finds_them():
    assert {"DATABASE_URL", "SMTP_STARTTLS", "REFLEX_REDIS_URL"} <= settings_read()


def test_every_setting_the_code_reads_is_described():
    missing = {name for name in settings_read() if f"`{name}`" not in OPERATIONS}
    assert not missing, f"docs/operations.md does not mention {sorted(missing)}"


def test_every_command_is_described_and_has_help(capsys):
    for module in COMMANDS:
        name = module.__name__.rsplit(".", 1)[-1].removesuffix("_invoice")
        assert re.search(rf"\| `{name}\b", OPERATIONS), name
        with pytest.raises(SystemExit) as ended:
            command_line().parse_args([name, "--help"])
        assert ended.value.code == 0
        assert len(capsys.readouterr().out) > 100


def test_the_readme_lists_every_sign_in_of_the_demo_city():
    assert f"`{people.PASSWORD}`" in README
    for person, _ in people.SIGN_INS:
        assert f"| `{person.user_name}` |" in README


def test_no_page_for_operators_names_a_registry():
    for text in (OPERATIONS, README, (ROOT / "requirements.txt").read_text()):
        assert not re.search(r"npmjs|pypi\.org|registry\.", text)
