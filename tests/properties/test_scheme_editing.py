"""A change to one place of a scheme's text is that change and no other, however the text is written."""

from __future__ import annotations

import copy
import tomllib
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from domain.assessment.scheme_file.editing import (
    NotEditable,
    added,
    changed,
    moved,
    value_at,
    without,
)
from domain.assessment.scheme_file.locating import locate
from domain.assessment.schemes import scheme_text, shipped_texts
from tests.kit.examples import examples
from tests.unit.assessment.small_scheme import SMALL
from tests.unit.assessment.test_bench import SHEET
from tests.unit.assessment.test_locating import NASTY

TEXTS = [scheme_text(2025), shipped_texts()["common-and-class"], SMALL + SHEET, NASTY]
Step = tuple[str, str, str]


def paths(tree: Any, path: str = "") -> list[str]:
    """The path of everything in a tree, as the reader spells it."""
    found = [path] if path else []
    if isinstance(tree, dict):
        found += [each for key, child in tree.items() for each in paths(child, f"{path}.{key}".lstrip("."))]
    elif isinstance(tree, list):
        found += [each for n, child in enumerate(tree) for each in paths(child, f"{path}[{n}]")]
    return found


def parent(path: str) -> tuple[str, str | int]:
    """The path of what encloses it, and the key or the place in there."""
    if path.endswith("]"):
        above, _, n = path[:-1].rpartition("[")
        return above, int(n)
    above, _, key = path.rpartition(".")
    return above, key


def done(tree: dict[str, Any], kind: str, path: str, value: str) -> dict[str, Any]:
    """The change, to what the text says."""
    tree = copy.deepcopy(tree)
    above, last = parent(path)
    around = value_at(tree, above)
    if kind == "set":
        around[last] = tomllib.loads(f"v = {value}")["v"]
    elif kind == "new":
        value_at(tree, path)["added_key"] = tomllib.loads(f"v = {value}")["v"]
    elif kind == "drop":
        del around[last]
    elif kind == "add":
        value_at(tree, path).append({"code": "新", "rows": [{"id": 1}]})
    else:
        assert isinstance(last, int)
        around[last], around[last + 1] = around[last + 1], around[last]
    return tree


def solid(value: Any) -> Any:
    """Without empty tables and lists: dropping the last element leaves no heading behind."""
    if isinstance(value, dict):
        found = {key: solid(each) for key, each in value.items()}
        return {key: each for key, each in found.items() if each not in ({}, [])}
    return [solid(each) for each in value] if isinstance(value, list) else value


@examples(25)
@given(st.data())
def test_a_change_is_exactly_that_change(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    for _ in range(data.draw(st.integers(1, 3))):
        tree = tomllib.loads(text)
        path = data.draw(
            st.sampled_from([each for each in paths(tree) if " " not in each and "en.x" not in each])
        )
        here, (above, last) = value_at(tree, path), parent(path)
        around = value_at(tree, above)
        kinds = ["drop"]
        kinds += ["set"] if path in locate(text).spans else []
        kinds += ["new"] if isinstance(here, dict) and "added_key" not in here else []
        kinds += ["add"] if isinstance(here, list) and here and isinstance(here[0], dict) else []
        kinds += ["swap"] if isinstance(last, int) and last + 1 < len(around) else []
        kind = data.draw(st.sampled_from(kinds))
        value = data.draw(
            st.sampled_from(['"改 \\" # ]"', "1.75", "2025-03-31", "[1, 2]", "{ a = 1 }", "true"])
        )
        comments = sorted(line for line in text.split("\n") if line.startswith("#"))
        try:
            if kind == "set":
                after = changed(text, path, value)
            elif kind == "new":
                after = changed(text, f"{path}.added_key", value)
            elif kind == "drop":
                after = without(text, path)
            elif kind == "add":
                after = added(text, path, {"code": "新", "rows": [{"id": 1}]}, headed=True)
            else:
                after = moved(text, path, 1)
        except NotEditable:
            # Only what is written in an unusual way may be refused, and never by a guess.
            assert text not in TEXTS[:3] or (kind == "drop" and "." in path)
            continue
        assert solid(tomllib.loads(after)) == solid(done(tree, kind, path, value))
        if kind != "drop":
            assert sorted(line for line in after.split("\n") if line.startswith("#")) == comments
        text = after
