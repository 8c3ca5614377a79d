"""An employee's own claims in words."""

from dataclasses import dataclass, field

from mobile_selfservice.components.wording import short_day, short_period
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.claims.claim_lists import ClaimListed, OwnClaims


@dataclass(frozen=True)
class OwnClaimRow:
    """One claim of the list."""

    name: str = ""
    href: str = ""
    bill: str = ""
    state: str = ""
    amount: str = ""
    submitted: str = ""


@dataclass(frozen=True)
class ClaimsView:
    """The list, and whether a claim may be begun."""

    is_loaded: bool = False
    rows: list[OwnClaimRow] = field(default_factory=list)
    why_not: str = ""
    has_device: bool = False
    asks_total: bool = False
    asks_plan: bool = False


def claims_view(found: OwnClaims) -> ClaimsView:
    """Put a person's own claims into words."""
    why = f"{found.why_not} ({found.clause})" if found.why_not else ""
    return ClaimsView(
        is_loaded=True,
        rows=[_row(each) for each in found.rows],
        why_not=why,
        has_device=found.has_device,
        asks_total="total_minutes" in found.asked,
        asks_plan="employer_plan" in found.asked,
    )


def _row(each: ClaimListed) -> OwnClaimRow:
    return OwnClaimRow(
        name=f"Claim {each.claim_id}",
        href=f"/claims/{each.claim_id}",
        bill=f"{each.carrier}, {short_period(each.period_from, each.period_through)}",
        state=each.state,
        amount="" if each.amount is None else dollars(each.amount),
        submitted=short_day(each.submitted_on) or "Not yet",
    )
