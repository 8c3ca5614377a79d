"""Lines that share a plan, and the minutes kept on a bill's row."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import event

from mobile_selfservice.models.invoice import BillState
from mobile_selfservice.models.review import ItemMark
from mobile_selfservice.policy.parameters import Setting
from mobile_selfservice.policy.voice_terms import IncidentalExempts, VoiceTerms
from mobile_selfservice.services.bills import bill_rating, plan_minutes
from mobile_selfservice.services.policy_in_force import packaged
from tests.factories import NOW


def shared(make, holder, invoice, overage="0.00", **details):
    usual = {"plan_kind": "pooled", "allowance_minutes": 200}
    return make.bill(
        holder,
        invoice=invoice,
        overage_charged=Decimal(overage),
        **(usual | details),
    )


def used(make, bill, minutes, use=""):
    item = make.call(bill, quantity=Decimal(minutes))
    if use:
        make.save(
            ItemMark(
                item_id=item.id,
                bill_id=bill.id,
                mark=use,
                reason="emergency" if use == "incidental" else "",
                marked_by=bill.holder_id,
                marked_at=NOW,
            )
        )


@pytest.fixture
def two(session, make):
    """Two lines of 200 minutes each: 440 used, 40 over for $18.00."""
    invoice = make.invoice()
    ann, ben = make.person(), make.person()
    ours = shared(make, ann, invoice, "18.00")
    theirs = shared(make, ben, invoice)
    used(make, ours, 150)
    used(make, ours, 30, "personal")
    used(make, theirs, 260)
    bill_rating.refresh_summary(session, ours)
    return ours, theirs


def overage(rated):
    amounts = {line.label: str(line.amount) for line in rated.form_lines}
    return amounts.get("Overage due to personal calls", "0.00")


def test_the_only_personal_calls_pay_for_what_they_pushed_over(session, two):
    ours, theirs = two
    assert overage(bill_rating.rate(session, ours)) == "13.50"  # 18.00 × 30 ÷ 40
    assert overage(bill_rating.rate(session, theirs)) == "0.00"
    assert str(ours.pool_share) == "13.50"
    assert (ours.counted_minutes, ours.counted_personal) == (180, 30)


def test_when_a_colleague_marks_the_open_bills_share_anew(session, make, two):
    ours, theirs = two
    used(make, theirs, 30, "personal")
    bill_rating.refresh_summary(session, theirs)
    # 470 used, 70 over, 60 of them personal: 18.00 × 60 ÷ 70 = 15.43, by halves.
    shares = [overage(bill_rating.rate(session, bill)) for bill in two]
    assert shares == ["7.72", "7.71"]
    note = bill_rating.rate(session, ours).notes[0]
    assert "may change until you sign" in note


def test_what_is_signed_stays_when_a_colleague_marks_later(session, make, two):
    ours, theirs = two
    ours.state = BillState.CERTIFIED
    make.save(ours)
    used(make, theirs, 30, "personal")

    rated = bill_rating.refresh_summary(session, theirs)

    assert overage(bill_rating.rate(session, ours)) == "13.50"
    assert overage(rated) == "1.93"  # 15.43 due together, 13.50 signed
    assert rated.notes == ()
    steps = [step.text for step in rated.lines[0].explained.steps]
    assert "your line: 30 of 60 personal min, $7.71" in steps
    assert "colleagues have signed for part of it; left for your line: $1.93" in steps


def test_the_size_the_carrier_prints_comes_before_what_the_lines_bring(session, make):
    invoice = make.invoice()
    ours = shared(make, make.person(), invoice, "9.00", pool_minutes=300)
    theirs = shared(make, make.person(), invoice, pool_minutes=300)
    elsewhere = shared(make, make.person(), invoice, pool_minutes=900)
    used(make, ours, 60, "personal")
    used(make, theirs, 270)
    used(make, elsewhere, 800)
    # 330 used of 300, 30 over for $9.00, all of it pushed over by personal calls.
    assert overage(bill_rating.rate(session, ours)) == "9.00"


def test_superseded_lines_and_other_plans_share_nothing(session, make):
    invoice = make.invoice()
    ours = shared(make, make.person(), invoice, "9.00")
    old = shared(make, make.person(), invoice, state=BillState.SUPERSEDED)
    alone = make.bill(make.person(), invoice=invoice)
    used(make, ours, 100, "personal")
    for other in (old, alone):
        used(make, other, 500)
    assert overage(bill_rating.rate(session, ours)) == "0.00"
    pool = plan_minutes.shared_plan(session, ours, VoiceTerms())
    assert pool is not None
    assert len(pool.pool.lines) == 1
    assert plan_minutes.shared_plan(session, alone, VoiceTerms()) is None


def test_a_pool_of_unknown_size_lays_its_overage_on_nobody(session, make):
    ours = shared(make, make.person(), make.invoice(), "9.00", allowance_minutes=None)
    used(make, ours, 900, "personal")
    rated = bill_rating.rate(session, ours)
    assert overage(rated) == "0.00"
    assert rated.is_complete


def test_incidental_minutes_count_where_they_pay_extra_charges(session, make):
    invoice = make.invoice()
    ours = shared(make, make.person(), invoice, "4.50")
    used(make, ours, 195)
    used(make, ours, 15, "incidental")
    assert overage(bill_rating.refresh_summary(session, ours)) == "4.50"
    assert (ours.counted_personal, ours.counted_incidental) == (0, 15)
    free = VoiceTerms(incidental_exempts=IncidentalExempts.ALL)
    strict = replace(free, incidental_allowed=False)
    for terms, personal in ((free, 0), (strict, 15)):
        found = plan_minutes.shared_plan(session, ours, terms)
        assert found is not None
        assert found.pool.lines[0].personal == personal


def test_a_mark_reads_one_row_a_line_and_no_colleagues_call(session, two):
    ours, _ = two
    session.flush()
    asked = []

    def listen(_conn, _cursor, statement, *_rest):
        asked.append(statement)

    event.listen(session.get_bind(), "before_cursor_execute", listen)
    bill_rating.rate(session, ours)
    event.remove(session.get_bind(), "before_cursor_execute", listen)
    assert len([one for one in asked if "usage_item" in one]) == 1
    assert len(asked) == 4


def test_only_begun_minutes_known_to_draw_on_the_plan_count(session, make):
    bill = make.bill(make.person())
    for minutes, counts in (("2.5", True), ("7", None), ("40", False)):
        make.call(bill, quantity=Decimal(minutes), counts=counts)
    make.call(bill, kind="message", unit="message", quantity=Decimal(3))
    assert plan_minutes.counted_of(session, bill.id) == 3
    bill.counted_minutes = 0
    make.save(bill)

    plan_minutes.keep_counted(session, [bill.invoice_id])

    assert bill.counted_minutes == 3


def test_incidental_calls_free_of_everything_pay_nothing_for_the_pool(session, make):
    ours = shared(make, make.person(), make.invoice(), "4.50")
    used(make, ours, 195)
    used(make, ours, 15, "incidental")
    free = Setting(
        "personal_use.incidental.exempts", "all", date(2012, 1, 1), "DCM", "Memo 4"
    )
    edition = packaged("lodi_2011").with_settings([free])

    rated = bill_rating.rate_under(session, ours, edition, date(2026, 3, 16))

    assert overage(rated) == "0.00"


def test_a_flat_rate_pays_no_part_of_a_pool(session, two):
    ours, _ = two
    flat = Setting(
        "personal_use.method", "flat_rate", date(2012, 1, 1), "Council", "Memo 5"
    )
    edition = packaged("lodi_2011").with_settings([flat])

    rated = bill_rating.rate_under(session, ours, edition, date(2026, 3, 16))

    assert (overage(rated), str(rated.due)) == ("0.00", "3.00")
