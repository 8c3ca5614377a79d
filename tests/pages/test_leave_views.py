"""Leave in words: what its person reads, and what Information Systems reads."""

from datetime import date

import pytest

from mobile_selfservice.components.leave_cards import kind_words, line_row
from mobile_selfservice.components.typed_leave import typed_leave
from mobile_selfservice.pages.leave.view import address, leave_view, long_rows
from mobile_selfservice.pages.my_leave.view import my_leave_view, rule_in_words
from mobile_selfservice.policy.explained import Step
from mobile_selfservice.policy.leave import LONG_LEAVE
from mobile_selfservice.services.leave.leave_seen import (
    LeavesPage,
    SeenLeave,
    StipendAway,
)
from mobile_selfservice.services.leave.line_services import LineAway
from mobile_selfservice.services.leave.long_leave_list import (
    LongLeavesPage,
    SeenLongLeave,
)
from mobile_selfservice.services.leave.telling import LeaveDaysWrong, TypedLeave
from mobile_selfservice.services.refusals import NotUnderstood

FIRST, LAST = date(2026, 5, 1), date(2026, 6, 15)
STEP = Step("May 1 to June 15: 46 days, more than 45", LONG_LEAVE, None, "AMB-34")


def leave(**details):
    usual = {
        "leave_id": 7,
        "person": "Robin",
        "department": "Public Works",
        "kind": "sick",
        "first": FIRST,
        "last": LAST,
        "told_on": date(2026, 4, 10),
        "told_by": "Kim",
        "is_over": False,
        "joined": 1,
        "days": 46,
        "limit": 45,
        "is_long": True,
        "notice_on": date(2026, 4, 10),
        "steps": (STEP,),
        "stipend": None,
        "may_suspend": False,
        "unpaid_from": date(2026, 6, 1),
        "lines": (),
    }
    return SeenLeave(**(usual | details))


def page(*rows, limit=45):
    return LeavesPage(
        rows=rows,
        count=len(rows),
        page=1,
        pages=1,
        shown="",
        kinds=("sick", "annual"),
        limit=limit,
        today=FIRST,
    )


def long_leave(**details):
    usual = {
        "long_leave_id": 3,
        "person": "Robin",
        "department": "Public Works",
        "first": FIRST,
        "last": LAST,
        "days": 46,
        "limit": 45,
        "steps": (STEP,),
        "state": "standing",
        "found_on": date(2026, 4, 10),
        "version": 4,
        "lines": (LineAway(9, "+12095550171", "Flip 4"),),
        "may_act": True,
    }
    return SeenLongLeave(**(usual | details))


def long_row(**details):
    (row,) = long_rows([long_leave(**details)])
    return row


def test_a_leave_says_its_days_its_length_and_who_told_it():
    (row,) = my_leave_view(page(leave())).rows

    assert row.days == "May 1, 2026 to June 15, 2026"
    assert (row.how_long, row.standing, row.kind) == (
        "46 days",
        "Long leave",
        "Sick leave",
    )
    assert row.told == "April 10, 2026, by Kim"
    assert (row.first, row.last) == ("2026-05-01", "2026-06-15")
    assert [bar.value for bar in row.bars] == ["46 days", "45 days"]
    assert row.steps[0].text == STEP.text
    assert row.person == ""  # one's own card


def test_an_open_leave_of_several_parts_says_so():
    (row,) = my_leave_view(page(leave(last=None, joined=2))).rows

    assert row.days == "May 1, 2026, end not known yet"
    assert row.how_long == ("46 days so far, 2 leaves without a working day between")


def test_a_kind_that_does_not_count_says_so_and_draws_nothing():
    seen = leave(kind="jury", joined=0, days=0, is_long=False, steps=())
    (row,) = my_leave_view(page(seen)).rows

    assert row.how_long == "The policy counts no leave of this kind"
    assert (row.bars, row.steps) == ([], [])
    assert kind_words("jury") == "Jury leave"


