"""Elections of a stipend in every state, and proofs good, late and asked for.

The yearly survey and the list of phones that qualify are set first: without them no
stipend can be worked out.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from itertools import islice

from mobile_selfservice.demo import people
from mobile_selfservice.demo.calendar import at
from mobile_selfservice.demo.people import DEPARTMENTS, DemoPerson
from mobile_selfservice.demo.stipends import DemoStipend, every_stipend
from mobile_selfservice.demo.telling import Telling
from mobile_selfservice.models.election import ElectionState, StipendElection
from mobile_selfservice.models.line import LineKind
from mobile_selfservice.models.stipend import StipendClass
from mobile_selfservice.services.actors import Actor
from mobile_selfservice.services.policy import value_rows, value_setting
from mobile_selfservice.services.policy.wanted_value import WantedValue
from mobile_selfservice.services.stipends import (
    approval,
    asking,
    checking,
    contract_proofs,
    entering,
    proof_decisions,
    proof_files,
    proof_requests,
    stipend_clock,
)
from mobile_selfservice.services.stipends.approval import StatedNeed
from mobile_selfservice.services.stipends.asking import Wish
from mobile_selfservice.services.stipends.contract_proofs import Contract
from mobile_selfservice.services.stipends.proof_files import KeptProof
from mobile_selfservice.services.stipends.weighing import PhoneCheck
from mobile_selfservice.settings import settings

PHONES = "Wren 3 | yes\nLark S | yes\nFinch Classic | no"
SURVEY = (
    "Valley Wireless | Basic Talk | cell | 50.00 | {day}\n"
    "Delta Mobile | City Talk | cell | 54.00 | {day}\n"
    "Valley Wireless | Talk and Data | smart | 100.00 | {day}\n"
    "Foothill Cellular | Everything | smart | 112.00 | {day}"
)
FEES = (
    "Valley Wireless | smart | 175.00 | 5.00 | 0.00\n"
    "Valley Wireless | cell | 90.00 | 5.00 | 0.00"
)
NEED = StatedNeed(grounds={"3.A.1": ("a", "c"), "4.B.1": ("c",)})
DUTIES = (
    "On call for the water plant at night and on weekends",
    "Inspects sites all day and answers e-mail from there",
    "Keeps the crews in touch while the radio mast is rebuilt",
    "Called in for burst mains at any hour",
    "Orders parts from the yard, away from any desk",
)
CARRIERS = ("Valley Wireless", "Delta Mobile", "Foothill Cellular")
WHY_REFUSED = "The crew's shared phone serves these duties; ask again if that changes."
WHY_ASKED = "The contract may have changed with the carrier's new plans this spring."


@dataclass(frozen=True, slots=True)
class DemoElection:
    """Who asks, how far the election comes, and what the carrier's quote is."""

    person: DemoPerson
    becomes: ElectionState
    quote: Decimal | None = None
    kind: StipendClass = StipendClass.SMART


def plan_elections(telling: Telling) -> None:
    """Plan the figures, the proofs of those who hold a stipend, and the elections."""
    months = telling.city.months
    first, last = months[0].first, months[-1].first
    telling.agenda.add(at(first, 8), partial(_set_figures, telling, first))
    telling.agenda.add(at(last, 7), partial(_record, telling))
    telling.agenda.add(at(last, 9), partial(_prove_all, telling, last))
    for place, election in enumerate(_every_election(telling)):
        begins = at(months[-1].bill_date + timedelta(days=1), 13, place)
        telling.agenda.add(begins, partial(_elect, telling, election, place))
    end = telling.agenda.present
    telling.agenda.add(end - timedelta(hours=1), partial(_pass_time, telling))


def _set_figures(telling: Telling, since: date, now: datetime) -> None:
    day = (since - timedelta(days=20)).isoformat()
    dcm, systems = telling.residents[people.DCM], telling.residents[people.IT]
    for actor, key, said in (
        (dcm, "stipend.retail_survey", SURVEY.format(day=day)),
        (systems, "stipend.qualified_devices", PHONES),
        (systems, "etf.fee_schedule", FEES),
    ):
        wanted = WantedValue(
            key=key,
            said=said,
            valid_from=since.isoformat(),
            authority="Memorandum 7 (demo)",
            reason="The yearly review of the phone policy",
            seen=value_rows.seen(telling.session, actor.employer_id, key),
            idempotency_key=f"demo {key}",
            confirmed=True,
        )
        value_setting.set_value(telling.session, actor, wanted=wanted, now=now)


def _record(telling: Telling, now: datetime) -> None:
    stipend_clock.record_held(telling.session, telling.residents.employer_id, now=now)


def _prove_all(telling: Telling, month: date, now: datetime) -> None:
    """Let everybody who holds a stipend prove the contract.

    The second contract ends before the story does, the third person is asked for a new
    proof, and the fourth hands one in that nobody has looked at.
    """
    for place, held in enumerate(_holders(telling)):
        actor = telling.residents[held.person]
        ends = month + timedelta(days=12) if place == 1 else None
        _prove(telling, actor, _contract(place, held.out_of_pocket, ends), now)
        if place == 2:
            asking_again = partial(_request, telling, actor)
            telling.agenda.add(telling.agenda.present - timedelta(days=4), asking_again)
        if place == 3:
            cheaper = _contract(place, held.out_of_pocket - Decimal("4.00"), None)
            _hand_in(telling, actor, cheaper, now)


def _holders(telling: Telling) -> list[DemoStipend]:
    return [each for each in every_stipend(telling.city) if each.held_until is None]


def _request(telling: Telling, actor: Actor, now: datetime) -> None:
    proof_requests.request_proof(
        telling.session,
        telling.residents[people.DCM],
        person_id=actor.person_id,
        reason=WHY_ASKED,
        now=now,
    )


