"""`demo`: build an invented city with a year of bills, to look around in."""

import argparse
import time
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from mobile_selfservice import clock
from mobile_selfservice.cli.migrate import refuse_old_tables
from mobile_selfservice.cli.month import month_written
from mobile_selfservice.cli.stopped import Stopped
from mobile_selfservice.database import reading, transaction
from mobile_selfservice.demo import mail, people
from mobile_selfservice.demo.calendar import TIME_ZONE
from mobile_selfservice.demo.city import City, city_of
from mobile_selfservice.demo.invoices import MonthFile, write_every_month
from mobile_selfservice.demo.layouts import LAYOUTS, VERIZON, DemoLayout
from mobile_selfservice.demo.residents import is_inhabited, refuse_inhabited
from mobile_selfservice.demo.story import tell
from mobile_selfservice.jobs.mail_carrier import FileOutbox
from mobile_selfservice.services.people.passwords import hashed
from mobile_selfservice.settings import settings

LONGEST = 36


def add_to(subparsers: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    """Add the command to the operator's commands."""
    parser = subparsers.add_parser(
        "demo",
        help="build an invented city with a year of bills in an empty database",
        description="Draw a city from a seed, write its carrier's files, import them "
        "and let its year happen. The same seed and month give the same city. Never "
        "touches a database that has an employer.",
    )
    parser.add_argument("--employees", type=int, default=200, metavar="N")
    parser.add_argument("--months", type=int, default=12, metavar="N")
    parser.add_argument("--seed", type=int, default=1, metavar="N")
    parser.add_argument(
        "--until",
        type=month_written,
        metavar="YYYY-MM",
        help="the last bill month (the last full month)",
    )
    parser.add_argument(
        "--folder", type=Path, help="where the carrier files go (DATA_DIR/demo_files)"
    )
    parser.add_argument(
        "--carrier",
        choices=sorted(LAYOUTS),
        default=VERIZON.carrier,
        help="whose layout the carrier files are written in (verizon)",
    )
    parser.add_argument(
        "--files-only", action="store_true", help="write the files, import nothing"
    )
    parser.add_argument(
        "--if-empty",
        action="store_true",
        help="do nothing, without complaint, when the database has an employer",
    )
    parser.set_defaults(run=run)


def run(arguments: argparse.Namespace) -> int:
    """Carry out the command and give its exit code."""
    _check(arguments)
    if not arguments.files_only:
        refuse_old_tables()
        with reading() as session:
            if arguments.if_empty and is_inhabited(session):
                return 0
            refuse_inhabited(session)
    began = time.monotonic()
    until = arguments.until or _last_full_month()
    city = city_of(arguments.employees, arguments.months, arguments.seed, until)
    folder = arguments.folder or settings().data_dir / "demo_files"
    size = f"{len(city.people)} people, {len(city.lines)} phones"
    print(f"Building {city.name}: {size}", flush=True)
    files = list(_written(city, folder, LAYOUTS[arguments.carrier]))
    if not arguments.files_only:
        _let_it_happen(city, files)
    print(f"Done in {time.monotonic() - began:.0f} s. The carrier files: {folder}")
    return 0


def _written(city: City, folder: Path, layout: DemoLayout) -> Iterator[MonthFile]:
    for file in write_every_month(city, folder, layout):
        print(
            f"  {file.path.name}: {file.items:,} items, ${file.current:,}", flush=True
        )
        yield file


def _let_it_happen(city: City, files: list[MonthFile]) -> None:
    print(
        "Importing them, and letting the year happen (about a minute) ...", flush=True
    )
    password_hash = hashed(people.PASSWORD)
    with transaction() as session:
        told = tell(session, city, files, password_hash)
        letters = mail.deliver_all(session, FileOutbox(settings().outbox_dir))
    print(
        f"  {told.bills:,} bills with {told.items:,} items; {letters:,} letters in "
        f"{settings().outbox_dir}"
    )


def sign_ins() -> str:
    """List who can sign in to the demo city, and the password they share."""
    width = max(len(person.user_name) for person, _ in people.SIGN_INS)
    rows = [f"  {person.user_name:<{width}}  {who}" for person, who in people.SIGN_INS]
    return "\n".join([f"The password of everybody is {people.PASSWORD}", *rows])


def _check(arguments: argparse.Namespace) -> None:
    if not people.FEWEST <= arguments.employees <= people.MOST:
        raise Stopped(f"--employees: between {people.FEWEST} and {people.MOST}.")
    if not 1 <= arguments.months <= LONGEST:
        raise Stopped(f"--months: between 1 and {LONGEST}.")


def _last_full_month() -> date:
    today = clock.now().astimezone(TIME_ZONE).date()
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)
