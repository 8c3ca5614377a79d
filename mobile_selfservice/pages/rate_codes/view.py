"""The table of rate codes in words."""

from dataclasses import dataclass, field
from decimal import Decimal

from mobile_selfservice.components.wording import (
    counted,
    month_in_words,
    short_day,
    short_moment,
)
from mobile_selfservice.policy.money import dollars, rate
from mobile_selfservice.services.codes import code_table
from mobile_selfservice.services.codes.code_table import (
    CodeTable,
    KnownCode,
    MappedCode,
    WithdrawnCode,
)
from mobile_selfservice.services.codes.code_words import (
    code_words,
    parts_in_words,
    treatment_words,
)
from mobile_selfservice.services.codes.legend_words import Said
from mobile_selfservice.services.codes.table_pages import Shown
from mobile_selfservice.services.codes.unknown_codes import UnknownCode
from mobile_selfservice.services.invoices.carrier_names import carrier_name

NOTHING_SAID = "The carrier’s files do not say."


@dataclass(frozen=True)
class CodeKey:
    """Which code a row is about, as the carrier prints it, and what to suggest."""

    carrier: str = ""
    code: str = ""
    period: str = ""
    feature: str = ""
    is_exact: bool = True
    usage_class: str = ""
    counts: str = ""
    first_day: str = ""


@dataclass(frozen=True)
class UnknownRow:
    """One code nobody has mapped."""

    number: int = 0
    key: CodeKey = field(default_factory=CodeKey)
    carrier: str = ""
    code: str = ""
    calls: str = ""
    where: str = ""
    open_calls: str = ""
    personal: str = ""
    depends: str = ""
    said: str = ""
    suggested: str = ""


@dataclass(frozen=True)
class MappedRow:
    """What somebody said of a code."""

    code_id: int = 0
    key: CodeKey = field(default_factory=CodeKey)
    carrier: str = ""
    code: str = ""
    meaning: str = ""
    since: str = ""
    set_by: str = ""
    reason: str = ""
    is_replaced: bool = False
    waiting: str = ""
    may_apply: bool = False


@dataclass(frozen=True)
class WithdrawnRow:
    """What was said of a code and taken back."""

    carrier: str = ""
    code: str = ""
    meaning: str = ""
    since: str = ""
    withdrawn: str = ""
    reason: str = ""


@dataclass(frozen=True)
class KnownRow:
    """A code whose meaning comes with the portal."""

    carrier: str = ""
    code: str = ""
    meaning: str = ""


@dataclass(frozen=True)
class PagesView:
    """Which page of a part of the table is shown; `told` says how many rows it has."""

    page: int = 1
    pages: int = 1
    told: str = ""


@dataclass(frozen=True)
class CodesView:
    """A page of each part of the table."""

    is_loaded: bool = False
    may_map: bool = False
    unknown: list[UnknownRow] = field(default_factory=list)
    mapped: list[MappedRow] = field(default_factory=list)
    withdrawn: list[WithdrawnRow] = field(default_factory=list)
    known: list[KnownRow] = field(default_factory=list)
    unknown_pages: PagesView = PagesView()
    mapped_pages: PagesView = PagesView()
    withdrawn_pages: PagesView = PagesView()


def codes_view(found: CodeTable) -> CodesView:
    """Put the table into words."""
    return CodesView(
        is_loaded=True,
        may_map=found.may_map,
        unknown=[
            _unknown(number, one, found.rate)
            for number, one in enumerate(found.unknown, 1)
        ],
        mapped=[_mapped(one, found.time_zone) for one in found.mapped],
        withdrawn=[_withdrawn(one, found.time_zone) for one in found.withdrawn],
        known=[_known(one) for one in found.known],
        unknown_pages=_pages(found.unknown_shown, "code"),
        mapped_pages=_pages(found.mapped_shown, "meaning"),
        withdrawn_pages=_pages(found.withdrawn_shown, "meaning"),
    )


def _known(one: KnownCode) -> KnownRow:
    return KnownRow(
        carrier=carrier_name(one.carrier),
        code=code_words(one.code),
        meaning=treatment_words(one.treatment.usage_class, one.treatment.counts),
    )


def _pages(shown: Shown, what: str) -> PagesView:
    return PagesView(shown.page, shown.pages, f"{counted(shown.count, what)} in all")


