"""Texts written into tables that people open in a spreadsheet."""

# A spreadsheet takes text that begins so for a formula, and runs it.
FORMULA_STARTS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "\t", "\r", "\n")  # noqa: RUF001


def harmless(text: str) -> str:
    """Keep a spreadsheet from running a text as a formula; nothing of it is lost."""
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
