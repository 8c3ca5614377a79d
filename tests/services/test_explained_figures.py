from datetime import date, timedelta
from decimal import Decimal

import pytest

from mobile_selfservice.models.invoice import BillState
from mobile_selfservice.models.organization import Employer
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.explain.explained_figures import (
    FIGURES,
    explain,
    explain_to_operator,
)
from mobile_selfservice.services.refusals import NotPermitted
from mobile_selfservice.services.statements import (
    certification,
    certified,
    director_review,
    statement,
)
from tests.factories import NOW
from tests.services.money import confirm, hand_in
from tests.services.setting import mark, set_value

RECEIVED, DUE = date(2026, 4, 1), date(2026, 5, 1)


@pytest.fixture
def director(make):
    return make.person(Role.DIRECTOR)


@pytest.fixture
def employee(make, director):
    return make.person()


@pytest.fixture
def bill(session, make, employee):
    """Make a bill with one personal call of 14 minutes, received April 1."""
    bill = make.bill(employee, received_on=RECEIVED, due_on=DUE)
    make.call(bill)
    mark(session, employee, bill)
    return bill


def certify(session, employee, bill, now=NOW):
    prepared = certification.prepare(session, employee, bill_id=bill.id, now=now)
    certification.certify(
        session, employee, bill_id=bill.id, signature=prepared.draft.signature, now=now
    )


def send_back(session, director, bill, now=NOW):
    signed = certified.latest(session, bill.id)
    director_review.return_with_reason(
        session,
        director,
        bill_id=bill.id,
        certification_id=signed.id,
        reason="Look at the calls again, please.",
        now=now,
    )


def opened(session, actor, figure, bill, now=NOW):
    return explain(session, actor, figure=figure, record=str(bill.id), now=now)


def texts(found):
    return [step.text for step in found.steps]


def test_the_holder_opens_what_an_open_bill_comes_to(session, employee, bill):
    found = opened(session, employee, "bill", bill)

    assert found.working.said == "$1.40"
    assert found.about == "March 2026, " + found.about.partition(", ")[2]
    assert any("14" in text and "$0.10" in text for text in texts(found))
    assert "Nothing is signed yet" in found.working.known
    assert found.is_own
    assert not found.is_signed


def test_the_value_behind_names_its_day_and_who_set_it(session, employee, bill):
    found = opened(session, employee, "bill", bill)

    [rate] = found.working.values
    assert rate.key == "personal_use.voice_rate_per_min"
    assert rate.words == "$0.10 per minute"
    assert rate.valid_from == date(2011, 3, 2)
    assert rate.set_by
    assert rate.clause.startswith("Lodi 2011 §3.B.1")


def test_a_reading_is_told_with_its_sentence_and_that_nobody_adopted_it(
    session, employee, bill
):
    found = opened(session, employee, "due-date", bill)

    [reading] = found.readings
    assert reading.number == "AMB-32"
    assert "30 days from department receipt" in reading.sentence
    assert reading.chosen.startswith("The time starts when Finance releases")
    assert reading.adopted == ""


def test_an_adopted_reading_names_who_adopted_it(session, make, employee, bill):
    office = make.person(Role.COUNSEL)
    set_value(
        session,
        office,
        key="deadlines.roll",
        said="next_business_day",
        valid_from="2026-03-01",
        adopts=True,
    )

    [reading] = opened(session, employee, "due-date", bill).readings

    assert reading.adopted.startswith("adopted March 1, 2026 by the ")
    assert "Memo 12" in reading.adopted


def test_a_certified_bill_is_told_in_the_words_that_were_signed(
    session, employee, director, bill
):
    certify(session, employee, bill)
    signed = statement.statement_of(session, employee, bill_id=bill.id, now=NOW)
    later = NOW + timedelta(days=200)

    for reader in (employee, director):
        found = opened(session, reader, "bill", bill, later)
        told = [step.text for part in found.working.parts[:-1] for step in part.steps]
        assert told == [step["text"] for line in signed.working for step in line.steps]
        assert "These are the words that were signed" in found.working.known
        assert found.is_signed


