"""Measure the portal beside its floor, and write the table of docs/performance.md.

Run it on a quiet machine, with CHROMIUM naming a browser: `make figures`. It takes some
minutes, works in a folder of its own and leaves var/ alone. Linux only: CPU time is
read from /proc.

With `transfer` and the address of a demo city that runs it measures only what a bill
transfers, which no other work on the machine changes, and writes that row alone.
"""

import os
import platform
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Playwright, sync_playwright

from mobile_selfservice.demo import people
from scripts import clicks, counter_app, import_figures, rating_floor
from tests.portal import free_port

ROOT = Path(__file__).parents[1]
DOCUMENT = ROOT / "docs" / "performance.md"
PORTAL = (sys.executable, "-m", "mobile_selfservice")
TABLE = re.compile(r"(?<=<!-- measured -->\n).*?(?=<!-- end -->)", re.DOTALL)
MARKS = ".segments input[value=business], .segments input[value=personal]"
SERVED = {
    "REFLEX_ENV_MODE": "prod",
    "__REFLEX_SKIP_COMPILE": "1",
    "__REFLEX_MOUNT_FRONTEND_COMPILED_APP": "1",
}
DRAFT = """
[edition]
id = "twelve-cents"
extends = "alder_creek"
title = "Twelve cents a minute"
source = "To measure with"
[values]
"personal_use.voice_rate_per_min" = [
  { from = 2011-03-02, value = "0.12", authority = "Draft" },
]
"""
ANEW = re.compile(r"(load average over the run [\d.]+)\.(?: Page transfer: [\d-]+\.)?")
OUTCOME = "[aria-label='What this bill comes to']"


@dataclass(frozen=True)
class Figure:
    """One thing measured: what came out, the floor beside it, and the goal."""

    what: str
    measured: str
    floor: str = ""
    goal: str = ""

    def row(self) -> str:
        """Write it as a row of the table."""
        return f"| {self.what} | {self.measured} | {self.floor} | {self.goal} |"


def main() -> int:
    """Measure everything and write it down, or only what a screen transfers."""
    if sys.argv[1:2] == ["transfer"]:
        return _transfer_anew(sys.argv[2])
    with tempfile.TemporaryDirectory(prefix="figures-") as folder:
        figures = [*_figures(Path(folder))]
    cores, now = os.cpu_count(), datetime.now(UTC)
    load = os.getloadavg()[2]
    head = (
        f"\nMeasured on {now:%Y-%m-%d}, {cores} cores, Python "
        f"{platform.python_version()}, load average over the run {load:.1f}.\n\n"
        "| What | Measured | Floor | Goal |\n|---|---|---|---|\n"
    )
    table = head + "\n".join(figure.row() for figure in figures) + "\n\n"
    text = DOCUMENT.read_text("utf-8")
    DOCUMENT.write_text(TABLE.sub(lambda _: table, text), "utf-8")
    print(table)
    return 0


def _transfer_anew(url: str) -> int:
    """Measure what the bill transfers at a demo city that runs, and write that row."""
    with tempfile.TemporaryDirectory(prefix="figures-") as folder:
        counter, floor = _counter(Path(folder))
        with (
            _up(_granian(floor), counter, floor | SERVED),
            sync_playwright() as playwright,
        ):
            browser = _browser(playwright)
            page, _ = _signed_in(browser, url)
            bill, who = _first_bill(page, url), page.context.storage_state()
            *_, transfer = _first_rows(browser, bill, floor["PUBLIC_URL"], who)
            browser.close()
    row = re.compile(rf"^\| {transfer.what} \|.*$", re.MULTILINE)
    said = rf"\1. {transfer.what}: {datetime.now(UTC):%Y-%m-%d}."
    text = row.sub(transfer.row(), ANEW.sub(said, DOCUMENT.read_text("utf-8")))
    DOCUMENT.write_text(text, "utf-8")
    print(transfer.row())
    return 0


def _figures(folder: Path) -> Iterator[Figure]:
    environment = _environment(folder / "portal")
    yield from _demo(environment)
    yield from _replaying(environment)
    yield from _reading(folder / "portal", environment)
    yield from _rating(folder)
    yield from _importing(folder / "import")
    with _up([*PORTAL, "start"], ROOT, environment) as (_, seconds):
        yield Figure("Start that builds the screens", f"{seconds:.0f} s")
    counter, floor = _counter(folder)
    with _up([*PORTAL, "start"], ROOT, environment) as (pid, seconds):
        yield Figure("Second start", f"{seconds:.1f} s", "", "below 10 s")
        with _up(_granian(floor), counter, floor | SERVED) as (floor_pid, _):
            url, bare = environment["PUBLIC_URL"], floor["PUBLIC_URL"]
            yield from _pages(url, pid, bare, floor_pid)


