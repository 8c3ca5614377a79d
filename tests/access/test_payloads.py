"""Every handler, sent what no page sends, by somebody who may send it.

Nothing runs that its signature does not allow, nothing fails in a way we did
not foresee, and no row changes. With the check of payloads off, the same test finds
faults.
"""

import asyncio
import shutil
from datetime import date

import pytest
from reflex_base.registry import RegistrationContext
from sqlmodel import Session, SQLModel, select

from mobile_selfservice import gate
from mobile_selfservice.database import open_engine
from mobile_selfservice.models.authorization import NeedAnswer
from mobile_selfservice.models.invoice import Invoice, InvoiceState
from mobile_selfservice.models.line import Line
from mobile_selfservice.models.organization import Agency, Department, Employer
from mobile_selfservice.services.statements import certification
from tests.access import table
from tests.access.hostile import payloads
from tests.access.identities import NOBODY, one_of_each
from tests.access.socket import Socket
from tests.access.test_handlers import TRACED, our_handlers, short, understood
from tests.factories import NOW, City, Factory
from tests.portal import free_port, running
from tests.services import elected
from tests.services.authorization_forms import MORE, drafted
from tests.services.claims import outage_claim
from tests.services.money import hand_in, signed_bill

pytestmark = pytest.mark.slow
MOVING = {"sign_in_session", "session_tab"}  # opening a tab writes these
# Of all who may send a handler, one who also has records behind it.
SENDERS = ("employee", "director", "finance", "administrator", "auditor", "it")
FAULTS = ("unexpected failure", "Traceback")


def open_records(engine, people):
    """Give everybody something to look at; return the numbers addresses name."""
    writer = engine.execution_options(writer=True)
    with Session(writer, expire_on_commit=False) as session, session.begin():
        make = Factory(session)
        make._city = city_of(session, people["employee"].actor)
        employee = people["employee"].actor
        later = {"due_on": date(2099, 1, 5)}  # or the portal itself reminds
        bill = make.bill(employee, **later)
        signed, owing = (
            make.bill(employee, **later),
            signed_bill(make, employee, **later),
        )
        for each in (bill, bill, signed):
            make.call(each)
        certify(session, employee, signed)
        hand_in(session, employee, owing, "5.00")
        waiting = make.invoice(state=InvoiceState.PREPARED)
        make.bill(employee, invoice=waiting, state="prepared")
        imported = session.exec(select(Invoice.import_id)).first()
        document_needs(make, people["director"].actor)
        form = drafted(session, people["director"].actor, employee, **MORE)
        claimed = outage_claim(session, employee, date(2026, 3, 1))
        wished = elected.asked(session, employee).id
        return {
            "bill_review": bill.id,
            "bill_history": bill.id,
            "certify": bill.id,
            "pay": owing.id,
            "payment": owing.id,
            "statement": signed.id,
            "team_bill": signed.id,
            "authorization": form.id,
            "claim": claimed,
            "election": wished,
            "invoice": waiting.id,
            "invoice_import": imported,
        }


def document_needs(make, director):
    """Say of every phone that it is needed, or the portal itself reminds."""
    for line in make.session.exec(select(Line)).all():
        make.save(
            NeedAnswer(
                line_id=line.id,
                department_id=director.department_id,
                is_needed=True,
                grounds="For the night crew",
                answered_by=director.person_id,
                answered_at=NOW,
                answered_on=date(2098, 1, 5),
            )
        )


def certify(session, employee, bill):
    """Certify a bill as its holder does."""
    shown = certification.prepare(session, employee, bill_id=bill.id, now=NOW)
    signature = shown.draft.signature
    certification.certify(
        session, employee, bill_id=bill.id, signature=signature, now=NOW
    )


def city_of(session, actor):
    """Return the city that these people already work for."""
    works = session.get_one(Department, actor.department_id)
    return City(
        session.get_one(Employer, actor.employer_id),
        session.get_one(Agency, actor.agency_id),
        works,
        works,
    )


@pytest.fixture
def town(migrated_sqlite, tmp_path):
    """One portal's database with records, and one person of each role."""
    shutil.copy(migrated_sqlite, tmp_path / "portal.db")
    url = f"sqlite:///{tmp_path / 'portal.db'}"
    engine = open_engine(url)
    people = {each.name: each for each in one_of_each(engine)}
    yield url, tmp_path, engine, people, open_records(engine, people)
    engine.dispose()


