"""One invented month of AT&T's reports, to be changed cell by cell and read again."""

import csv
import io
from collections.abc import Iterable
from pathlib import Path

from mobile_selfservice.carriers import reading
from mobile_selfservice.carriers.archive import opened
from mobile_selfservice.carriers.att import layout as att
from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.layout import normalized
from mobile_selfservice.carriers.records import Finding, Record, Severity

BAN = "287000000001"
KEY = f"{BAN}X03022024"
FIRST, SECOND = "2095550101", "2095550102"
NAMES = {
    "lines": "All Wireless Charges and Usage.csv",
    "detail": "Detail.csv",
    "pooling": "Pooling.csv",
    "raw": "rawdataoutput_1.csv",
    "inventory": "Inventory.csv",
}
LABELS = ("DEPARTMENT NAME", "VIS CODE", "ASSET TAG")
LINES_HEADINGS = (
    *att.ALL_CHARGES.headings[:7],
    LABELS[0],
    att.USER,
    *LABELS[1:],
    *att.ALL_CHARGES.headings[8:],
)
OF_ACCOUNT = {
    att.FOUNDATION: "01234567",
    att.ACCOUNT: BAN,
    att.CYCLE_END: "03/02/2024",
}
NO_CHARGES = dict.fromkeys(att.LINE_STATED.values(), "$0.00")
LINE = {
    **OF_ACCOUNT,
    **NO_CHARGES,
    att.FOUNDATION_NAME: "CITY OF EXAMPLE",
    att.ACCOUNT_DESCRIBED: f"{BAN} (CITY OF EXAMPLE)",
    att.BILL_NAME: "CITY OF EXAMPLE",
    att.INVOICE_DATE: "03/08/2024",
    att.RATE_CODE: "MS7G",
    att.PLAN: "Mobile Select 7GB",
    att.KILOBYTES_USED: "0",
    att.MINUTES_USED: "0",
    att.MESSAGES_USED: "0",
}
CALL = {
    **OF_ACCOUNT,
    att.NUMBER: FIRST,
    att.ROAM: "HOME",
    att.DATE: "02/05/2024",
    att.TIME: "09:35",
    att.RATE_CODE: "ZZ45",
    att.RATING_PERIOD: "DT",
    att.DESCRIPTION: "LONGVIEW",
    att.ORIGIN: "Dallas, TX",
    att.DESTINATION: "LONGVIEW,TX",
    att.DIALED: "903-555-0160",
    att.DIRECTION: "Out",
    att.MINUTES: "3",
    att.KILOBYTES: "0",
    att.EVENTS: "0",
    att.TOTAL_CHARGES: "$0.00",
    att.SOURCE: "Voice",
    att.INTERNATIONAL: "0",
    att.LONG_DISTANCE: "$0.00",
}
TEXT = CALL | {
    att.DESCRIPTION: "Text Message",
    att.ORIGIN: "National, TX",
    att.DESTINATION: "",
    att.DIALED: "",
    att.DIRECTION: "in",
    att.FEATURE: "SMH",
    att.MINUTES: "0",
    att.EVENTS: "1",
    att.SENT_TO: "87892",
    att.RECEIVED_FROM: "87892",
    att.SOURCE: "Messaging",
}
SESSION = TEXT | {
    att.DESCRIPTION: "KB",
    att.DIRECTION: "",
    att.FEATURE: "GPRR",
    att.KILOBYTES: "21698",
    att.EVENTS: "0",
    att.SENT_TO: "",
    att.RECEIVED_FROM: "",
    att.SOURCE: "Data",
}
POOLED = OF_ACCOUNT | {
    att.ACCOUNT_DESCRIBED: f"{BAN} (CITY OF EXAMPLE)",
    att.NUMBER: FIRST,
    att.USER: "MARIA EXAMPLE",
    "Data charges": "$638.13",
    "Pooling bucket KB used": "74246429",
    "Pooling KB contribution": "7340032",
    "KB over": "66906397",
    "KB under": "0",
    "Data allocated back credit": "($638.13)",
    "Data MAC adjustment": "$0.00",
    "Total data pooling credit": "($640.37)",
    "Total data tax credit": "($2.24)",
    "Pool name": "Mobile Select - Pooled",
    "Pool type": "Data",
    "Airtime charges": "$0.00",
    "Pooling bucket minutes used": "0",
    "Pooling minutes contribution": "0",
}
DEVICE = {
    "Last updated date": "03/05/2024",
    att.FOUNDATION: "01234567",
    att.INVENTORY_ACCOUNT: BAN,
    att.NUMBER: FIRST,
    att.INVENTORY_USER: "MARIA EXAMPLE",
    att.STATUS: "Active",
    att.STATUS_SINCE: "01/15/2023",
    att.PLAN: "Mobile Select 7GB",
    att.DEVICE_TYPE: "Smartphone",
    att.IMEI: "350000000000017",
    att.MAKE: "Example",
    att.MODEL: "One",
    att.SIM: "89010000000000000017",
    att.ACTIVATED: "01/15/2023",
    att.CONTRACT_END: "01/14/2025",
    att.EMAIL: "maria@city.example",
}
FAN_ROW = {
    att.SECTION: "IRA",
    att.LEVEL: "FAN",
    "Due Date": "20240415",
    "Foundation Account Number": "01234567",
    att.PERIOD_END: "20240316",
    "FAN Invoice Number": "20000001",
    "FAN Invoice Date": "20240316",
    "FAN Invoice Previous Balance": "150.00",
    "FAN Invoice Total Payments": "150.00",
    "FAN Invoice Past Due": "0.00",
    "Adjustment to Previous Balance Amount": "0.00",
    "FAN Invoice Total Current Charges": "117.47",
    "FAN Invoice Amount Due": "117.47",
}
BAN_ROW = {
    att.SECTION: "SL",
    att.LEVEL: "BAN",
    att.RAW_ACCOUNT: BAN,
    att.PERIOD_END: "20240302",
}
BALANCE = BAN_ROW | {
    "Section_1": "Prior Activity",
    "Section_2": "Previous Balance",
    "Amount": "150.00",
}
PAYMENT = BALANCE | {"Section_2": "Payment - Thank You"}
CURRENT = BAN_ROW | {"Section_1": "Total Current Charges", "Amount": "117.47"}
EQUIPMENT = BAN_ROW | {
    "Section_1": "Account Charges",
    "Section_2": "Credits, Adjustments & Other Charges",
    "Section_3": "Equipment Charge",
    "Section_4": "SIM CARD Qty: 1",
    "Period": "-",
    "Amount": "0.99",
    "Equipment Transaction Date": "20240130",
}
LINE_CHARGE = BAN_ROW | {
    att.LEVEL: "CTN",
    "Wireless Number": FIRST,
    "Section_1": "Monthly Service Charges",
    "Section_2": "Rate Plan",
    "Section_3": "Mobile Select 7GB",
    "Monthly Charge": "40.00",
    "Minutes Included in Plan": "700",
    "Minutes Used": "12",
    "Billed Minutes": "0",
}
USED = {att.MINUTES_USED: "6", att.MESSAGES_USED: "1", att.KILOBYTES_USED: "21698"}
Row = dict[str, str]


