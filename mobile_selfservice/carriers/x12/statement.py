"""One statement of an 811 (ST to SE) as it streams by, segment by segment."""

from collections import Counter
from collections.abc import Callable, Iterator

from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.records import Charge, Severity, UsageItem
from mobile_selfservice.carriers.x12.calls import Call, Setting
from mobile_selfservice.carriers.x12.charges import ITEMS, Charges
from mobile_selfservice.carriers.x12.elements import BadElement
from mobile_selfservice.carriers.x12.heading import Heading
from mobile_selfservice.carriers.x12.levels import (
    Levels,
    Telephone,
    telephone_in,
    telephone_of_item,
    user_in,
)
from mobile_selfservice.carriers.x12.splitter import Segment

Detail = Charge | UsageItem
LINES_LIMIT = 200_000
SUMMARY = "TDS"
SET_ASIDE = frozenset(
    {"LX", "N2", "N3", "N4", "PER", "DMG", "MEA", "INC", "FA1", "FA2", "III", "DTP"}
    | {"PCT", "LQ", "TRF", "NX2", "MSG", "NTE", "VEH", "QTY", "CTT", "SE", "ST"}
    | {"SI", "REF", "DTM", "N1", "NM1", "ITD", "BIG", "CUR", "BAL", "TDS", "HL"}
    | {"PID", "AMT", "TXI", "ITA", "SAC"}
)
UNREAD = "The segment {id} is not one the portal reads in an 811; it was passed over."
CALL_OF_NOBODY = (
    "A call stands under no telephone number, so it is on no one's bill; its price "
    "counts as the account's."
)
NO_TELEPHONE = (
    "No level of the invoice names a telephone in a way the portal knows, so every "
    "charge counts as the account's and is on no one's bill. Ask the carrier where the "
    "number stands."
)
TOO_MANY = "There are more telephones than any invoice has. Ask the carrier."


class Statement:
    """What the segments of one statement come to."""

    def __init__(self, setting: Setting, findings: FileFindings) -> None:
        self.heading = Heading()
        self.phones: dict[str, Telephone] = {}
        self.counts: Counter[str] = Counter()
        self.segments = 0
        self._setting = setting
        self._findings = findings
        self._levels = Levels()
        self._charges = Charges(setting.invoice, findings)
        self._call: Call | None = None
        self._calls: Counter[str] = Counter()
        self._in_service = False
        self._is_summary = False

    def take(self, segment: Segment) -> Iterator[Detail]:
        """Take a segment, and give the charges and calls it completes."""
        self.segments += 1
        self.counts[segment.id] += 1
        try:
            if segment.id == SUMMARY:
                self._is_summary = True
                yield from self._leave()
            if segment.id == "HL":
                yield from self._begin_level(segment)
            elif self._levels.open and not self._is_summary:
                yield from self._in_level(segment)
            elif segment.id in self._complete and not self._is_summary:
                yield from self._complete[segment.id](segment, None)
            else:
                self._outside(segment)
        except BadElement as bad:
            bad.told(self._findings)

    def end(self, line: int) -> Iterator[Detail]:
        """Give what is still open where the statement ends."""
        yield from self._leave()
        if not self.phones and self._levels.count:
            self._findings.count(NO_TELEPHONE, Severity.WARNING, line)

    def _outside(self, segment: Segment) -> None:
        """Take a segment of the heading or of the summary."""
        if not (self._is_summary and segment.id in ("N1", "REF", "DTM")):
            self.heading.take(segment, self._findings)
        if segment.id == "ST":
            self.heading.control = segment.at(2)
        self._remark_unread(segment)

    def _begin_level(self, segment: Segment) -> Iterator[Detail]:
        yield from self._leave()
        self._levels.begin(segment)

    def _leave(self) -> Iterator[Detail]:
        """Close the call and the charges of the level that ends."""
        yield from self._closed_call()
        yield from self._charges.close()
        self._in_service = False

    def _closed_call(self) -> Iterator[Detail]:
        call, self._call = self._call, None
        if call:
            yield call.item(self._setting)

    def _in_level(self, segment: Segment) -> Iterator[Detail]:
        name = segment.id
        if self._call and name in ("SI", "TXI", "ITA", "QTY"):
            self._call.take(segment)
        elif name == "TCD":
            yield from self._closed_call()
            yield from self._charges.close()
            yield from self._begin_call(segment)
        elif name in ITEMS:
            yield from self._closed_call()
            self._in_service = False
            named = telephone_of_item(segment)
            number = self._known(segment, named).number if named else self._number
            yield from self._charges.begin(segment, self._levels.count, number)
        elif name in self._complete:
            yield from self._complete[name](segment, self._owner)
        else:
            self._describe(segment)

    @property
    def _complete(
        self,
    ) -> dict[str, Callable[[Segment, str | None], Iterator[Charge]]]:
        """Give the readers of charges that are complete as they stand."""
        charges = self._charges
        return {
            "TXI": charges.tax,
            "USD": charges.usage,
            "ITA": charges.allowance,
            "SAC": charges.allowance,
        }

    def _describe(self, segment: Segment) -> None:
        """Take what says more of a charge or of the level."""
        if segment.id == "LX":
            self._in_service = True
        elif segment.id == "PID" and not self._in_service:
            self._charges.describe(segment)
        elif segment.id == "AMT" and not self._in_service:
            self._charges.state_amount(segment)
        elif segment.id in ("SI", "REF", "NM1"):
            self._name(segment)
        self._remark_unread(segment)

    def _name(self, segment: Segment) -> None:
        """Take a telephone's number or its user; within an item they are the item's."""
        found, item = telephone_in(segment), self._charges.open_item
        if found and item:
            item.number = self._known(segment, found).number
        elif found:
            self._known(segment, self._levels.name(found))
        if segment.id == "NM1" and not item and user_in(segment):
            self._levels.name_user(user_in(segment) or "")
        if segment.id == "REF" and not item and not self._levels.telephone:
            self.heading.take(segment, self._findings)

    def _known(self, segment: Segment, phone: Telephone) -> Telephone:
        if phone.number not in self.phones and len(self.phones) >= LINES_LIMIT:
            raise BadElement(segment, 1, TOO_MANY)
        return self.phones.setdefault(phone.number, phone)

    @property
    def _number(self) -> str | None:
        phone = self._levels.telephone
        return phone.number if phone else None

    @property
    def _owner(self) -> str | None:
        """Say whose a charge is: the open item's, else the level's."""
        item = self._charges.open_item
        return item.number if item else self._number

    def _begin_call(self, segment: Segment) -> Iterator[Detail]:
        phone = self._levels.telephone
        row_no = self._calls[phone.number] + 1 if phone else 0
        known = phone or Telephone("", "")
        call = Call(segment, known, row_no, self._findings)
        if phone is None:
            self._findings.count(CALL_OF_NOBODY, Severity.WARNING, segment.line)
            yield call.charge(self._setting)
            return
        self._calls[phone.number] = row_no
        self._call = call
        on = call.day
        self.heading.last_use = max(self.heading.last_use or on, on)

    def _remark_unread(self, segment: Segment) -> None:
        if segment.id not in SET_ASIDE:
            reason = UNREAD.format(id=segment.id[:3])
            self._findings.count(reason, Severity.NOTE, segment.line, segment.id[:3])
