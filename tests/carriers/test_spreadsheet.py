"""Workbooks: what becomes of their cells, and what is refused."""

import io
import zipfile
from datetime import date, datetime, time, timedelta

import openpyxl
import pytest

from mobile_selfservice.carriers import reading
from mobile_selfservice.carriers.archive import NamedStream, opened
from mobile_selfservice.carriers.records import Refused
from tests.carriers.verizon_month import DATA, FILES


def workbook(**sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def texts(content: bytes, name: str = "bill.xlsx") -> dict[str, str]:
    with opened(NamedStream(name, io.BytesIO(content))) as download:
        return {
            file.name: file.open_text().read().removeprefix("\ufeff")
            for file in download.files
        }


def refusal(content: bytes, name: str = "bill.xlsx") -> str:
    with (
        pytest.raises(Refused) as caught,
        opened(NamedStream(name, io.BytesIO(content))),
    ):
        pass
    return str(caught.value)


def edited(content: bytes, part: str, change) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for member in old.namelist():
            text = old.read(member)
            new.writestr(member, change(text) if member == part else text)
    return out.getvalue()


SHEET = "xl/worksheets/sheet1.xml"


def test_cells_are_written_plainly():
    cells = [
        *("name, first", 5, 5.0, 0.1, 30.299999999999997, -17.86, 287298936374),
        *(date(2021, 8, 16), datetime.fromisoformat("2021-08-16T07:15"), time(7, 15)),
        *(timedelta(hours=30, minutes=5), True, None, "0111111"),
    ]
    assert texts(workbook(Calls=[cells]))["bill.xlsx"] == (
        '"name, first",5,5,0.1,30.3,-17.86,287298936374,2021-08-16,2021-08-16 07:15:00,'
        "07:15:00,30:05:00,TRUE,,0111111\n"
    )


def test_a_tiny_number_is_written_without_an_exponent():
    assert texts(workbook(A=[[0.0000001, 123456789012.5]]))["bill.xlsx"] == (
        "0.0000001,123456789012.5\n"
    )


def test_zeros_that_only_the_format_shows_are_kept():
    book = openpyxl.Workbook()
    book.active["A1"] = 111111
    book.active["A1"].number_format = "0000000"
    assert texts(saved(book))["bill.xlsx"] == "0111111\n"


def test_empty_rows_and_columns_at_the_end_are_cut_and_rows_keep_their_line():
    rows = [["a", "b", None, " "], [], ["c", None], [None, None], []]
    assert texts(workbook(A=rows))["bill.xlsx"] == "a,b\n,\nc,\n"


def test_each_sheet_with_rows_is_a_file_and_hidden_ones_are_named():
    book = openpyxl.Workbook()
    book.active.title = "Calls"
    book.active.append(["x"])
    book.create_sheet("Texts").append(["y"])
    book.create_sheet("Empty")
    hidden = book.create_sheet("Old")
    hidden.append(["z"])
    hidden.sheet_state = "hidden"
    with opened(NamedStream("bill.xlsx", io.BytesIO(saved(book)))) as download:
        assert [(file.name, file.sheet) for file in download.files] == [
            ("bill.xlsx, sheet Calls", "Calls"),
            ("bill.xlsx, sheet Texts", "Texts"),
        ]
        (note,) = download.findings
    assert note.file == "bill.xlsx, sheet Old"
    assert "hidden" in note.reason


def test_a_workbook_in_a_zip_is_opened_too():
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("report.xlsx", workbook(A=[["x", "y"]]))
    assert texts(packed.getvalue(), "month.zip") == {"report.xlsx": "x,y\n"}


def test_a_long_number_is_refused_for_its_lost_digits():
    words = refusal(workbook(A=[["Account"], [2872989363741234567]]))
    assert "15 digits" in words


def test_a_formula_whose_result_was_not_saved_is_refused_by_its_cell():
    words = refusal(workbook(A=[["Total", "=1+2"]]))
    assert "B1" in words
    assert "formula" in words


def test_a_formula_with_its_result_is_read_even_if_that_is_no_text():
    content = workbook(A=[["Total", "=1+2", '=IF(A1="","x","")']])
    kept = edited(
        content,
        SHEET,
        lambda text: (
            text.replace(b"<f>1+2</f><v />", b"<f>1+2</f><v>3</v>")
            .replace(b"<f>1+2</f><v></v>", b"<f>1+2</f><v>3</v>")
            .replace(b'<c r="C1">', b'<c r="C1" t="str">')
        ),
    )
    assert texts(kept)["bill.xlsx"] == "Total,3\n"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: b"<!DOCTYPE x [<!ENTITY a 'b'>]>" + text,
        lambda text: text[: len(text) // 2],
        lambda text: text.decode().encode("utf-16"),
        lambda text: text.replace(b't="n"><v>1<', b't="s"><v>99<'),
        lambda text: text.replace(b'r="A1"', b'r="!!"'),
    ],
)
def test_a_broken_or_hostile_sheet_is_refused(change):
    content = edited(workbook(A=[["x", 1]]), SHEET, change)
    assert "damaged" in refusal(content)


def test_a_row_number_beyond_the_end_of_any_sheet_is_refused():
    def far(text: bytes) -> bytes:
        return text.replace(b'<row r="1"', b'<row r="900000000"').replace(
            b'r="A1"', b'r="A900000000"'
        )

    words = refusal(edited(workbook(A=[["x"]]), SHEET, far))
    assert "larger" in words or "damaged" in words


def test_a_workbook_that_unpacks_to_much_more_than_its_size_is_refused():
    bomb = edited(
        workbook(A=[["x"]]),
        "xl/styles.xml",
        lambda text: text + b" " * (1 << 26),
    )
    packed = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(bomb)) as old,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.namelist():
            new.writestr(member, old.read(member))
    assert len(packed.getvalue()) < 200_000
    assert "250 times" in refusal(packed.getvalue())


def test_shared_texts_too_large_for_memory_are_refused():
    large = edited(
        workbook(A=[["x"]]),
        "xl/styles.xml",
        lambda text: text + b" " * (49 << 20),
    )
    assert "larger than" in refusal(large)


def test_an_old_spreadsheet_is_refused_in_words():
    assert ".xls format" in refusal(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600)


def test_a_pdf_is_left_beside_with_a_note():
    csv = NamedStream("a.csv", io.BytesIO(b"a,b\n"))
    pdf = NamedStream("bill.pdf", io.BytesIO(b"%PDF-1.7\n%\xe2\xe3\0"))
    with opened(csv, pdf) as download:
        assert [file.name for file in download.files] == ["a.csv"]
        (note,) = download.findings
    assert "PDF" in note.reason


def test_a_carriers_report_saved_as_a_workbook_is_read_like_its_text():
    rows = [
        line.split("\t")
        for line in (DATA / FILES["accounts"]).read_text("utf-8").splitlines()
    ]
    stream = NamedStream("AccountSummary.xlsx", io.BytesIO(workbook(Sheet1=rows)))
    invoice = reading.read(stream)
    assert [one.head.account for one in invoice.invoices.values()] == [
        one.head.account
        for one in reading.read(DATA / FILES["accounts"]).invoices.values()
    ]
