"""Every trap in carriers' files has its tests, named in docs/carriers/traps.md."""

import re
from pathlib import Path

HERE = Path(__file__).parent
TABLE = HERE.parents[1] / "docs" / "carriers" / "traps.md"
ROW = re.compile(r"^\| (\d+) \| ")
NAMED = re.compile(r"`([\w./]+\.py)(?:::(test_\w+))?`")


def rows() -> dict[int, list[tuple[str, str]]]:
    found = {}
    for line in TABLE.read_text("utf-8").splitlines():
        number = ROW.match(line)
        if number:
            found[int(number[1])] = NAMED.findall(line)
    return found


def test_each_of_the_thirty_one_traps_names_its_tests():
    found = rows()
    assert list(found) == list(range(1, 32))
    assert all(found.values())


def test_every_test_that_is_named_is_there():
    missing = [
        (number, file, test)
        for number, named in rows().items()
        for file, test in named
        if not (HERE / file).is_file()
        or f"def {test or 'test_'}" not in (HERE / file).read_text("utf-8")
    ]
    assert missing == []
