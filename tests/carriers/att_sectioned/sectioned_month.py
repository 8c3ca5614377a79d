"""One invented sectioned download, to be changed line by line and read again."""

from pathlib import Path

from mobile_selfservice.carriers import reading
from mobile_selfservice.carriers.archive import opened
from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.reading import Reading, records
from mobile_selfservice.carriers.records import Finding, Severity, UsageItem

CALLS = (
    "Item,Day,Date,Time,Number Called,Call To,Min,Rate Code,Rate Pd,Feature,"
    "Airtime Charge,LD/Add'l Charge,Total Charge"
)
DATA = (
    "Item,Day,Date,Time,To/From,Type,Msg/KB/Min,Rate Code,Rate Pd,Feature,In/ Out,"
    "Total Charge"
)
LEGEND = (
    '"Rate Code: RM45=450 Rollover Mins, 5KNW=5000 N&W Mins, ESM1=Unlimited Expd M2M"',
    '"Rate Period: DT=Daytime, NW=Nwknd"',
    '"Feature: M2MC=Expanded M2M, CW=Call Waiting, VM=Voicemail"',
)
CALL = {
    "item": "1",
    "day": "WED",
    "date": "03/17/2010",
    "time": "10:07AM",
    "number": "209-555-0120",
    "to": "INCOMING CL",
    "min": "2",
    "code": "RM45",
    "pd": "DT",
    "feature": "",
    "airtime": "0.00",
    "extra": "0.00",
    "total": "0.00",
}
USE = {
    "item": "1",
    "day": "WED",
    "date": "03/17/2010",
    "time": "01:01PM",
    "number": "209-555-0144",
    "type": "Text",
    "amount": "1 Msg",
    "code": "MUNL",
    "pd": "AT",
    "feature": "SMH",
    "way": "In",
    "total": "0.00",
}


def call(**cells: str) -> str:
    """Write a call's row."""
    return _row(CALL | cells)


def use(**cells: str) -> str:
    """Write a row of the data section."""
    return _row(USE | cells)


def _row(cells: dict[str, str]) -> str:
    return ",".join(f'"{cell}"' if "," in cell else cell for cell in cells.values())


class Sections:
    """A folder of sectioned files and how they are read."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.paths: list[Path] = []
        self.guidance = Guidance()

    def file(self, *lines: str, name: str = "download.csv") -> "Sections":
        """Write a file as the carrier does: a blank line after every row."""
        path = self.folder / name
        path.write_bytes("".join(f"{line}\r\n\r\n" for line in lines).encode())
        self.paths.append(path)
        return self

    def calls(self, *rows: str, number: str = "209-555-0101") -> "Sections":
        """Write a file of one line's calls, with its legends."""
        top = (f"Call Detail,{number}", "User Name:,ROBIN VALE", *LEGEND)
        return self.file(*top, CALLS, *rows, name=f"calls-{len(self.paths)}.csv")

    def data(self, *rows: str, number: str = "209-555-0101") -> "Sections":
        """Write a file of one line's messages and data."""
        top = (f"Data Detail,{number}", '"Rate Code: MUNL=Unlimited Messaging"')
        return self.file(*top, DATA, *rows, name=f"data-{len(self.paths)}.csv")

    def read(self) -> Reading:
        """Read the files from beginning to end."""
        return reading.read(*self.paths, guidance=self.guidance)

    def items(self) -> list[UsageItem]:
        """Read every item."""
        with opened(*self.paths) as download:
            found = list(records(download, self.guidance))
        return [one for one in found if isinstance(one, UsageItem)]

    def errors(self) -> list[Finding]:
        """Read the findings that refuse an import."""
        return [one for one in self.read().findings if one.severity is Severity.ERROR]

    def warnings(self) -> str:
        """Read what is warned of, as one text."""
        found = self.read().findings
        return "\n".join(
            one.reason for one in found if one.severity is Severity.WARNING
        )