def _unknown(number: int, one: UnknownCode, per_minute: Decimal | None) -> UnknownRow:
    return UnknownRow(
        number=number,
        key=_key_of_unknown(one),
        carrier=carrier_name(one.carrier),
        code=code_words(one.code),
        calls=f"{counted(one.calls, 'call')}, {one.minutes:,} min",
        where=f"{counted(one.lines, 'line')}, {_months(one)}",
        open_calls=_open_calls(one),
        personal=_personal(one),
        depends=_depends(one, per_minute),
        said=one.said.words or NOTHING_SAID,
        suggested=_suggested(one.said),
    )


def _key_of_unknown(one: UnknownCode) -> CodeKey:
    treatment = one.said.treatment
    first = one.first_open or one.last_month
    return CodeKey(
        carrier=one.carrier,
        code=one.code.code,
        period=one.code.period,
        feature=one.code.feature,
        usage_class=treatment.usage_class.value if treatment else "",
        counts=_yes_or_no(treatment.counts) if treatment else "",
        first_day=first.isoformat(),
    )


def _yes_or_no(counts: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[counts]


def _months(one: UnknownCode) -> str:
    first, last = month_in_words(one.first_month), month_in_words(one.last_month)
    return first if first == last else f"{first} to {last}"


def _open_calls(one: UnknownCode) -> str:
    if one.open_calls == one.calls:
        return "all on open bills"
    if not one.open_calls:
        return "all on signed bills, which stay as they are"
    return f"{one.open_calls:,} of them on open bills"


def _personal(one: UnknownCode) -> str:
    if not one.personal_minutes:
        return "None marked personal"
    return f"{one.personal_minutes:,} personal min"


def _depends(one: UnknownCode, per_minute: Decimal | None) -> str:
    said = []
    if one.personal_minutes and per_minute is not None:
        worth = dollars(code_table.worth(one.personal_minutes, per_minute))
        said.append(f"{worth} at {rate(per_minute)} a minute, if they count")
    if one.charged:
        said.append(f"the carrier printed {dollars(one.charged)} on the calls")
    return "; ".join(said)


def _suggested(said: Said) -> str:
    if said.treatment is None:
        return ""
    words = treatment_words(said.treatment.usage_class, said.treatment.counts)
    return f"Taken as: {words}"


def _mapped(one: MappedCode, time_zone: str) -> MappedRow:
    return MappedRow(
        code_id=one.code_id,
        key=CodeKey(
            carrier=one.carrier,
            code=one.code.code,
            period=one.code.period,
            feature=one.code.feature,
            is_exact=one.is_exact,
            usage_class=one.treatment.usage_class.value,
            counts=_yes_or_no(one.treatment.counts),
            first_day=one.valid_from.isoformat(),
        ),
        carrier=carrier_name(one.carrier),
        code=code_words(one.code, is_exact=one.is_exact),
        meaning=treatment_words(one.treatment.usage_class, one.treatment.counts),
        since=short_day(one.valid_from),
        set_by=f"{one.set_by}, {short_moment(one.set_at, time_zone)}",
        reason=one.reason,
        is_replaced=one.is_replaced,
        waiting="" if one.is_replaced else _waiting(one),
        may_apply=bool(one.waiting) and not one.is_replaced and not one.is_mine,
    )


def _waiting(one: MappedCode) -> str:
    if not one.waiting:
        return ""
    bills = counted(one.waiting, "open bill")
    verb = "waits" if one.waiting == 1 else "wait"
    return f"{bills} {verb}"


def _withdrawn(one: WithdrawnCode, time_zone: str) -> WithdrawnRow:
    return WithdrawnRow(
        carrier=carrier_name(one.carrier),
        code=code_words(one.code, is_exact=one.is_exact),
        meaning=treatment_words(one.treatment.usage_class, one.treatment.counts),
        since=short_day(one.valid_from),
        withdrawn=f"{one.withdrawn_by}, {short_moment(one.withdrawn_at, time_zone)}",
        reason=one.reason,
    )


def title_of(key: CodeKey) -> str:
    """Name a code for a heading."""
    code = parts_in_words(key.code, key.period, key.feature, is_exact=key.is_exact)
    return f"{carrier_name(key.carrier)} {code}"
