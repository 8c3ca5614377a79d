"""Import a month of a million items beside its floors, on both databases.

The floor on SQLite is `sqlite3 .import` of the raw text, on PostgreSQL COPY of the same
rows, ready, into a table like ours. By itself: `python -m scripts.import_figures`.
"""

import json
import os
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import psutil

from mobile_selfservice.carriers.layout import Layout
from mobile_selfservice.carriers.verizon import layout as verizon

LINES, ITEMS_A_LINE = 2_000, 500
FIRST_DAY = date(2026, 1, 17)
PLACES = ("Lodi CA", "Stockton CA", "Tracy CA", "Fresno CA", "Galt CA", "Incoming CL")
PRICE = (verizon.AIRTIME, verizon.LONG_DISTANCE, verizon.TOTAL)
HEAD = {
    verizon.PROFILE: "1234567",
    verizon.CYCLE: "Feb 16, 2026",
    verizon.ACCOUNT: "742000000-00001",
    verizon.INVOICE: "9876543210",
    verizon.PERIOD: "Jan 17 -Feb 16 ",
}
LOOK_EVERY = 0.05
COLUMNS = (
    "bill_id, row_no, usage_class, counts, kind, started, is_late, direction, party, "
    "party_type, origin, destination, quantity, unit, rate_period, usage_code, "
    "airtime, extra, tax, description"
)


@dataclass(frozen=True)
class Found:
    """What one import took, in seconds and megabytes; what others waited, in ms."""

    wall: float
    cpu: float
    trial: float
    publishing: float
    megabytes: float
    wait_alone: float
    wait_meanwhile: float
    longest: float
    floor: float


def measure(folder: Path, url: str) -> Found:
    """Import the month into an empty, migrated database; the folder is for its files.

    A second process writes a row twenty times a second, as people's marks do, before
    the import and during it.
    """
    files = folder / "month"
    if not files.exists():
        write_month(files)
    environment = {
        **os.environ,
        "DATABASE_URL": url,
        "DATA_DIR": str(folder / f"data-{url.partition(':')[0]}"),
        "SECRET_KEY": "to measure with",
    }
    alembic = [sys.executable, "-m", "alembic", "upgrade", "head"]
    subprocess.run(alembic, env=environment, check=True, capture_output=True)
    own = [sys.executable, "-m", "scripts.import_figures"]
    subprocess.run([*own, "prepare"], env=environment, check=True)
    with _writing(own, environment) as alone:
        time.sleep(5)
    with _writing(own, environment) as meanwhile:
        done = subprocess.run(
            [*own, "import", str(files)],
            env=environment,
            check=True,
            capture_output=True,
            text=True,
        )
    found = json.loads(done.stdout.splitlines()[-1])
    floor = _postgres_floor(url) if url.startswith("postgres") else _floor(files)
    return Found(
        **found,
        wait_alone=_p95(alone),
        wait_meanwhile=_p95(meanwhile),
        longest=max(meanwhile),
        floor=floor,
    )


def _p95(milliseconds: list[float]) -> float:
    return statistics.quantiles(milliseconds, n=20)[-1]


