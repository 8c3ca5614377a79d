"""Which part of a bill the address asks for, so that it can be gone back to."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from mobile_selfservice.components.forms import Option
from mobile_selfservice.services import address
from mobile_selfservice.services.bills.item_choice import Items

NUMBERS, DAYS = "numbers", "days"
MARK_OPTIONS = (
    Option("", "Everything"),
    Option("unmarked", "Not marked yet"),
    Option("personal", "Personal"),
    Option("business", "Business"),
    Option("incidental", "Incidental"),
    Option("not_sure", "Not sure"),
)
KIND_OPTIONS = (
    Option("", "Everything"),
    Option("voice", "Calls"),
    Option("message", "Texts"),
    Option("data", "Data"),
    Option("extra", "Add-ons and purchases"),
)


@dataclass(frozen=True)
class Shown:
    """The view, what narrows it, and the page."""

    view: str = NUMBERS
    show: str = ""
    kind: str = ""
    page: int = 1

    @property
    def items(self) -> Items:
        """Say which items that is."""
        return Items(kind=self.kind, marked=self.show)


def read(query: Mapping[str, str]) -> Shown:
    """Read what an address asks for; every part is a claim."""
    return Shown(
        view=address.one_of(query, "view", (NUMBERS, DAYS)) or NUMBERS,
        show=address.one_of(query, "show", _values(MARK_OPTIONS)),
        kind=address.one_of(query, "kind", _values(KIND_OPTIONS)),
        page=address.whole_number(query, "page") or 1,
    )


def write(bill_id: int, shown: Shown, **parts: str | int) -> str:
    """Write the address that asks for this, with some parts changed."""
    wanted = replace(shown, **parts)
    usual = Shown()
    said = {
        part: getattr(wanted, part)
        for part in ("view", "show", "kind", "page")
        if getattr(wanted, part) != getattr(usual, part)
    }
    return f"/bills/{bill_id}?{urlencode(said)}" if said else f"/bills/{bill_id}"


def _values(options: tuple[Option, ...]) -> tuple[str, ...]:
    return tuple(option.value for option in options)
