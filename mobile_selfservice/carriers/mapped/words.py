"""Which words of a mapped file mean a kind of use, a direction, a category."""

from collections.abc import Iterable, Mapping
from decimal import Decimal

from mobile_selfservice.carriers.layout import normalized
from mobile_selfservice.carriers.mapped.profile import Profile
from mobile_selfservice.carriers.records import Direction, Kind, RatePeriod, Unit

# Words that say what they mean in any carrier's file; a profile's own go before them.
KIND_WORDS: Mapping[str, Kind] = {
    **dict.fromkeys(("voice", "call", "calls", "talk", "airtime"), Kind.VOICE),
    **dict.fromkeys(
        ("message", "messages", "messaging", "text", "texts", "sms", "mms", "picture"),
        Kind.MESSAGE,
    ),
    **dict.fromkeys(("data", "internet", "gprs", "web", "lte"), Kind.DATA),
}
IN_WORDS = frozenset(
    {"in", "incoming", "incomingcl", "inbound", "received", "rcvd", "mt", "ic"}
)
OUT_WORDS = frozenset({"out", "outgoing", "outbound", "sent", "mo", "og"})
RATE_PERIODS = {
    "peak": RatePeriod.PEAK,
    "offpeak": RatePeriod.OFF_PEAK,
    "anytime": RatePeriod.ANYTIME,
}
CATEGORY_WORDS = {
    "plan": "plan",
    "rateplan": "plan",
    "feature": "feature",
    "features": "feature",
    "addon": "feature",
    "addons": "feature",
    "credit": "credit",
    "credits": "credit",
    "discount": "credit",
    "discounts": "credit",
    "usage": "usage",
    "airtime": "usage",
    "roaming": "usage",
    "equipment": "equipment",
    "device": "equipment",
    "installment": "equipment",
    "surcharge": "surcharge",
    "surcharges": "surcharge",
    "fee": "surcharge",
    "fees": "surcharge",
    "tax": "tax",
    "taxes": "tax",
    "thirdparty": "third_party",
    "latefee": "late_fee",
    "onetime": "one_time",
    "onetimecharge": "one_time",
    "payment": "payment",
    "payments": "payment",
    "paymentreceived": "payment",
}
UNITS = {
    Kind.VOICE: Unit.MINUTE,
    Kind.MESSAGE: Unit.MESSAGE,
    Kind.DATA: Unit.KILOBYTE,
    Kind.EXTRA: Unit.EVENT,
}


def _set(words: Iterable[str]) -> frozenset[str]:
    return frozenset(map(normalized, words))


class Words:
    """The words of one profile, and those that everybody knows."""

    def __init__(self, profile: Profile) -> None:
        own = {
            normalized(word): kind
            for kind, words in profile.kind_words.items()
            for word in words
        }
        self._kinds = {**KIND_WORDS, **own}
        self._has_kinds = "kind" in profile.columns
        self._kind = profile.kind
        written = profile.written
        self._in, self._out = _set(written.in_words), _set(written.out_words)
        self._otherwise = written.otherwise
        self._has_direction = "direction" in profile.columns
        self._categories = {
            **CATEGORY_WORDS,
            **{
                normalized(word): category
                for category, words in profile.category_words.items()
                for word in words
            },
        }

    def kind(self, text: str) -> Kind | None:
        """Tell what an item is; None for a word that nobody mapped."""
        if not self._has_kinds:
            return self._kind
        return self._kinds.get(normalized(text))

    def direction(self, text: str) -> Direction:
        """Tell who called, from the cell that says it.

        Where no column does, the destination may: `Incoming CL` is a call that came in.
        """
        word = normalized(text)
        if word in self._in or word in IN_WORDS - self._out:
            return Direction.IN
        if word in self._out or (self._has_direction and word in OUT_WORDS):
            return Direction.OUT
        return self._otherwise if word else Direction.UNKNOWN

    def category(self, text: str, amount: Decimal) -> str | None:
        """Tell what a charge is; None for a word that nobody mapped.

        Without any word a negative amount is a credit.
        """
        word = normalized(text)
        if not word:
            return "credit" if amount < 0 else "one_time"
        return self._categories.get(word)


def rate_period(text: str) -> RatePeriod:
    """Tell when in the carrier's day an item fell, where the word is certain."""
    return RATE_PERIODS.get(normalized(text), RatePeriod.UNKNOWN)
