"""A call belongs to who held the line at that moment, whoever holds it later."""

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import col, select

from mobile_selfservice.models.invoice import Bill, BillState, UsageItem
from mobile_selfservice.models.line import LineHolding
from mobile_selfservice.models.review import ItemMark
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.invoices import invoice_import, line_holding
from mobile_selfservice.services.invoices.line_holding import CallsBefore, NewHolding
from mobile_selfservice.services.refusals import Refused
from tests.carriers.verizon_month import Month
from tests.factories import NOW

FIRST = "+12095550101"  # 13 items from 12/15 to 01/06, period 12/17 to 01/16
NEW_YEAR = date(2022, 1, 1)


@pytest.fixture
def month(tmp_path):
    return Month(tmp_path)


@pytest.fixture
def finance(make):
    return make.person(Role.FINANCE)


@pytest.fixture
def line(make):
    return make.line(number=FIRST)


def hold(make, line, person, held_from, held_until=None):
    make.save(
        LineHolding(
            line_id=line.id,
            person_id=person.person_id,
            department_id=person.department_id,
            held_from=held_from,
            held_until=held_until,
        )
    )
    return person


@pytest.fixture
def before(make, line):
    return hold(make, line, make.person(), date(2020, 1, 1), NEW_YEAR)


@pytest.fixture
def after(make, line, before):
    return hold(make, line, make.person(), NEW_YEAR)


def take_in(session, actor, month):
    return invoice_import.take_in(session, actor, sources=month.write(), now=NOW)


def bills(session, number=FIRST) -> list[Bill]:
    found = select(Bill).where(Bill.number == number, Bill.state != "superseded")
    return list(session.exec(found.order_by(col(Bill.part))))


def days_of(session, bill) -> list[date]:
    found = select(UsageItem).where(UsageItem.bill_id == bill.id)
    return sorted(item.started.date() for item in session.exec(found))


def test_each_holder_gets_a_bill_of_the_calls_of_their_own_days(
    session, month, finance, before, after
):
    take_in(session, finance, month)

    last, first = bills(session)
    assert (last.holder_id, first.holder_id) == (after.person_id, before.person_id)
    assert days_of(session, first) == [date(2021, 12, 15), date(2021, 12, 31)]
    assert min(days_of(session, last)) == NEW_YEAR
    assert (last.part_from, first.part_through) == (NEW_YEAR, date(2021, 12, 31))


def test_the_line_costs_the_last_holder_and_its_items_are_counted_once(
    session, month, finance, before, after
):
    take_in(session, finance, month)

    last, first = bills(session)
    assert (first.cost, first.base_charge) == (0, 0)
    assert last.cost > 0
    assert (first.item_count, last.item_count) == (2, 9)
    assert (first.voice_minutes, first.counted_minutes) == (Decimal(5), 4)
    assert last.message_count == 2


def test_both_parts_draw_on_the_minutes_of_the_line(
    session, month, finance, before, after
):
    month.add(
        *("charges", 5),
        itemcategory="Voice",
        itemtype="minutes",
        itemdescription="PLAN MINUTES",
        allowance="200",
    )
    take_in(session, finance, month)

    last, first = bills(session)
    alone = bills(session, "+12095550102")[0]
    assert (last.pool_of, first.pool_of) == (last.line_id, last.line_id)
    assert first.allowance_minutes == 0
    assert (last.pool_minutes, last.allowance_minutes) == (200, 200)
    assert alone.pool_of is None


def test_late_use_is_the_earlier_holders_though_the_period_is_not(
    session, make, month, finance, line
):
    gone = hold(make, line, make.person(), date(2020, 1, 1), date(2021, 12, 17))
    now = hold(make, line, make.person(), date(2021, 12, 17))

    take_in(session, finance, month)

    last, first = bills(session)
    assert (last.holder_id, first.holder_id) == (now.person_id, gone.person_id)
    assert days_of(session, first) == [date(2021, 12, 15)]


def test_nobody_is_given_the_calls_of_days_on_which_nobody_held_the_line(
    session, make, month, finance, line
):
    hold(make, line, make.person(), date(2020, 1, 1), date(2021, 12, 20))
    hold(make, line, make.person(), date(2022, 1, 3))

    take_in(session, finance, month)

    _, _, nobodys = bills(session)
    assert nobodys.holder_id is None
    assert days_of(session, nobodys) == [date(2021, 12, 31), NEW_YEAR]


def test_calls_after_a_line_was_given_back_are_nobodys(
    session, make, month, finance, line
):
    gone = hold(make, line, make.person(), date(2020, 1, 1), date(2022, 1, 4))

    take_in(session, finance, month)

    last, first = bills(session)
    assert (last.holder_id, first.holder_id) == (None, gone.person_id)
    assert min(days_of(session, last)) == date(2022, 1, 4)


def test_a_line_whose_earlier_holder_made_no_call_stays_one_bill(
    session, make, month, finance, line
):
    hold(make, line, make.person(), date(2020, 1, 1), date(2021, 12, 10))
    hold(make, line, make.person(), date(2021, 12, 10))

    take_in(session, finance, month)

    assert [bill.part for bill in bills(session)] == [1]


def test_the_first_holder_ever_has_the_calls_before_their_first_day_too(
    session, make, month, finance, line
):
    holder = hold(make, line, make.person(), NEW_YEAR)

    take_in(session, finance, month)

    [bill] = bills(session)
    assert bill.holder_id == holder.person_id


