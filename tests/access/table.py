"""The table of who may: read from handlers.txt and routes.txt, a column per role.

Every cell is filled: "yes" or "-". A handler or route without a row fails the test.
"""

from pathlib import Path

from tests.access.identities import COLUMNS


def read(name: str) -> dict[str, frozenset[str]]:
    """Return, for each row of a table, the identities it lets in."""
    lines = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    rows = [line.split() for line in lines if line and not line.startswith("#")]
    return {row[0]: _allowed(row) for row in rows}


def _allowed(row: list[str]) -> frozenset[str]:
    cells = row[1:]
    assert len(cells) == len(COLUMNS), f"{row[0]} needs {len(COLUMNS)} cells"
    assert set(cells) <= {"yes", "-"}, f"{row[0]} has a cell that is neither"
    return frozenset(
        column for column, cell in zip(COLUMNS, cells, strict=True) if cell == "yes"
    )
