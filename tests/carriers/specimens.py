"""One small invented download for each reader, to be damaged and read."""

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from mobile_selfservice.carriers.archive import NamedStream, opened
from mobile_selfservice.carriers.att import layout as att
from mobile_selfservice.carriers.guidance import Guidance
from mobile_selfservice.carriers.layout import Layout
from mobile_selfservice.carriers.mapped.shipped import shipped
from mobile_selfservice.carriers.reading import Reading, records
from mobile_selfservice.carriers.records import Refused
from mobile_selfservice.carriers.verizon import report_layout as report
from tests.carriers.att_sectioned import sectioned_month as sectioned
from tests.carriers.ting import test_ting as ting
from tests.carriers.tmobile import test_tmobile as tmobile
from tests.carriers.verizon_month import DATA, FILES
from tests.carriers.x12 import interchange as x12

Files = dict[str, bytes]


@dataclass(frozen=True)
class Specimen:
    """A download that reads without an error, and what people told beforehand."""

    files: Files
    guidance: Guidance = field(default_factory=Guidance)


def read_files(files: Files, guidance: Guidance | None = None) -> Reading:
    """Read files from memory; a refusal is among the findings."""
    reading = Reading()
    streams = [NamedStream(name, io.BytesIO(text)) for name, text in files.items()]
    try:
        with opened(*streams) as download:
            for _ in reading.passing(records(download, guidance)):
                pass
    except Refused as refused:
        reading.findings += refused.findings
    return reading


def verizon() -> Specimen:
    return Specimen({name: (DATA / name).read_bytes() for name in FILES.values()})


def _table(layout: Layout, *rows: dict[str, str], separator: str = ",") -> bytes:
    """Write rows under a layout's headings; a cell not named is blank.

    Cells of headings that the layout does not have are left out.
    """
    text = io.StringIO()
    writer = csv.DictWriter(
        text,
        layout.headings,
        restval="",
        extrasaction="ignore",
        delimiter=separator,
        lineterminator="\r\n",
    )
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def verizon_reports() -> Specimen:
    account = {
        report.ACCOUNT: "642350544-00001",
        report.INVOICE: "9,876,543,210",
        report.PERIOD: "Dec 17 2025 - Jan 16 2026",
        report.DUE_ON: "02/08/26",
        "Total current charges": "41.23",
        "Total amount due": "1,041.23",
    }
    phone = {
        report.ACCOUNT: "642350544-00001",
        report.CYCLE: "Jan 16, 2026",
        report.NUMBER: "209-555-0101",
        report.USER: "WREN AMES",
        report.LINE_TOTAL: "41.23",
        "Monthly access charges": "39.99",
        "Taxes and surcharges": "1.24",
        report.ACTIVATED: "01/15/2024",
    }
    return Specimen({
        "accounts.csv": _table(report.ACCOUNT_REPORT, account),
        "inventory.csv": _table(report.INVENTORY_REPORT, phone),
    })  # fmt: skip


PHONE = {
    att.FOUNDATION: "01234567",
    att.ACCOUNT: "287000000001",
    att.NUMBER: "2095550101",
    att.USER: "WREN AMES",
    att.CYCLE_END: "03/02/2026",
}


def att_premier() -> Specimen:
    charges = PHONE | {
        att.INVOICE_DATE: "03/02/2026",
        att.PLAN: "FIRSTNET UNLIMITED",
        att.TOTAL_CURRENT: "$41.23",
        "Total monthly charges": "$39.99",
        "Total taxes": "$1.24",
        att.MINUTES_USED: "3",
    }
    call = PHONE | {
        att.DATE: "02/14/2026",
        att.TIME: "23:59",
        att.RATE_CODE: "MS7G",
        att.RATING_PERIOD: "NW",
        att.ORIGIN: "LODI, CA",
        att.DESTINATION: "INCOMING,CL",
        att.DIALED: "209-555-0144",
        att.DIRECTION: "In",
        att.MINUTES: "3",
        att.KILOBYTES: "0",
        att.EVENTS: "0",
        att.TOTAL_CHARGES: "$0.00",
        att.SOURCE: "Voice",
    }
    data = call | {att.KILOBYTES: "21698", att.SOURCE: "Data", att.DIALED: ""}
    pool = PHONE | {
        "Data charges": "$12.00",
        "Data allocated back credit": "($12.00)",
        "Pooling bucket KB used": "21698",
        "Pooling KB contribution": "7340032",
    }
    return Specimen({
        "charges.csv": _table(att.ALL_CHARGES, charges, charges | {att.NUMBER: "0"}),
        "detail.csv": _table(att.DETAIL, call, call, data),
        "pooling.csv": _table(att.POOLING, pool),
    })  # fmt: skip


