"""A YAML file as values that know the line they stand on and how they were written."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

LARGEST = 16_000_000
KINDS = {
    "tag:yaml.org,2002:null": "nothing",
    "tag:yaml.org,2002:bool": "a yes or no",
    "tag:yaml.org,2002:int": "a number",
    "tag:yaml.org,2002:float": "a number",
    "tag:yaml.org,2002:timestamp": "a date",
    "tag:yaml.org,2002:str": "text",
}


class Unreadable(Exception):  # noqa: N818
    """A file, a case or a field cannot be read; the message says where and why."""


@dataclass(frozen=True, slots=True)
class Node:
    """One value of the file: its line, and its text, its list or its fields.

    `kind` says how it was written: text, a number, a date, a yes or no, nothing, a
    list or fields. The text is the file's own, so that no number goes through a float.
    """

    line: int
    kind: str
    text: str = ""
    items: tuple["Node", ...] = ()
    fields: Mapping[str, "Node"] = field(default_factory=dict)


def read(path: Path) -> Node:
    """Read one file.

    Raises:
        Unreadable: if the file is missing, too large or not YAML, with the line.
    """
    try:
        if path.stat().st_size > LARGEST:
            raise Unreadable(f"{path}: is larger than {LARGEST:,} bytes")
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise Unreadable(f"{path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise Unreadable(f"{path}: is not UTF-8 text") from error
    return parse(text, str(path))


def parse(text: str, name: str) -> Node:
    """Read the text of a file; `name` is what messages call it.

    Raises:
        Unreadable: if the text is not YAML, with the line.
    """
    try:
        root = yaml.compose(text, yaml.SafeLoader)
    except yaml.YAMLError as error:
        problem = getattr(error, "problem", None) or str(error)
        raise Unreadable(f"{name}{_where(error)}: is not YAML: {problem}") from error
    except RecursionError as error:
        raise Unreadable(f"{name}: is nested too deeply") from error
    if root is None:
        raise Unreadable(f"{name}: is empty; a `cases` list is expected")
    return _Reader(name).node(root)


def _where(error: yaml.YAMLError) -> str:
    mark = getattr(error, "problem_mark", None)
    return f", line {mark.line + 1}" if mark else ""


class _Reader:
    """Turns what the YAML library composed into nodes, each once."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._done: dict[int, Node | None] = {}

    def node(self, composed: yaml.Node) -> Node:
        known = id(composed)
        if known not in self._done:
            self._done[known] = None  # being read: met again, it holds itself
            self._done[known] = self._fresh(composed)
        node = self._done[known]
        if node is None:
            raise Unreadable(f"{self._place(composed)}: a value holds itself")
        return node

    def _fresh(self, composed: yaml.Node) -> Node:
        line = composed.start_mark.line + 1
        if isinstance(composed, yaml.SequenceNode):
            items = tuple(self.node(item) for item in composed.value)
            return Node(line, "a list", items=items)
        if isinstance(composed, yaml.MappingNode):
            return Node(line, "fields", fields=self._fields(composed))
        kind = KINDS.get(composed.tag)
        if kind is None:
            raise Unreadable(f"{self._place(composed)}: cannot use {composed.tag}")
        return Node(line, kind, text=composed.value)

    def _fields(self, composed: yaml.MappingNode) -> dict[str, Node]:
        fields: dict[str, Node] = {}
        for key, value in composed.value:
            if not isinstance(key, yaml.ScalarNode):
                raise Unreadable(f"{self._place(key)}: a field needs a plain name")
            if key.value in fields:
                raise Unreadable(f"{self._place(key)}: `{key.value}` is there twice")
            fields[key.value] = self.node(value)
        return fields

    def _place(self, composed: yaml.Node) -> str:
        return f"{self._name}, line {composed.start_mark.line + 1}"
