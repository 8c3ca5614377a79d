"""Bodies no browser sends are answered in words, never with a fault of ours."""

import pytest
from sqlmodel import Session, select

from mobile_selfservice.models.invoice import InvoiceImport
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.people import passwords
from tests.api.test_import_files import browser_of, portal, the_import

__all__ = ["portal"]

FILE = (
    b'--x\r\nContent-Disposition: form-data; name="files"; filename="%s"\r\n\r\n'
    b"some text\r\n--x--\r\n"
)
ADDRESSES = (
    "/files/imports/{}/findings.csv",
    "/files/statements/{}.pdf",
    "/files/receipts/{}.pdf",
)
FORMS = {
    "no type": ({}, b""),
    "empty": ({"content-type": "multipart/form-data; boundary=x"}, b""),
    "no boundary": ({"content-type": "multipart/form-data"}, b"--x"),
    "empty boundary": ({"content-type": "multipart/form-data; boundary="}, b"--x"),
    "another type": ({"content-type": "application/json"}, b'{"files": []}'),
    "no name": (
        {"content-type": "multipart/form-data; boundary=x"},
        b"--x\r\nContent-Disposition: form-data\r\n\r\nsome\r\n--x--\r\n",
    ),
    "no header": (
        {"content-type": "multipart/form-data; boundary=x"},
        b"--x\r\n\r\nsome\r\n--x--\r\n",
    ),
    "cut off": (
        {"content-type": "multipart/form-data; boundary=x"},
        b'--x\r\nContent-Disposition: form-data; name="files"; filename="a',
    ),
    "a size in words": (
        {"content-type": "multipart/form-data; boundary=x", "content-length": "two"},
        b"",
    ),
}


def test_a_malformed_upload_leads_back_to_the_form(portal):
    finance = browser_of(Role.FINANCE)

    for form, (headers, body) in FORMS.items():
        answer = finance.post("/files/import", headers=headers, content=body)

        assert answer.status_code == 303, form
        assert "/invoices/import?problem=" in answer.headers["location"], form
    assert the_import(portal) is None


@pytest.mark.parametrize("path", ["sign-in", "password", "sign-out"])
def test_a_malformed_form_is_refused_like_an_empty_one(portal, path, monkeypatch):
    monkeypatch.setattr(passwords, "matches", lambda *_: False)
    monkeypatch.setattr(passwords, "match_nobody", lambda: None)
    employee = browser_of(Role.EMPLOYEE)

    for form, (headers, body) in FORMS.items():
        answer = employee.post(f"/auth/{path}", headers=headers, content=body)

        assert answer.status_code in (303, 400), form


@pytest.mark.parametrize("name", ["a\0b", "\ud800", "x" * 5000, "٣" * 90])
def test_a_name_no_account_has_is_a_wrong_name(portal, name):
    written = name.encode("utf-8", "surrogatepass")
    form = b"user_name=%s&password=x" % written.replace(b"\0", b"%00")

    answer = browser_of(Role.EMPLOYEE).post(
        "/auth/sign-in",
        headers={"content-type": "application/x-www-form-urlencoded"},
        content=form,
    )

    assert answer.headers["location"] == "/sign-in?problem=wrong"


@pytest.mark.parametrize(
    "name",
    [b"../../etc/passwd.txt", b"..\\..\\boot.txt", b"x" * 300, b"\x00\x1b[31m.txt"],
)
def test_a_file_s_name_never_chooses_where_it_is_kept(portal, tmp_path, name):
    browser_of(Role.FINANCE).post(
        "/files/import",
        headers={"content-type": "multipart/form-data; boundary=x"},
        content=FILE % name,
    )

    with Session(portal) as session:
        for kept in session.exec(select(InvoiceImport)).all():
            assert "/" not in kept.file_names[0]
            assert len(kept.file_names[0]) <= 120
    kept_files = {
        path.name for path in (tmp_path / "data").rglob("*") if path.is_file()
    }
    assert all(
        len(one) == 64 or one.startswith(("import-", "secret")) for one in kept_files
    )


def test_a_number_that_is_none_looks_like_a_missing_page(portal):
    auditor = browser_of(Role.AUDITOR)

    for number in ("0", "-1", str(2**63), "1 OR 1=1", "\u0661", "None"):
        for address in ADDRESSES:
            answer = auditor.get(address.format(number))
            assert answer.status_code == 404, (address, number)
