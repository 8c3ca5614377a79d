"""Who approves a stipend, and how long an approval lasts.

City of Lodi, Cellular Phone Policy, 2 March 2011, section 4.A.2. Elsewhere a mayor or a
city manager approves too, or every stipend ends with the fiscal year.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from mobile_selfservice.policy.explained import Clause, Ruling, Step
from mobile_selfservice.policy.months import MONTHS_A_YEAR, ONE_DAY, months_later
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.unsaid import if_said

APPROVAL = Clause("Lodi 2011", "4.A.2")
JULY_1 = (7, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class GrantTerms:
    """Who approves, in order, and whether approvals end with the fiscal year.

    `fiscal_year_start` is the month and the day a fiscal year begins.
    """

    approvers: tuple[str, ...] = ("director",)
    renews_yearly: bool = False
    fiscal_year_start: tuple[int, int] = JULY_1
    clause: Clause = APPROVAL


def grant_terms(edition: Edition, on: date) -> GrantTerms:
    """Take the terms from the edition in force on the day of the election.

    Clause: Lodi 2011 §4.A.2. Reading: AMB-19.

    Raises:
        NotSet: if nobody is named to approve, or the fiscal year is not known where
            stipends end with it.
    """
    renews = if_said(
        lambda: edition.flag("stipend.annual_renewal", on), otherwise=False
    )
    start = JULY_1
    if renews:
        month, day = edition.text("fiscal_year_start", on).split("-")
        start = (int(month), int(day))
    return GrantTerms(
        approvers=edition.words("stipend.approvers", on),
        renews_yearly=renews,
        fiscal_year_start=start,
        clause=edition.parameter("stipend.approvers").clause,
    )


def may_grant(approved_by: Sequence[str], terms: GrantTerms) -> Ruling:
    """Rule whether everybody who must approve a stipend has, in their order.

    `approved_by` names the roles that approved, the first one first.

    Clause: Lodi 2011 §4.A.2.
    """
    sought = iter(approved_by)
    # Each approver is looked for after the one before, which is what the order means.
    missing = next((role for role in terms.approvers if role not in sought), None)
    if missing is None:
        return Ruling()
    order = ", then ".join(terms.approvers)
    text = f"The approval of the {missing} is missing. Who approves: {order}."
    return Ruling((Step(text, terms.clause),))


def granted_until(granted_on: date, terms: GrantTerms) -> date | None:
    """Return the last day of an approval; None where it goes on.

    Clause: Lodi 2011 §4.A.2. Reading: AMB-19.
    """
    if not terms.renews_yearly:
        return None
    month, day = terms.fiscal_year_start
    begins = date(granted_on.year, month, day)
    if granted_on >= begins:
        begins = months_later(begins, MONTHS_A_YEAR)
    return begins - ONE_DAY
