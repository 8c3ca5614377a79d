"""What one click costs, on screen, on the wire and in the server."""

import statistics
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

CLICKS, VISITS, WARM_UP = 200, 7, 5
# Resolves with the milliseconds from the click to the new text, and to its frame.
PRESS = """async ([button, total, turn]) => {
  const buttons = document.querySelectorAll(button);
  const text = () => document.querySelector(total).textContent;
  const before = text();
  return await new Promise((done, failed) => {
    setTimeout(() => failed(new Error('the total stayed ' + before)), 30000);
    const began = performance.now();
    new MutationObserver((_, watch) => {
      if (text() === before) return;
      watch.disconnect();
      const changed = performance.now() - began;
      requestAnimationFrame(() => setTimeout(
        () => done([changed, performance.now() - began])));
    }).observe(document.body, {subtree: true, childList: true, characterData: true});
    buttons[turn % buttons.length].click();
  });
}"""
FIRST = """selector => new Promise(done => {
  const look = () => document.querySelector(selector)
    ? done(performance.now()) : requestAnimationFrame(look);
  look();
})"""


@dataclass
class Clicks:
    """Every click of one page: to the total, to the frame, bytes down, server CPU."""

    total: list[float] = field(default_factory=list)
    paint: list[float] = field(default_factory=list)
    bytes_down: float = 0.0
    cpu: float = 0.0


def cpu_of(pid: int) -> float:
    """Return the CPU milliseconds a server and its workers have used (Linux)."""
    family = [pid, *_children(pid)]
    tasks = (task for one in family for task in Path(f"/proc/{one}/task").iterdir())
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e6


def _children(pid: int) -> list[int]:
    found = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    return [grand for one in found for grand in (int(one), *_children(int(one)))]


def press(page: Page, pid: int, button: str, total: str) -> Clicks:
    """Click in turn on every button there is; each click must change the total."""
    for turn in range(WARM_UP):
        page.evaluate(PRESS, [button, total, turn])
    found, down = Clicks(), _bytes_down(page)
    before, began = down(), cpu_of(pid)
    for turn in range(WARM_UP, WARM_UP + CLICKS):
        changed, painted = page.evaluate(PRESS, [button, total, turn])
        found.total.append(changed)
        found.paint.append(painted)
        page.wait_for_timeout(30)
    found.cpu = (cpu_of(pid) - began) / CLICKS
    found.bytes_down = (down() - before) / CLICKS
    return found


def _bytes_down(page: Page) -> Callable[[], int]:
    """Count what comes down the websocket from now on."""
    seen = [0]
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")

    def came(frame: dict[str, Any]) -> None:
        seen[0] += len(frame["response"]["payloadData"].encode())

    session.on("Network.webSocketFrameReceived", came)
    return lambda: seen[0]


def first_row(open_page: Callable[[], Page], url: str, row: str) -> tuple[float, float]:
    """Return the median ms to the first row, cold, and the kB the page transfers."""
    times, sizes = [], []
    for _ in range(VISITS):
        page, size = open_page(), [0.0]
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on(
            "Network.loadingFinished",
            lambda done, size=size: size.append(done["encodedDataLength"]),
        )
        page.goto(url, wait_until="commit")
        times.append(page.evaluate(FIRST, row))
        page.wait_for_timeout(700)
        sizes.append(sum(size) / 1000)
        page.context.close()
    return statistics.median(times), statistics.median(sizes)
