"""One invented bill month, to be changed cell by cell and read again."""

from collections.abc import Mapping
from pathlib import Path

from mobile_selfservice.carriers import reading
from mobile_selfservice.carriers.archive import opened
from mobile_selfservice.carriers.layout import normalized
from mobile_selfservice.carriers.records import Finding, Record, Severity

DATA = Path(__file__).parents[1] / "data" / "verizon"
FILES = {
    "accounts": "AccountSummary_202201.txt",
    "lines": "Account & Wireless Summary_202201.txt",
    "charges": "Acct & Wireless Charges Detail Summary Usage_202201.txt",
    "usage": "Wireless Usage Detail_202201.txt",
}


class Month:
    """The four files as tables of text; row 0 is the first under the headings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.encoding = "utf-8"
        self.tables = {role: _table(DATA / name) for role, name in FILES.items()}

    def set(self, role: str, row: int, **cells: str) -> "Month":
        """Change cells of one row; a heading is named by its letters and digits."""
        for name, value in cells.items():
            self.tables[role][row + 1][self.at(role, name)] = value
        return self

    def at(self, role: str, name: str) -> int:
        headings = [normalized(one) for one in self.tables[role][0]]
        return headings.index(normalized(name))

    def add(self, role: str, like: int, **cells: str) -> "Month":
        """Add a row at the end, like another one but for some cells."""
        table = self.tables[role]
        table.append(list(table[like + 1]))
        return self.set(role, len(table) - 2, **cells)

    def only(self, role: str, *rows: int) -> "Month":
        """Keep only some rows of a file."""
        table = self.tables[role]
        self.tables[role] = [table[0], *(table[row + 1] for row in rows)]
        return self

    def without(self, *roles: str) -> "Month":
        """Leave files out of the download."""
        for role in roles:
            del self.tables[role]
        return self

    def write(self, names: Mapping[str, str] = FILES) -> list[Path]:
        """Write the files as the carrier does: CRLF after the headings, then LF."""
        paths = []
        for role, table in self.tables.items():
            path = self.folder / names[role]
            first, *rest = ["\t".join(row) for row in table]
            text = first + "\r\n" + "".join(f"{row}\n" for row in rest)
            path.write_bytes(text.encode(self.encoding))
            paths.append(path)
        return paths

    def records(self) -> list[Record]:
        """Write the files and read every record of them."""
        return records_of(*self.write())

    def of(self, kind: type) -> list:
        """Read the records of one type."""
        return [record for record in self.records() if isinstance(record, kind)]

    def errors(self) -> list[Finding]:
        """Read the findings that refuse an import."""
        found = self.of(Finding)
        return [one for one in found if one.severity is Severity.ERROR]


def _table(path: Path) -> list[list[str]]:
    text = path.read_bytes().decode("cp1252")
    return [line.split("\t") for line in text.splitlines()]


def records_of(*paths: Path) -> list[Record]:
    """Read every record of some files."""
    with opened(*paths) as download:
        return list(reading.records(download))
