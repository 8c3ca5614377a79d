"""What Information Systems types when a phone is ordered, made ready and taken back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from mobile_selfservice.carriers.numbers import wireless_number
from mobile_selfservice.services import free_text
from mobile_selfservice.services.authorizations.typed_fields import Fault, Reader
from mobile_selfservice.services.phones.kit import KIT, RETURNED
from mobile_selfservice.services.phones.serial_number import WrongSerial, serial_typed
from mobile_selfservice.services.refusals import Refused

LONGEST_NOTE = 300
LONGEST_CONTRACT = 120  # months


class FieldsWrong(Refused):
    """Fields that do not read right; `faults` says which, and what to do."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        self.faults = faults
        told = "; ".join(fault.text for fault in faults)
        super().__init__(f"{told}. Nothing was saved.")


@dataclass(frozen=True, slots=True)
class PhoneOrder:
    """What is bought: the phone, on which contract, for how many months, for how much.

    `is_on_state_contract` is also true where it is bought for less.
    """

    model: str
    carrier: str
    contract_reference: str
    contract_months: int
    price: Decimal
    upfront: Decimal | None
    is_on_state_contract: bool
    is_in_catalogue: bool


@dataclass(frozen=True, slots=True)
class ReadyPhone:
    """The thing itself: its tag and serial, the line's number in E.164, its kit."""

    asset_tag: str
    serial: str
    number: str
    kit: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back: on which day, which parts, a note, and if counsel was asked."""

    received_on: date
    parts: tuple[str, ...]
    note: str
    is_consulted: bool


def order_typed(typed: Mapping[str, str]) -> PhoneOrder:
    """Read an order.

    Raises:
        FieldsWrong: naming each field that does not read right.
    """
    reader = Reader(typed)
    months = reader.whole(
        "contract_months", "The length of the contract", most=LONGEST_CONTRACT
    )
    price = reader.money("price", "The price")
    found = PhoneOrder(
        model=reader.words("model", "The model", 80),
        carrier=reader.words("carrier", "The carrier", 60),
        contract_reference=reader.words("contract_reference", "The contract", 80),
        contract_months=months or 0,
        price=price or Decimal(0),
        upfront=reader.money("upfront", "What is paid at the start", needed=False),
        is_on_state_contract=reader.yes("is_on_state_contract"),
        is_in_catalogue=reader.yes("is_in_catalogue"),
    )
    _refuse(reader)
    return found


def ready_typed(typed: Mapping[str, str]) -> ReadyPhone:
    """Read what makes a phone ready.

    Raises:
        FieldsWrong: naming each field that does not read right.
    """
    reader = Reader(typed)
    number = wireless_number(reader.words("number", "The phone number", 30))
    if number is None:
        reader.fault("number", "Type the phone number, such as (209) 555-0142")
    serial = ""
    if said := reader.words("serial", "The IMEI or serial number", 40):
        try:
            serial = serial_typed(said)
        except WrongSerial as wrong:
            text = str(wrong).removesuffix(" Nothing was saved.").removesuffix(".")
            reader.fault("serial", text)
    found = ReadyPhone(
        asset_tag=reader.words("asset_tag", "The asset tag", 40),
        serial=serial,
        number=number or "",
        kit=tuple(part for part in KIT if reader.yes(f"kit_{part}")),
    )
    _refuse(reader)
    return found


def returned_typed(typed: Mapping[str, str]) -> Returned:
    """Read what came back.

    Raises:
        FieldsWrong: naming each field that does not read right.
        CardNumberTyped: if the note holds a card number.
    """
    reader = Reader(typed)
    day = reader.day("received_on", "The day it came back")
    note = free_text.tidy(typed.get("note", ""), "The note", LONGEST_NOTE)
    parts = tuple(part for part in RETURNED if reader.yes(f"back_{part}"))
    if len(parts) < len(RETURNED) and not note:
        reader.fault("note", "Say what is missing, and why")
    _refuse(reader)
    return Returned(day or date.min, parts, note, reader.yes("is_consulted"))


def _refuse(reader: Reader) -> None:
    seen: set[str] = set()
    faults = []
    for fault in reader.faults:
        if fault.field not in seen:
            seen.add(fault.field)
            faults.append(fault)
    if faults:
        raise FieldsWrong(tuple(faults))
