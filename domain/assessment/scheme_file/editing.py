"""Changes to one place of a scheme's text that leave every other letter of it, comments included, as it was written.

Paths are those of ``reading.Table``. Each change is read again: it is what was meant, and nothing else, or ``NotEditable``.
"""

from __future__ import annotations

import copy
import json
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from domain.assessment.scheme_file.locating import Places, Section, locate

Tree = dict[str, Any]
_STEP = re.compile(r"([^.\[\]]+)|\[(\d+)\]")
_NUMBER = re.compile(r"\[\d+\]")


class NotEditable(ValueError):
    """The text is written in a way that this change cannot keep apart from the rest, or has nothing at that place."""


def tree_of(text: str) -> Tree:
    """What the text says, numbers as they are written. Raises ``ValueError`` for a text that is no TOML."""
    return tomllib.loads(text, parse_float=_Written)


@dataclass(frozen=True)
class _Written:
    """A number with a fraction, letter by letter."""

    letters: str


def value_at(tree: Tree, path: str) -> Any:
    """What stands at a path; ``None`` where nothing does."""
    found: Any = tree
    for step in _steps(path):
        if isinstance(found, dict) and isinstance(step, str):
            found = found.get(step)
        elif isinstance(found, list) and isinstance(step, int):
            found = found[step] if step < len(found) else None
        else:
            return None
    return found


def quoted(words: str) -> str:
    """Words as a text of TOML."""
    return json.dumps(words, ensure_ascii=False).replace("\x7f", "\\u007f")


def literal(value: Any) -> str:
    """A value in one line of TOML: a text, a whole number, a truth, a list or a table."""
    if isinstance(value, dict):
        return (
            f"{{ {', '.join(f'{key} = {literal(each)}' for key, each in value.items())} }}" if value else "{}"
        )
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    return quoted(value) if isinstance(value, str) else json.dumps(value)


def changed(text: str, path: str, written: str) -> str:
    """With the TOML ``written`` as the value at ``path``, whether or not there was one. Raises ``NotEditable``."""
    value = tree_of(f"v = {written}")["v"]
    places = locate(text)
    if path in places.spans:
        start, end = places.spans[path]
        return _proved(text, text[:start] + written + text[end:], lambda tree: _put(tree, path, value))
    headed = {each.path: each for each in reversed(places.sections)}
    home = next(each for each in _around(path) if each in headed or each in places.spans)
    own = path[len(home) :].removeprefix(".")
    if home in places.spans:
        start, end = places.spans[home]
        inside = text[start + 1 : end - 1].rstrip()
        new = f"{{{inside}{',' if inside else ''} {own} = {written} }}"
        return _proved(text, text[:start] + new + text[end:], lambda tree: _put(tree, path, value))
    section = headed[home]
    at = _line_end(text, _last(section))
    before = text[:at] + ("\n" if at and text[at - 1] != "\n" else "")
    return _proved(text, f"{before}{own} = {written}\n{text[at:]}", lambda tree: _put(tree, path, value))


def without(text: str, path: str) -> str:
    """Without what stands at ``path``, a key or an element of a list. Raises ``NotEditable``."""
    places = locate(text)
    if path in places.spans and any(each in places.spans for each in _around(path)):
        start, end = places.keys.get(path, places.spans[path][0]), places.spans[path][1]
        before, after = re.search(r",\s*\Z", text[:start]), re.match(r"\s*,\s*", text[end:])
        if before:
            start = before.start()
        elif after:
            end += after.end()
        return _proved(text, text[:start] + text[end:], lambda tree: _drop(tree, path))
    pieces = _pieces(text, places)
    kept = []
    for section, piece, offset in pieces:
        if section.path and _within(section.path, path):
            continue
        for own, start, end in reversed(section.pairs):
            if _within(own, path):
                begin = text.rfind("\n", 0, start) + 1
                piece = piece[: begin - offset] + piece[_line_end(text, end) - offset :]
        kept.append(piece)
    return _proved(text, "".join(kept), lambda tree: _drop(tree, path))


def moved(text: str, path: str, by: int) -> str:
    """With an element of a list and the one before (``by`` -1) or after it (1) in each other's place. Raises
    ``NotEditable``, as where there is none.
    """
    *_, last = _steps(path)
    if not isinstance(last, int) or last + by < 0:
        raise NotEditable(path)
    around = _above(path)
    first, second = sorted((last, last + by))
    one, other = f"{around}[{first}]", f"{around}[{second}]"
    places = locate(text)
    if one in places.spans and other in places.spans:
        (a, b), (c, d) = places.spans[one], places.spans[other]
        new = text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:]
    else:
        pieces = [(section.path, piece) for section, piece, _ in _pieces(text, places)]
        ones = [n for n, (own, _) in enumerate(pieces) if own and _within(own, one)]
        others = [n for n, (own, _) in enumerate(pieces) if own and _within(own, other)]
        order = list(range(len(pieces)))
        for slot, n in zip(sorted(ones + others), others + ones, strict=True):
            order[slot] = n
        new = "".join(_ended(pieces[n][1]) for n in order)
    return _proved(text, new, lambda tree: _swap(tree, around, first, second))


