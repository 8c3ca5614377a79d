"""The operator's `read` command: what it prints and how it ends."""

import argparse
import json

import pytest

from mobile_selfservice.cli import read
from tests.carriers.verizon_month import FILES


def command(*words: str) -> int:
    parser = argparse.ArgumentParser()
    read.add_to(parser.add_subparsers(required=True))
    arguments = parser.parse_args(["read", *words])
    return arguments.run(arguments)


def paths(month) -> list[str]:
    return [str(path) for path in month.write()]


def test_a_month_that_ties_ends_with_0(month, capsys):
    assert command(*paths(month)) == 0
    printed = capsys.readouterr().out
    assert "Verizon account 642350544-00001, invoice 9876543210" in printed
    assert "15 of 17 checks tie." in printed


def test_a_failed_check_ends_with_3_and_is_shown(month, capsys):
    month.set("accounts", 0, totalamountdue="0.00")
    assert command(*paths(month)) == 3
    assert "FAILED" in capsys.readouterr().out


def test_a_refused_row_ends_with_2_and_the_json_lists_it(month, capsys):
    month.set("usage", 0, min="?")
    assert command("--json", *paths(month)) == 2
    written = json.loads(capsys.readouterr().out)
    (error,) = [one for one in written["findings"] if one["severity"] == "error"]
    assert (error["file"], error["line"]) == (FILES["usage"], 2)
    assert (error["column"], error["value"]) == ("Min", "?")
    assert len(written["invoices"][0]["lines"]) == 2


def test_a_refused_file_ends_with_2_and_the_json_lists_it(tmp_path, capsys):
    path = tmp_path / "photo.txt"
    path.write_bytes(b"\x89PNG\0")
    assert command("--json", str(path)) == 2
    written = json.loads(capsys.readouterr().out)
    assert written["invoices"] == []
    assert written["findings"][0]["file"] == "photo.txt"


def test_items_stand_under_their_lines_only_when_asked_for(month, capsys):
    command("--json", *paths(month))
    assert '"itemized"' not in capsys.readouterr().out
    command("--json", "--items", *paths(month))
    lines = json.loads(capsys.readouterr().out)["invoices"][0]["lines"]
    assert [len(line["itemized"]) for line in lines] == [11, 2]
    rows = [item["file_line"] for item in lines[0]["itemized"]]
    assert rows == sorted(rows)


@pytest.mark.parametrize("role", FILES)
def test_what_the_files_do_not_say_is_null(month, capsys, role):
    command("--json", *paths(month.without(role)))
    written = json.loads(capsys.readouterr().out)
    invoice = written["invoices"][0]
    assert (invoice["stated"]["current"] is None) == (role == "accounts")
    assert (invoice["computed"]["current"] is None) == (role == "lines")
    assert (invoice["lines"][0]["stated_total"] is None) == (role == "lines")


def test_what_the_files_leave_out_can_be_stated(tmp_path, capsys):
    path = tmp_path / "calls.csv"
    path.write_text(
        "Date Time,Number,Destination,Minutes,Type\n"
        "02/18/2022 09:47 AM,(808) 555-0100,INCOMING,1 Min,--\n"
    )
    assert command(str(path)) == 2
    assert "state the wireless number" in capsys.readouterr().out

    told = ("--account", "77", "--invoice", "8", "--bill-date", "2022-03-02")
    assert command(str(path), "--line", "209-555-0101", *told) == 0
    printed = capsys.readouterr().out
    assert "account 77, invoice 8" in printed
    assert "billed 2022-03-02" in printed


def test_a_bill_date_that_is_none_is_told_how_one_is_written(capsys):
    with pytest.raises(SystemExit):
        command("calls.csv", "--bill-date", "3/2/22")
    assert "written as 2026-09-16" in capsys.readouterr().err


def test_a_folder_is_refused_with_what_to_choose(tmp_path, capsys):
    assert command(str(tmp_path)) == 2
    assert "This is a folder; choose its files." in capsys.readouterr().out


def test_one_of_a_thing_is_said_in_the_singular(tmp_path, capsys):
    path = tmp_path / "CSV_Calls_2095550101.csv"
    path.write_text(
        "Date Time,Number,Destination,Minutes,Type\n"
        '"03/04/2026 10:15 AM",2095550142,"Lodi, CA",1,-\n'
    )
    command(str(path))

    told = capsys.readouterr().out
    assert "1 line\n" in told
    assert "  1 voice item, 1 minute\n" in told


def test_a_month_without_a_stated_total_gives_the_sum_of_its_rows(month, capsys):
    usage = next(path for path in month.write() if path.name == FILES["usage"])
    command(str(usage))

    told = capsys.readouterr().out
    assert "current charges not stated, items come to $" in told
    assert "minutes\n" in told
