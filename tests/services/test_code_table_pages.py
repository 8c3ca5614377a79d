"""The table of rate codes where there are very many: by pages, and quickly."""

import time
from datetime import date

import pytest

from mobile_selfservice.carriers.codes import UsageCode
from mobile_selfservice.models.rate_code import CodeLegend, CodeUse
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.codes import code_setting, code_table
from mobile_selfservice.services.codes.legend_words import LegendWords
from mobile_selfservice.services.codes.table_pages import ROWS_A_PAGE, WantedPages
from tests.factories import NOW
from tests.services.coded import set_code

MANY = 3_000


@pytest.fixture
def finance(make):
    return make.person(Role.FINANCE)


@pytest.fixture
def bill(make):
    return make.bill(make.person(), invoice=make.invoice(carrier="att"))


def table(session, actor, **pages):
    return code_table.table(session, actor, pages=WantedPages(**pages), now=NOW)


def legend(bill, code, words, **details):
    usual = {"usage_class": "unknown", "counts": None}
    return CodeLegend(
        invoice_id=bill.invoice_id,
        carrier="att",
        code=code,
        words=words,
        **(usual | details),
    )


def use(bill, code):
    return CodeUse(
        bill_id=bill.id, code=code, kind="voice", usage_class="unknown", items=1
    )


def test_thousands_of_codes_and_legend_lines_are_shown_fifty_at_a_time(
    session, finance, bill
):
    session.add_all(use(bill, f"Q{n:05}") for n in range(MANY))
    session.add_all(legend(bill, f"Q{n:05}", f"Plan {n}") for n in range(MANY))
    session.flush()
    before = time.process_time()

    found = table(session, finance, unknown=2)

    assert time.process_time() - before < 5  # each against each took a minute
    shown = found.unknown_shown
    assert (len(found.unknown), shown.count) == (ROWS_A_PAGE, MANY)
    assert (shown.page, shown.pages) == (2, MANY // ROWS_A_PAGE)
    assert found.unknown[0].code.code == f"Q{ROWS_A_PAGE:05}"
    assert found.unknown[0].said.words == f"Q{ROWS_A_PAGE:05}: Plan {ROWS_A_PAGE}"


def test_a_page_that_is_not_there_is_the_last(session, finance, bill):
    session.add_all(use(bill, f"Q{n:02}") for n in range(ROWS_A_PAGE + 1))
    session.flush()

    found = table(session, finance, unknown=99)

    assert (len(found.unknown), found.unknown_shown.page) == (1, 2)


def test_what_was_said_and_taken_back_is_turned_through_too(session, finance):
    for n in range(ROWS_A_PAGE + 1):
        done = set_code(session, finance, code=f"Q{n}", valid_from=date(2026, 3, 1))
        if n:
            set_code(session, finance, code=f"Z{n}")
        code_setting.withdraw(
            session, finance, code_id=done.code_id, reason="It was wrong", now=NOW
        )
    set_code(session, finance, code="Z99")

    first, second = table(session, finance), table(session, finance, mapped=2)

    assert (len(first.mapped), len(second.mapped)) == (ROWS_A_PAGE, 1)
    assert (len(first.withdrawn), first.withdrawn_shown.count) == (
        ROWS_A_PAGE,
        ROWS_A_PAGE + 1,
    )


def test_the_newest_words_count_however_the_code_is_written(session, bill):
    for line in (
        legend(bill, "RM45", "Old words", usage_class="free", counts=False),
        legend(bill, "rm-45", "Rollover", usage_class="allowance", counts=True),
        legend(bill, "", "Daytime", period="DT"),
        legend(bill, "RM45", "At night", period="NT"),
        legend(bill, "", "Nothing at all"),
    ):
        session.add(line)
        session.flush()

    said = LegendWords(session, bill.employer_id).said("att", UsageCode("RM45", "DT"))

    assert said.words == "DT: Daytime; rm-45: Rollover"
    assert said.treatment == ("allowance", True)
    assert LegendWords(session, bill.employer_id).said("att", UsageCode("")).words == ""