def test_a_signed_value_stays_as_it_was_signed(session, employee, bill):
    certify(session, employee, bill)

    [rate] = opened(session, employee, "bill", bill).working.values

    assert rate.words == "$0.10 per minute"
    assert rate.label


def test_an_unsigned_amount_is_its_holders_alone(session, make, director, bill):
    for reader in (director, make.person(Role.FINANCE), make.person(Role.AUDITOR)):
        for figure in ("bill", "credit", "minutes", "statement", "balance"):
            with pytest.raises(NotPermitted):
                opened(session, reader, figure, bill)
        assert opened(session, reader, "due-date", bill).working.said


@pytest.mark.parametrize("figure", [name for name in FIGURES if "team" not in name])
def test_an_outsider_and_a_missing_record_look_the_same(session, make, figure, bill):
    outsider = make.person(department=make.city.library)
    certify_nothing = str(10**9)

    for record in (str(bill.id), certify_nothing, "0", "x", "", "1-2026-03"):
        with pytest.raises(NotPermitted):
            explain(session, outsider, figure=figure, record=record, now=NOW)


def test_there_is_no_figure_of_another_name(session, employee, bill):
    for name in ("", "bills", "__class__"):
        with pytest.raises(NotPermitted):
            opened(session, employee, name, bill)


def test_the_due_date_is_counted_from_the_release(session, employee, bill):
    found = opened(session, employee, "due-date", bill)

    assert found.working.said == "Friday, May 1, 2026"
    assert texts(found) == [
        "received Wednesday, April 1, 2026, which does not count; "
        "30 calendar days later is Friday, May 1, 2026"
    ]
    assert next(value.words for value in found.working.values) == "30 days"
    assert found.working.notes == ()


def test_a_weekend_moves_the_due_date_and_the_working_says_so(session, make, employee):
    moved = make.bill(employee, received_on=date(2026, 4, 2), due_on=date(2026, 5, 4))

    said = texts(opened(session, employee, "due-date", moved))

    assert said[-1] == "that is not a business day; the next one is Monday, May 4, 2026"


def test_a_return_gives_another_due_date_with_its_own_working(
    session, employee, director, bill
):
    late = NOW + timedelta(days=20)
    certify(session, employee, bill)
    send_back(session, director, bill, late)

    found = opened(session, employee, "due-date", bill, late)

    assert [part.label for part in found.working.parts] == [
        "From the release",
        "Returned by the director",
    ]
    assert found.working.parts[-1].amount == found.working.said
    assert found.working.notes == ()
    assert "cert.reopen_days" in {value.key for value in found.working.values}


def test_a_date_set_otherwise_is_owned_up_to(session, make, employee):
    odd = make.bill(employee, received_on=RECEIVED, due_on=date(2026, 5, 8))

    found = opened(session, employee, "due-date", odd)

    assert found.working.said == "Friday, May 8, 2026"
    [note] = found.working.notes
    assert "would be Friday, May 1, 2026" in note


def test_a_bill_not_released_has_no_due_date(session, make, employee):
    waiting = make.bill(
        employee, state=BillState.PREPARED, received_on=None, due_on=None
    )
    clerk = make.person(Role.FINANCE)

    for figure in ("due-date", "overdue", "reminders"):
        assert opened(session, clerk, figure, waiting).steps


def test_overdue_is_counted_from_the_day_after_the_last(session, employee, bill):
    on_the_day, after = NOW + timedelta(days=21), NOW + timedelta(days=23)

    assert opened(session, employee, "overdue", bill, on_the_day).working.said == (
        "Not overdue"
    )
    found = opened(session, employee, "overdue", bill, after)
    assert found.working.said == "2 days overdue"
    assert texts(found)[0] == "the bill is not certified"


def test_a_certified_bill_with_its_money_handed_in_is_not_overdue(
    session, employee, bill
):
    certify(session, employee, bill)
    hand_in(session, employee, bill, "1.40")

    found = opened(session, employee, "overdue", bill, NOW + timedelta(days=60))

    assert found.working.said == "Not overdue"
    assert texts(found) == ["certified, and all that is owed was handed in"]