def sent_by(town, choose, *, by=(*SENDERS, NOBODY), **environment):
    """Send each handler what `choose` picks, those of the senders in `by`.

    Returns the log, the trace and both dumps.
    """
    url, folder, engine, people, numbers = town
    trace = folder / "trace"
    trace.write_text("")
    before = dump(engine)
    with running(
        url,
        folder,
        port=free_port(),
        app=TRACED,
        environment={"TRACE_FILE": str(trace), **environment},
    ) as portal:
        for who in by:
            names = by_sender().get(who, [])
            asyncio.run(send_all(portal, trace, people[who], names, numbers, choose))
        log = portal.log.read_text()
    return log, trace.read_text(), before, dump(engine)


def by_sender():
    """Divide the handlers among those who may send them."""
    allowed = table.read("handlers.txt")
    divided = {}
    for name in sorted(allowed):
        who = next(who for who in SENDERS if who in allowed[name])
        divided.setdefault(who, []).append(name)
    for name in ("session_state._session_state.show_refusal",):
        divided.setdefault(NOBODY, []).append(name)
    return divided


async def send_all(portal, trace, identity, names, numbers, choose):
    full = our_handlers()
    for screen in sorted({name.rsplit(".", 1)[0] for name in names}):
        page = page_of(screen, numbers)
        async with Socket(portal.url, trace, identity) as socket:
            socket.page = page
            if f"{screen}.open" in full:
                await socket.send(full[f"{screen}.open"], {})
            for name in names:
                if name.rsplit(".", 1)[0] == screen:
                    for payload in choose(full[name]):
                        await socket.send(full[name], payload)
            await socket.ran()


def page_of(screen, numbers):
    """Return the address under which a browser would be."""
    kind = screen.split(".")[1] if "." in screen else ""
    number = numbers.get(kind)
    if "import_form" in screen or number is None:
        return {"pathname": "/", "asPath": "/"}
    path = {
        "bill_review": "/bills/{}",
        "bill_history": "/bills/{}/history",
        "certify": "/bills/{}/certify",
        "pay": "/bills/{}/pay",
        "statement": "/bills/{}/statement",
        "payment": "/payments/{}",
        "team_bill": "/team/bills/{}",
        "authorization": "/authorizations/{}",
        "claim": "/claims/{}",
        "election": "/stipends/{}",
        "invoice": "/invoices/{}",
        "phone_receipt": "/phone/receipt/{}",
        "hand_out": "/authorizations/{}/phone",
        "invoice_import": "/invoices/imports/{}",
    }[kind].format(number)
    argument = {
        "authorization": "form_id",
        "claim": "claim_id",
        "election": "election_id",
        "invoice": "invoice_id",
        "phone_receipt": "issue_id",
        "hand_out": "form_id",
        "invoice_import": "import_id",
    }
    query = {argument.get(kind, "bill_id"): str(number)}
    return {"pathname": path, "asPath": path, "query": query}


def refused_payloads(name):
    """Pick what the signature does not allow."""
    names = list(parameters(name))
    return [each for each in payloads(names) if not gate.is_understood(name, each)]


def strange_payloads(name):
    """Pick what the signature allows, however strange; and the plain one."""
    if short(name).endswith((".follow", ".publish", ".try_again")):
        return []
    names = list(parameters(name))
    allowed = [each for each in payloads(names) if gate.is_understood(name, each)]
    return [understood(name), *allowed]


def parameters(name):
    return gate._fields(RegistrationContext.get().event_handlers[name].handler.fn)


def dump(engine):
    """Return every row but those that opening a tab writes."""
    with engine.connect() as connection:
        return {
            each.name: connection.execute(each.select()).fetchall()
            for each in SQLModel.metadata.sorted_tables
            if each.name not in MOVING
        }


def faults(log):
    return [line for line in log.splitlines() if any(word in line for word in FAULTS)]


def test_what_no_page_sends_runs_nothing_and_changes_nothing(town):
    log, trace, before, after = sent_by(town, refused_payloads)

    assert faults(log) == []
    assert before == after
    ran = {line.split()[1] for line in trace.splitlines()} - gate.FRAMEWORK
    assert {short(each) for each in ran} <= opened()


def opened():
    """Name what ran because this test opened a page, or asked whether all is quiet."""
    opening = {f"{name.rsplit('.', 1)[0]}.open" for name in table.read("handlers.txt")}
    return opening | {"session_state._session_state.dismiss", "state.hydrate"}


def test_strange_but_well_formed_payloads_are_answered_in_words(town):
    log, _, _, _ = sent_by(town, strange_payloads)

    assert faults(log) == []


def test_without_the_check_of_payloads_the_same_test_finds_faults(town):
    log, _, before, after = sent_by(
        town, refused_payloads, by=("director",), PAYLOADS="off"
    )

    assert faults(log) or before != after
