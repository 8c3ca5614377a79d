"""The table of rate codes: what nobody has mapped, and what depends on it."""

from datetime import date
from decimal import Decimal

import pytest

from mobile_selfservice.carriers.codes import Treatment, UsageCode
from mobile_selfservice.models.invoice import BillState
from mobile_selfservice.models.rate_code import CodeLegend
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.codes import code_setting, code_table
from mobile_selfservice.services.refusals import NotPermitted
from tests.factories import NOW
from tests.services.coded import coded, set_code


@pytest.fixture
def finance(make):
    return make.person(Role.FINANCE)


def table(session, actor):
    return code_table.table(session, actor, now=NOW)


def test_an_unmapped_code_says_how_much_depends_on_it(session, make, finance):
    coded(make, make.person(), airtime=Decimal("0.45"))
    signed = coded(
        make,
        make.person(),
        mark=False,
        invoice=make.invoice(
            carrier="att", month=date(2026, 2, 1), bill_date=date(2026, 2, 16)
        ),
    )
    signed.state = BillState.CERTIFIED
    make.save(signed)

    [code] = table(session, finance).unknown

    assert (code.carrier, code.code) == ("att", UsageCode("XQ11", "DT"))
    assert (code.calls, code.lines, code.minutes) == (2, 2, 28)
    assert code.charged == Decimal("0.45")
    assert (code.first_month, code.last_month) == (date(2026, 2, 1), date(2026, 3, 1))
    assert (code.open_calls, code.first_open) == (1, date(2026, 3, 16))
    assert (code.personal_minutes, code.personal_charged) == (14, Decimal("0.45"))
    assert code_table.worth(14, table(session, finance).rate) == Decimal("1.40")


def test_the_words_of_the_files_legend_stand_beside_it(session, make, finance):
    bill = coded(make, make.person())
    for parts, words, usage_class, counts in (
        ({"code": "XQ11"}, "450 Rollover Mins", "allowance", True),
        ({"code": "", "period": "DT"}, "Daytime", "unknown", None),
        ({"code": "ZZ99"}, "Something else", "free", False),
    ):
        make.save(
            CodeLegend(
                invoice_id=bill.invoice_id,
                carrier="att",
                words=words,
                usage_class=usage_class,
                counts=counts,
                **parts,
            )
        )

    [code] = table(session, finance).unknown

    assert code.said.words == "DT: Daytime; XQ11: 450 Rollover Mins"
    assert code.said.treatment == Treatment("allowance", True)


def test_a_mapped_code_leaves_the_list_and_says_who_mapped_it(session, make, finance):
    coded(make, make.person())
    done = set_code(session, finance)

    found = table(session, make.person(Role.AUDITOR))

    assert (found.unknown, found.may_map) == ([], False)
    [mapped] = found.mapped
    assert (mapped.code_id, mapped.set_by) == (done.code_id, finance.name)
    assert (mapped.waiting, mapped.is_replaced) == (0, False)


def test_a_code_only_signed_bills_still_hold_is_no_longer_unknown(
    session, make, finance
):
    bill = coded(make, make.person())
    bill.state = BillState.CLOSED
    make.save(bill)
    assert table(session, finance).unknown

    set_code(session, finance)

    assert table(session, finance).unknown == []


def test_open_bills_dated_before_the_first_day_keep_the_code_in_the_list(
    session, make, finance
):
    coded(make, make.person())
    set_code(session, finance, valid_from=date(2026, 4, 1))

    [code] = table(session, finance).unknown

    assert code.open_calls == 1


def test_open_bills_left_out_wait_for_a_colleague(session, make, finance):
    coded(make, finance)
    set_code(session, finance)

    [mapped] = table(session, finance).mapped

    assert (mapped.waiting, mapped.is_mine) == (1, True)


def test_what_was_said_before_stays_in_the_table(session, make, finance):
    coded(make, make.person())
    set_code(session, finance)
    second = set_code(session, finance, usage_class="free", counts=False)
    assert [each.is_replaced for each in table(session, finance).mapped] == [
        False,
        True,
    ]

    code_setting.withdraw(
        session, finance, code_id=second.code_id, reason="The first was right", now=NOW
    )

    found = table(session, finance)
    assert [each.is_replaced for each in found.mapped] == [False]
    assert [each.reason for each in found.withdrawn] == ["The first was right"]


def test_codes_of_messages_are_not_listed_for_nothing_depends_on_them(
    session, make, finance
):
    bill = make.bill(make.person())
    make.call(bill, kind="message", unit="message", counts=None, usage_class="unknown")

    assert table(session, finance).unknown == []


def test_a_city_without_any_unmapped_code_has_an_empty_table(session, make, finance):
    make.call(make.bill(make.person()))

    found = table(session, finance)

    assert (found.unknown, found.mapped, found.withdrawn) == ([], [], [])


@pytest.mark.parametrize(
    "role",
    [role for role in Role if role not in code_table.READERS],
    ids=str,
)
def test_others_may_not_read_it(session, make, role):
    with pytest.raises(NotPermitted):
        table(session, make.person(role))
