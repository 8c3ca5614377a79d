"""Codes and what they mean, in words a clerk uses."""

from mobile_selfservice.carriers.codes import UsageCode
from mobile_selfservice.carriers.records import UsageClass
from mobile_selfservice.models.rate_code import RateCode
from mobile_selfservice.services import printed
from mobile_selfservice.services.invoices.carrier_names import carrier_name

CLASS_WORDS = {
    UsageClass.ALLOWANCE: "Minutes of the plan",
    UsageClass.MOBILE_TO_MOBILE: "Between mobiles of the carrier, free",
    UsageClass.FREE: "Free: nights, weekends and the like",
    UsageClass.OVERAGE: "Minutes beyond the plan",
    UsageClass.ROAMING: "Roaming",
    UsageClass.INTERNATIONAL: "International",
    UsageClass.UNKNOWN: "Not known",
}
# What an official may say of a code, as it is kept and in words.
MEANINGS = tuple(
    (meaning.value, words)
    for meaning, words in CLASS_WORDS.items()
    if meaning is not UsageClass.UNKNOWN
)


def treatment_words(usage_class: str, counts: bool | None) -> str:
    """Say how the plan treats a code, and whether its minutes count."""
    words = CLASS_WORDS[UsageClass(usage_class)]
    if counts is None:
        return words
    return f"{words}; {'counts' if counts else 'does not count'} against the plan"


def parts_in_words(code: str, period: str, feature: str, *, is_exact: bool) -> str:
    """Write a code that is given part by part."""
    return code_words(UsageCode(code, period, feature), is_exact=is_exact)


def code_words(code: UsageCode, *, is_exact: bool = True) -> str:
    """Write a code as people read it; blank parts that stand for any are said."""
    if not any(code):
        return "(no code printed)"
    if is_exact:
        return code.text
    names = ("any code", "any period", "any feature")
    return " · ".join(part or name for part, name in zip(code, names, strict=True))


def in_words(row: RateCode) -> str:
    """Say what an official said of a code."""
    code = UsageCode(row.code, row.period, row.feature)
    return (
        f"{carrier_name(row.carrier)} {code_words(code, is_exact=row.is_exact)}: "
        f"{treatment_words(row.usage_class, row.counts)}, on bills from "
        f"{printed.day(row.valid_from)} on"
    )
