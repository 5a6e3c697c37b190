"""The line of everything in a scheme's file, checked against the standard parser, which knows values only."""

from __future__ import annotations

import copy
import tomllib
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.assessment.scheme_file.locating import locate
from domain.assessment.schemes import scheme_text
from tests.kit.examples import FRESH

NASTY = r'''
# [[not.a.table]] in a comment, a = "1"
title = { zh = "甲 # ] }", "en.x" = 'b = [', deep.er = [ [ 1, 2 ], { k = "]" } ] } # = 3
"quoted key" = """
many lines = 1
with ""quotes"" and \""" escaped """""
plain.dotted . key = @@@
[[groups]]
@@@  # end
list = [
  1, # one = 1
  "two", [ # three
    3,
  ],
]
moment = 1979-05-27 07:32:00
empty = {}
none = []

[[groups]]
code = "A"
  [[groups.parts]]
  id = "1"
  [[groups.parts]]
  id = "2"
  rule.kind = "each"
  [groups.parts.measure]
  kind = "x"
[[ groups ]]
code = "B"
[[groups.parts]]
id = "3"
[groups.clause."a b"]
n = 1
[last]
value = true'''.replace("@@@", "'''")


def leaves(tree: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The path of every value that is neither a table nor a list, and of every empty one."""
    children = tree.items() if isinstance(tree, dict) else enumerate(tree) if isinstance(tree, list) else ()
    below = [each for key, child in children for each in leaves(child, (*path, key))]
    yield from below or [path]


def spelled(path: tuple[str | int, ...]) -> str:
    return "".join(f"[{each}]" if isinstance(each, int) else f".{each}" for each in path).removeprefix(".")


def marked(tree: Any, path: tuple[str | int, ...]) -> Any:
    """A copy of the tree with one value replaced."""
    tree = copy.deepcopy(tree)
    at = tree
    for key in path[:-1]:
        at = at[key]
    at[path[-1]] = "marked"
    return tree


@pytest.mark.parametrize("text", [NASTY, NASTY.replace("\n", "\r\n"), scheme_text(2025)])
def test_changing_a_value_where_it_is_located_changes_exactly_that_value(text: str) -> None:
    tree, places = tomllib.loads(text), locate(text)
    paths = list(leaves(tree))
    assert len(paths) > 20
    # A whole scheme is parsed anew for each of its 700 values: one in nine is enough, and all of them in the long form.
    paths = paths if FRESH or len(paths) < 100 else paths[::9]
    for path in paths:
        start, end = places.spans[spelled(path)]
        changed = text[:start] + '"marked"' + text[end:]
        assert tomllib.loads(changed) == marked(tree, path), path
        assert places.line(spelled(path)) == text.count("\n", 0, start) + 1


def test_the_line_of_a_value_is_that_of_its_key() -> None:
    places = locate("a = [\n  1,\n  { b = 2 },\n]\n[t]\nx = 3\n[[r]]\ny = 4\n[[r]]\ny = 5\n")
    expected = {
        "a": 1,
        "a[0]": 2,
        "a[1]": 3,
        "a[1].b": 3,
        "t": 5,
        "t.x": 6,
        "r": 7,
        "r[0]": 7,
        "r[0].y": 8,
        "r[1]": 9,
        "r[1].y": 10,
    }
    assert places.lines == expected


def test_what_is_not_there_has_the_line_of_what_encloses_it() -> None:
    places = locate("[[groups]]\ncode = 1\n[[groups]]\n[groups.x]\ny = [\n 1]\n")
    assert places.line("groups[1].missing.too") == 3
    assert places.line("groups[1].x.y[3].z") == 5
    assert places.line("groups[7]") == 1
    assert places.line("missing[0].x") is None
    assert places.line("") is None


@given(
    st.lists(
        st.sampled_from(['"', "'", '"""', "[", "]", "{", "}", "=", ",", ".", "a", "1", "\n", "#", " ", "\\"])
    )
)
def test_a_text_that_is_no_toml_is_located_as_far_as_it_makes_sense(pieces: list[str]) -> None:
    text = "".join(pieces)
    assert all(1 <= line <= text.count("\n") + 1 for line in locate(text).lines.values())