def _line(number: str, name: str, monthly: str, taxes: str, total: str) -> Row:
    return LINE | {
        att.NUMBER: number,
        att.NUMBER_DESCRIBED: f"{number} ({name})" if name else number,
        att.USER: name,
        LABELS[0]: "PARKS" if name else "",
        "Total monthly charges": monthly,
        "Total taxes": taxes,
        att.TOTAL_CURRENT: total,
    }


class Month:
    """The reports as rows of named cells; row 0 is the first under the headings."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.separator = ","
        self.headings: dict[str, list[str]] = {
            "lines": list(LINES_HEADINGS),
            "detail": list(att.DETAIL.headings),
            "pooling": list(att.POOLING.headings),
            "raw": list(att.RAW.headings),
            "inventory": [*att.INVENTORY.headings, *LABELS],
        }
        self.rows: dict[str, list[Row]] = {
            "lines": [
                _line("0", "", "$5.00", "$0.00", "$5.00"),
                _line("G100200", "", "$10.00", "$0.00", "$10.00"),
                _line(FIRST, "MARIA EXAMPLE", "$40.00", "$2.47", "$42.47") | USED,
                _line(SECOND, "JOSÉ EXAMPLE", "$55.00", "$5.00", "$60.00"),
            ],
            "detail": [dict(CALL), dict(CALL), dict(TEXT), dict(SESSION)],
        }

    def has(self, **reports: Iterable[Row]) -> "Month":
        """Put other rows into a report, or a report beside the others."""
        self.rows |= {
            role: [dict(row) for row in rows] for role, rows in reports.items()
        }
        return self

    def only(self, *roles: str) -> "Month":
        """Leave every other report out."""
        self.rows = {role: self.rows[role] for role in roles}
        return self

    def call(self, **cells: str) -> "Month":
        """Have one call in the detail, changed; a cell is named by its letters."""
        return self.has(detail=[_changed(CALL, cells)])

    def set(self, role: str, row: int, **cells: str) -> "Month":
        """Change cells of one row."""
        self.rows[role][row] = _changed(self.rows[role][row], cells)
        return self

    def text(self, role: str, *, headings: bool = True) -> str:
        """Write one report as text."""
        out = io.StringIO()
        named = self.headings[role]
        rows = [[row.get(name, "") for name in named] for row in self.rows[role]]
        table = [named, *rows] if headings else rows
        if role == "raw" or self.separator != ",":
            mark = "|" if role == "raw" else self.separator
            return "".join(f"{mark.join(row)}\r\n" for row in table)
        csv.writer(out).writerows(table)
        return out.getvalue()

    def write(self, *, headings: bool = True) -> list[Path]:
        """Write the reports as files."""
        paths = []
        for role in self.rows:
            path = self.folder / NAMES[role]
            path.write_bytes(self.text(role, headings=headings).encode())
            paths.append(path)
        return paths

    def records(
        self, guidance: Guidance | None = None, *, headings: bool = True
    ) -> list[Record]:
        """Write the reports and read every record of them."""
        return records_of(*self.write(headings=headings), guidance=guidance)

    def of(self, kind: type, guidance: Guidance | None = None) -> list:
        """Read the records of one type."""
        return [one for one in self.records(guidance) if isinstance(one, kind)]

    def errors(self) -> list[Finding]:
        """Read the findings that refuse an import."""
        return [one for one in self.of(Finding) if one.severity is Severity.ERROR]

    def reading(self) -> reading.Reading:
        """Read the reports with all their checks."""
        return reading.read(*self.write())


def records_of(*paths: Path, guidance: Guidance | None = None) -> list[Record]:
    """Read every record of some files."""
    with opened(*paths) as download:
        return list(reading.records(download, guidance))


def _changed(row: Row, cells: Row) -> Row:
    named = {normalized(name): name for name in (*row, *att.DETAIL.headings)}
    return row | {named.get(name, name): cell for name, cell in cells.items()}