def _counter(folder: Path) -> tuple[Path, dict[str, str]]:
    """Build the floor; return where it is and what it is served with."""
    counter = counter_app.write(folder / "counter")
    floor = _environment(folder / "counter-data")
    counter_app.build(counter, floor)
    return counter, floor


def _demo(environment: dict[str, str]) -> Iterator[Figure]:
    _timed("migrate", environment)
    wall, cpu, said = _timed("demo", environment)
    items = re.findall(r"with ([\d,]+) items", said)[-1]
    cost = f"{wall:.0f} s, {cpu:.0f} s of CPU, {items} items"
    yield Figure("Building the demo city, 200 people, 12 months", cost, "", "90 s")


def _reading(folder: Path, environment: dict[str, str]) -> Iterator[Figure]:
    file = max(folder.rglob("*.zip"), key=lambda path: path.stat().st_size)
    wall, cpu, said = _timed("read", environment, str(file))
    counts = re.findall(r"([\d,]+) \w+ items", said)
    items = sum(int(count.replace(",", "")) for count in counts)
    cost = f"{wall:.1f} s, {cpu:.1f} s of CPU for {items:,} items"
    yield Figure(f"`read` of one month ({file.stat().st_size / 1e6:.1f} MB)", cost)


def _replaying(environment: dict[str, str]) -> Iterator[Figure]:
    draft = Path(environment["DATA_DIR"]) / "draft.toml"
    draft.write_text(DRAFT, "utf-8")
    until = date.today().replace(day=1)  # noqa: DTZ011 the demo's months end before it
    months = ("--from", f"{until.year - 1}-{until:%m}", "--to", f"{until:%Y-%m}")
    wall, cpu, said = _timed("policy", environment, "replay", str(draft), *months)
    bills = re.findall(r"([\d,]+ certified bills with [\d,]+ items)", said)[-1]
    cost = f"{wall:.1f} s, {cpu:.1f} s of CPU for {bills}"
    yield Figure("`policy replay` of twelve months of the demo city", cost, "", "10 s")


def _rating(folder: Path) -> Iterator[Figure]:
    for words, count, per_bill in (
        ("one statement of 1,000,000 items", 1_000_000, 1_000_000),
        ("333 bills of 3,000 items", 999_000, 3_000),
    ):
        data_dir = folder / f"rating-{per_bill}"
        _timed("migrate", _environment(data_dir))
        found = rating_floor.measure(data_dir / "portal.db", count, per_bill)
        yield Figure(
            f"Rating {words}, with every working",
            f"{found.portal:.2f} s of CPU ({found.portal / found.floor:.0f}×)",
            f"{found.floor:.3f} s in numpy",
            "10× the floor",
        )


def _importing(folder: Path) -> Iterator[Figure]:
    with import_figures.postgres() as postgres:
        for name, url, ratio in (
            ("SQLite", f"sqlite:///{folder}/portal.db", 2.5),
            ("PostgreSQL", postgres, 2),
        ):
            folder.mkdir(exist_ok=True)
            found = import_figures.measure(folder, url)
            what = f"Importing 1,000,000 items into {name}"
            yield Figure(
                f"{what}: trial and publication",
                f"{found.trial:.1f} s and {found.publishing:.1f} s, {found.cpu:.1f} s "
                f"of CPU ({found.wall / found.floor:.1f}×)",
                f"{found.floor:.1f} s",
                f"{ratio}× the floor",
            )
            memory = f"{found.megabytes:.0f} MB above idle"
            yield Figure(f"{what}: memory", memory, "", "150 MB")
            yield Figure(
                f"{what}: a small write of somebody else, p95",
                f"{found.wait_meanwhile:.1f} ms, the longest {found.longest:.0f} ms",
                f"{found.wait_alone:.1f} ms without",
                "2× without",
            )


def _pages(url: str, pid: int, bare: str, floor_pid: int) -> Iterator[Figure]:
    with sync_playwright() as playwright:
        browser = _browser(playwright)
        page, seconds = _signed_in(browser, url)
        yield Figure("Signing in, to the first screen", f"{seconds * 1000:.0f} ms")
        bill = _first_bill(page, url)
        cookies = page.context.storage_state()
        yield from _first_rows(browser, bill, bare, cookies)
        floor_page = browser.new_page()
        floor_page.goto(bare)
        floor_page.wait_for_timeout(2_000)
        floor = clicks.press(floor_page, floor_pid, "button.press", "#total")
        page.goto(bill)
        page.wait_for_selector(MARKS)
        page.wait_for_timeout(2_000)
        yield from _click_figures(clicks.press(page, pid, MARKS, OUTCOME), floor)
        browser.close()


