"""Invented files in the layouts of Telus, Rogers and Bell, read by what is shipped."""

from datetime import date, datetime
from decimal import Decimal

from mobile_selfservice.carriers import reading
from mobile_selfservice.carriers.guidance import Guidance, Particulars
from mobile_selfservice.carriers.mapped.profile import Place
from mobile_selfservice.carriers.mapped.shipped import shipped
from mobile_selfservice.carriers.records import Direction, Kind, PartyType
from tests.carriers.mapped.files import changed, errors, read_by, reasons, stream

TELUS_HEADINGS = (
    '"Call"\t"Date"\t"Time"\t"{period}"\t"From"\t"Call Type"\t"Number Called"\t"To"\t'
    '"Call Length"\t"Local Airtime Rate"\t"Local Airtime Charges"\t"Tax"\t'
    '"LD Charges"\t"LD Tax"\t"Additional Call Charges"\t"Total"\n'
)
TELUS_TOP = (
    '"City of Alder Creek"\tClient No:\t"55512345"\n'
    '"Alder"\tPurchase Order No:\n'
    'Invoice Date:\t06-Jan-23\tUnique Invoice No:\t"112233445566"\n\n'
    '"Account Number 55512345"\n'
    '"-----------------------------------------------"\n'
    '"REPORT - AIRTIME DETAILS"\n\n'
)
BLANKS = "\t".join(['" "'] * 9)


def telus_call(at: int, day: str, length: str, party: str, total: str) -> str:
    way = ("INCOMING   \tIN", "RIPON MB\tOG")[at % 2]
    return (
        f"{at}\t{day}\t10:15\tW\t{way}\t{party}\tLODI MB\t{length}\t$0.00\t{total}"
        f"\t \t$0.00\t \t$0.00\t{total}\n"
    )


def telus_table(title: str, period: str, calls: str, total: str) -> str:
    end = f'"Total"\t{BLANKS}\t{total}\t" "\t$0.00\t" "\t$0.00\t{total}\n'
    return f'"{title}"\n' + TELUS_HEADINGS.format(period=period) + calls + end


def telus_line(number: str, name: str) -> str:
    calls = telus_call(1, "31-Dec", "61:00", "2045550188", "$0.00")
    calls += telus_call(2, "05-Jan", "1053:30", "2045550167", "$-17.86")
    roamed = telus_call(1, "04-Jan", "5:00", "6135550167", "$20.00")
    return (
        f'--------------\n"C:"\t"{number}"\n"Subscriber Name:"\t"{name}"\n'
        '"Sublevel:"\t" "\n"Reference 1:"\t""\n'
        + telus_table("Phone", "Call Period", calls, "$-17.86")
        + telus_table("Roaming", "Period", roamed, "$20.00")
        + '"Private Instant Talk"\n"Date"\t"Total Daily Usage"\t"Local Airtime"\t'
        '"LD Charges"\t"Total"\n"Total"\n' + telus_table("Video", "Call Period", "", "")
    )


TELUS = TELUS_TOP + telus_line("2045550101", "Élise") + telus_line("2045550102", "Wren")


def test_telus_sections_tables_totals_and_days_without_a_year():
    found, items = read_by(
        shipped()["telus_airtime"],
        stream(TELUS.encode("latin-1"), "Airtime_Detail_x.txt"),
        told=Particulars(),
    )
    (invoice,) = found.invoices.values()
    head = invoice.head
    assert (head.account, head.number) == ("55512345", "112233445566")
    assert (head.bill_date, head.currency) == (date(2023, 1, 6), "CAD")
    assert errors(found) == []
    assert [line.line.user_name for line in invoice.lines.values()] == ["Élise", "Wren"]
    first, second, roamed = items[:3]
    assert first.started == datetime.fromisoformat("2022-12-31T10:15")
    assert first.quantity == 61
    assert (second.quantity, second.charged) == (Decimal("1053.5"), Decimal("-17.86"))
    assert (second.direction, first.direction) == (Direction.IN, Direction.OUT)
    assert roamed.charged == Decimal("20.00")
    assert len(found.stated_checks) == 4
    assert all(not check.difference for check in found.stated_checks)


def test_a_telus_call_that_is_missing_shows_in_the_total():
    text = TELUS.replace(telus_call(1, "04-Jan", "5:00", "6135550167", "$20.00"), "", 1)
    found, _ = read_by(shipped()["telus_airtime"], text)
    assert not found.is_tied


