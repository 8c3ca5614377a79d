"""The cases of a file, each with the place it stands at."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from mobile_selfservice.policy_cases import source
from mobile_selfservice.policy_cases.records import Place
from mobile_selfservice.policy_cases.source import Node, Unreadable

NEEDED = ("id", "calc", "given", "expect")
ALLOWED = (
    "id", "clause", "calc", "given", "expect", "why", "interpretation", "variant_of",
    "source",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """One worked example, its facts and expected answers not read yet."""

    place: Place
    line: int
    clause: str
    calc: Node
    given: Node
    expect: Node

    @property
    def name(self) -> str:
        """The id the file gives the case."""
        return self.place.case


def read(path: Path) -> list[Case | Unreadable]:
    """Read the cases of a file; a case that cannot be read stands there as refused.

    Raises:
        Unreadable: if the file as a whole cannot be read.
    """
    return list(_cases(source.read(path), Place(str(path))))


def parse(text: str, name: str) -> list[Case | Unreadable]:
    """Read the cases of a text, as `read` does those of a file.

    Raises:
        Unreadable: if the text as a whole cannot be read.
    """
    return list(_cases(source.parse(text, name), Place(name)))


def _cases(root: Node, place: Place) -> Iterator[Case | Unreadable]:
    listed = root.fields.get("cases")
    if listed is None or listed.kind != "a list":
        raise place.refuse(root, "there is no `cases` list")
    for name, value in root.fields.items():
        if name != "cases":
            raise place.refuse(value, f"`{name}` is unknown here; allowed: cases")
    first_line: dict[str, int] = {}
    for node in listed.items:
        try:
            case = _case(node, place)
            if case.name in first_line:
                where = f"line {first_line[case.name]}"
                raise case.place.refuse(node, f"this id stands already on {where}")
        except Unreadable as refused:
            yield refused
            continue
        first_line[case.name] = node.line
        yield case


def _case(node: Node, place: Place) -> Case:
    if node.kind != "fields":
        raise place.refuse(node, f"a case is expected, not {node.kind}")
    name = node.fields.get("id")
    if name is None or not name.text.strip():
        raise place.refuse(node, "a case without an `id`")
    place = Place(place.file, name.text)
    _check_fields(node, place)
    clause = node.fields.get("clause")
    return Case(
        place=place,
        line=node.line,
        clause=clause.text if clause else "",
        calc=node.fields["calc"],
        given=node.fields["given"],
        expect=node.fields["expect"],
    )


def _check_fields(node: Node, place: Place) -> None:
    for field, value in node.fields.items():
        if field not in ALLOWED:
            listed = ", ".join(ALLOWED)
            reason = f"there is no field `{field}` in a case; allowed: {listed}"
            raise place.refuse(value, reason)
    for field in NEEDED:
        if field not in node.fields:
            raise place.refuse(node, f"`{field}` is missing")
    for field in ("given", "expect"):
        found = node.fields[field]
        if found.kind != "fields":
            reason = f"fields are expected here, not {found.kind}"
            raise place.inner(field).refuse(found, reason)
    if not node.fields["expect"].fields:
        raise place.inner("expect").refuse(node, "no answer is expected")
