"""The list of corrections in words."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal

from mobile_selfservice.pages.corrections.view import corrections_view
from mobile_selfservice.services.money.corrections import (
    CorrectionSeen,
    CorrectionsPage,
)

SEEN = CorrectionSeen(
    correction_id=1,
    bill_id=3,
    invoice_id=5,
    holder="Wren Ames",
    department="Library",
    number="+12095550142",
    month=date(2026, 3, 1),
    state="proposed",
    is_gone=False,
    cost_before=Decimal("40.00"),
    cost_after=Decimal("42.00"),
    owed_before=Decimal("3.00"),
    owed_after=Decimal("3.00"),
    difference=Decimal("0.00"),
    edition="2011",
    working=(),
    problem="",
    marks_carried=0,
    marks_lost=0,
    proposed_at=datetime(2026, 4, 10, 17, 0, tzinfo=UTC),
    decided_by="",
    decided_at=None,
    reason="",
    version=1,
    is_own=False,
)


def shown(seen, invoice_id=None):
    page = CorrectionsPage(rows=(seen,), count=1, page=1, pages=1)
    return corrections_view(page, "proposed", invoice_id)


def test_a_correction_that_changes_nothing_owed_says_nought_dollars():
    assert shown(SEEN).rows[0].difference == "$0.00"


def test_a_difference_nobody_can_work_out_is_not_known():
    row = shown(replace(SEEN, owed_after=None, difference=None)).rows[0]

    assert (row.difference, row.owed) == ("Not known", "$3.00, now not known")


def test_the_choices_keep_to_the_invoice_that_was_asked_for():
    links = shown(SEEN, invoice_id=5).links

    assert [one.href for one in links[:2]] == [
        "?show=proposed&invoice=5",
        "?show=accepted&invoice=5",
    ]
    assert [one.is_shown for one in links] == [True, False, False, False]
    assert shown(SEEN).links[0].href == "?show=proposed"