def _prove(telling: Telling, actor: Actor, contract: Contract, now: datetime) -> None:
    proof_id = _hand_in(telling, actor, contract, now)
    proof = contract_proofs.draft_of(telling.session, actor, proof_id=proof_id, now=now)
    proof_decisions.accept(
        telling.session,
        telling.residents[people.FINANCE],
        proof_id=proof_id,
        version=proof.version,
        now=now,
    )


def _hand_in(telling: Telling, actor: Actor, contract: Contract, now: datetime) -> int:
    session = telling.session
    proof_id = contract_proofs.type_contract(session, actor, contract=contract, now=now)
    contract_proofs.hand_in(session, actor, proof_id=proof_id, file=_paper(), now=now)
    return proof_id


def _contract(place: int, cost: Decimal, ends: date | None) -> Contract:
    return Contract(
        carrier=CARRIERS[place % len(CARRIERS)],
        plan="Talk and Data",
        monthly_cost=cost,
        is_prepaid=False,
        is_active=True,
        contract_end=ends,
    )


def _every_election(telling: Telling) -> Iterator[DemoElection]:
    """One in every state, in Public Works, and a director's own."""
    free, carrying = _without_anything(telling), _with_a_phone(telling)
    for becomes in (
        ElectionState.ASKED,
        ElectionState.WITH_PAYROLL,
        ElectionState.REFUSED,
    ):
        yield from (DemoElection(each, becomes) for each in islice(free, 1))
    for quote, becomes in (
        (Decimal("175.00"), ElectionState.DEFERRED),
        (None, ElectionState.APPROVED),
    ):
        yield from (DemoElection(each, becomes, quote) for each in islice(carrying, 1))
    library = next(each.director for each in DEPARTMENTS if each.code == "LIB")
    director = next(each for each in telling.city.people if each.name == library)
    yield DemoElection(director, ElectionState.ASKED, kind=StipendClass.CELL)


def _without_anything(telling: Telling) -> Iterator[DemoPerson]:
    carrying = {
        each.person.name for line in telling.city.lines for each in line.holdings
    }
    holding = {each.person.name for each in every_stipend(telling.city)}
    signing_in = {person.name for person, _ in people.SIGN_INS}
    # From the end: others of the story take theirs from the beginning.
    for person in reversed(telling.city.people):
        is_free = person.name not in carrying | holding | signing_in
        if person.department == people.DIRECTOR.department and is_free:
            yield person


def _with_a_phone(telling: Telling) -> Iterator[DemoPerson]:
    signing_in = {person.name for person, _ in people.SIGN_INS}
    for line in reversed(telling.city.lines):
        if line.kind is not LineKind.PERSONAL or len(line.holdings) != 1:
            continue
        (holding,) = line.holdings
        is_ours = holding.person.department == people.DIRECTOR.department
        if is_ours and not holding.held_until and holding.person.name not in signing_in:
            yield holding.person


def _elect(telling: Telling, election: DemoElection, place: int, now: datetime) -> None:
    """Carry an election as far as it comes."""
    session, actor = telling.session, telling.residents[election.person]
    drafted = asking.save(
        session,
        actor,
        wish=Wish(
            stipend_class=election.kind,
            duties=DUTIES[place % len(DUTIES)],
            needs_voice=True,
            device_model="Wren 3",
            device_synchronizes=True,
        ),
        contract=_contract(place, Decimal("84.99"), None),
        now=now,
    )
    paper = _paper()
    contract_proofs.hand_in(
        session, actor, proof_id=drafted.proof_id, file=paper, now=now
    )
    made = session.get_one(StipendElection, drafted.election_id)
    asking.submit(
        session, actor, election_id=drafted.election_id, version=made.version, now=now
    )
    if election.becomes is not ElectionState.ASKED:
        _decide(telling, election, made, now + timedelta(days=1))


def _decide(
    telling: Telling, election: DemoElection, made: StipendElection, now: datetime
) -> None:
    session, director = telling.session, telling.residents[people.DIRECTOR]
    known = {"election_id": made.id or 0, "version": made.version, "now": now}
    if election.becomes is ElectionState.REFUSED:
        approval.refuse(session, director, reason=WHY_REFUSED, **known)  # type: ignore[arg-type]
        return
    approval.approve(session, director, need=NEED, **known)  # type: ignore[arg-type]
    if election.becomes is not ElectionState.APPROVED:
        _check(telling, election, made, now + timedelta(days=2))


def _check(
    telling: Telling, election: DemoElection, made: StipendElection, now: datetime
) -> None:
    checking.check_phone(
        telling.session,
        telling.residents[people.IT],
        election_id=made.id or 0,
        version=made.version,
        check=PhoneCheck(
            synchronizes=True,
            returned_on=now.date() if election.quote is not None else None,
            quote=election.quote,
            city_quote=Decimal("62.00"),
        ),
        now=now,
    )
    if election.becomes is ElectionState.DEFERRED:
        entering.enter(
            telling.session,
            telling.residents[people.FINANCE],
            election_id=made.id or 0,
            version=made.version,
            now=now + timedelta(hours=3),
        )


def _pass_time(telling: Telling, now: datetime) -> None:
    """Let the portal do what the day asks for, as it does by itself every hour."""
    stipend_clock.run_due(telling.session, telling.residents.employer_id, now=now)


def _paper() -> KeptProof:
    """Keep the one invented bill that everybody hands in."""
    return proof_files.keep(settings().proofs_dir, "phone-bill.pdf", [PAPER])


PAPER = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 200]/Contents 4 0 R
/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 88>>stream
BT /F1 16 Tf 40 120 Td (Invented phone bill of the demo city: $84.99 a month) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
%%EOF
"""