def _browser(playwright: Playwright) -> Browser:
    return playwright.chromium.launch(
        executable_path=os.environ.get("CHROMIUM") or None, args=["--no-sandbox"]
    )


def _first_rows(browser: Browser, bill: str, bare: str, who: Any) -> Iterator[Figure]:
    def visitor() -> Page:
        return browser.new_context(storage_state=who).new_page()

    floor_ms, floor_size = clicks.first_row(visitor, bare, "#total")
    ms, size = clicks.first_row(visitor, bill, MARKS)
    yield Figure(
        "First row of a 3,000-item bill, cold",
        f"{ms:.0f} ms ({ms / floor_ms:.1f}×)",
        f"{floor_ms:.0f} ms",
        "2× the floor",
    )
    goal = "250 kB"
    yield Figure("Page transfer", f"{size:.0f} kB", f"{floor_size:.0f} kB", goal)


def _click_figures(found: clicks.Clicks, floor: clicks.Clicks) -> Iterator[Figure]:
    ratio = _p95(found.total) / _p95(floor.total)
    marked = f"{_both(found.total)} ({ratio:.1f}×)"
    yield Figure(
        "Mark to new total, p50 / p95", marked, _both(floor.total), "2× the floor, p95"
    )
    yield Figure("Mark to paint, p50 / p95", _both(found.paint), _both(floor.paint))
    down = f"{found.bytes_down:.0f} B", f"{floor.bytes_down:.0f} B"
    yield Figure("Bytes down for a mark", *down, "200 B")
    cpu = f"{found.cpu:.1f} ms", f"{floor.cpu:.1f} ms"
    yield Figure("Server CPU for a mark", *cpu, "5 ms")


def _both(times: list[float]) -> str:
    return f"{statistics.median(times):.1f} / {_p95(times):.1f} ms"


def _p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def _signed_in(browser: Browser, url: str) -> tuple[Page, float]:
    page = browser.new_page()
    page.goto(f"{url}/sign-in")
    page.get_by_label("User name").fill(people.BUSIEST.user_name)
    page.get_by_label("Password").fill(people.PASSWORD)
    began = time.perf_counter()
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_selector("main a[href*='/bills/']")
    return page, time.perf_counter() - began


def _first_bill(page: Page, url: str) -> str:
    link = page.locator("main a[href*='/bills/']").first.get_attribute("href") or ""
    number = re.findall(r"/bills/(\d+)", link)[0]
    return f"{url}/bills/{number}?view=days"


def _timed(
    command: str, environment: dict[str, str], *words: str
) -> tuple[float, float, str]:
    before, began = _cpu_of_commands(), time.monotonic()
    done = subprocess.run(
        [*PORTAL, command, *words],
        cwd=ROOT,
        env=environment,
        check=False,  # `read` tells by its code whether the invoice ties
        capture_output=True,
        text=True,
    )
    took = time.monotonic() - began
    return took, _cpu_of_commands() - before, done.stdout


def _cpu_of_commands() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


@contextmanager
def _up(
    command: list[str], folder: Path, environment: dict[str, str]
) -> Iterator[tuple[int, float]]:
    """Start a server; give its process and how many seconds it took to answer."""
    began = time.monotonic()
    server = subprocess.Popen(
        command, cwd=folder, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        _wait(f"{environment['PUBLIC_URL']}/")
        yield server.pid, time.monotonic() - began
    finally:
        server.terminate()
        server.wait(timeout=30)


def _wait(address: str) -> None:
    for _ in range(3_000):
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.1)
    raise TimeoutError(f"{address} never answered")


def _granian(environment: dict[str, str]) -> list[str]:
    served = ("--interface", "asgi", "--factory", "--host", "127.0.0.1")
    port = environment["PORT"]
    return [
        *(sys.executable, "-m", "granian", *served, "--port", port),
        "counter.counter:app",
    ]


def _environment(data_dir: Path) -> dict[str, str]:
    port = free_port()
    data_dir.mkdir(parents=True)
    return {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "PORT": str(port),
        "PUBLIC_URL": f"http://localhost:{port}",
        "DATA_DIR": str(data_dir),
        "REFLEX_WEB_WORKDIR": str(data_dir / "web"),
        "REFLEX_USE_NPM": "1",
        "REFLEX_TELEMETRY_ENABLED": "false",
        "REFLEX_CHECK_LATEST_VERSION": "false",
    }


if __name__ == "__main__":
    sys.exit(main())
