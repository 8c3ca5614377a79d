"""What happens when in the story: acts in the order of their moments."""

import heapq
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

Act = Callable[[datetime], None]


@dataclass
class Agenda:
    """Acts that are still to come, up to the present of the story."""

    present: datetime
    _waiting: list[tuple[datetime, int, Act]] = field(default_factory=list)
    _turn: "count[int]" = field(default_factory=count)

    def add(self, when: datetime, act: Act) -> None:
        """Plan an act; what lies after the present never happens."""
        when = when.astimezone(UTC)
        if when <= self.present:
            heapq.heappush(self._waiting, (when, next(self._turn), act))

    def after(self, now: datetime, days: float, act: Act) -> None:
        """Plan an act for some days later."""
        self.add(now + timedelta(days=days), act)

    def carry_out(self) -> None:
        """Do everything in order; an act may plan others."""
        while self._waiting:
            when, _, act = heapq.heappop(self._waiting)
            act(when)
