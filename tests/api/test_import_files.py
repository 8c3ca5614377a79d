import asyncio
import time

import httpx
import pytest
from sqlmodel import Session, select

from mobile_selfservice import clock, database, sessions
from mobile_selfservice.api import import_files
from mobile_selfservice.api.routes import app
from mobile_selfservice.jobs import import_invoice
from mobile_selfservice.models.invoice import InvoiceImport
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.invoices import trial_report
from mobile_selfservice.services.invoices.trial_report import FindingShown
from mobile_selfservice.services.people import sign_in
from mobile_selfservice.services.people.sign_in import Visitor
from mobile_selfservice.settings import settings
from tests.carriers.verizon_month import Month
from tests.factories import Factory

OURS = {"sec-fetch-site": "same-origin"}


@pytest.fixture
def portal(migrated_sqlite, tmp_path, monkeypatch):
    """A portal of its own, with its database and its folder."""
    import shutil

    shutil.copy(migrated_sqlite, tmp_path / "portal.db")
    made = database.open_engine(f"sqlite:///{tmp_path / 'portal.db'}")
    monkeypatch.setattr(database, "engine", lambda: made)
    monkeypatch.setenv("DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setenv("UPLOAD_LIMIT_MB", "1")
    settings.cache_clear()
    yield made
    made.dispose()
    settings.cache_clear()


@pytest.fixture
def month(tmp_path):
    (tmp_path / "files").mkdir()
    return Month(tmp_path / "files")


class Browser:
    """Someone's browser, signed in."""

    def __init__(self, cookie):
        self.headers = OURS | {"cookie": cookie}

    def get(self, address):
        return asyncio.run(self._send("GET", address))

    def post(self, address, **sent):
        return asyncio.run(self._send("POST", address, **sent))

    async def _send(self, method, address, headers=None, **sent):
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://localhost:3000"
        ) as client:
            headers = self.headers | (headers or {})
            return await client.request(method, address, headers=headers, **sent)


def browser_of(role):
    with database.transaction() as session:
        make = Factory(session)
        person = make.person(role)
        make.credential(person, "a hash")
        visitor = Visitor(address="192.0.2.1")
        raw = sign_in.open_session(session, person.person_id, visitor, clock.now())
    return Browser(f"{sessions.COOKIE}={raw}")


def send(browser, paths, **kwargs):
    files = [("files", (path.name, path.read_bytes())) for path in paths]
    return browser.post("/files/import", files=files, **kwargs)


def the_import(portal):
    with Session(portal) as session:
        return session.exec(select(InvoiceImport)).first()


def settled(portal):
    for _ in range(1_200):
        found = the_import(portal)
        if found.state != "reading" and not import_invoice.progress_of(found.id):
            return found
        time.sleep(0.05)
    raise AssertionError("the trial run does not end")


@pytest.mark.parametrize("role", [Role.FINANCE, Role.IT])
def test_files_handed_in_are_tried_out(portal, month, role):
    answer = send(browser_of(role), month.write())

    found = settled(portal)
    assert (answer.status_code, answer.headers["location"]) == (
        303,
        f"/invoices/imports/{found.id}",
    )
    assert (found.state, len(found.file_names)) == ("tried", 4)


@pytest.mark.parametrize(
    "role", [role for role in Role if role not in (Role.FINANCE, Role.IT)]
)
def test_someone_else_may_not_hand_in_files(portal, month, role):
    answer = send(browser_of(role), month.write())

    assert answer.status_code == 404
    assert the_import(portal) is None


def test_files_sent_from_another_site_are_refused(portal, month):
    answer = send(
        browser_of(Role.FINANCE),
        month.write(),
        headers={"sec-fetch-site": "cross-site"},
    )

    assert answer.status_code == 403
    assert the_import(portal) is None


def test_files_beyond_the_limit_are_not_kept(portal, month):
    paths = month.write()
    paths[0].write_bytes(b"x" * 1_050_000)

    answer = send(browser_of(Role.FINANCE), paths)

    assert answer.headers["location"] == "/invoices/import?problem=large"
    assert the_import(portal) is None


def test_a_stream_that_hides_its_size_is_counted(portal):
    async def endless():
        yield b'--x\r\nContent-Disposition: form-data; name="files"; filename="a"'
        yield b"\r\n\r\n"
        for _ in range(20):
            yield b"x" * 100_000

    answer = browser_of(Role.FINANCE).post(
        "/files/import",
        content=endless(),
        headers={"content-type": "multipart/form-data; boundary=x"},
    )

    assert answer.headers["location"] == "/invoices/import?problem=large"


LIST = (
    b"Date Time,Number,Destination,Minutes,Type\n"
    b"02/18/2022 09:47 AM,(808) 555-0100,INCOMING,1 Min,--\n"
)


def test_what_the_files_leave_out_is_taken_from_the_form(portal):
    told = {
        "account": " 77 ",
        "invoice": "",
        "bill_date": "2022-03-02",
        "line": "209-555-0101",
    }
    browser_of(Role.FINANCE).post(
        "/files/import", files=[("files", ("calls.csv", LIST))], data=told
    )
    (invoice,) = trial_report.read(settled(portal).report).invoices

    assert invoice.account == "77"
    assert invoice.number == "not stated 2022-02"
    assert invoice.bill_date == "2022-03-02"


def test_a_bill_date_that_is_none_is_told(portal):
    answer = browser_of(Role.FINANCE).post(
        "/files/import",
        files=[("files", ("calls.csv", LIST))],
        data={"bill_date": "03/02/2022"},
    )

    assert answer.headers["location"] == "/invoices/import?problem=date"
    assert the_import(portal) is None


def test_a_form_without_files_says_so(portal):
    answer = browser_of(Role.FINANCE).post(
        "/files/import", files=[("files", ("", b""))]
    )

    assert answer.headers["location"] == "/invoices/import?problem=none"


def test_too_many_files_are_refused(portal, month):
    answer = send(browser_of(Role.FINANCE), month.write() * 17)

    assert answer.headers["location"] == "/invoices/import?problem=form"
    assert the_import(portal) is None


def test_findings_are_handed_out_to_those_who_read_imports_and_nobody_else(
    portal, month
):
    browser = browser_of(Role.FINANCE)
    send(browser, month.set("usage", 3, date="never").write())
    found = settled(portal)
    address = f"/files/imports/{found.id}/findings.csv"

    assert ",5,Date,never," in browser.get(address).text
    assert browser_of(Role.EMPLOYEE).get(address).status_code == 404
    for missing in ("999", "x", "9" * 30):
        answer = browser.get(f"/files/imports/{missing}/findings.csv")
        assert answer.status_code == 404


def test_a_finding_is_never_a_formula():
    text = import_files.as_csv(
        [FindingShown("f.txt", 5, "User Name", "=1+1", "A reason", "error")]
    )

    assert "'=1+1" in text
