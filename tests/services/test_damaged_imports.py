"""A damaged download is imported wholly or not at all, whoever's it is."""

import io
import random

import pytest
from sqlmodel import func, select

from mobile_selfservice.carriers.archive import NamedStream
from mobile_selfservice.models.invoice import Bill, BillCharge, Invoice, UsageItem
from mobile_selfservice.services.actors import Role
from mobile_selfservice.services.invoices import invoice_import
from mobile_selfservice.services.refusals import Refused
from tests.carriers.damaged import damaged
from tests.carriers.specimens import SPECIMENS, read_files
from tests.factories import NOW

BILLED = [name for name in SPECIMENS if name not in ("att inventory", "mapped columns")]


@pytest.mark.parametrize("name", BILLED)
def test_a_damaged_download_is_imported_wholly_or_not_at_all(session, make, name):
    finance = make.person(Role.FINANCE)
    specimen, chance = SPECIMENS[name](), random.Random(name)
    for _ in range(6):
        files = damaged(chance, specimen.files)
        expected = read_files(files, specimen.guidance)
        attempt = session.begin_nested()
        before = counted(session)
        try:
            done = take_in(session, finance, files)
        except Refused:
            assert counted(session) == before
        else:
            lines = sum(len(one.lines) for one in expected.invoices.values())
            items = sum(one.item_count for one in expected.invoices.values())
            after = counted(session)
            assert (done.bills, done.items) == (lines, items)
            assert after[UsageItem] - before[UsageItem] == items
            assert after[Bill] - before[Bill] == lines
        attempt.rollback()


def take_in(session, actor, files):
    streams = [NamedStream(name, io.BytesIO(text)) for name, text in files.items()]
    return invoice_import.take_in(session, actor, sources=streams, now=NOW)


def counted(session):
    return {
        table: session.exec(select(func.count()).select_from(table)).one()
        for table in (Invoice, Bill, BillCharge, UsageItem)
    }