def test_a_stipend_is_named_only_where_the_leave_is_long():
    held = StipendAway(5, (STEP,), None)
    (long,) = my_leave_view(page(leave(stipend=held))).rows
    (short,) = my_leave_view(page(leave(stipend=held, is_long=False))).rows

    assert (long.stipend, long.stipend_href) == ("Holds a stipend", "/phone/stipend")
    assert short.stipend == ""


def test_who_decides_is_led_to_the_stipends_page_and_sees_since_when_it_rests():
    paused = leave(stipend=StipendAway(5, (STEP,), date(2026, 7, 1)))
    (row,) = leave_view("now", page(paused), None).rows

    assert row.stipend == "Stipend suspended from July 2026"
    assert (row.stipend_href, row.may_suspend) == ("/stipends/5", False)


def test_the_rule_names_the_limit_or_that_there_is_none():
    assert "more than 45 days" in rule_in_words(45)
    assert "No longest leave is set" in rule_in_words(None)


def test_a_line_with_nothing_said_can_be_suspended_or_left_on():
    row = long_row()
    (line,) = row.lines

    assert row.asks == "Suspend the service or leave it on, then mark it here."
    assert (line.may_suspend, line.may_leave_on, line.may_put_back) == (
        True,
        True,
        False,
    )
    assert (line.number, line.version, line.long_leave_id) == (
        "(209) 555-0171",
        4,
        3,
    )


def test_a_suspended_line_can_only_be_put_back():
    done = LineAway(9, "+12095550171", "", "suspended", "", date(2026, 5, 2))
    (line,) = long_row(lines=(done,)).lines

    assert line.done == "Service suspended on May 2, 2026"
    assert (line.may_suspend, line.may_leave_on, line.may_put_back) == (
        False,
        False,
        True,
    )


def test_a_return_asks_for_the_service_only_where_it_is_suspended():
    done = LineAway(9, "+12095550171", "", "suspended", "", date(2026, 5, 2))

    assert long_row(state="over", lines=(done,)).asks.startswith("Put the service")
    assert long_row(state="over").asks == ""
    assert long_row(state="fell_away", days=0, limit=0).how_long == (
        "Not longer than the policy’s limit"
    )


def test_an_auditor_has_no_act():
    (line,) = long_row(may_act=False).lines

    may = (line.may_suspend, line.may_leave_on, line.may_put_back)
    assert may == (False, False, False)


def test_a_line_whose_service_is_back_says_since_when():
    back = LineAway(9, "+12095550171", "", back_on=date(2026, 6, 16))

    assert line_row(back).done == "Service back on June 16, 2026"


def test_each_part_of_the_page_is_there_for_whom_it_is():
    long = LongLeavesPage((long_leave(),), 1, 1, 1, "now")
    for_systems = leave_view("now", None, long)
    for_director = leave_view("over", page(leave()), None)

    assert (for_systems.leads, for_systems.reads_long) == (False, True)
    assert (for_director.leads, for_director.reads_long) == (True, False)
    assert [link.is_shown for link in for_director.links] == [False, True]
    assert for_director.rows[0].unpaid_from == "June 2026"
    assert address("over", 2, 3) == "/leave?show=over&page=2&long=3"


def test_a_kind_that_counts_no_more_can_be_kept_and_not_told():
    shown = leave_view("now", page(leave(kind="family")), None)

    assert "family" not in [each.value for each in shown.kinds]
    assert [each.value for each in shown.kinds_to_keep][-1] == "family"


def test_days_are_read_as_the_browser_sends_them():
    typed = typed_leave({"kind": "sick", "first": "2026-05-01", "last": ""})

    assert typed == TypedLeave("sick", FIRST, None)


def test_a_leave_without_a_first_day_is_asked_for_it():
    with pytest.raises(LeaveDaysWrong, match="on which day the leave begins"):
        typed_leave({"kind": "sick", "first": "", "last": "2026-05-01"})


@pytest.mark.parametrize(
    "form_data", [{"first": "soon"}, {"first": "2026-05-01", "last": "x"}]
)
def test_what_is_no_date_is_not_understood(form_data):
    with pytest.raises(NotUnderstood, match="Nothing was changed"):
        typed_leave(form_data)