def test_the_balance_names_every_entry(session, make, employee, bill):
    clerk = make.person(Role.FINANCE)
    certify(session, employee, bill)
    confirm(session, clerk, hand_in(session, employee, bill, "0.50"), "0.50")
    hand_in(session, employee, bill, "0.40")

    found = opened(session, clerk, "balance", bill)

    assert found.working.said == "$0.90"
    said = " | ".join(texts(found))
    assert "certified: $1.40" in said
    assert f"received, {clerk.name}, April 10, 2026" in said
    assert "$1.40 − $0.50 = $0.90" in said
    assert "handed in April 10, 2026: $0.40" in said


def test_reminders_are_told_by_their_days(session, employee, bill):
    found = opened(session, employee, "reminders", bill)

    assert found.working.said == "Next: Friday, April 24, 2026"
    assert texts(found)[0] == (
        "7 days before the due date, Friday, April 24, 2026: a letter to the holder"
    )
    assert any("letter to the deputy city manager" in text for text in texts(found))


def test_the_statement_that_fits_is_told_with_why_no_other_does(
    session, employee, bill
):
    found = opened(session, employee, "statement", bill)

    assert found.working.said == "Personal use to reimburse"
    assert "No personal use: no. 1 item is marked personal." in texts(found)


def test_minutes_without_charge_are_counted(session, employee, bill):
    found = opened(session, employee, "minutes", bill)

    assert texts(found)[:3] == [
        "14 personal min are marked",
        "0 of them are not charged",
        "0 min are marked incidental",
    ]


def test_an_invoice_is_added_up(session, make, employee):
    clerk = make.person(Role.FINANCE)
    invoice = make.invoice(
        total_current=Decimal("110.00"), account_level=Decimal("20.00")
    )
    make.bill(employee, invoice=invoice, cost=Decimal("80.00"))

    found = explain(session, clerk, figure="invoice", record=str(invoice.id), now=NOW)

    assert found.working.said == "$10.00 left over"
    assert "$80.00 + $20.00 = $100.00" in texts(found)
    with pytest.raises(NotPermitted):
        explain(session, employee, figure="invoice", record=str(invoice.id), now=NOW)


@pytest.mark.parametrize("figure", [name for name in FIGURES if "team" in name])
def test_a_teams_figures_are_its_directors_and_readers(
    session, make, director, employee, bill, figure
):
    record = f"{make.city.works.id}-2026-03"
    certify(session, employee, bill)

    found = explain(session, director, figure=figure, record=record, now=NOW)

    assert found.steps
    assert found.about == "Public Works, March 2026"
    neighbor = make.person(Role.DIRECTOR, department=make.city.library)
    for stranger in (neighbor, employee, make.person(Role.FINANCE)):
        for asked in (record, f"{make.city.works.id}-never", "9999-2026-03", "3"):
            with pytest.raises(NotPermitted):
                explain(session, stranger, figure=figure, record=asked, now=NOW)


def test_a_teams_personal_share_counts_what_is_certified(
    session, make, director, employee, bill
):
    record = f"{make.city.works.id}-2026-03"

    def said():
        found = explain(
            session, director, figure="team-personal", record=record, now=NOW
        )
        return found.working.said

    assert said() == "$0.00"
    certify(session, employee, bill)
    assert said() == "$1.40"


def test_the_operator_opens_what_is_there_and_nothing_else(session, bill):
    found = explain_to_operator(session, figure="bill", record=str(bill.id), now=NOW)

    assert found.working.said == "$1.40"
    with pytest.raises(NotPermitted):
        explain_to_operator(session, figure="bill", record="9999", now=NOW)


def test_another_employers_bill_is_not_there(session, make, bill):
    other = make.save(
        Employer(name="Elsewhere", time_zone="UTC", policy_edition="lodi_2011")
    )
    clerk = make.person(Role.FINANCE)
    stranger = type(clerk)(
        **{
            **{name: getattr(clerk, name) for name in clerk.__slots__},
            "employer_id": other.id,
        }
    )

    with pytest.raises(NotPermitted):
        opened(session, stranger, "due-date", bill)
