"""What the form asks for, read as strictly as an address."""

from collections.abc import Iterator, Mapping
from datetime import date

from mobile_selfservice.jobs.replay_policy import Asked
from mobile_selfservice.services.refusals import NotUnderstood
from mobile_selfservice.services.replay.draft_edition import (
    Change,
    Draft,
    DraftUnreadable,
)

CHANGES = 4


def read(form: Mapping[str, str]) -> Asked:
    """Make a question of the form's fields.

    Raises:
        DraftUnreadable: if a change lacks its figure or its value.
        NotUnderstood: if a month or a day is none.
    """
    draft = Draft(
        text=form.get("draft", "").strip(),
        base=form.get("base", ""),
        changes=tuple(_changes(form)),
    )
    return Asked(draft, _day(form, "first", "-01"), _day(form, "last", "-01"))


def _changes(form: Mapping[str, str]) -> Iterator[Change]:
    for place in range(1, CHANGES + 1):
        key, value = (
            form.get(f"{part}{place}", "").strip() for part in ("figure", "value")
        )
        if not key and not value:
            continue
        if not key or not value:
            raise DraftUnreadable(
                f"Change {place} needs both a figure and its value. Fill in the other, "
                "or clear both."
            )
        yield Change(
            key=key,
            value=value,
            scope=form.get(f"scope{place}", "").strip(),
            valid_from=_day(form, f"from{place}") if form.get(f"from{place}") else None,
        )


def _day(form: Mapping[str, str], name: str, end: str = "") -> date:
    try:
        return date.fromisoformat(form.get(name, "") + end)
    except ValueError:
        raise NotUnderstood("The date cannot be read.") from None
