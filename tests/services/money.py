"""Signed bills and what happens to their money, for the tests about it."""

from datetime import timedelta
from decimal import Decimal
from itertools import count

from mobile_selfservice.models.invoice import BillState
from mobile_selfservice.models.review import Certification
from mobile_selfservice.services.money import reimbursement, tendering
from mobile_selfservice.services.money.reimbursement import Arrival
from mobile_selfservice.services.money.tendering import Offer
from tests.factories import NOW

_keys = count(1)


def signed_bill(make, holder, owed="12.30", **details):
    """Make a bill its holder has certified, owing this much."""
    usual = {"state": BillState.CERTIFIED, "owed": Decimal(owed)}
    bill = make.bill(holder, **(usual | details))
    sign(make, bill, owed)
    return bill


def sign(make, bill, owed, sequence=1):
    """Put a certification on a bill, as certifying would."""
    make.save(
        Certification(
            bill_id=bill.id,
            sequence=sequence,
            statement="reimbursable",
            sentence="I owe the City.",
            owed=Decimal(owed),
            credit=Decimal("0.00"),
            edition="lodi_2011",
            fingerprint="f" * 64,
            record={},
            certified_by=bill.holder_id,
            certified_at=NOW - timedelta(minutes=60 - sequence),
            certified_on=NOW.date(),
        )
    )


def offer(amount="12.30", method="check", reference="1042", key="", consent=None):
    key = key or f"offer-{next(_keys)}"
    return Offer(method, Decimal(amount), reference, key, consent)


def arrival(amount="12.30", reference="Drawer 2", version=1, key=""):
    return Arrival(Decimal(amount), reference, version, key or f"in-{next(_keys)}")


def hand_in(session, holder, bill, amount="12.30", **details):
    """Hand money in as the holder; return the tender's id."""
    made = tendering.tender(
        session, holder, bill_id=bill.id, offer=offer(amount, **details), now=NOW
    )
    return made.tender_id


def confirm(session, clerk, tender_id, amount="12.30", now=NOW, **details):
    return reimbursement.confirm(
        session,
        clerk,
        tender_id=tender_id,
        arrival=arrival(amount, **details),
        now=now,
    )


def reverse(session, clerk, payment_id, reason="The bank returned the check", key=""):
    return reimbursement.reverse(
        session,
        clerk,
        payment_id=payment_id,
        reason=reason,
        idempotency_key=key or f"back-{next(_keys)}",
        now=NOW,
    )
