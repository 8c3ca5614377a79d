"""What the text path of AT&T's raw file says: which row is a charge, and of what kind.

ASSUMPTION: one anonymized file of six rows is all that is known. The words are those
of AT&T's printed bill; a path without any of them is kept as a one-time charge and
counted.
"""

from collections.abc import Sequence

from mobile_selfservice.carriers.layout import normalized

SECTIONS = tuple(f"Section_{number}" for number in range(1, 8))
BALANCE_WORDS = (
    ("previousbalance", "previous_balance"),
    ("totalcurrentcharges", "current"),
    ("totalamountdue", "due"),
    ("totaldue", "due"),
    ("pastdue", "balance_forward"),
    ("balanceforward", "balance_forward"),
    ("payment", "payments"),
    ("adjustment", "adjustments"),
)
BEFORE_THE_BILL = ("prioractivity", "accountsummary", "billsummary", "billingsummary")
# The first word found anywhere in the path decides, so the telling ones stand first.
CATEGORY_WORDS = (
    ("governmentfees", "tax"),
    ("tax", "tax"),
    ("surcharge", "surcharge"),
    ("companyfees", "surcharge"),
    ("regulatory", "surcharge"),
    ("costrecovery", "surcharge"),
    ("equipment", "equipment"),
    ("installment", "equipment"),
    ("latepayment", "late_fee"),
    ("latefee", "late_fee"),
    ("noncomm", "third_party"),
    ("thirdparty", "third_party"),
    ("content", "third_party"),
    ("usage", "usage"),
    ("airtime", "usage"),
    ("roaming", "usage"),
    ("longdistance", "usage"),
    ("rateplan", "plan"),
    ("monthly", "feature"),
    ("feature", "feature"),
)
OTHER_WORDS = ("credits", "adjustment", "othercharges", "discount", "onetime")


def is_total(path: Sequence[str]) -> bool:
    """Say whether a row holds the total of other rows."""
    return any(normalized(words).startswith(("total", "subtotal")) for words in path)


def balance_of(path: Sequence[str]) -> str | None:
    """Name the total of an account that a row states, if it states one."""
    words = [normalized(part) for part in path]
    before = bool(words) and words[0] in BEFORE_THE_BILL
    if not words or not (before or words[-1].startswith("total")):
        return None
    for part, name in BALANCE_WORDS:
        if words[-1].startswith(part) or (before and part in "".join(words)):
            return name
    return None


def category_of(path: Sequence[str]) -> str | None:
    """Name the portal's category of a charge; None where no word is known."""
    words = [normalized(part) for part in path]
    for word, category in CATEGORY_WORDS:
        if any(word in part for part in words):
            return category
    known = any(word in part for word in OTHER_WORDS for part in words)
    return "one_time" if known else None
