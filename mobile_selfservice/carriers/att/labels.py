"""The columns a customer names itself: `DEPARTMENT NAME`, `UDL 2`, `ASSET TAG`."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mobile_selfservice.carriers.file_findings import FileFindings
from mobile_selfservice.carriers.layout import normalized
from mobile_selfservice.carriers.recognized import RecognizedFile
from mobile_selfservice.carriers.records import Severity

COST_CENTER_WORDS = ("costcenter", "costcentre", "department", "dept", "businessunit")
USER_ID_WORDS = ("employeeid", "employeenumber", "employeeno", "empid", "userid")


@dataclass(frozen=True)
class Labels:
    """Which of a file's own columns name a cost center and an employee's number."""

    cost_center: str
    user_id: str
    unused: tuple[str, ...]


def labels_of(sheet: RecognizedFile) -> Labels:
    """Look among the columns that are not the carrier's."""
    own = list(_own_columns(sheet))
    cost_center = likeliest(own, COST_CENTER_WORDS)
    user_id = likeliest(own, USER_ID_WORDS)
    unused = tuple(name for name in own if name not in (cost_center, user_id))
    return Labels(cost_center, user_id, unused)


def _own_columns(sheet: RecognizedFile) -> Iterator[str]:
    known = {normalized(name) for name in sheet.layout.headings}
    for heading in sheet.columns.headings:
        if normalized(heading) not in known | {""}:
            yield heading.strip()


def likeliest(headings: Iterable[str], words: Iterable[str]) -> str:
    """Give the first heading that holds one of the words, the likelier words first."""
    for word in words:
        for heading in headings:
            if word in normalized(heading):
                return heading
    return ""


def remark(labels: Labels, sheet: RecognizedFile, findings: FileFindings) -> None:
    """Say once what is made of the customer's own columns."""
    line = sheet.rows_before or 1
    for heading, what in (
        (labels.cost_center, "cost center"),
        (labels.user_id, "user ID"),
    ):
        if heading:
            reason = f"Your own column “{heading}” is read as the line's {what}."
            findings.count(reason, Severity.NOTE, line, heading)
    if labels.unused:
        names = ", ".join(f"“{name}”" for name in labels.unused)
        reason = f"The portal has no use for your own columns {names}."
        findings.count(reason, Severity.NOTE, line)