@contextmanager
def _writing(own: list[str], environment: dict[str, str]) -> Iterator[list[float]]:
    """Write small rows beside; the milliseconds of each are there at the end."""
    waits: list[float] = []
    process = subprocess.Popen(
        [*own, "write"],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield waits
    finally:
        said, _ = process.communicate()
        waits += json.loads(said)


def _floor(files: Path) -> float:
    with tempfile.TemporaryDirectory() as folder:
        columns = ", ".join(f"c{at}" for at in range(len(verizon.USAGE.headings)))
        typed = (
            "PRAGMA journal_mode=wal; PRAGMA synchronous=normal;"
            f"CREATE TABLE raw ({columns});\n.mode tabs\n"
            f".import --skip 1 {files / 'usage.txt'} raw\n"
        )
        began = time.perf_counter()
        subprocess.run(
            ["sqlite3", f"{folder}/floor.db"],
            input=typed,
            text=True,
            check=True,
            capture_output=True,
        )
        return time.perf_counter() - began


def _postgres_floor(url: str) -> float:
    import psycopg

    with tempfile.TemporaryFile() as file, psycopg.connect(url) as connection:
        cursor = connection.cursor()
        with cursor.copy(f"COPY usage_item ({COLUMNS}) TO STDOUT") as out:
            for block in out:
                file.write(block)
        cursor.execute("CREATE TABLE floor (LIKE usage_item INCLUDING ALL)")
        file.seek(0)
        began = time.perf_counter()
        with cursor.copy(f"COPY floor ({COLUMNS}) FROM STDIN") as copy:
            while block := file.read(1 << 20):
                copy.write(block)
        connection.commit()
        took = time.perf_counter() - began
        cursor.execute("DROP TABLE floor")
    return took


def write_month(folder: Path) -> None:
    """Write the four files of a month, always the same."""
    folder.mkdir(parents=True)
    chance = random.Random(11)
    total = f"{LINES * 40}.00"
    stated = {"Monthly Charges": total, "Total Current Charges": total}
    nothing = dict.fromkeys(verizon.ACCOUNT_STATED.values(), "0.00")
    account = {**HEAD, **nothing, **stated, "Total Amount Due": total}
    _write(folder / "accounts.txt", verizon.ACCOUNTS, iter([account]))
    _write(folder / "lines.txt", verizon.LINES, map(_line, range(LINES)))
    _write(folder / "charges.txt", verizon.CHARGES, map(_charge, range(LINES)))
    _write(folder / "usage.txt", verizon.USAGE, _usage(chance))


def _write(path: Path, layout: Layout, rows: Iterator[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        file.write("\t".join(layout.headings) + "\r\n")
        for row in rows:
            cells = (row.get(heading, "") for heading in layout.headings)
            file.write("\t".join(cells) + "\n")


def _number(at: int) -> dict[str, str]:
    written = f"209-{200 + at // 10_000}-{at % 10_000:04}"
    return {**HEAD, verizon.NUMBER: written, verizon.USER: f"EMPLOYEE {at:05}"}


def _line(at: int) -> dict[str, str]:
    nothing = dict.fromkeys(verizon.LINE_STATED.values(), "0.00")
    own = {"Monthly Charges": "40.00", verizon.TOTAL_CHARGES: "40.00"}
    return {**_number(at), **nothing, **own, verizon.PLAN: "PLAN 400"}


def _charge(at: int) -> dict[str, str]:
    return {
        **_number(at),
        verizon.ITEM_CATEGORY: "Monthly Charges",
        verizon.ITEM_DESCRIPTION: "Plan 400",
        verizon.SHARE: "Plan",
        verizon.COST: "40.00",
    }


def _usage(chance: random.Random) -> Iterator[dict[str, str]]:
    for at in range(LINES):
        known = [_someone(chance) for _ in range(60)]
        for _ in range(ITEMS_A_LINE):
            is_known = chance.random() < 0.7
            other = chance.choice(known) if is_known else _someone(chance)
            yield {**_number(at), **_item(chance, other)}


def _someone(chance: random.Random) -> str:
    area, exchange = chance.randrange(200, 999), chance.randrange(200, 999)
    return f"{area}-{exchange}-{chance.randrange(10_000):04}"


def _item(chance: random.Random, other: str) -> dict[str, str]:
    kind = chance.choices(("Voice", "Messaging", "Data"), (60, 30, 10))[0]
    day = FIRST_DAY + timedelta(days=chance.randrange(31))
    hour, minute = chance.randrange(24), chance.randrange(60)
    row = {
        verizon.USAGE_CATEGORY: kind,
        verizon.DATE: f"{day:%m/%d}",
        verizon.TIME: f"{hour % 12 or 12}:{minute:02}{'A' if hour < 12 else 'P'}",
        verizon.OTHER_PARTY: other,
        verizon.RATE: chance.choice(("Peak", "Off-Peak")),
        verizon.ORIGIN: chance.choice(PLACES[:-1]),
        **dict.fromkeys(
            (verizon.AIRTIME, verizon.LONG_DISTANCE, verizon.TOTAL), "0.00"
        ),
    }
    if kind == "Voice":
        row |= {
            verizon.USAGE_TYPE: "PlanAllow",
            verizon.DESTINATION: chance.choice(PLACES),
        }
        return row | {verizon.QUANTITY: str(chance.randrange(1, 30))}
    if kind == "Messaging":
        word = chance.choice(("Text Sent", "Text Rcv'd"))
        return row | {verizon.DESCRIPTION: word, verizon.QUANTITY: "1"}
    row[verizon.OTHER_PARTY] = ""
    return row | {verizon.QUANTITY: str(chance.randrange(1, 90_000))}


def _prepare() -> None:
    """Found a town with one person of finance."""
    from mobile_selfservice.database import transaction
    from mobile_selfservice.services.actors import Role
    from tests.factories import Factory

    with transaction() as session:
        Factory(session).person(Role.FINANCE)


def _import(folder: Path) -> dict[str, float]:
    """Import for real, as the command does."""
    from mobile_selfservice.database import reading
    from mobile_selfservice.jobs import import_invoice
    from mobile_selfservice.services.invoices import import_files
    from mobile_selfservice.services.invoices.operators import operator_named
    from mobile_selfservice.settings import settings
    from tests.factories import NOW

    with reading() as session:
        actor = operator_named(session, "person1", NOW)
    with _memory() as memory:
        began, cpu = time.perf_counter(), time.process_time()
        kept = [
            import_files.store_path(settings().uploads_dir, path, 1 << 40)
            for path in sorted(folder.iterdir())
        ]
        run = import_invoice.begin(actor, kept)
        import_invoice.try_out(run)
        tried = time.perf_counter()
        import_invoice.publish(import_invoice.begin_publishing(actor, run.import_id))
        done = time.perf_counter()
        used = time.process_time() - cpu
    return {
        "wall": done - began,
        "cpu": used,
        "trial": tried - began,
        "publishing": done - tried,
        "megabytes": memory["peak"] - memory["idle"],
    }


@contextmanager
def _memory() -> Iterator[dict[str, float]]:
    """Watch this process: what it holds before, and the most it holds meanwhile."""
    process, done = psutil.Process(), threading.Event()
    now = process.memory_info().rss / 1e6
    seen = {"idle": now, "peak": now}

    def watch() -> None:
        while not done.wait(LOOK_EVERY):
            seen["peak"] = max(seen["peak"], process.memory_info().rss / 1e6)

    watcher = threading.Thread(target=watch)
    watcher.start()
    yield seen
    done.set()
    watcher.join()
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3
    seen["peak"] = max(seen["peak"], most)


def _write_beside() -> list[float]:
    """Write one row twenty times a second until the standard input closes."""
    from sqlalchemy import text

    from mobile_selfservice.database import transaction

    ended = threading.Event()
    threading.Thread(
        target=lambda: (sys.stdin.read(), ended.set()), daemon=True
    ).start()
    waits = []
    while not ended.wait(LOOK_EVERY):
        began = time.perf_counter()
        with transaction() as session:
            session.execute(text("UPDATE person SET email = email WHERE id = 1"))
        waits.append((time.perf_counter() - began) * 1000)
    return waits


def main(words: list[str]) -> int:
    """Measure both; or do one part of it, in a process of its own."""
    if words[:1] == ["prepare"]:
        _prepare()
    elif words[:1] == ["import"]:
        print(json.dumps(_import(Path(words[1]))))
    elif words[:1] == ["write"]:
        print(json.dumps(_write_beside()))
    else:
        with tempfile.TemporaryDirectory(prefix="import-") as folder, postgres() as url:
            for each in (f"sqlite:///{folder}/portal.db", url):
                print(each.partition(":")[0], measure(Path(folder), each))
    return 0


@contextmanager
def postgres() -> Iterator[str]:
    """Give an empty PostgreSQL: TEST_DATABASE_URL, else one started for the while."""
    if given := os.environ.get("TEST_DATABASE_URL"):
        yield given
        return
    import pgserver

    with tempfile.TemporaryDirectory(prefix="portal-postgres-") as folder:
        server: Any = pgserver.get_server(folder)
        yield server.get_uri()
        server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
