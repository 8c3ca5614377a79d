"""Telephone numbers as carriers print them: certain ones in E.164, the rest as text."""

import re
from typing import NamedTuple

import phonenumbers

from mobile_selfservice.carriers.records import PartyType
from mobile_selfservice.carriers.written import plain

# Ten digits of the North American plan: neither area nor exchange begins with 0 or 1.
NORTH_AMERICAN = re.compile(r"1?([2-9][0-9]{2}[2-9][0-9]{6})")
DASHED = re.compile(r"([2-9][0-9]{2})-([2-9][0-9]{2})-([0-9]{4})")
PUNCTUATION = re.compile(r"[\s().\-/]+")
SERVICE_CODE = re.compile(r"[*#][0-9]{2,6}#?|[0-9]{3,6}")
NO_ONE = re.compile(r"0*|\*+|x{7,}", re.IGNORECASE)
SEVEN_DIGITS = re.compile(r"[0-9]{7}")
LONG_DIGITS = re.compile(r"\+?[0-9]{8,18}")
DIALED_ABROAD = re.compile(r"^(\+|011(?=[0-9]{8}))")
ACCOUNT_LEVEL = re.compile(r"|n/?a|-+|0+", re.IGNORECASE)
# A date, or dollars and cents: the digits of neither are someone's number.
_NO_NUMBER = (
    r"(?<![0-9+(.\-])(?:"
    r"(?:19|20)[0-9]{2}-[0-9]{1,2}-[0-9]{1,2}|"
    r"[0-9]{1,2}[-.][0-9]{1,2}[-.](?:19|20)[0-9]{2}|"
    r"[0-9]{1,2}/[0-9]{1,2}/[0-9]{2,4}|"
    r"(?:19|20)[0-9]{2}(?:0[1-9]|1[0-2])(?:[0-2][0-9]|3[01])|"
    r"[0-9]{1,6}\.[0-9]{2}"
    r")(?![0-9]|[.\-][0-9])"
)
NO_NUMBER = re.compile(_NO_NUMBER)
# Seven digits and more, whatever stands between them.
MAY_BE_A_NUMBER = re.compile(_NO_NUMBER + r"|(?P<number>\d(?:[\s().\-]*\d){6,})")
VOICEMAIL_WORDS = frozenset({"*86", "vmail", "voicemail", "callvm"})
WITHHELD_WORDS = frozenset(
    {"blocked", "restricted", "private", "withheld", "anonymous", "unavailable"}
    | {"unknown", "unknownnumber", "privatenumber", "callerid"}
)
DATA_WORDS = frozenset({"datatransfer", "data", "internet", "datasession", "web"})


class Party(NamedTuple):
    """Who was on the other side: E.164 where that is certain, and what it is."""

    number: str | None
    type: PartyType


def is_account_level(written: str) -> bool:
    """Say whether a wireless-number cell means the account itself: N/A, 0 or blank."""
    return ACCOUNT_LEVEL.fullmatch(plain(written)) is not None


def wireless_number(written: str) -> str | None:
    """Give a line's own number in E.164, or None where it is not certain."""
    match = NORTH_AMERICAN.fullmatch(_digits(plain(written)).removeprefix("+"))
    return f"+1{match[1]}" if match else None


def other_party(written: str) -> Party:
    """Tell what the other party's cell holds."""
    common = DASHED.fullmatch(written)
    if common:
        return Party("+1" + "".join(common.groups()), PartyType.NUMBER)
    text = plain(written)
    digits = _digits(text)
    words = digits.casefold()
    if not text:
        return Party(None, PartyType.UNKNOWN)
    for known, kind in (
        (VOICEMAIL_WORDS, PartyType.VOICEMAIL),
        (WITHHELD_WORDS, PartyType.WITHHELD),
        (DATA_WORDS, PartyType.DATA_SESSION),
    ):
        if words in known:
            return Party(None, kind)
    if NO_ONE.fullmatch(digits):
        return Party(None, PartyType.WITHHELD)
    if SERVICE_CODE.fullmatch(digits):
        return Party(None, PartyType.SHORT_CODE)
    return _telephone(digits)


def _digits(text: str) -> str:
    return PUNCTUATION.sub("", text)


def _telephone(digits: str) -> Party:
    match = NORTH_AMERICAN.fullmatch(digits.removeprefix("+"))
    if match and not (digits.startswith("+") and len(digits) == 11):
        return Party(f"+1{match[1]}", PartyType.NUMBER)
    if SEVEN_DIGITS.fullmatch(digits):
        return Party(None, PartyType.NUMBER)
    if not LONG_DIGITS.fullmatch(digits):
        return Party(None, PartyType.UNKNOWN)
    return _abroad(digits)


def _abroad(digits: str) -> Party:
    """Read a number dialed abroad: +63…, 01163… or, as bills print it, bare 63….

    A bare number is tried with a plus, since the library would take it for American;
    only one that its country really assigns is certain.
    """
    bare = DIALED_ABROAD.sub("", digits)
    is_marked = bare != digits
    try:
        parsed = phonenumbers.parse(f"+{bare}", None)
    except phonenumbers.NumberParseException:
        return Party(None, PartyType.UNKNOWN)
    if phonenumbers.is_valid_number(parsed) and (is_marked or len(bare) >= 11):
        kind = PartyType.INTERNATIONAL
        return Party(f"+{parsed.country_code}{_national(parsed)}", kind)
    return Party(None, PartyType.INTERNATIONAL if is_marked else PartyType.UNKNOWN)


def _national(parsed: phonenumbers.PhoneNumber) -> str:
    return str(phonenumbers.national_significant_number(parsed))


def mask(written: str) -> str:
    """Hide a third party's number but for its last two digits, for findings and logs.

    A short code names a service, not a person, and stays.
    """
    if "@" in written:
        return f"{written[:1]}…@…"
    digits = sum(c.isdigit() for c in written)
    if digits < 7:
        return written
    masked = []
    for character in written:
        digits -= character.isdigit()
        hidden = character.isdigit() and digits >= 2
        masked.append("x" if hidden else character)
    return "".join(masked)


def shown(written: str) -> str:
    """Give a cell's text for a finding, masked where it may hold someone's number.

    In a row whose cells have slipped, a number may stand under any heading, or among
    words. Only what is written as a date or as dollars and cents stays as it is.
    """
    rest = NO_NUMBER.sub(" ", written)
    is_long = sum(c.isdigit() for c in rest) >= 10
    is_number = other_party(rest).type in (PartyType.NUMBER, PartyType.INTERNATIONAL)
    if is_long or is_number or "@" in rest:
        return mask(written)
    return MAY_BE_A_NUMBER.sub(_hidden, written)


def line_shown(number: str) -> str:
    """Give a line's number for a finding: whole where it is certain, else masked.

    A cell that is no telephone number may be anyone's, slipped under this heading.
    """
    return number if number.startswith("+") else shown(number)


def _hidden(match: re.Match[str]) -> str:
    return mask(match[0]) if match["number"] else match[0]
