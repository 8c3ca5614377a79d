"""What the claimed calls come to, with every step, and what stands in the way.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 3.B.3. Each call counts under
the terms in force on its own day; calls under the same terms are worked out together.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlmodel import Session, col, select

from mobile_selfservice.models.business_claim import (
    BusinessClaim,
    ClaimCall,
    ClaimSubmission,
)
from mobile_selfservice.policy.business_claim import (
    ClaimedCall,
    ClaimIncomplete,
    PhoneBill,
    claim_due,
)
from mobile_selfservice.policy.claim_rulings import ClaimOutcome, claim_age
from mobile_selfservice.policy.claim_terms import (
    ClaimMethod,
    ClaimTerms,
    UnlimitedRule,
    claim_terms,
)
from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy.money import ZERO, dollars
from mobile_selfservice.policy.parameters import Edition, NotSet
from mobile_selfservice.services.claims.duplicates import STANDING


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkedClaim:
    """What a claim comes to. `problem` says why it could not be worked out, if so.

    `rate` is the price of a minute to four places, None where the plan gives none.
    `is_unlimited` tells that a plan without a limit gave a minute no price (AMB-16).
    `taxable` is the part paid as taxable income, because its calls were claimed late.
    """

    amount: Decimal = ZERO
    taxable: Decimal = ZERO
    by_month: Mapping[date, Decimal]
    rate: Decimal | None = None
    steps: tuple[Step, ...] = ()
    is_unlimited: bool = False
    problem: str = ""


def work_out(
    session: Session,
    claim: BusinessClaim,
    calls: Sequence[ClaimCall],
    edition: Edition,
    today: date,
) -> WorkedClaim:
    """Work out what these calls of a claim pay. The caller checks access.

    A figure that is missing is told in `problem`, so that a page can still be shown.

    Clause: Lodi 2011 §3.B.3. Reading: AMB-14, AMB-15, AMB-16.
    """
    paid = taken_by_others(session, claim)
    try:
        return _worked(claim, calls, edition, today, paid)
    except (ClaimIncomplete, NotSet) as missing:
        said = str(missing)
        return WorkedClaim(by_month={}, problem=said[:1].upper() + said[1:])


def taken_by_others(session: Session, claim: BusinessClaim) -> dict[date, Decimal]:
    """Return what the person's other claims that stand take of each month's limit."""
    rows = session.exec(
        select(ClaimSubmission)
        .join(BusinessClaim, col(BusinessClaim.id) == ClaimSubmission.claim_id)
        .where(
            BusinessClaim.person_id == claim.person_id,
            BusinessClaim.id != claim.id,
            col(BusinessClaim.state).in_(STANDING),
        )
        .order_by(col(ClaimSubmission.claim_id), col(ClaimSubmission.sequence))
    )
    newest = {row.claim_id: row for row in rows}
    taken: dict[date, Decimal] = {}
    for row in newest.values():
        for month, amount in row.by_month.items():
            day = date.fromisoformat(month)
            taken[day] = taken.get(day, ZERO) + Decimal(amount)
    return taken


def _worked(
    claim: BusinessClaim,
    calls: Sequence[ClaimCall],
    edition: Edition,
    today: date,
    paid: Mapping[date, Decimal],
) -> WorkedClaim:
    groups = _by_terms(calls, edition)
    by_month: dict[date, Decimal] = {}
    steps: list[Step] = []
    rates: list[Decimal | None] = []
    for terms, group in groups.items():
        taken: dict[date | None, Decimal] = {
            month: paid.get(month, ZERO) + by_month.get(month, ZERO)
            for month in {*paid, *by_month}
        }
        due = claim_due([_bill(claim, group)], terms, taken)
        for month, amount in due.by_month.items():
            if month is not None:
                by_month[month] = by_month.get(month, ZERO) + amount
        steps += due.explained.steps
        rates += due.rates
    amount = sum(by_month.values(), ZERO)
    taxable = _taxable(claim, groups, amount, today, paid)
    if taxable:
        text = f"of which {dollars(taxable)} was claimed late and is taxable income"
        steps.append(Step(text, next(iter(groups)).clause, taxable))
    return WorkedClaim(
        amount=amount,
        taxable=taxable,
        by_month=by_month,
        rate=next((rate for rate in rates if rate is not None), None),
        steps=tuple(steps),
        is_unlimited=any(_is_unlimited(claim, terms) for terms in groups),
    )


def _by_terms(
    calls: Sequence[ClaimCall], edition: Edition
) -> dict[ClaimTerms, list[ClaimCall]]:
    groups: dict[ClaimTerms, list[ClaimCall]] = {}
    known: dict[date, ClaimTerms] = {}
    for call in calls:
        day = call.started.date()
        if day not in known:
            known[day] = claim_terms(edition, day)
        groups.setdefault(known[day], []).append(call)
    return groups


def _taxable(
    claim: BusinessClaim,
    groups: Mapping[ClaimTerms, list[ClaimCall]],
    amount: Decimal,
    today: date,
    paid: Mapping[date, Decimal],
) -> Decimal:
    """Return the part that calls claimed late add to what those in time come to."""
    in_time = ZERO
    is_late = False
    taken: dict[date | None, Decimal] = {month: paid[month] for month in paid}
    for terms, calls in groups.items():
        early = [call for call in calls if not _is_late(call, today, terms)]
        is_late = is_late or len(early) < len(calls)
        due = claim_due([_bill(claim, early)], terms, taken)
        in_time += due.amount
        for month, part in due.by_month.items():
            if month is not None:
                taken[month] = taken.get(month, ZERO) + part
    return max(ZERO, amount - in_time) if is_late else ZERO


def _is_late(call: ClaimCall, today: date, terms: ClaimTerms) -> bool:
    day = call.started.date()
    if day > today:
        return False
    return claim_age(day, today, terms).outcome is not ClaimOutcome.NONTAXABLE


def _is_unlimited(claim: BusinessClaim, terms: ClaimTerms) -> bool:
    return (
        claim.allowance_minutes is None
        and terms.method is ClaimMethod.BASE_DIV_ALLOWANCE
        and terms.unlimited_rule is UnlimitedRule.NONE
    )


def _bill(claim: BusinessClaim, calls: Sequence[ClaimCall]) -> PhoneBill:
    return PhoneBill(
        base=claim.base_charges,
        tax=claim.taxes,
        allowance=claim.allowance_minutes,
        calls=tuple(_claimed(call) for call in calls),
        total_minutes=claim.total_minutes,
        employer_plan=claim.employer_plan,
    )


def _claimed(call: ClaimCall) -> ClaimedCall:
    # A call of which nobody knows whether it counts is taken as free until it is said;
    # the claim cannot be handed in before.
    return ClaimedCall(
        minutes=call.minutes,
        counts=call.counts is True,
        charge=call.charge,
        day=call.started.date(),
    )


def asked_by_the_method(edition: Edition, on: date) -> tuple[str, ...]:
    """Name what the policy's method needs of a bill beside its charges and minutes."""
    try:
        terms = claim_terms(edition, on)
    except NotSet:
        return ()
    needed = {
        "total_minutes": terms.unlimited_rule is UnlimitedRule.SHARE_OF_MINUTES,
        "employer_plan": terms.method is ClaimMethod.OWN_FRACTION,
    }
    return tuple(name for name, is_asked in needed.items() if is_asked)
