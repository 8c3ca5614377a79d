"""The legend of a sectioned download: what its codes mean, in the carrier's own words.

`Rate Code: RM70=700 Rollover Mins, ESM1=Unlimited Expd M2M` decides how an item is
treated where its words do; every other word leaves the code unknown.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from mobile_selfservice.carriers.att_sectioned.layout import CARRIER
from mobile_selfservice.carriers.att_sectioned.rows import LEGEND
from mobile_selfservice.carriers.codes import (
    NOT_KNOWN,
    CodeBook,
    CodeEntry,
    Standing,
    Treatment,
    UsageCode,
)
from mobile_selfservice.carriers.layout import normalized
from mobile_selfservice.carriers.records import LegendLine, RatePeriod, UsageClass

CODE, PERIOD, FEATURE = "rate code", "rate period", "feature"
ENTRY = re.compile(r"(?:^|[,;\s])([A-Z0-9][A-Z0-9&/+*#.\-]{0,11})\s*=", re.IGNORECASE)
CODES_LIMIT = 2_000

ALLOWANCE = Treatment(UsageClass.ALLOWANCE, True)
MOBILE_TO_MOBILE = Treatment(UsageClass.MOBILE_TO_MOBILE, False)
FREE = Treatment(UsageClass.FREE, False)

# In this order: “Unlimited Expd M2M” is first of all between mobiles, and “5000 N&W
# Mins” are not the minutes of the plan.
_WORDS = (
    (r"\bm2m\b|mobile[- ]?(?:to|2)[- ]?mobile|\bmob to mob\b", MOBILE_TO_MOBILE),
    (r"\bn\s?&\s?w\b|\bnights?\b|\bnght|\bnwknd|\bweekends?\b|\bwknds?\b", FREE),
    (r"\bunlimited\b|\bunltd\b|\bunlim\b", FREE),
    (
        r"\brollover\b|\banytime\b|\b[\d,]{1,12} (?:peak |daytime )?min(?:ute)?s?\b",
        ALLOWANCE,
    ),
    (r"\b[\d,]{1,12} (?:msgs?|messages?|texts?|kb|mb|gb)\b", ALLOWANCE),
)
_PERIOD_WORDS = (
    (r"day\s?time|\bday\b|\bpeak\b", RatePeriod.PEAK),
    (r"nw?knd|night|nght|weekend|off[- ]?peak|n\s?&\s?w", RatePeriod.OFF_PEAK),
    (r"any\s?time", RatePeriod.ANYTIME),
)
WORDS = tuple((re.compile(said, re.IGNORECASE), told) for said, told in _WORDS)
PERIOD_WORDS = tuple(
    (re.compile(said, re.IGNORECASE), period) for said, period in _PERIOD_WORDS
)
PERIODS = {
    "dt": RatePeriod.PEAK,
    "nw": RatePeriod.OFF_PEAK,
    "at": RatePeriod.ANYTIME,
}

# Codes met in real bills, with the words of the legends that stood beside them. A file
# whose own legend says otherwise is believed, and an official's word above both.
KNOWN = tuple(
    CodeEntry(CARRIER, UsageCode(*code), treatment)
    for code, treatment in (
        (("RM45",), ALLOWANCE),
        (("RM70",), ALLOWANCE),
        (("5KNW",), FREE),
        (("UNW9",), FREE),
        (("ESM1",), MOBILE_TO_MOBILE),
        (("", "", "M2MC"), MOBILE_TO_MOBILE),
    )
)


@dataclass
class Legend:
    """The words of a download's legends, by what they explain and by code.

    `contradicted` are codes that two legends explain differently: neither is believed.
    """

    words: dict[str, dict[str, str]] = field(
        default_factory=lambda: {CODE: {}, PERIOD: {}, FEATURE: {}}
    )
    contradicted: set[tuple[str, str]] = field(default_factory=set)

    def add(self, text: str) -> None:
        """Take up one legend, put together from all its lines."""
        for about, code, words in entries_of(text):
            known = self.words[about]
            if len(known) >= CODES_LIMIT:
                return
            earlier = known.setdefault(code, words)
            if about != PERIOD and treatment_in(earlier) != treatment_in(words):
                self.contradicted.add((about, code))

    def of(self, about: str, code: str) -> str:
        """Give the legend's words for a code, blank where it says nothing."""
        return self.words[about].get(normalized(code), "")

    def period(self, code: str) -> RatePeriod:
        """Tell which part of the day a rate period is."""
        words = self.of(PERIOD, code)
        for pattern, period in PERIOD_WORDS:
            if pattern.search(words):
                return period
        return PERIODS.get(normalized(code), RatePeriod.UNKNOWN)

    def decided(self) -> Iterator[tuple[CodeEntry, str]]:
        """Give what the legend's words decide, with the words."""
        for about in (CODE, FEATURE):
            for code, words in self.words[about].items():
                treatment = treatment_in(words)
                if treatment and (about, code) not in self.contradicted:
                    yield _entry(about, code, treatment), words

    def lines(self, invoice: str) -> Iterator[LegendLine]:
        """Give every line of the legend, for whoever maps codes later."""
        for about, explained in self.words.items():
            for code, words in explained.items():
                told = None if about == PERIOD else treatment_in(words)
                if (about, code) in self.contradicted:
                    told = None
                usage_class, counts = told or NOT_KNOWN
                yield LegendLine(
                    invoice=invoice,
                    code=code.upper() if about == CODE else "",
                    period=code.upper() if about == PERIOD else "",
                    feature=code.upper() if about == FEATURE else "",
                    words=words,
                    usage_class=usage_class,
                    counts=counts,
                )

    def book(self, codes: CodeBook) -> CodeBook:
        """Lay the legend over what is known; what it contradicts is not known."""
        told = [entry for entry, _ in self.decided()]
        for about, code in sorted(self.contradicted):
            told.append(_entry(about, code, NOT_KNOWN))
        return codes.with_entries(told)


def _entry(about: str, code: str, treatment: Treatment) -> CodeEntry:
    name = code.upper()
    usage_code = UsageCode(name) if about == CODE else UsageCode("", "", name)
    return CodeEntry(CARRIER, usage_code, treatment, None, Standing.LEGEND)


def treatment_in(words: str) -> Treatment | None:
    """Tell how a code is treated from its legend; None where the words do not say."""
    for pattern, treatment in WORDS:
        if pattern.search(words):
            return treatment
    return None


def entries_of(text: str) -> Iterator[tuple[str, str, str]]:
    """Give what is explained, the normalized code and its words, entry by entry."""
    labels = list(LEGEND.finditer(text))
    ends = [label.start() for label in labels[1:]] + [len(text)]
    for label, end in zip(labels, ends, strict=True):
        about = _about(label[0])
        body = text[label.end() : end]
        found = list(ENTRY.finditer(body))
        stops = [one.start() for one in found] + [len(body)]
        for one, stop in zip(found, stops[1:], strict=True):
            words = " ".join(body[one.end() : stop].split()).strip(" ,;")
            yield about, normalized(one[1]), words


def _about(label: str) -> str:
    words = label.casefold()
    if "feature" in words:
        return FEATURE
    return CODE if "code" in words else PERIOD


def legends_in(rows: Iterable[str | None]) -> Iterator[str]:
    """Put the lines of each legend together; None stands for any other row."""
    so_far: list[str] = []
    for text in rows:
        if text is not None and (not so_far or not LEGEND.match(text)):
            so_far.append(text)
            continue
        if so_far:
            yield " ".join(so_far)
        so_far = [] if text is None else [text]
    if so_far:
        yield " ".join(so_far)
