"""What another meaning of a code does: items of open bills, and what those come to.

Bills that are signed stay as they were signed. Nobody has their own open bills worked
out anew by their own act (SOD-8): those wait until a colleague applies the code.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlmodel import Session, col

from mobile_selfservice.carriers.codes import CodeEntry, Treatment, UsageCode
from mobile_selfservice.carriers.records import UsageClass
from mobile_selfservice.models.invoice import Bill, BillState, Invoice
from mobile_selfservice.models.rate_code import CodeUse
from mobile_selfservice.policy.money import ZERO
from mobile_selfservice.policy.parameters import NotSet
from mobile_selfservice.policy.voice_calls import PlanKind
from mobile_selfservice.policy.voice_terms import OverageAttribution, voice_terms
from mobile_selfservice.services import policy_in_force, review_clock
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.bills import plan_minutes
from mobile_selfservice.services.bills.billed_use import ITEM, ITEMS, MARK
from mobile_selfservice.services.codes import code_uses
from mobile_selfservice.services.codes.code_book import Codes
from mobile_selfservice.services.policy import value_impact

OPEN = (BillState.PREPARED, BillState.RELEASED, BillState.IN_REVIEW)
SIGNED = (BillState.CERTIFIED, BillState.ACCEPTED, BillState.CLOSED)
AT_ONCE = 400


@dataclass(frozen=True, slots=True)
class Use:
    """Items of one bill under one code that are treated alike."""

    bill_id: int
    invoice_id: int
    holder_id: int | None
    state: str
    on: date
    code: str
    now: Treatment
    items: int


@dataclass(slots=True, kw_only=True)
class Effect:
    """What a meaning does, or would do, to the bills that hold the code.

    `bills` are open and hold `items` that are treated otherwise; what `changed` of
    them come to differs, `before` and `after` in all. `left_out` are open bills of the
    person's own, `signed` are bills that stay as they were signed.
    """

    bills: int = 0
    items: int = 0
    changed: int = 0
    before: Decimal = ZERO
    after: Decimal = ZERO
    left_out: int = 0
    signed: int = 0


@dataclass(frozen=True, slots=True)
class Plan:
    """Which items are to be treated otherwise, and how."""

    uses: list[tuple[Use, Treatment]] = field(default_factory=list)

    @property
    def bill_ids(self) -> list[int]:
        """The bills that hold them, in order."""
        return sorted({use.bill_id for use, _ in self.uses})


def uses_of(
    session: Session, employer_id: int, carrier: str, states: Sequence[str]
) -> Iterator[Use]:
    """List what the bills in these states hold, code by code."""
    found = session.execute(
        select(
            col(CodeUse.bill_id),
            col(Bill.invoice_id),
            col(Bill.holder_id),
            col(Bill.state),
            col(Invoice.bill_date),
            col(CodeUse.code),
            col(CodeUse.usage_class),
            col(CodeUse.counts),
            col(CodeUse.items),
        )
        .join(Bill, col(Bill.id) == col(CodeUse.bill_id))
        .join(Invoice, col(Invoice.id) == col(Bill.invoice_id))
        .where(
            col(Bill.employer_id) == employer_id,
            col(Invoice.carrier) == carrier,
            col(Bill.state).in_(states),
        )
        .order_by(col(CodeUse.bill_id), col(CodeUse.id))
    )
    for bill, invoice, holder, state, on, code, usage_class, counts, items in found:
        now = Treatment(UsageClass(usage_class), counts)
        yield Use(bill, invoice, holder, state, on, code, now, items)


def take_effect(
    session: Session,
    actor: Actor,
    entry: CodeEntry,
    because: str,
    now: datetime,
    *,
    is_trial: bool = False,
) -> Effect:
    """Treat the items an entry speaks of as the codes now say, on open bills.

    The caller holds the employer's lock. An entry that was withdrawn may be given too:
    its items are then treated as before it. A trial, which the caller undoes, treats
    only the items that are marked where no sum asks for the others.
    """
    effect = Effect()
    plan = Plan()
    codes = Codes(session, actor.employer_id, entry.carrier)
    left_out, signed = set(), set()
    for use, wanted in _otherwise(session, actor, entry, codes):
        if use.state in SIGNED:
            signed.add(use.bill_id)
        elif use.holder_id == actor.person_id:
            left_out.add(use.bill_id)
        else:
            plan.uses.append((use, wanted))
    only_marked = is_trial and _sums_read_marked(session, actor, now)
    effect.left_out, effect.signed = len(left_out), len(signed)
    for first in range(0, len(plan.bill_ids), AT_ONCE):
        ids = plan.bill_ids[first : first + AT_ONCE]
        locked = {bill.id or 0 for bill in _locked(session, ids)}
        _treat(session, plan, locked, effect, only_marked=only_marked)
    session.flush()
    _rate(session, actor, plan, because, now, effect)
    return effect


def _otherwise(
    session: Session, actor: Actor, entry: CodeEntry, codes: Codes
) -> Iterator[tuple[Use, Treatment]]:
    states = (*OPEN, *SIGNED)
    spoken: dict[tuple[str, date], bool] = {}
    for use in uses_of(session, actor.employer_id, entry.carrier, states):
        asked = (use.code, use.on)
        if asked not in spoken:
            code = UsageCode.of(use.code).normalized
            spoken[asked] = entry.speaks_of(entry.carrier, code, use.on)
        if not spoken[asked]:
            continue
        wanted = codes.treatment(use.invoice_id, use.on, use.code)
        # What the file itself says of an item of an unmapped code, such as roaming,
        # stays; only what the entry says, or said, is another's to change.
        if use.now != wanted and entry.treatment in (wanted, use.now):
            yield use, wanted


def _sums_read_marked(session: Session, actor: Actor, now: datetime) -> bool:
    """Tell whether what a bill comes to asks only for its marked items."""
    today = review_clock.today(session, actor.employer_id, now)
    edition = policy_in_force.edition_of(session, actor.employer_id)
    try:
        terms = voice_terms(edition, today)
    except NotSet:
        return False
    return terms.overage_attribution is not OverageAttribution.CHRONOLOGICAL


def _treat(
    session: Session,
    plan: Plan,
    open_ids: set[int],
    effect: Effect,
    *,
    only_marked: bool,
) -> None:
    """Write how the items of locked bills are treated, and count them again."""
    bills: dict[tuple[str, Treatment, Treatment], list[int]] = {}
    for use, wanted in plan.uses:
        if use.bill_id in open_ids:
            bills.setdefault((use.code, use.now, wanted), []).append(use.bill_id)
            effect.items += use.items
    touched = sorted({bill_id for ids in bills.values() for bill_id in ids})
    for (code, was, wanted), ids in bills.items():
        which = ITEM.bill_id.in_(ids)
        if only_marked:
            marked = select(MARK.item_id).where(MARK.bill_id.in_(ids))
            which = ITEM.id.in_(marked)
        session.execute(
            update(ITEMS)
            .where(which, ITEM.usage_code == code, _treated(was))
            .values(usage_class=wanted.usage_class, counts=wanted.counts)
        )
        code_uses.treat(session, ids, code, was, wanted)
    if touched:
        plan_minutes.count_anew(session, touched)
    effect.bills += len(touched)


def _treated(was: Treatment) -> ColumnElement[bool]:
    counts = {None: ITEM.counts.is_(None), True: ITEM.counts, False: ~ITEM.counts}
    return and_(ITEM.usage_class == was.usage_class, counts[was.counts])


def _rate(
    session: Session,
    actor: Actor,
    plan: Plan,
    because: str,
    now: datetime,
    effect: Effect,
) -> None:
    """Work open bills with marks out anew: who has the code, and who shares a plan."""
    ids = _to_be_rated(session, actor, plan)
    for first in range(0, len(ids), AT_ONCE):
        for bill in _locked(session, ids[first : first + AT_ONCE]):
            before = bill.owed - bill.credit
            if value_impact.rate_one(session, actor, bill, because, now):
                effect.changed += 1
                effect.before += before
                effect.after += bill.owed - bill.credit
        session.flush()


def _to_be_rated(session: Session, actor: Actor, plan: Plan) -> list[int]:
    treated = {use.bill_id for use, _ in plan.uses}
    invoices = sorted({use.invoice_id for use, _ in plan.uses})
    found = session.execute(
        select(col(Bill.id), col(Bill.plan_kind))
        .where(
            col(Bill.invoice_id).in_(invoices),
            col(Bill.state).in_(OPEN),
            col(Bill.holder_id).is_distinct_from(actor.person_id),
            or_(
                col(Bill.personal_count) > 0,
                col(Bill.incidental_count) > 0,
                col(Bill.owed) != ZERO,
                col(Bill.credit) != ZERO,
            ),
        )
        .order_by(col(Bill.id))
    )
    return [
        bill_id or 0
        for bill_id, plan_kind in found
        if bill_id in treated or plan_kind == PlanKind.POOLED
    ]


def _locked(session: Session, ids: Sequence[int]) -> list[Bill]:
    """Lock bills and ask once more: what was signed meanwhile stays as it is."""
    found = session.execute(
        select(Bill)
        .where(col(Bill.id).in_(ids), col(Bill.state).in_(OPEN))
        .order_by(col(Bill.id))
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    return list(found.scalars())
