"""A node of a scheme as a form. The fields come from the schema of the format, so that a new kind of rule has its form."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from domain.assessment.scheme.json_schema import Schema
from domain.assessment.scheme.vocabulary import LEVELS, TYPES
from domain.assessment.scheme_file.editing import (
    Tree,
    literal,
    quoted,
    value_at,
)
from domain.assessment.scheme_file.schema import FILE, SHARED
from interface.web.kit.forms.form_fields import FormField
from interface.web.kit.page.page import Page
from interface.web.schemes.scheme_tree import (
    FIXED,
    GENERAL,
    KEY,
    NODES,
    PLACE,
    SchemeTree,
    tables,
)
from interface.web.schemes.scheme_words import TYPE_GROUPS
from interface.words import LABELS, label

CHOICES = "scheme_choice"
"""The group of words of what is chosen at a key."""
WORDS = {
    "fact": "fact_kind",
    "window": "window",
    "every": "period",
    "by": "ranked_by",
    "levels": "fact_level",
    "for": "unit_class",
    "targets": "target_kind",
    "demand": "demand",
    "when_not_applicable": "when_not_applicable",
    "ties": "ties",
    "quota_rounding": "quota_rounding",
    "measure.kind": "measure_kind",
    "rule.kind": "rule_kind",
}
"""A key, where it matters after what encloses it, to the group of its words; others stand in ``CHOICES``."""
_PARTED = re.compile(r"[\s,，、;；]+")
_NUMBER = re.compile(r"[+-]?(0|[1-9]\d*)(\.\d+)?", re.ASCII)


@dataclass(frozen=True)
class Piece:
    """A part of a node's form: one ``field``, or ``pieces`` under a legend, or ``rows`` of such, of which more can be added."""

    path: str
    title: str
    field: FormField | None = None
    pieces: Sequence[Piece] = ()
    rows: Sequence[Piece] | None = None
    optional: bool = False
    faults: Sequence[str] = ()
    reading: str = ""
    """How what is typed is read: text, number, day, word, words, list, written."""

    def leaves(self) -> Iterator[Piece]:
        """All that have a field."""
        if self.field is not None:
            yield self
        for each in (*self.pieces, *(self.rows or ())):
            yield from each.leaves()


@dataclass
class SchemeForm(SchemeTree):
    """The tree with the form of the node that is open. ``typed``: what could not be put into the text, by path."""

    typed: dict[str, list[str]] = field(default_factory=dict)

    @cached_property
    def pieces(self) -> list[Piece]:
        """The form of the open node."""
        if not self.open:
            return []
        path = "" if self.open == GENERAL else self.open
        return self._fields(schema_at(path), value_at(self.tree, path) or {}, path, required=True)

    @cached_property
    def faults(self) -> list[str]:
        """What is wrong with the open node and with none of its fields, nor with a node below it."""
        if not self.open:
            return []
        placed = {each.path for piece in self.pieces for each in all_pieces(piece)}
        return [
            said
            for where, said in self.problems
            if self.is_of((where, said), self.open) and where not in placed and not self._is_below(where)
        ]

    def _is_below(self, where: str) -> bool:
        """Whether a place is that of a node below the open one, or in such."""
        own = "" if self.open == GENERAL else self.open
        return any(
            f"{key}[" in where[len(own) :].lstrip(".")
            for key in ("indicators", "parts")
            if own.startswith("groups")
        )

    def _faults(self, path: str) -> list[str]:
        own = [said for where, said in self.problems if where == path]
        return own + ([self.page.t("这一处的写法特殊，请到“文本”里修改")] if path in self.typed else [])

    def _fields(self, schema: Schema, value: Any, path: str, required: bool) -> list[Piece]:
        """The pieces of a table."""
        value = value if isinstance(value, dict) else {}
        skipped = NODES if path else (*NODES, *FIXED, "cases")
        if "oneOf" in schema:
            return self._of_kind(schema, value, path, required)
        return [
            self._piece(each, value, key, f"{path}.{key}".lstrip("."), required and key in schema["required"])
            for key, each in schema["properties"].items()
            if key not in skipped and not self._is_nothing(each, value, key, f"{path}.{key}".lstrip("."))
        ]

    def _is_nothing(self, schema: Schema, around: Tree, key: str, path: str) -> bool:
        """Whether there is nothing to choose, and nothing was."""
        _, control, choices = self._control(resolved(schema), around, key, path)
        return control == "choices" and not choices and key not in around

    def _of_kind(self, schema: Schema, value: Tree, path: str, required: bool) -> list[Piece]:
        """The choice of a kind, and the fields of the kind chosen."""
        kinds = {str(each["properties"]["kind"]["const"]): each for each in schema["oneOf"]}
        kind = self._piece({"enum": sorted(kinds)}, value, "kind", f"{path}.kind", required)
        chosen = kinds.get(str(value.get("kind", "")))
        if chosen is None:
            return [kind]
        own = {key: each for key, each in chosen["properties"].items() if key != "kind"}
        return [kind, *self._fields({**chosen, "properties": own}, value, path, required)]

    def _piece(self, schema: Schema, around: Tree, key: str, path: str, required: bool) -> Piece:
        schema, value = resolved(schema), around.get(key)
        title = self.page.t(key_words(path))
        faults = self._faults(path)
        if schema.get("type") == "object" or "oneOf" in schema:
            pieces = self._fields(schema, value, path, required)
            return Piece(path, title, pieces=pieces, optional=not required, faults=faults)
        if schema.get("type") == "array" and resolved(schema["items"]).get("type") == "object":
            rows = [
                Piece(
                    f"{path}[{n}]",
                    "",
                    pieces=self._fields(resolved(schema["items"]), each, f"{path}[{n}]", True),
                    faults=self._faults(f"{path}[{n}]"),
                )
                for n, each in enumerate(value if isinstance(value, list) else [])
            ]
            return Piece(path, title, rows=rows, optional=not required, faults=faults)
        reading, control, choices = self._control(schema, around, key, path)
        if control == "choices" and not set(value if isinstance(value, list) else [value or ""]) <= {
            "",
            *dict(choices),
        }:
            # What cannot be ticked is shown as it is written, so that nothing of it goes with the next tick.
            control, reading = "text", "written"
        values = self.typed.get(path) or self._values(path, value, reading)
        if control == "text" and any(len(each) > 36 or "\n" in each for each in values):
            control = "lines"
        shown = FormField(f"at:{path}", control, title, "", required, values, " ".join(faults), choices, {})
        return Piece(path, title, field=shown, optional=not required, reading=reading)

    def _control(
        self, schema: Schema, around: Tree, key: str, path: str
    ) -> tuple[str, str, Sequence[tuple[str, str]]]:
        """How a value is read, with what it is entered, and what there is to choose."""
        match schema:
            case {"enum": known}:
                return "word", "choice", self._choices(path, [str(each) for each in known])
            case {"type": "boolean"}:
                yes, no = self.page.t("是"), self.page.t("否")
                return "word", "choice", [("true", yes), ("false", no)]
            case {"type": "array", "items": {"enum": known}}:
                of = {"types": TYPES, "levels": LEVELS}.get(key)
                known = known if of is None else of.get(str(around.get("fact")), ())
                return "words", "choices", self._choices(path, list(known), around.get("fact"))
            case {"type": "array"}:
                return "list", "text", ()
            case {"type": "string", "format": "date"}:
                return "day", "date", ()
            case {"type": "string"} if key == "grade":
                grades = tables(self.tree, "grades")
                return "text", "choice", [(str(each.get("id")), _called(each, self.page)) for each in grades]
            case {"type": "string"}:
                return "text", "text", ()
            case {"type": "number" | "integer"}:
                return "number", "points", ()
        return "written", "text", ()

    def _choices(self, path: str, known: Sequence[str], fact: Any = None) -> list[tuple[str, str]]:
        group = words_of_key(path, str(fact or ""))
        order = list(LABELS.get(group, {}))
        ranked = sorted(known, key=lambda each: (order.index(each) if each in order else len(order), each))
        return [(each, self.page.t(label(group, each))) for each in ranked]

    def _values(self, path: str, value: Any, reading: str) -> list[str]:
        """What stands in the text as it is entered."""
        if value is None:
            return []
        if (
            isinstance(value, list)
            and reading in ("words", "list")
            and all(isinstance(each, str) for each in value)
        ):
            return list(value) if reading == "words" else ["、".join(value)]
        if isinstance(value, str):
            own = literal_of("written", [value])
            return [value if reading != "written" or own == quoted(value) else quoted(value)]
        start, end = self.places.spans.get(path, (0, 0))
        return [self.text[start:end]]


