"""What a release tells the holders of the bills, and their directors."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlmodel import Session, col, select

from mobile_selfservice.models.invoice import Bill
from mobile_selfservice.models.line import Line, LineKind
from mobile_selfservice.models.organization import Department
from mobile_selfservice.policy.review_deadline import in_words as in_words
from mobile_selfservice.services.explain import letter_working
from mobile_selfservice.services.mail import letters
from mobile_selfservice.services.mail.letters import Draft
from mobile_selfservice.services.mail.signed_links import letter_address
from mobile_selfservice.services.statements import reviewers


def tell_holders(
    session: Session, bills: Iterable[Bill], due_on: date, now: datetime
) -> None:
    """Write one letter to each holder, however many of the bills are theirs."""
    bills = list(bills)
    names = _line_names(session, bills)
    working = _working(session, bills)
    for holder_id, own in _by_holder(bills).items():
        listed = [
            f"- {names[bill.id or 0]}: "
            f"{letter_address(holder_id, f'/bills/{bill.id}', now)}"
            for bill in own
        ]
        draft = Draft(
            person_id=holder_id,
            occasion=f"bills-released/{own[0].id}",
            subject=_holder_subject(own, due_on),
            body=_holder_body(own, due_on, listed, working),
        )
        letters.write(session, draft, now)


def tell_directors(
    session: Session, bills: Iterable[Bill], due_on: date, now: datetime
) -> None:
    """Write one letter to each director with how many bills their people have."""
    bills = list(bills)
    working = _working(session, bills)
    by_department: dict[int, list[Bill]] = {}
    for bill in bills:
        by_department.setdefault(bill.department_id or 0, []).append(bill)
    names = _department_names(session, by_department)
    counts: dict[int, list[str]] = {}
    first: dict[int, int] = {}
    directors = reviewers.directors_of(session, by_department, now)
    for department_id, released in by_department.items():
        for person_id in directors.get(department_id, []):
            line = f"- {names[department_id]}: {_bills(len(released))}"
            counts.setdefault(person_id, []).append(line)
            first[person_id] = min(
                first.get(person_id, released[0].id or 0), released[0].id or 0
            )
    for person_id, lines in counts.items():
        occasion = f"team-released/{first[person_id]}/{person_id}"
        told = "\n".join(lines) + f"\n\n{working}"
        draft = _to_director(person_id, occasion, told, due_on, now)
        letters.write(session, draft, now)


def _working(session: Session, bills: list[Bill]) -> str:
    """Tell how the due date was counted; the bills of a release share it."""
    told = letter_working.due_date_working(session, bills[0]) if bills else []
    return "\n\n".join(told)


def _to_director(
    person_id: int, occasion: str, told: str, due_on: date, now: datetime
) -> Draft:
    return Draft(
        person_id=person_id,
        occasion=occasion,
        subject="Phone bills of your department are out for review",
        body=(
            f"These phone bills were released today. Each is to be certified by "
            f"{in_words(due_on)}, and then comes to you:\n\n{told}"
            f"\n\nSee how far they are: {letter_address(person_id, '/team', now)}"
            f"\n\n{letters.CLOSING}"
        ),
    )


def _holder_subject(own: list[Bill], due_on: date) -> str:
    month = f"{own[0].month:%B %Y}"
    what = "Your phone bill" if len(own) == 1 else f"Your {len(own)} phone bills"
    verb = "is" if len(own) == 1 else "are"
    return f"{what} for {month} {verb} ready: certify by {due_on:%B} {due_on.day}"


def _holder_body(own: list[Bill], due_on: date, listed: list[str], working: str) -> str:
    one = len(own) == 1
    return (
        f"{'A phone bill is' if one else f'{len(own)} phone bills are'} ready for you "
        f"to review. Mark what was personal, then certify "
        f"{'it' if one else 'each'} by {in_words(due_on)}. If nothing was personal, "
        "that takes one click.\n\n"
        + "\n".join(listed)
        + f"\n\n{working}\n\n{letters.CLOSING}"
    )


def _by_holder(bills: Iterable[Bill]) -> dict[int, list[Bill]]:
    found: dict[int, list[Bill]] = {}
    for bill in bills:
        if bill.holder_id is not None:
            found.setdefault(bill.holder_id, []).append(bill)
    return found


def _line_names(session: Session, bills: list[Bill]) -> dict[int, str]:
    """Name each bill's phone without writing its number into a letter."""
    found = session.exec(
        select(Line).where(col(Line.id).in_({bill.line_id for bill in bills}))
    )
    labels = {line.id: line.label for line in found if line.kind != LineKind.PERSONAL}
    return {
        bill.id or 0: labels.get(bill.line_id) or f"Phone ending in {bill.number[-4:]}"
        for bill in bills
    }


def _department_names(session: Session, ids: Iterable[int]) -> dict[int, str]:
    found = session.exec(
        select(Department.id, Department.name).where(col(Department.id).in_(set(ids)))
    )
    return {department_id or 0: name for department_id, name in found}


def _bills(count: int) -> str:
    return f"{count} phone {'bill' if count == 1 else 'bills'}"
