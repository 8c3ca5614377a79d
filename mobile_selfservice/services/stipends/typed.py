"""Reading the forms of an election: what was typed is a claim until it reads right."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from mobile_selfservice.models.stipend import StipendClass
from mobile_selfservice.services.money.typed_amount import dollars_typed
from mobile_selfservice.services.refusals import NotUnderstood, Refused
from mobile_selfservice.services.stipends.approval import StatedNeed
from mobile_selfservice.services.stipends.asking import Wish
from mobile_selfservice.services.stipends.contract_proofs import Contract
from mobile_selfservice.services.stipends.weighing import PhoneCheck

Form = Mapping[str, str]
GROUND = "ground:"
MOST_MONTHS = 240
MOST_DIGITS = 4
YEARS = range(2000, 2101)  # a month outside of them is a slip of the keyboard


class NotTyped(Refused):
    """A field of the form is missing or cannot be read."""

    def __init__(self, what: str, like: str) -> None:
        super().__init__(f"{what} is missing or not clear: {like} Nothing was saved.")


def wish_typed(form: Form) -> Wish:
    """Read what an employee asks for.

    Raises:
        NotTyped, NotUnderstood: if a choice is missing or none of ours.
    """
    return Wish(
        stipend_class=_class(form.get("stipend_class", "")),
        duties=form.get("duties", ""),
        needs_voice=_ticked(form, "needs_voice"),
        device_model=form.get("device_model", ""),
        device_synchronizes=_ticked(form, "device_synchronizes"),
    )


def contract_typed(form: Form) -> Contract:
    """Read what the own contract says.

    Raises:
        NotTyped, NotAnAmount: if the cost, the kind or the end cannot be read.
    """
    kind = form.get("contract_kind", "")
    if kind not in ("monthly", "prepaid"):
        raise NotTyped("The kind of contract", "choose one of the two.")
    return Contract(
        carrier=form.get("carrier", ""),
        plan=form.get("plan", ""),
        monthly_cost=dollars_typed(form.get("monthly_cost", "")),
        is_prepaid=kind == "prepaid",
        is_active=_ticked(form, "is_active"),
        contract_end=_day(form, "contract_end", "The end of the contract"),
    )


def check_typed(form: Form) -> PhoneCheck:
    """Read what Information Systems found.

    Raises:
        NotTyped, NotAnAmount: if a date, an amount or a number cannot be read.
    """
    quote, city = form.get("quote", "").strip(), form.get("city_quote", "").strip()
    return PhoneCheck(
        synchronizes=_ticked(form, "synchronizes"),
        returned_on=_day(form, "returned_on", "The day of the return"),
        quote=dollars_typed(quote) if quote else None,
        carrier=form.get("carrier", "").strip(),
        contract_on=_day(form, "contract_on", "The day of the contract"),
        completed_months=_months(form.get("completed_months", "")),
        city_quote=dollars_typed(city) if city else None,
    )


def need_typed(form: Form) -> StatedNeed:
    """Read the reasons ticked and the shares of the work day.

    Raises:
        NotTyped: if a share is no percentage.
    """
    grounds: dict[str, list[str]] = {}
    for name, said in form.items():
        if name.startswith(GROUND) and name.count(":") == 2 and said:
            _, listed, reason = name.split(":")
            grounds.setdefault(listed, []).append(reason)
    return StatedNeed(
        grounds={name: tuple(reasons) for name, reasons in grounds.items()},
        fixed_share=_share(form.get("fixed_share", "")),
        field_share=_share(form.get("field_share", "")),
    )


def month_typed(text: str) -> date:
    """Read a month as a browser sends it: 2026-07.

    Raises:
        NotTyped: if it is none.
    """
    try:
        month = date.fromisoformat(f"{text.strip()}-01")
    except ValueError:
        raise NotTyped("The last month", "choose a month and a year.") from None
    if month.year not in YEARS:
        raise NotTyped("The last month", "choose a year near this one.")
    return month


def _class(said: str) -> StipendClass:
    if not said:
        raise NotTyped("The class of stipend", "choose one of the two.")
    if said not in set(StipendClass):
        raise NotUnderstood("Choose the class of stipend from the list.")
    return StipendClass(said)


def _ticked(form: Form, name: str) -> bool:
    return form.get(name, "") not in ("", "false")


def _day(form: Form, name: str, what: str) -> date | None:
    said = form.get(name, "").strip()
    if not said:
        return None
    try:
        return date.fromisoformat(said)
    except ValueError:
        raise NotTyped(what, "give the day as in 2026-04-30.") from None


def _months(said: str) -> int:
    text = said.strip()
    if not text:
        return 0
    months = _whole(text)
    if months is None or months > MOST_MONTHS:
        like = f"write a whole number, at most {MOST_MONTHS}."
        raise NotTyped("The months the contract has run", like)
    return months


def _share(said: str) -> Decimal | None:
    text = said.strip().removesuffix("%").strip()
    if not text:
        return None
    percent = _whole(text)
    if percent is None or percent > 100:
        raise NotTyped("A share of the work day", "write percent, from 0 to 100.")
    return Decimal(percent)


def _whole(text: str) -> int | None:
    """Read a short whole number, every digit of it; None where it is none."""
    if not (text.isascii() and text.isdigit()) or len(text) > MOST_DIGITS:
        return None
    return int(text)
