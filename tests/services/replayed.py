"""Certified bills to try a draft on, for the tests about it."""

from datetime import date
from decimal import Decimal

from mobile_selfservice.models.invoice import BillState
from mobile_selfservice.models.review import ItemMark
from mobile_selfservice.policy.parameters import Edition, Setting
from mobile_selfservice.services.bills import bill_rating
from mobile_selfservice.services.policy_in_force import packaged
from mobile_selfservice.services.replay import replay
from mobile_selfservice.services.replay.replay import Course, Question
from tests.factories import MONTH, NOW
from tests.services.money import sign

EARLIER = date(2026, 2, 1)
TWENTY_CENTS = Setting(
    key="personal_use.voice_rate_per_min",
    value="0.20",
    valid_from=date(2011, 3, 2),
    set_by="City Council",
    authority="Draft",
)


def dearer() -> Edition:
    """The Lodi policy at twenty cents a minute instead of ten."""
    return packaged("lodi_2011").with_settings([TWENTY_CENTS])


def certifying(session, make):
    """Return a function that makes a certified bill with personal minutes."""

    def build(holder, minutes, invoice=None, owed=None, **details):
        bill = make.bill(holder, invoice=invoice, **details)
        if minutes:
            use(make, bill, minutes)
        bill.owed = bill_rating.rate(session, bill).due if owed is None else owed
        bill.state = BillState.CLOSED
        sign(make, bill, bill.owed)
        return bill

    return build


def use(make, bill, minutes, mark="personal", **details):
    item = make.call(bill, quantity=Decimal(minutes), **details)
    make.save(
        ItemMark(
            item_id=item.id,
            bill_id=bill.id,
            mark=mark,
            marked_by=bill.holder_id,
            marked_at=NOW,
        )
    )


def tried(session, actor, draft, first=MONTH, last=MONTH, **given):
    session.flush()
    reader = replay.reader_of(actor)
    return replay.replay(
        session, reader, Question(draft, first, last), Course(), **given
    )
