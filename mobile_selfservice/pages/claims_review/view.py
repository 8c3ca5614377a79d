"""One page of claims to decide on, pay or read, in words."""

from dataclasses import dataclass, field
from urllib.parse import urlencode

from mobile_selfservice.components.list_choice import ListChoice
from mobile_selfservice.components.wording import counted, short_day, short_period
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services.claims.claim_lists import ClaimListed, ClaimsPage

NAMES = {
    "waiting": "Wait for the director",
    "to_pay": "To be paid",
    "paid": "Paid",
    "returned": "Sent back",
    "refused": "Refused",
    "nothing": "Approved at $0.00",
}


@dataclass(frozen=True)
class ReviewRow:
    """One claim of the list."""

    who: str = ""
    href: str = ""
    department: str = ""
    bill: str = ""
    amount: str = ""
    submitted: str = ""
    is_outage: bool = False
    may_act: bool = False


@dataclass(frozen=True)
class ClaimsReviewView:
    """The list, and what narrows it."""

    is_loaded: bool = False
    rows: list[ReviewRow] = field(default_factory=list)
    caption: str = ""
    summary: str = ""
    shown: str = "waiting"
    links: list[ListChoice] = field(default_factory=list)
    unlimited: str = ""
    page: int = 1
    pages: int = 1


def claims_review_view(found: ClaimsPage, shown: str) -> ClaimsReviewView:
    """Put one page of claims into words."""
    return ClaimsReviewView(
        is_loaded=True,
        rows=[_row(each) for each in found.rows],
        caption=f"{NAMES[shown]}, oldest first",
        summary=counted(found.count, "claim"),
        shown=shown,
        links=[
            ListChoice(words, f"?show={kind}", kind == shown)
            for kind, words in NAMES.items()
        ],
        unlimited=_unlimited(found.unlimited),
        page=found.page,
        pages=found.pages,
    )


def address(shown: str, page: int) -> str:
    """Write the address of a page of the list."""
    return f"/claims/review?{urlencode({'show': shown, 'page': page})}"


def _unlimited(count: int) -> str:
    if not count:
        return ""
    came = "claim came" if count == 1 else "claims came"
    return (
        f"{count:,} {came} from plans without a limit of minutes, whose calls have no "
        "price by the policy’s text (reading AMB-16). A California court asked another "
        "employer for a reasonable share (Cochran v. Schwan’s, 2014): counsel should "
        "say whether that reaches this employer. The reading can be changed under "
        "Policy, Values of the policy."
    )


def _row(each: ClaimListed) -> ReviewRow:
    return ReviewRow(
        who=each.employee,
        href=f"/claims/{each.claim_id}",
        department=each.department,
        bill=f"{each.carrier}, {short_period(each.period_from, each.period_through)}",
        amount="" if each.amount is None else dollars(each.amount),
        submitted=short_day(each.submitted_on),
        is_outage=each.is_outage,
        may_act=each.may_act,
    )
