"""A proof's paper is kept with its proof, and never without one."""

import pytest

from mobile_selfservice import clock, database
from mobile_selfservice.services.stipends import contract_proofs
from mobile_selfservice.settings import settings
from tests.api.test_claim_files import signed_in
from tests.api.test_import_files import portal  # noqa: F401
from tests.factories import Factory
from tests.services.elected import contract

PDF = b"%PDF-1.7 a bill"


@pytest.fixture
def typed(portal):  # noqa: F811
    """Give an employee's browser, their name and the proof they typed."""
    with database.transaction() as session:
        make = Factory(session)
        person = make.person()
        browser = signed_in(session, make, person)
    return browser, person, type_one(person)


def type_one(person):
    with database.transaction() as session:
        return contract_proofs.type_contract(
            session, person, contract=contract(), now=clock.now()
        )


def hand(browser, proof_id, content=PDF):
    answer = browser.post(
        f"/files/proofs/{proof_id}", files={"file": ("bill.pdf", content)}
    )
    return answer.headers.get("location", "")


def kept():
    folder = settings().proofs_dir
    return sorted(folder.iterdir()) if folder.exists() else []


def test_a_refused_paper_leaves_no_file_and_the_first_stays(typed):
    browser, _, proof_id = typed
    assert "handed_in=1" in hand(browser, proof_id)
    first = kept()

    assert "handed_in=1" in hand(browser, proof_id)  # the same paper: a second click
    assert "problem=changed" in hand(browser, proof_id, PDF + b" and another")

    assert kept() == first
    assert len(first) == 1


def test_a_day_takes_so_many_papers_of_a_person(typed, monkeypatch):
    monkeypatch.setattr(contract_proofs, "MOST_A_DAY", 1)
    browser, person, proof_id = typed
    hand(browser, proof_id)

    assert "problem=many" in hand(browser, type_one(person), PDF + b" 2")

    assert len(kept()) == 1