def corrected(month):
    """The same download, one call of January cheaper."""
    month.set("usage", 7, longdistothercharges="1.07", total="1.07")
    return month.set("lines", 1, usageandpurchasecharges="16.07", totalcharges="74.51")


def mark(make, bill, item, person):
    make.save(
        ItemMark(
            item_id=item.id,
            bill_id=bill.id,
            mark="personal",
            reason="",
            marked_by=person.person_id,
            marked_at=NOW,
        )
    )


def test_a_corrected_invoice_keeps_each_holders_marks(
    session, make, month, finance, before, after
):
    take_in(session, finance, month)
    _, first = bills(session)
    item = session.exec(select(UsageItem).where(UsageItem.bill_id == first.id)).first()
    mark(make, first, item, before)

    take_in(session, finance, corrected(month))

    _, again = bills(session)
    assert again.id != first.id
    assert first.state == BillState.SUPERSEDED
    marks = session.exec(select(ItemMark).where(ItemMark.bill_id == again.id)).all()
    assert [one.marked_by for one in marks] == [before.person_id]


def test_an_unchanged_line_moves_on_with_all_its_parts(
    session, month, finance, before, after
):
    take_in(session, finance, month)
    ids = [bill.id for bill in bills(session)]
    month.set("lines", 2, username="SOMEBODY ELSE")

    take_in(session, finance, month)

    assert [bill.id for bill in bills(session)] == ids
    assert len({bill.invoice_id for bill in bills(session)}) == 1


def test_a_line_of_which_one_part_is_signed_is_left_as_it_is(
    session, make, month, finance, before, after
):
    take_in(session, finance, month)
    _, first = bills(session)
    first.state = BillState.CERTIFIED
    make.save(first)
    ids = [bill.id for bill in bills(session)]

    take_in(session, finance, corrected(month))

    assert [bill.id for bill in bills(session)] == ids


def give(session, actor, bill, person, day):
    return line_holding.assign_holder(
        session,
        actor,
        bill_id=bill.id,
        holding=NewHolding(person.person_id, day),
        now=NOW,
    )


def holdings(session, line) -> list[tuple[int, date, date | None]]:
    found = select(LineHolding).where(LineHolding.line_id == line.id)
    rows = session.exec(found.order_by(col(LineHolding.held_from)))
    return [(held.person_id, held.held_from, held.held_until) for held in rows]


def test_the_days_nobody_held_a_line_are_given_for_these_days_alone(
    session, make, month, finance, line
):
    first = hold(make, line, make.person(), date(2020, 1, 1), date(2021, 12, 20))
    last = hold(make, line, make.person(), date(2022, 1, 3))
    take_in(session, finance, month)
    _, _, gap = bills(session)
    days = line_holding.first_days(session, finance, bill_id=gap.id, now=NOW)
    between = make.person()

    assert days.suggested == date(2021, 12, 20)
    assert give(session, finance, gap, between, days.suggested) == 1

    assert gap.holder_id == between.person_id
    assert holdings(session, line) == [
        (first.person_id, date(2020, 1, 1), date(2021, 12, 20)),
        (between.person_id, date(2021, 12, 20), date(2022, 1, 3)),
        (last.person_id, date(2022, 1, 3), None),
    ]


@pytest.mark.parametrize("day", [date(2022, 1, 2), date(2022, 1, 16)])
def test_the_days_nobody_held_a_line_are_not_given_from_a_later_day(
    session, make, month, finance, line, day
):
    hold(make, line, make.person(), date(2020, 1, 1), date(2021, 12, 20))
    last = hold(make, line, make.person(), date(2022, 1, 3))
    take_in(session, finance, month)
    _, _, gap = bills(session)

    with pytest.raises(Refused):
        give(session, finance, gap, make.person(), day)

    assert gap.holder_id is None
    assert holdings(session, line)[-1] == (last.person_id, date(2022, 1, 3), None)


def test_a_new_holder_is_not_given_calls_from_before_their_first_day(
    session, make, month, finance, line
):
    hold(make, line, make.person(), date(2020, 1, 1), date(2021, 10, 1))
    take_in(session, finance, month)
    [bill] = bills(session)

    with pytest.raises(CallsBefore, match="2021-12-15"):
        give(session, finance, bill, make.person(), date(2022, 1, 5))

    assert bill.holder_id is None
    days = line_holding.first_days(session, finance, bill_id=bill.id, now=NOW)
    assert give(session, finance, bill, make.person(), days.suggested) == 1


def test_who_gets_the_line_does_not_get_the_days_before_that_were_nobodys(
    session, make, month, finance, line
):
    hold(make, line, make.person(), date(2020, 1, 1), date(2021, 12, 20))
    hold(make, line, make.person(), date(2022, 1, 3), date(2022, 1, 4))
    take_in(session, finance, month)
    last, _, gap, _ = bills(session)

    assert give(session, finance, last, make.person(), date(2022, 1, 4)) == 1

    assert gap.holder_id is None


def test_a_line_on_two_invoices_is_told_apart_on_both(
    session, month, finance, before, after
):
    for table, row in (("accounts", 0), ("lines", 1)):
        month.add(table, row, invoicenumber="9876543211")
    for row in (1, 3):
        month.add("usage", row, invoicenumber="9876543211")

    take_in(session, finance, month)

    parts = [(bill.invoice_id, bill.part) for bill in bills(session)]
    assert len(parts) == 4
    assert len({invoice_id for invoice_id, part in parts if part == 2}) == 2
