"""Files are told apart by their headings, never by their names."""

import pytest

from mobile_selfservice.carriers.recognize import OfNoLayout
from mobile_selfservice.carriers.records import Refused, Severity, UsageItem
from tests.carriers.verizon_month import FILES, records_of


def test_names_do_not_matter(month):
    names = dict(zip(FILES, ["d.txt", "c.dat", "b", "a.txt"], strict=True))
    records = records_of(*month.write(names))
    assert sum(isinstance(one, UsageItem) for one in records) == 13


def test_case_and_punctuation_of_headings_do_not_matter(month):
    table = month.tables["usage"]
    table[0] = [
        heading.upper().replace(".", "").replace("/", " ") for heading in table[0]
    ]
    assert len(month.of(UsageItem)) == 13


def test_columns_may_stand_in_any_order(month):
    expected = month.of(UsageItem)
    month.tables["usage"] = [row[::-1] for row in month.tables["usage"]]
    assert month.of(UsageItem) == expected


def test_a_missing_column_is_named(month):
    at = month.at("usage", "Usage Type")
    for row in month.tables["usage"]:
        del row[at]
    with pytest.raises(Refused) as caught:
        month.records()
    (finding,) = caught.value.findings
    assert (finding.file, finding.line) == (FILES["usage"], 1)
    assert "“Usage Type”" in finding.reason
    assert finding.severity is Severity.ERROR


def test_a_file_that_only_looks_like_a_known_one_can_be_mapped(month):
    at = month.at("usage", "Usage Type")
    for row in month.tables["usage"]:
        del row[at]
    usage = next(path for path in month.write() if path.name == FILES["usage"])

    with pytest.raises(OfNoLayout, match="or map those that it has"):
        records_of(usage)


def test_a_file_without_a_column_beside_the_rest_of_its_download_cannot(month):
    at = month.at("usage", "Usage Type")
    for row in month.tables["usage"]:
        del row[at]

    with pytest.raises(Refused) as caught:
        month.records()
    assert not isinstance(caught.value, OfNoLayout)


def test_a_column_that_stands_twice_is_refused(month):
    for row in month.tables["usage"]:
        row.append(row[month.at("usage", "Min")])
    with pytest.raises(Refused, match="“Min” stands twice"):
        month.records()


def test_another_carriers_file_is_refused_with_what_is_expected(month):
    other = month.folder / "att.csv"
    other.write_text("Foundation account,Account number\n1,2\n")
    with pytest.raises(Refused, match="Verizon raw data download"):
        records_of(other)


def test_a_note_beside_the_download_is_left_aside_and_said(month):
    note = month.folder / "SOURCE.txt"
    note.write_text("Where this came from\n")

    found = records_of(*month.write(), note)

    [said] = [one for one in found if getattr(one, "file", "") == "SOURCE.txt"]
    assert said.severity is Severity.WARNING
    assert len(found) == len(month.records()) + 1


def test_every_file_that_cannot_be_recognized_is_named(month):
    strays = [month.folder / "a.txt", month.folder / "b.txt"]
    for stray in strays:
        stray.write_text("nothing\n")
    with pytest.raises(Refused) as caught:
        records_of(*strays)
    assert [finding.file for finding in caught.value.findings] == ["a.txt", "b.txt"]


def test_headings_without_rows_are_said(month):
    month.only("usage")
    assert any("no rows" in getattr(one, "reason", "") for one in month.records())
