"""What the director and the employee are told of a claim."""

from datetime import datetime

from sqlmodel import Session

from mobile_selfservice.models.business_claim import (
    BusinessClaim,
    ClaimAnswer,
    ClaimDecision,
    ClaimSubmission,
)
from mobile_selfservice.models.organization import Person, Role
from mobile_selfservice.policy.money import dollars
from mobile_selfservice.services import access, printed
from mobile_selfservice.services.mail import letters
from mobile_selfservice.services.mail.letters import Draft
from mobile_selfservice.services.mail.signed_links import letter_address
from mobile_selfservice.services.statements.reviewers import directors_of, holders_of

SUBJECTS = {
    ClaimAnswer.APPROVED: "Your claim for business calls is approved: {amount}",
    ClaimAnswer.RETURNED: "Your claim for business calls was sent back to you",
    ClaimAnswer.REFUSED: "Your claim for business calls was refused",
    ClaimAnswer.PAID: "Your claim for business calls is paid: {amount}",
}
BODIES = {
    ClaimAnswer.APPROVED: "{by} approved it on {day}. Finance pays {amount} next.",
    ClaimAnswer.RETURNED: (
        "{by} sent it back on {day}. The reason: {reason}\n\n"
        "Correct it and hand it in again."
    ),
    ClaimAnswer.REFUSED: (
        "{by} refused it on {day}. The reason: {reason}\n\nNothing is paid for it."
    ),
    ClaimAnswer.PAID: "{by} paid {amount} on {day}. The reference: {reference}.",
}
NOTHING = (
    "{by} approved it on {day}. It comes to $0.00, so nothing is paid; the working on "
    "the claim's page says why."
)


def tell_deciders(
    session: Session, claim: BusinessClaim, submission: ClaimSubmission, now: datetime
) -> None:
    """Tell whoever decides on a claim that it waits for them."""
    person = session.get_one(Person, claim.person_id)
    on = submission.submitted_on
    if access.is_director(session, person, on):
        leaders = (Role.DCM, Role.CITY_MANAGER)
        told = holders_of(session, claim.employer_id, leaders, now)
    else:
        found = directors_of(session, [person.department_id], now)
        told = found.get(person.department_id, [])
    for person_id in told:
        if person_id == claim.person_id:
            continue
        page = letter_address(person_id, f"/claims/{claim.id}", now)
        body = (
            f"{person.name} claims {dollars(submission.amount)} for business calls on "
            f"an own phone, of the {claim.carrier} bill for "
            f"{printed.day(claim.period_from)} to {printed.day(claim.period_through)}."
            f"\n\nIt waits for you to approve it, send it back or refuse it: {page}"
            f"\n\n{letters.CLOSING}"
        )
        occasion = f"claim-waits/{submission.id}/{person_id}"
        draft = Draft(person_id, occasion, "A claim for business calls waits", body)
        letters.write(session, draft, now)


def tell_employee(
    session: Session, claim: BusinessClaim, decision: ClaimDecision, now: datetime
) -> None:
    """Tell the employee what became of a claim, and why."""
    answer = ClaimAnswer(decision.answer)
    body = BODIES[answer]
    if answer is ClaimAnswer.APPROVED and not decision.amount:
        body = NOTHING
    words = {
        "by": session.get_one(Person, decision.decided_by).name,
        "day": printed.day(decision.decided_at.date()),
        "amount": dollars(decision.amount),
        "reason": decision.reason,
        "reference": decision.reference,
    }
    page = letter_address(claim.person_id, f"/claims/{claim.id}", now)
    about = (
        f"This is about your claim {claim.id}, of the {claim.carrier} bill for "
        f"{printed.day(claim.period_from)} to {printed.day(claim.period_through)}."
    )
    text = f"{about}\n\n{body.format(**words)}\n\nSee it: {page}\n\n{letters.CLOSING}"
    subject = SUBJECTS[answer].format(**words)
    occasion = f"claim/{decision.id}"
    letters.write(session, Draft(claim.person_id, occasion, subject, text), now)
