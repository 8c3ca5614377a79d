"""Opening what someone chose: zips, streams, encodings, and what is no invoice."""

import io
import struct
import tempfile
import zipfile

import pytest

from mobile_selfservice.carriers import archive, reading
from mobile_selfservice.carriers.archive import Limits, NamedStream, opened
from mobile_selfservice.carriers.records import Refused, UsageItem
from tests.carriers.verizon_month import DATA, FILES

TEXT = (DATA / FILES["usage"]).read_bytes()


def zipped(members: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as packed:
        for name, content in members.items():
            packed.writestr(name, content)
    return made.getvalue()


def refusal_of(*sources: tuple[str, bytes], limits: Limits | None = None) -> str:
    streams = [NamedStream(name, io.BytesIO(content)) for name, content in sources]
    with pytest.raises(Refused) as caught, opened(*streams, limits=limits):
        pass
    assert all(finding.file for finding in caught.value.findings)
    return str(caught.value)


def test_files_are_read_from_memory_and_from_spooled_uploads():
    with tempfile.SpooledTemporaryFile(max_size=64) as upload:
        upload.write(zipped({"u.txt": TEXT}))
        with opened(NamedStream("month.zip", upload)) as download:
            records = list(reading.records(download))
    assert sum(isinstance(one, UsageItem) for one in records) == 13


def test_progress_reaches_the_end_and_never_passes_it():
    with opened(NamedStream("u.txt", io.BytesIO(TEXT))) as download:
        assert (download.bytes_read, download.rows_read) == (0, 0)
        for _ in reading.records(download):
            assert 0 <= download.bytes_read <= download.bytes_total
    assert download.bytes_read == download.bytes_total == len(TEXT)
    assert download.rows_read == 13


def test_a_file_is_known_by_its_hash():
    with opened(NamedStream("u.txt", io.BytesIO(b"abc"))) as download:
        (file,) = download.files
    assert file.sha256.startswith("ba7816bf8f01cfea414140de5dae2223")


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        ("JOSÉ".encode(), "utf-8-sig"),
        ("\ufeffJOSÉ".encode(), "utf-8-sig"),
        ("JOSÉ – €".encode("cp1252"), "cp1252"),
        (b"JOS\xc9 \x81", "latin-1"),
        (b"y\n" + b"x" * 65533 + "é".encode(), "utf-8-sig"),
        (b"cut \xc3", "cp1252"),
    ],
)
def test_the_encoding_is_the_strictest_that_fits(content, encoding):
    with opened(NamedStream("u.txt", io.BytesIO(content))) as download:
        assert download.files[0].encoding == encoding


def test_bytes_that_are_no_text_are_refused_with_their_line():
    stream = NamedStream("u.txt", io.BytesIO(b"a\nb\nc\0d\n"))
    with pytest.raises(Refused, match="not a text file") as caught, opened(stream):
        pass
    assert caught.value.findings[0].line == 3


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        ("a\tb".encode("utf-16"), "UTF-16"),
        (b"\x89PNG\r\n\x1a\n\0\0", "binary"),
        (b"x" * 200_000, "longer than any invoice row"),
        (zipped({"[Content_Types].xml": b"<x/>"}), "spreadsheet"),
        (zipped({}), "No text file"),
        (zipped({"bill.pdf": b"%PDF"}), "No text file"),
        (zipped({"inner.zip": zipped({"u.txt": TEXT})}), "No text file"),
        (zipped({"u.txt": TEXT})[:-40], "damaged"),
        (zipped({"u.txt": TEXT}, zipfile.ZIP_BZIP2), "unusual"),
        (zipped({f"{n}.txt": b"x" for n in range(10_000)}), "more than 2,000 files"),
    ],
)
def test_what_is_no_invoice_is_refused_in_clear_words(content, words):
    assert words in refusal_of(("chosen", content))


def test_a_locked_zip_is_refused():
    content = bytearray(zipped({"u.txt": TEXT}))
    entry = content.rindex(b"PK\x01\x02")
    content[entry + 8] |= 1
    assert "password" in refusal_of(("month.zip", bytes(content)))


def test_a_damaged_member_is_refused():
    content = bytearray(zipped({"u.txt": TEXT}, zipfile.ZIP_STORED))
    content[200] ^= 0x01
    assert "damaged" in refusal_of(("month.zip", bytes(content)))


def test_a_bomb_is_refused_by_what_it_says_of_itself():
    bomb = zipped({"u.txt": b"0\n" * (20 << 20)})
    assert len(bomb) < 100_000
    assert "250 times" in refusal_of(("month.zip", bomb))


def test_a_bomb_that_lies_about_its_size_is_refused_while_it_unpacks():
    bomb = bytearray(zipped({"u.txt": b"0\n" * (20 << 20)}))
    entry = bomb.rindex(b"PK\x01\x02")
    struct.pack_into("<I", bomb, entry + 24, 1000)
    words = refusal_of(("month.zip", bytes(bomb)))
    assert "damaged" in words or "larger than" in words


def test_many_files_together_may_not_pass_the_limit():
    limits = Limits(total_bytes=len(TEXT) + 10)
    assert "larger than" in refusal_of(("a.txt", TEXT), ("b.txt", TEXT), limits=limits)


def test_one_file_may_not_pass_the_limit():
    assert "larger than" in refusal_of(("a.txt", TEXT), limits=Limits(file_bytes=100))


def test_what_is_left_unread_in_a_zip_is_said_with_what_would_be_read():
    content = zipped({"u.txt": TEXT, "bill.toml": b"a = 1"})
    with opened(NamedStream("month.zip", io.BytesIO(content))) as download:
        (note,) = download.findings
    assert (note.file, len(download.files)) == ("bill.toml", 1)
    assert ".txt, .csv" in note.reason
    assert "workbooks" in note.reason


def test_too_many_loose_files_are_refused():
    files = [(f"{n}.txt", TEXT) for n in range(3)]
    assert "more than 2 files" in refusal_of(*files, limits=Limits(files=2))


def test_a_path_that_cannot_be_opened_is_refused(tmp_path):
    with pytest.raises(Refused, match="cannot be opened"), opened(tmp_path / "none"):
        pass


def test_a_name_is_shown_without_folders_or_control_characters():
    assert archive.shown_name("../../etc/\x1b[31mbill\n.txt") == "[31mbill.txt"
    assert archive.shown_name("C:\\city\\bill.txt") == "bill.txt"


def test_a_stream_is_left_open_for_its_owner():
    stream = io.BytesIO(TEXT)
    with opened(NamedStream("u.txt", stream)) as download:
        list(reading.records(download))
    assert not stream.closed