def _called(table: Tree, page: Page) -> str:
    words = table.get("label")
    return str(words.get(page.language, "")) if isinstance(words, dict) else str(table.get("id"))


def all_pieces(piece: Piece) -> Iterator[Piece]:
    """A piece and all within it."""
    yield piece
    for each in (*piece.pieces, *(piece.rows or ())):
        yield from all_pieces(each)


def resolved(schema: Schema) -> Schema:
    """What a reference refers to."""
    return SHARED[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def schema_at(path: str) -> Schema:
    """The schema of a table of the file."""
    found = FILE
    for step in filter(None, PLACE.sub("", path).split(".")):
        found = resolved(found["properties"][step])
        found = resolved(found["items"]) if found.get("type") == "array" else found
    return found


def key_words(path: str) -> Any:
    """What a key is called: after what encloses it, where it means something else there."""
    *above, key = PLACE.sub("", path).split(".")
    known = LABELS[KEY]
    return next(
        (known[each] for each in (".".join([*above[-1:], key]), key) if each in known), label(KEY, key)
    )


def words_of_key(path: str, fact: str = "") -> str:
    """The group of the words that may stand at a key."""
    *above, key = PLACE.sub("", path).split(".")
    if key == "types":
        return TYPE_GROUPS.get(fact, "category")
    return WORDS.get(".".join([*above[-1:], key])) or WORDS.get(key) or f"{CHOICES}_{key}"


def literal_of(reading: str, typed: Sequence[str]) -> str | None:
    """What was typed as TOML, ``None`` for nothing. What is no such value stays as a text, for the reader to say so."""
    if reading == "words":
        return literal([each for each in typed if each]) if any(typed) else None
    said = "\n".join(typed).replace("\r\n", "\n").strip()
    if not said:
        return None
    if reading == "list":
        return literal([each for each in _PARTED.split(said) if each])
    if reading == "number" and _NUMBER.fullmatch(said):
        return said
    if reading == "word" and (said in ("true", "false") or _NUMBER.fullmatch(said)):
        return said
    if reading == "day":
        try:
            return date.fromisoformat(said).isoformat()
        except ValueError:
            return quoted(said)
    if reading == "written" and "\n" not in said:
        try:
            if list(tomllib.loads(f"v = {said}")) == ["v"] and "#" not in said:
                return said
        except ValueError:
            pass
    return quoted(said)
