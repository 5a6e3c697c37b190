"""What is typed and done in the form over a scheme goes into its text where it belongs; what cannot be meant is found by the
text's reader.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.datastructures import FormData

from domain.assessment.scheme.measured_values import NOTHING
from domain.assessment.scheme.rules.registry import KINDS
from domain.assessment.scheme_file.editing import (
    NotEditable,
    Tree,
    added,
    changed,
    moved,
    tree_of,
    value_at,
    without,
)
from domain.assessment.scoring.draft_trial import DraftTrial
from interface.web.kit.page.page import Page
from interface.web.schemes.scheme_form import SchemeForm, all_pieces, literal_of, schema_at
from interface.web.schemes.scheme_tree import (
    NO_TREE,
    NODES,
    PLACE,
    is_node,
    tables,
)


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
        opened = opened if is_node(tree_of(text), opened) else ""
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
            wanted, before = literal_of(leaf.reading, found), literal_of(leaf.reading, leaf.field.values)
            if wanted == before:
                continue
            try:
                text = changed(text, leaf.path, wanted) if wanted is not None else without(text, leaf.path)
                text = _without_others(text, leaf.path) if kinds else text
            except NotEditable:
                typed[leaf.path] = found
    emptied = [
        each
        for piece in SchemeForm(page, text, opened, DraftTrial(None, ())).pieces
        for each in all_pieces(piece)
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
        bool(opened) and path.startswith(f"{opened}.") and PLACE.sub("", path).rpartition(".")[2] not in NODES
    )
    if step in ("up", "down"):
        by = -1 if step == "up" else 1
        above, _, n = path.rstrip("]").rpartition("[")
        return moved(text, path, by), opened if inside else f"{above}[{int(n) + by}]"
    if step == "drop":
        return without(text, path), opened if inside else ""
    if step != "add":
        raise NotEditable(step)
    key = PLACE.sub("", path).rpartition(".")[2]
    tree = tree_of(text)
    count = len(tables(value_at(tree, path.rpartition(".")[0]) if "." in path else tree, key))
    after = added(text, path, _begun(tree, path, key, kind, count), headed=key in NODES)
    return after, opened if key not in NODES else f"{path}[{count}]"


def _begun(tree: Tree, path: str, key: str, kind: str, count: int) -> Tree:
    """What a new element begins with; the reader asks for the rest, field by field."""
    if key == "groups":
        taken = {str(each.get("code")) for each in tables(tree, "groups")}
        return {"code": next(each for each in map(chr, range(65, 1000)) if each not in taken), "sign": "plus"}
    if key == "indicators":
        group = value_at(tree, path.rpartition(".")[0])
        taken = {str(each.get("code")) for each in tables(group, key)}
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