def test_bell_lines_under_two_heading_rows_padded_with_blanks():
    text = (
        "Acct Nbr   ,Invc Date ,Mobile Nbr,Surname   ,Given Name,Ref Nbr ,Category  ,"
        "Air Dur ,Txt Msg,Ttl Charges\n"
        "Num compte ,Date fact ,Num tél mo,Nom       ,Prénom    ,Num référ,Catégorie,"
        "Durtemps,MessTxt,Tot fr cour\n"
        "555123456  ,2023/02/01,2045550101,AMES      ,Wren      ,        ,          ,"
        " 1053:00,0000186,       52.64\n"
    )
    found, _ = read_by(
        shipped()["bell_lines"], text.encode("latin-1"), told=Particulars()
    )
    (invoice,) = found.invoices.values()
    line = invoice.lines["+12045550101"].line
    assert errors(found) == []
    assert invoice.head.bill_date == date(2023, 2, 1)
    assert (line.user_name, line.stated_total) == ("Wren AMES", Decimal("52.64"))
    assert line.usage == {Kind.VOICE: 1053, Kind.MESSAGE: 186}
    assert "no invoice number" in reasons(found)


def test_bell_calls_with_a_heading_twice():
    columns = (
        *("Acct Nbr", "Invc Date", "Mobile Nbr", "CallSeq", "Date", "Time"),
        *("Orig Place", "PR", "Called Nbr", "Called Loc", "PR", "Duration"),
        *("Usage Amt", "LD Chg", "Call Cost", "Period"),
    )
    cells = (
        *("555123456 ", "2023/02/01", "2045550101", "0000001", "01/31", "09:38"),
        *("WI-FI     ", "  ", "2045550188", "LODI      ", "MB", "    1:00"),
        *("       0.00", "       0.00", "       0.00", "Weekend   "),
    )
    rows = (columns, columns, cells)
    text = "\n".join(",".join(f'"{cell}"' for cell in row) for row in rows)
    found, (item,) = read_by(shipped()["bell_calls"], text, told=Particulars())
    assert errors(found) == []
    assert item.started == datetime.fromisoformat("2023-01-31T09:38")
    assert (item.origin, item.usage_code, item.quantity) == ("WI-FI", "Weekend", 1)


def test_rogers_headings_in_a_file_beside_seconds_and_a_withheld_caller():
    headings = (
        *("BAN", "Invoice No.", "User Name", "User Number", "Call Date", "Call Time"),
        *("Province", "Called Number", "Province", "Duration", "Amount"),
    )
    beside = "\n".join(f"{name},10,CHAR" for name in headings)
    rows = (
        "555|77|AMES|6135550101|04202023|181239|ON|6135550188|QC|61|.74\n"
        "555|77|AMES|6135550101|04212023|000001|ON|*|ON|3600|0\n"
    )
    told = Particulars(bill_date=date(2023, 5, 1))
    sources = (
        stream(beside, "Header-Voice.txt"),
        stream(rows, "ALL_CALLS-Voice.txt"),
    )
    profile = shipped()["rogers_voice_generic"]
    found, (first, second) = read_by(profile, *sources, told=told)
    assert errors(found) == []
    assert (first.quantity, first.charged) == (Decimal("1.017"), Decimal("0.74"))
    assert (first.origin, first.destination) == ("ON", "QC")
    assert second.party_type is PartyType.WITHHELD
    guidance = Guidance(particulars=told, profiles=(profile,))
    assert reading.read(*sources, guidance=guidance).items_taken == 2


def test_one_row_a_line_is_enough_for_a_bill():
    text = "Name;Wireless Number;Total\nWren Ames;209-555-0101;40.00\nTotal;;40.00\n"
    profile = changed(
        shipped()["line_totals_generic"], columns__account=Place(constant="A-1")
    )
    told = Particulars(invoice="7", bill_date=date(2021, 8, 16))
    found, _ = read_by(profile, text, told=told)
    (invoice,) = found.invoices.values()
    assert (invoice.head.account, found.is_tied) == ("A-1", True)
    assert invoice.head.stated == {"current": Decimal("40.00")}


def test_shipped_profiles_are_never_used_unasked():
    text = (
        "Wireless Number,Date,Time,Number,Minutes,Charge\n2095550101,8/1/21,1:00,,1,0"
    )
    assert reading.read(stream(text)).is_refused
