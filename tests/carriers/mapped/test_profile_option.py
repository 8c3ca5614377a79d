"""The operator's `read --profile`."""

import argparse

import pytest

from mobile_selfservice.carriers.mapped.profile_text import to_text
from mobile_selfservice.cli import read
from tests.carriers.mapped.files import CALLS, CALLS_TEXT


def command(*words: str) -> int:
    parser = argparse.ArgumentParser()
    read.add_to(parser.add_subparsers(required=True))
    arguments = parser.parse_args(["read", *words])
    return arguments.run(arguments)


def test_files_are_read_with_an_exported_profile(tmp_path, capsys):
    profile, calls = tmp_path / "orchard.toml", tmp_path / "calls.csv"
    profile.write_text(to_text(CALLS), "utf-8")
    calls.write_text(CALLS_TEXT, "utf-8")
    assert command("--profile", str(profile), str(calls)) == 0
    printed = capsys.readouterr().out
    assert "Orchard account not stated" in printed
    assert "2 voice items, 13 minute" in printed


def test_a_shipped_profile_is_named(tmp_path, capsys):
    calls = tmp_path / "calls.csv"
    calls.write_text(CALLS_TEXT.replace("Phone", "Wireless Number"), "utf-8")
    assert command("--profile", "call_detail_generic", str(calls)) == 0


@pytest.mark.parametrize("text", ["name = 5", "\x00", None])
def test_a_profile_that_cannot_be_used_is_refused(tmp_path, capsys, text):
    profile = tmp_path / "x.toml"
    if text is not None:
        profile.write_text(text, "utf-8")
    with pytest.raises(SystemExit):
        command("--profile", str(profile), "calls.csv")
    assert "profile" in capsys.readouterr().err
