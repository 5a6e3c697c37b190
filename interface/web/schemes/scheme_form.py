"""A scheme as a tree of which one node is open as a form. The fields come from the schema of the format, so that a new kind of
rule has its form; what is typed goes into the text where it belongs, and what cannot be meant is found by the text's reader.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from starlette.datastructures import FormData

from domain.assessment.scheme.json_schema import Schema
from domain.assessment.scheme.measured_values import NOTHING
from domain.assessment.scheme.rules.registry import KINDS
from domain.assessment.scheme.scheme import Part
from domain.assessment.scheme.vocabulary import LEVELS, TYPES
from domain.assessment.scheme_file.editing import (
    NotEditable,
    Tree,
    added,
    changed,
    literal,
    moved,
    quoted,
    tree_of,
    value_at,
    without,
)
from domain.assessment.scheme_file.locating import Places, locate
from domain.assessment.scheme_file.schema import FILE, SHARED
from domain.assessment.scoring.draft_trial import DraftTrial
from interface.web.kit.context import Page
from interface.web.kit.form_fields import FormField
from interface.web.schemes.scheme_words import TYPE_GROUPS
from interface.words import LABELS, label

GENERAL = "general"
"""Stands for the path of the whole text among nodes."""
NODES = ("groups", "indicators", "parts", "grades", "veto", "vetoes")
"""Keys of what is a node of its own in the tree."""
FIXED = ("format", "year", "version")
"""What the draft of a year cannot choose."""
KEY, CHOICES = "scheme_key", "scheme_choice"
"""Groups of words: what keys and their words are called."""
WORDS = {
    "fact": "fact_kind",
    "window": "window",
    "every": "period",
    "by": "ranked_by",
    "levels": "fact_level",
    "for": "unit_class",
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
_PLACE = re.compile(r"\[\d+\]")


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


@dataclass(frozen=True)
class Node:
    """A line of the tree: ``level`` 0 to 2; ``faults``: how many problems lie in it; ``beside``: whether something stands
    before and after it that it can change places with."""

    path: str
    level: int
    code: str
    title: str
    said: str
    faults: int
    beside: tuple[bool, bool] = (False, False)

    @property
    def below(self) -> str:
        """The key of the nodes that can be added below it, if any."""
        return "" if not self.path.startswith("groups") else ("indicators", "parts", "")[self.level]


NO_TREE = (ValueError, LookupError, AttributeError, RecursionError)
"""What a text ends in that is no tree, or is one too deep, and a path that leads to nothing in it."""


def _is_node(tree: Tree, path: str) -> bool:
    """Whether a node stands at a path that somebody sent: no other part of the tree is opened as one."""
    key = _PLACE.sub("", path).rpartition(".")[2]
    return path == GENERAL or (key in NODES and isinstance(value_at(tree, path), dict))


@dataclass
class SchemeForm:
    """The text of a draft as a tree with one node open. ``typed``: what could not be put into the text, by path."""

    page: Page
    text: str
    open: str
    tried: DraftTrial
    typed: dict[str, list[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.tree: Tree = tree_of(self.text)
        self.places: Places = locate(self.text)
        if not _is_node(self.tree, self.open):
            self.open = ""

    @cached_property
    def nodes(self) -> list[Node]:
        """All lines, from the general terms to the vetoes; parts only of the indicator that is open."""
        found = [self._node(GENERAL, 0, "", self.page.t(label(KEY, GENERAL)), "")]
        groups = _tables(self.tree, "groups")
        for g, group in enumerate(groups):
            at = f"groups[{g}]"
            found.append(
                self._node(at, 0, group.get("code"), group.get("title"), self._most(group), g, groups)
            )
            indicators = _tables(group, "indicators")
            for i, each in enumerate(indicators):
                of, parts = f"{at}.indicators[{i}]", _tables(each, "parts")
                told = [self._rule(each, part) for part in parts]
                worth = ("; " if self.page.language == "en" else "；").join(
                    filter(None, [self._most(each), *told, self._evidence(of)])
                )
                found.append(self._node(of, 1, each.get("code"), each.get("title"), worth, i, indicators))
                if self._is_of((self.open, ""), of):
                    found += [
                        self._node(f"{of}.parts[{p}]", 2, "", part.get("title"), told[p], p, parts)
                        for p, part in enumerate(parts)
                    ]
        grades = _tables(self.tree, "grades")
        for n, each in enumerate(grades):
            found.append(self._node(f"grades[{n}]", 0, "", each.get("label"), self._least(each), n, grades))
        if "veto" in self.tree:
            found.append(self._node("veto", 0, "", value_at(self.tree, "veto.title"), self._vetoing))
        vetoes = _tables(self.tree, "vetoes")
        for n, each in enumerate(vetoes):
            found.append(self._node(f"vetoes[{n}]", 0, "", each.get("title"), self._vetoing, n, vetoes))
        return found

    def _rule(self, indicator: Tree, part: Tree) -> str:
        """What a part gives for what: in words where the text can be read, else by the kind of its rule."""
        read = self._parts.get(f"{indicator.get('code')}.{part.get('id')}")
        if read is None:
            return self.page.t(label("rule_kind", str(value_at(part, "rule.kind") or "—")))
        words = read.rule.in_words(read.unit)
        return words.en if self.page.language == "en" else words.zh

    def _evidence(self, path: str) -> str:
        """What an indicator asks to be shown, where it asks for anything."""
        demand = str(value_at(self.tree, f"{path}.evidence.demand") or "none")
        words = str(value_at(self.tree, f"{path}.evidence.text.{self.page.language}") or "")
        return "" if demand == "none" else f"{self.page.t(label('demand', demand))} {words}".strip()

    @cached_property
    def _parts(self) -> Mapping[str, Part]:
        return {part.id: part for part in self.tried.scheme.parts} if self.tried.scheme else {}

    def _node(
        self, path: str, level: int, code: Any, title: Any, said: str, n: int = 0, among: Sequence[Any] = ()
    ) -> Node:
        name = title.get(self.page.language) or title.get("zh") if isinstance(title, dict) else title
        inside = [each for each in self._problems if self._is_of(each, path)]
        beside = (n > 0, n + 1 < len(among))
        return Node(path, level, str(code or ""), str(name or "—"), said, len(inside), beside)

    @property
    def has_one_veto(self) -> bool:
        """Whether the text has its only veto under a heading of its own, beside which there can be no other."""
        return "veto" in self.tree

    @property
    def sheet_cases(self) -> int:
        """How many cases of whole sheets there are, which have no form."""
        return len(_tables(self.tree, "cases"))

    @property
    def _vetoing(self) -> str:
        return self.page.t(label("scheme_field", "vetoes"))

    def _most(self, table: Tree) -> str:
        return self.page.t("满分 %(points)s", points=_shown(table["max"])) if "max" in table else ""

    def _least(self, table: Tree) -> str:
        said = self.page.t("%(points)s 分以上", points=_shown(table.get("at_least", "—")))
        if "quota_percent" in table:
            said += self.page.t("（不超过 %(n)s%%）", n=_shown(table["quota_percent"]))
        return said

    @cached_property
    def _problems(self) -> list[tuple[str, str]]:
        """Path and sentence of everything that is wrong, the cases that do not hold among them."""
        english = self.page.language == "en"
        found = []
        for each in self.tried.problems:
            pieces = (each.what.en, each.remedy.en) if english else (each.what.zh, each.remedy.zh)
            found.append((each.where, ("; " if english else "；").join(pieces)))
        for case in self.tried.bench.failed:
            points = (case.expected.en, case.found.en) if english else (case.expected.zh, case.found.zh)
            found.append(
                (
                    case.where,
                    self.page.t("应为 %(points)s，算得 %(found)s", points=points[0], found=points[1]),
                )
            )
        return found

    @staticmethod
    def _is_of(problem: tuple[str, str], path: str) -> bool:
        where = problem[0]
        if path == GENERAL:
            return (
                where in ("groups", "grades", "vetoes") or _PLACE.split(where)[0].split(".")[0] not in NODES
            )
        return where == path or where.startswith((f"{path}.", f"{path}["))

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
        placed = {each.path for piece in self.pieces for each in _all(piece)}
        return [
            said
            for where, said in self._problems
            if self._is_of((where, said), self.open) and where not in placed and not self._is_below(where)
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
        own = [said for where, said in self._problems if where == path]
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
                grades = _tables(self.tree, "grades")
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
            own = _literal("written", [value])
            return [value if reading != "written" or own == quoted(value) else quoted(value)]
        start, end = self.places.spans.get(path, (0, 0))
        return [self.text[start:end]]


def _called(table: Tree, page: Page) -> str:
    words = table.get("label")
    return str(words.get(page.language, "")) if isinstance(words, dict) else str(table.get("id"))


def _shown(value: Any) -> str:
    return str(getattr(value, "letters", value))


def _tables(tree: Any, key: str) -> list[Tree]:
    found = tree.get(key) if isinstance(tree, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []


def _all(piece: Piece) -> Iterator[Piece]:
    yield piece
    for each in (*piece.pieces, *(piece.rows or ())):
        yield from _all(each)


def resolved(schema: Schema) -> Schema:
    """What a reference refers to."""
    return SHARED[schema["$ref"].rpartition("/")[2]] if "$ref" in schema else schema


def schema_at(path: str) -> Schema:
    """The schema of a table of the file."""
    found = FILE
    for step in filter(None, _PLACE.sub("", path).split(".")):
        found = resolved(found["properties"][step])
        found = resolved(found["items"]) if found.get("type") == "array" else found
    return found


def key_words(path: str) -> Any:
    """What a key is called: after what encloses it, where it means something else there."""
    *above, key = _PLACE.sub("", path).split(".")
    known = LABELS[KEY]
    return next(
        (known[each] for each in (".".join([*above[-1:], key]), key) if each in known), label(KEY, key)
    )


def words_of_key(path: str, fact: str = "") -> str:
    """The group of the words that may stand at a key."""
    *above, key = _PLACE.sub("", path).split(".")
    if key == "types":
        return TYPE_GROUPS.get(fact, "category")
    return WORDS.get(".".join([*above[-1:], key])) or WORDS.get(key) or f"{CHOICES}_{key}"


def _literal(reading: str, typed: Sequence[str]) -> str | None:
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


def _at(name: str, form: FormData) -> list[str] | None:
    """What was typed at a field; ``None`` where the form has no such field."""
    if name not in form:
        return None
    return [str(each) for each in form.getlist(name)]


@dataclass(frozen=True)
class EditedText:
    """A text after what was typed and done: ``open`` is the node to show, ``typed`` what could not be put into the text."""

    text: str
    open: str
    typed: Mapping[str, list[str]]


def written_into(page: Page, form: FormData) -> EditedText:
    """The text of a form with what was typed in the open node, and with the one thing done to the tree: ``do`` holds the step
    and the path. A text that is no TOML stays as it is."""
    text = str(form.get("text", "")).replace("\r\n", "\n")
    opened, (step, _, path) = str(form.get("open", "")), str(form.get("do", "")).partition(" ")
    typed: dict[str, list[str]] = {}
    try:
        opened = opened if _is_node(tree_of(text), opened) else ""
        if opened:
            text = _typed_into(page, text, opened, form, typed)
        if step == "open":
            opened = path
        elif step == "close":
            opened = ""
        elif step and step != "keep":
            text, opened = _done(text, opened, step, path, str(form.get(f"kind:{path}", "")))
    except NO_TREE:
        # Not a tree, or nothing there to do it to: the page shows the text as it is, and what is wrong with it.
        pass
    return EditedText(text, opened, typed)


def form_over(page: Page, written: EditedText, tried: DraftTrial) -> SchemeForm | None:
    """The tree with the node open; ``None`` for a text that is no TOML."""
    try:
        return SchemeForm(page, written.text, written.open, tried, dict(written.typed))
    except NO_TREE:
        return None


def _typed_into(page: Page, text: str, opened: str, form: FormData, typed: dict[str, list[str]]) -> str:
    for kinds in (True, False):
        shown = SchemeForm(page, text, opened, DraftTrial(None, ()))
        for leaf in [leaf for piece in shown.pieces for leaf in piece.leaves()]:
            found = _at(f"at:{leaf.path}", form)
            if found is None or leaf.field is None or leaf.path.endswith(".kind") is not kinds:
                continue
            wanted, before = _literal(leaf.reading, found), _literal(leaf.reading, leaf.field.values)
            if wanted == before:
                continue
            try:
                text = changed(text, leaf.path, wanted) if wanted is not None else without(text, leaf.path)
                text = _without_others(text, leaf.path) if kinds else text
            except NotEditable:
                typed[leaf.path] = found
    emptied = [
        each for piece in SchemeForm(page, text, opened, DraftTrial(None, ())).pieces for each in _all(piece)
    ]
    for each in emptied:
        if each.optional and each.field is None and value_at(tree_of(text), each.path) in ({}, []):
            text = without(text, each.path)
    return text


def _without_others(text: str, path: str) -> str:
    """Without the keys that the kind now chosen does not have."""
    around = path.removesuffix(".kind")
    table = value_at(tree_of(text), around)
    known = next(
        (
            each["properties"]
            for each in schema_at(around)["oneOf"]
            if each["properties"]["kind"]["const"] == table.get("kind")
        ),
        table,
    )
    for key in [key for key in table if key not in known]:
        text = without(text, f"{around}.{key}")
    return text


def _done(text: str, opened: str, step: str, path: str, kind: str) -> tuple[str, str]:
    """The text after a step, and the node that is open then."""
    inside = (
        bool(opened)
        and path.startswith(f"{opened}.")
        and _PLACE.sub("", path).rpartition(".")[2] not in NODES
    )
    if step in ("up", "down"):
        by = -1 if step == "up" else 1
        above, _, n = path.rstrip("]").rpartition("[")
        return moved(text, path, by), opened if inside else f"{above}[{int(n) + by}]"
    if step == "drop":
        return without(text, path), opened if inside else ""
    if step != "add":
        raise NotEditable(step)
    key = _PLACE.sub("", path).rpartition(".")[2]
    tree = tree_of(text)
    count = len(_tables(value_at(tree, path.rpartition(".")[0]) if "." in path else tree, key))
    after = added(text, path, _begun(tree, path, key, kind, count), headed=key in NODES)
    return after, opened if key not in NODES else f"{path}[{count}]"


def _begun(tree: Tree, path: str, key: str, kind: str, count: int) -> Tree:
    """What a new element begins with; the reader asks for the rest, field by field."""
    if key == "groups":
        taken = {str(each.get("code")) for each in _tables(tree, "groups")}
        return {"code": next(each for each in map(chr, range(65, 1000)) if each not in taken), "sign": "plus"}
    if key == "indicators":
        group = value_at(tree, path.rpartition(".")[0])
        taken = {str(each.get("code")) for each in _tables(group, key)}
        code = next(each for n in range(1, 1000) if (each := f"{group.get('code', '')}{n}") not in taken)
        return {"code": code, "parts": [_part(kind, 1)]}
    if key == "parts":
        return _part(kind, count + 1)
    return {"id": f"{key.rstrip('s')}{count + 1}"} if key in NODES else {}


def _part(kind: str, n: int) -> Tree:
    """A part judged by a kind of rule, with the first measure whose values that kind judges."""
    if kind not in KINDS:
        raise NotEditable(kind)
    fitting = next(each for each, nothing in NOTHING.items() if type(nothing) is KINDS[kind].ACCEPTS)
    return {"id": f"part{n}", "measure": {"kind": fitting.value}, "rule": {"kind": kind}}