def att_raw() -> Specimen:
    line = {
        att.SECTION: "SL",
        att.LEVEL: "BAN",
        att.RAW_ACCOUNT: "287000000001",
        att.PERIOD_END: "20260302",
    }
    balance = {"Section_1": "Prior Activity", "Section_2": "Previous Balance"}
    equipment = {
        "Section_1": "Account Charges",
        "Section_2": "Credits, Adjustments & Other Charges",
        "Section_3": "Equipment Charge",
    }
    return Specimen({
        "rawdataoutput.csv": _table(
            att.RAW,
            line | balance | {"Total": "79.26"},
            line | equipment | {"Total": "0.99", "Quantity": "1"},
            separator="|",
        )
    })  # fmt: skip


def att_inventory() -> Specimen:
    phone = PHONE | {
        att.INVENTORY_ACCOUNT: "287000000001",
        att.STATUS: "Active",
        att.ACTIVATED: "01/15/2024",
        att.IMEI: "350000000000000",
    }
    return Specimen({"inventory.csv": _table(att.INVENTORY, phone)})


def att_sectioned() -> Specimen:
    lines = (
        "Call Detail,209-555-0101",
        "User Name:,ROBIN VALE",
        *sectioned.LEGEND,
        sectioned.CALLS,
        sectioned.call(),
        sectioned.call(item="2", time="11:59PM", code="5KNW", pd="NW"),
        "Data Detail,209-555-0101",
        sectioned.DATA,
        sectioned.use(),
    )
    text = "".join(f"{line}\r\n\r\n" for line in lines)
    return Specimen({"download.csv": text.encode()})


def tmobile_lists() -> Specimen:
    calls, texts = (
        "\n".join(lines).encode()
        for lines in (
            (tmobile.NEW_CALLS, tmobile.CALL, tmobile.CALL),
            (tmobile.NEW_TEXTS, tmobile.TEXT),
        )
    )
    return Specimen(
        {
            "CSV_Calls_2095550101.csv": calls,
            "CSV_Messages_2095550101.csv": texts,
        }
    )


def ting_bill() -> Specimen:
    return Specimen({
        "minutes.csv": f"{ting.MINUTES}\n{ting.CALL}\n".encode(),
        "messages.csv": f"{ting.MESSAGES}\n{ting.TEXT}\n".encode(),
        "megabytes.csv": f"{ting.MEGABYTES}\n{ting.DATA}\n".encode(),
    })  # fmt: skip


def x12_811() -> Specimen:
    text = x12.interchange(x12.statement(*x12.WHOLE))
    return Specimen({"invoice.edi": text.encode()})


def mapped_calls() -> Specimen:
    rows = (
        "Wireless Number\tDate\tTime\tNumber\tMinutes\tCharge",
        "209-555-0101\t02/14/2026\t11:59 PM\t209-555-0144\t3\t0.30",
        "209-555-0101\t02/15/2026\t12:00 AM\t411\t1\t$1.99",
    )
    text = "\n".join(rows).encode()
    return Specimen({"calls.txt": text}, Guidance(profiles=tuple(shipped().values())))


SPECIMENS: Mapping[str, Callable[[], Specimen]] = {
    "verizon": verizon,
    "verizon reports": verizon_reports,
    "att premier": att_premier,
    "att rawdataoutput": att_raw,
    "att inventory": att_inventory,
    "att sectioned": att_sectioned,
    "t-mobile": tmobile_lists,
    "ting": ting_bill,
    "x12 811": x12_811,
    "mapped columns": mapped_calls,
}