def added(text: str, path: str, table: Mapping[str, Any], *, headed: bool) -> str:
    """With a table as one more element of the list at ``path``, which need not be there; ``headed``: of a list that is not
    there yet, the elements stand under headings. Raises ``NotEditable``.
    """
    places = locate(text)

    def more(tree: Tree) -> None:
        found = value_at(tree, path)
        _put(tree, path, [*(found or []), tree_of(f"v = {literal(dict(table))}")["v"]])

    there = value_at(tree_of(text), path)
    if path in places.spans:
        count = len(there) if isinstance(there, list) else 0
        if not count:
            return _proved(text, changed(text, path, literal([dict(table)])), more)
        end = places.spans[f"{path}[{count - 1}]"][1]
        gap = "\n  " if "\n" in text[places.spans[path][0] : end] else " "
        return _proved(text, f"{text[:end]},{gap}{literal(dict(table))}{text[end:]}", more)
    if there is None and not headed:
        return changed(text, path, literal([dict(table)]))
    around = f"{path}[{len(there) - 1}]" if there else _above(path)
    pieces = _pieces(text, places)
    last = max((n for n, (section, _, _) in enumerate(pieces) if _within(section.path, around)), default=0)
    parts = [_ended(piece) for _, piece, _ in pieces]
    parts.insert(last + 1, "\n" + _block(_NUMBER.sub("", path), table))
    return _proved(text, "".join(parts), more)


def _block(name: str, table: Mapping[str, Any]) -> str:
    """A table under its heading; lists of tables stand under headings of their own."""
    own, below = [f"[[{name}]]"], []
    for key, value in table.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            below += [_block(f"{name}.{key}", each) for each in value]
        else:
            own.append(f"{key} = {literal(value)}")
    return "\n".join(own) + "\n" + "".join(below)


def _pieces(text: str, places: Places) -> Sequence[tuple[Section, str, int]]:
    """Each section with its text and where that begins: with the comments before its heading."""
    starts = [0, *(_line_end(text, _last(each)) for each in places.sections[:-1])]
    ends = [*starts[1:], len(text)]
    return [(each, text[a:b], a) for each, a, b in zip(places.sections, starts, ends, strict=True)]


def _last(section: Section) -> int:
    """Behind the last value of a section, or behind its heading."""
    return max((end for _, _, end in section.pairs), default=section.body)


def _proved(before: str, after: str, change: Callable[[Tree], None]) -> str:
    """``after``, if it says what ``before`` says with the change made to it; an emptied table or list may be gone, where no
    heading is left of it.
    """
    meant = copy.deepcopy(tree_of(before))
    try:
        change(meant)
        said = tree_of(after)
    except (ValueError, KeyError, IndexError, TypeError, RecursionError) as error:
        raise NotEditable(str(error)) from None
    if said != meant and said != _without_empty(meant, said):
        raise NotEditable("the change cannot be kept apart from the rest")
    return after


def _without_empty(meant: Any, said: Any) -> Any:
    """``meant`` without the empty tables and lists that ``said`` does not have."""
    if isinstance(meant, dict):
        said = said if isinstance(said, dict) else {}
        pruned = {key: _without_empty(each, said.get(key)) for key, each in meant.items()}
        return {key: each for key, each in pruned.items() if each or isinstance(each, int) or key in said}
    if isinstance(meant, list) and isinstance(said, list) and len(meant) == len(said):
        return [_without_empty(*each) for each in zip(meant, said, strict=True)]
    return meant


def _ended(piece: str) -> str:
    return piece if not piece or piece.endswith("\n") else piece + "\n"


def _line_end(text: str, at: int) -> int:
    """The first character of the next line; at the beginning of a text that is where it begins."""
    if at == 0:
        return 0
    found = text.find("\n", at)
    return len(text) if found < 0 else found + 1


def _steps(path: str) -> list[str | int]:
    return [int(each[2]) if each[2] else each[1] for each in _STEP.finditer(path)]


def _above(path: str) -> str:
    """The path of what encloses it; that of the whole is empty."""
    if path.endswith("]"):
        return path[: path.rindex("[")]
    return path.rpartition(".")[0]


def _around(path: str) -> Iterator[str]:
    """The paths of all that enclose it, the nearest first."""
    while path:
        path = _above(path)
        yield path


def _within(path: str, around: str) -> bool:
    return not around or path == around or path.startswith((f"{around}.", f"{around}["))


def _put(tree: Tree, path: str, value: Any) -> None:
    *above, last = _steps(path)
    found: Any = tree
    for step in above:
        found = found.setdefault(step, {}) if isinstance(found, dict) else found[step]
    found[last] = value


def _drop(tree: Tree, path: str) -> None:
    del value_at(tree, _above(path))[_steps(path)[-1]]


def _swap(tree: Tree, path: str, first: int, second: int) -> None:
    found = value_at(tree, path)
    found[first], found[second] = found[second], found[first]
