"""The table of rate codes as those who work with invoices, or read them, see it."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from sqlmodel import Session, col, select

from mobile_selfservice.carriers.codes import CodeEntry, Treatment, UsageCode
from mobile_selfservice.carriers.families import known_codes
from mobile_selfservice.models.organization import Employer, Person
from mobile_selfservice.models.rate_code import RateCode, RateCodeWithdrawal
from mobile_selfservice.policy.money import to_cent
from mobile_selfservice.policy.parameters import NotSet
from mobile_selfservice.policy.personal_use import WAYS
from mobile_selfservice.policy.voice_terms import RateBasis, voice_terms
from mobile_selfservice.services import access, policy_in_force, review_clock
from mobile_selfservice.services.actors import Actor, Role
from mobile_selfservice.services.bills.form_lines import VOICE_RATE
from mobile_selfservice.services.codes import code_effect, code_setting
from mobile_selfservice.services.codes.code_book import Codes
from mobile_selfservice.services.codes.guidance import entry_of
from mobile_selfservice.services.codes.table_pages import (
    FIRST,
    Shown,
    WantedPages,
    cut,
)
from mobile_selfservice.services.codes.unknown_codes import (
    UnknownCode,
    unknown_codes,
    with_words,
)

READERS = (Role.FINANCE, Role.IT, Role.AUDITOR, Role.DCM)
FIRST_PAGES = WantedPages()


@dataclass(frozen=True, slots=True, kw_only=True)
class MappedCode:
    """What somebody said of a code. `is_replaced`: something newer was said since.

    `waiting` are open bills it has left out, because they were the person's own.
    """

    code_id: int
    carrier: str
    code: UsageCode
    is_exact: bool
    treatment: Treatment
    valid_from: date
    reason: str
    set_by: str
    set_at: datetime
    is_replaced: bool
    waiting: int
    is_mine: bool


@dataclass(frozen=True, slots=True)
class WithdrawnCode:
    """What was said of a code and taken back."""

    carrier: str
    code: UsageCode
    is_exact: bool
    treatment: Treatment
    valid_from: date
    withdrawn_by: str
    withdrawn_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class KnownCode:
    """A code whose meaning comes with the portal."""

    carrier: str
    code: UsageCode
    treatment: Treatment


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeTable:
    """A page each of the codes not mapped, those that are, and those that were.

    `known` are the codes whose meaning comes with the portal. `rate` is dollars a
    minute today; `seen` is what a form opened now is opened on.
    """

    unknown: list[UnknownCode]
    mapped: list[MappedCode]
    withdrawn: list[WithdrawnCode]
    known: list[KnownCode]
    rate: Decimal | None
    time_zone: str
    may_map: bool
    seen: str
    unknown_shown: Shown = FIRST
    mapped_shown: Shown = FIRST
    withdrawn_shown: Shown = FIRST


def table(
    session: Session,
    actor: Actor,
    *,
    pages: WantedPages = FIRST_PAGES,
    now: datetime,
) -> CodeTable:
    """Return one page of each part of the table of an employer's rate codes.

    Raises:
        NotPermitted: if the person does not work with invoices or read them.
    """
    access.require(actor, *READERS)
    employer_id = actor.employer_id
    every = unknown_codes(session, employer_id)
    unknown, unknown_shown = cut(every, pages.unknown)
    standing, taken_back = _said(session, actor)
    mapped, mapped_shown = cut(standing, pages.mapped)
    withdrawn, withdrawn_shown = cut(taken_back, pages.withdrawn)
    return CodeTable(
        unknown=with_words(session, employer_id, unknown),
        mapped=list(mapped),
        withdrawn=[_withdrawn(session, row, taken) for row, taken in withdrawn],
        known=[
            KnownCode(each.carrier, each.code, each.treatment)
            for each in known_codes().entries
        ],
        rate=_rate(session, actor, now),
        time_zone=session.get_one(Employer, employer_id).time_zone,
        may_map=actor.has(Role.FINANCE),
        seen=code_setting.seen(session, employer_id),
        unknown_shown=unknown_shown,
        mapped_shown=mapped_shown,
        withdrawn_shown=withdrawn_shown,
    )


def worth(minutes: int, rate: Decimal) -> Decimal:
    """Tell what minutes come to at a rate, to the cent."""
    return to_cent(minutes * rate)


def _rate(session: Session, actor: Actor, now: datetime) -> Decimal | None:
    """Return the rate personal minutes cost today, if minutes cost a set rate."""
    today = review_clock.today(session, actor.employer_id, now)
    edition = policy_in_force.edition_of(session, actor.employer_id)
    try:
        terms = voice_terms(edition, today)
        is_rated = WAYS[terms.method].has_rate
        if not is_rated or terms.rate_basis is not RateBasis.SET_RATE:
            return None
        return edition.amount(VOICE_RATE, today)
    except NotSet:
        return None


def _said(
    session: Session, actor: Actor
) -> tuple[list[MappedCode], list[tuple[RateCode, RateCodeWithdrawal]]]:
    """List what was said of codes, newest first, and what was taken back."""
    found = session.exec(
        select(RateCode, Person.name, RateCodeWithdrawal)
        .join(Person, col(Person.id) == RateCode.set_by)
        .join(
            RateCodeWithdrawal,
            col(RateCodeWithdrawal.rate_code_id) == RateCode.id,
            isouter=True,
        )
        .where(RateCode.employer_id == actor.employer_id)
        .order_by(col(RateCode.id).desc())
    ).all()
    standing = [row for row, _, taken in found if taken is None]
    waiting = _waiting(session, actor, standing)
    spoken: set[tuple[str, UsageCode, bool, date]] = set()
    mapped: list[MappedCode] = []
    for row, name, taken in found:
        if taken is not None:
            continue
        key = (row.carrier, code_setting.row_code(row), row.is_exact, row.valid_from)
        mapped.append(
            _mapped(
                row,
                name,
                is_replaced=key in spoken,
                waiting=waiting.get(row.id or 0, 0),
                is_mine=row.set_by == actor.person_id,
            )
        )
        spoken.add(key)
    return mapped, [(row, taken) for row, _, taken in found if taken is not None]


def _waiting(
    session: Session, actor: Actor, standing: list[RateCode]
) -> dict[int, int]:
    """Count the open bills that meanings in force have left out, by meaning."""
    left: dict[int, set[int]] = {}
    for carrier in sorted({row.carrier for row in standing}):
        codes = Codes(session, actor.employer_id, carrier)
        entries = [
            (row.id or 0, entry_of(row)) for row in standing if row.carrier == carrier
        ]
        speaking: dict[tuple[str, date, Treatment], int] = {}
        for use in code_effect.uses_of(
            session, actor.employer_id, carrier, code_effect.OPEN
        ):
            wanted = codes.treatment(use.invoice_id, use.on, use.code)
            if use.now == wanted:
                continue
            asked = (use.code, use.on, wanted)
            if asked not in speaking:
                speaking[asked] = _speaking(entries, *asked)
            if speaking[asked]:
                left.setdefault(speaking[asked], set()).add(use.bill_id)
    return {code_id: len(bills) for code_id, bills in left.items()}


def _speaking(
    entries: list[tuple[int, CodeEntry]], written: str, on: date, wanted: Treatment
) -> int:
    """Find the meaning, newest first, that treats a code so; 0 where none does."""
    code = UsageCode.of(written).normalized
    for code_id, entry in entries:
        if entry.treatment == wanted and entry.speaks_of(entry.carrier, code, on):
            return code_id
    return 0


def _mapped(
    row: RateCode, name: str, *, is_replaced: bool, waiting: int, is_mine: bool
) -> MappedCode:
    return MappedCode(
        code_id=row.id or 0,
        carrier=row.carrier,
        code=code_setting.row_code(row),
        is_exact=row.is_exact,
        treatment=entry_of(row).treatment,
        valid_from=row.valid_from,
        reason=row.reason,
        set_by=name,
        set_at=row.set_at,
        is_replaced=is_replaced,
        waiting=waiting,
        is_mine=is_mine,
    )


def _withdrawn(
    session: Session, row: RateCode, taken: RateCodeWithdrawal
) -> WithdrawnCode:
    return WithdrawnCode(
        carrier=row.carrier,
        code=code_setting.row_code(row),
        is_exact=row.is_exact,
        treatment=entry_of(row).treatment,
        valid_from=row.valid_from,
        withdrawn_by=session.get_one(Person, taken.withdrawn_by).name,
        withdrawn_at=taken.withdrawn_at,
        reason=taken.reason,
    )
