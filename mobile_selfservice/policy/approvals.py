"""Who must approve an exception, an international service or a transfer.

City of Lodi, Cellular Phone Policy, 2 March 2011, sections 4.A and 4.G; New York
ITS-P18-007, sections 4.0 and 5.0.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mobile_selfservice.policy.explained import Clause, Ruling, Step
from mobile_selfservice.policy.kinds import Row
from mobile_selfservice.policy.parameters import Edition
from mobile_selfservice.policy.rulings import Person, against, ruling
from mobile_selfservice.policy.unsaid import if_said

EXCEPTIONS = Clause("Lodi 2011", "4.A")
DESIGNEE = Clause("Lodi 2011", "4.G")
AGENCY = Clause("NY ITS-P18-007", "5.0 Client Agency")
NO_TRANSFER = Clause("NY ITS-P18-007", "4.0 Deprovisioning")
ANY = ""
CITY_MANAGER = "city_manager"
DIRECTOR = "director"
DCM = "dcm"
COUNSEL = "counsel"
BUSINESS = "business_executive"
FINANCIAL = "financial_executive"
DEVICE = "device"
NON_STANDARD = "non_standard_device"
INTERNATIONAL = "international"
ROLE_NAMES = {
    CITY_MANAGER: "the City Manager",
    DIRECTOR: "the department director",
    DCM: "the Deputy City Manager",
    COUNSEL: "the Chief Legal Officer",
    BUSINESS: "the business executive",
    FINANCIAL: "the financial executive",
}


@dataclass(frozen=True, slots=True)
class ApprovalRule:
    """Who approves one exception for one role; empty stands for any not listed.

    Every group must approve; one role of a group is enough for it.
    """

    exception: str
    for_role: str
    groups: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Delegation:
    """Who may do which act for a role, between which days, the last one included.

    Without a last day it holds until it is taken back.
    """

    role: str
    act: str
    delegate: str
    valid_from: date
    valid_until: date | None = None


LODI_MATRIX = (
    ApprovalRule(ANY, DIRECTOR, ((CITY_MANAGER,),)),
    ApprovalRule(ANY, ANY, ((DIRECTOR,), (DCM,))),
)
NEW_YORK_MATRIX = (
    ApprovalRule(INTERNATIONAL, ANY, ((BUSINESS, FINANCIAL),)),
    ApprovalRule(DEVICE, ANY, ((BUSINESS,), (FINANCIAL,))),
    ApprovalRule(NON_STANDARD, ANY, ((FINANCIAL,),)),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalTerms:
    """Who approves what, and who may act for whom.

    `transfer_allowed` is None where the policy says nothing of transfers.
    """

    matrix: tuple[ApprovalRule, ...] = LODI_MATRIX
    delegations: tuple[Delegation, ...] = ()
    transfer_allowed: bool | None = False
    clause: Clause = EXCEPTIONS
    delegation_clause: Clause = DESIGNEE
    transfer_clause: Clause = NO_TRANSFER


@dataclass(frozen=True, slots=True, kw_only=True)
class Approval:
    """One signature: in which role, by whom, and for whom if by a designee.

    `person` is compared with the delegate's name in the recorded delegations.
    """

    role: str
    person: Person
    on: date | None = None
    acts_for: Person | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExceptionRequest:
    """An exception somebody asks for, and the signatures it has.

    `beneficiary_offices` are the approving offices that the beneficiary holds.
    """

    for_role: str
    beneficiary: Person
    approvals: tuple[Approval, ...] = ()
    exception: str = ANY
    beneficiary_offices: frozenset[str] = frozenset()


def approval_terms(edition: Edition, on: date) -> ApprovalTerms:
    """Take approvers and delegations from the edition in force on the day.

    Clause: Lodi 2011 §4.A, §4.G; NY ITS-P18-007 §4.0, §5.0. Reading: AMB-44, AMB-45.
    """
    matrix = if_said(lambda: edition.rows("approvals.exception_matrix", on), ())
    delegations = if_said(lambda: edition.rows("roles.delegations", on), ())
    return ApprovalTerms(
        matrix=tuple(
            ApprovalRule(row["exception"], row["for_role"], _groups(row["approvers"]))
            for row in matrix
        ),
        delegations=tuple(_delegation(row) for row in delegations),
        transfer_allowed=if_said(lambda: edition.flag("transfer.allowed", on), None),
        clause=edition.parameter("approvals.exception_matrix").clause,
        delegation_clause=edition.parameter("roles.delegations").clause,
        transfer_clause=edition.parameter("transfer.allowed").clause,
    )


def _groups(approvers: str) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(group.split("|")) for group in approvers.split())


def _delegation(row: Row) -> Delegation:
    until = row["valid_until"]
    return Delegation(
        role=row["role"],
        act=row["act"],
        delegate=row["delegate"],
        valid_from=date.fromisoformat(row["valid_from"]),
        valid_until=date.fromisoformat(until) if until else None,
    )


LODI = ApprovalTerms()
NEW_YORK = ApprovalTerms(matrix=NEW_YORK_MATRIX, clause=AGENCY)


def approvers_of(
    exception: str,
    for_role: str,
    terms: ApprovalTerms = LODI,
    held: frozenset[str] = frozenset(),
) -> tuple[tuple[str, ...], ...]:
    """Return the groups of roles that must approve, one signature for each group.

    A rule for the very exception comes before a general one, and among those a rule for
    the role before one for everybody. Where who gains by it holds the Deputy City
    Manager's office (`held`), the City Manager may sign in its place: the policy names
    nobody for that case, and the City Manager approves the exceptions of those below
    (chosen; SOD-5).

    Clause: Lodi 2011 §4.A. Reading: AMB-45, AMB-46.
    """
    groups = _groups_of(exception, for_role, terms)
    if DCM not in held:
        return groups
    return tuple(
        (*group, CITY_MANAGER) if DCM in group and CITY_MANAGER not in group else group
        for group in groups
    )


def _groups_of(
    exception: str, for_role: str, terms: ApprovalTerms
) -> tuple[tuple[str, ...], ...]:
    for sought in (
        (exception, for_role),
        (exception, ANY),
        (ANY, for_role),
        (ANY, ANY),
    ):
        for rule in terms.matrix:
            if (rule.exception, rule.for_role) == sought:
                return rule.groups
    return ()


def exception_ruling(request: ExceptionRequest, terms: ApprovalTerms = LODI) -> Ruling:
    """Decide whether an exception is approved.

    A director's own goes to the City Manager alone; any other needs both the director
    and the Deputy City Manager, two people. Who gains by it never approves it. Where
    the policy names no approver nobody can approve.

    Clause: Lodi 2011 §4.A. Reading: AMB-45, AMB-46.
    """
    groups = _asked(request, terms)
    return ruling(
        [
            against(
                any(_is_by(each, request.beneficiary) for each in request.approvals),
                "Nobody approves an exception for themselves.",
                terms.clause,
                "AMB-46",
            ),
            *_signatures(request.approvals, groups, terms),
        ]
    )


def may_sign(
    approval: Approval, request: ExceptionRequest, terms: ApprovalTerms = LODI
) -> Ruling:
    """Decide whether one person's signature counts towards an exception.

    Clause: Lodi 2011 §4.A. Reading: AMB-45, AMB-46.
    """
    groups = _asked(request, terms)
    asked = [role for group in groups for role in group]
    return ruling(
        [
            against(
                approval.role not in asked,
                f"{_upper(role_name(approval.role))} does not approve this.",
                terms.clause,
            ),
            against(
                _is_by(approval, request.beneficiary),
                "Nobody approves an exception for themselves.",
                terms.clause,
                "AMB-46",
            ),
        ]
    )


def _asked(
    request: ExceptionRequest, terms: ApprovalTerms
) -> tuple[tuple[str, ...], ...]:
    held = request.beneficiary_offices
    return approvers_of(request.exception, request.for_role, terms, held)


def _signatures(
    approvals: tuple[Approval, ...],
    groups: tuple[tuple[str, ...], ...],
    terms: ApprovalTerms,
) -> Iterator[Step | None]:
    text = "The policy names nobody who approves this."
    yield against(not groups, text, terms.clause)
    signed = {each.role for each in approvals}
    for group in groups:
        names = " or ".join(role_name(role) for role in group)
        yield against(
            not signed & set(group), f"{_upper(names)} must approve.", terms.clause
        )
    asked = [each for each in approvals if any(each.role in group for group in groups)]
    people = {each.person for each in asked}
    yield against(
        len(people) < len({each.role for each in asked}),
        "The approvals must come from different people.",
        terms.clause,
    )


def _is_by(approval: Approval, person: Person) -> bool:
    return person in (approval.person, approval.acts_for)


def role_name(role: str) -> str:
    """Return what an official is called inside a sentence.

    Clause: Lodi 2011 §4.A. Reading: AMB-45, AMB-50.
    """
    return ROLE_NAMES.get(role, role)


def _upper(words: str) -> str:
    return words[:1].upper() + words[1:]


def two_approvals_ruling(
    approvals: tuple[Approval, ...], terms: ApprovalTerms = NEW_YORK, what: str = DEVICE
) -> Ruling:
    """Decide whether a device under a plan has the approvals it needs.

    New York asks the business and the financial approval, by two people. `what` may
    name a non-standard device instead.

    Clause: NY ITS-P18-007 §5.0, §Appendix C.
    """
    return ruling(_signatures(approvals, approvers_of(what, ANY, terms), terms))


@dataclass(frozen=True, slots=True, kw_only=True)
class InternationalRequest:
    """International service for a traveler, and the signatures it has."""

    traveler: Person
    approvals: tuple[Approval, ...] = ()


def international_ruling(
    request: InternationalRequest, terms: ApprovalTerms = NEW_YORK
) -> Ruling:
    """Decide whether international service is approved.

    In New York the business or the financial executive approves; where both do, they
    are two people. The traveler does not.

    Clause: NY ITS-P18-007 §5.0.
    """
    groups = approvers_of(INTERNATIONAL, ANY, terms)
    return ruling(
        [
            *_signatures(request.approvals, groups, terms),
            against(
                any(_is_by(each, request.traveler) for each in request.approvals),
                "Nobody approves their own international service.",
                terms.clause,
            ),
        ]
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Transfer:
    """A device, number or data plan that is to pass to a person or another agency."""

    counsel_authorized: bool = False
    counsel_requested: bool = True


def transfer_ruling(transfer: Transfer, terms: ApprovalTerms = NEW_YORK) -> Ruling:
    """Decide whether a device, number or plan may leave the agency.

    Only on the authorization and the request of the Chief Legal Officer, unless the
    employer's policy lets it.

    Clause: NY ITS-P18-007 §4.0. Reading: AMB-50.
    """
    if terms.transfer_allowed:
        return ruling([])
    clause = terms.transfer_clause
    silent = terms.transfer_allowed is None
    return ruling(
        [
            against(
                not transfer.counsel_authorized,
                "The Chief Legal Officer has not authorized the transfer.",
                clause,
                "AMB-50",
            ),
            against(
                transfer.counsel_authorized and not transfer.counsel_requested,
                "The Chief Legal Officer has not sent the request.",
                clause,
                "AMB-50",
            ),
        ],
        [against(silent, "The policy says nothing of transfers.", clause)],
    )
