"""A scheme as a tree: its lines, what each is worth, and where something is wrong."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from domain.assessment.scheme.scheme import Part
from domain.assessment.scheme_file.editing import (
    Tree,
    tree_of,
    value_at,
)
from domain.assessment.scheme_file.locating import Places, locate
from domain.assessment.scoring.draft_trial import DraftTrial
from interface.web.kit.page.page import Page
from interface.words import label

GENERAL = "general"
"""Stands for the path of the whole text among nodes."""
NODES = ("groups", "indicators", "parts", "grades", "veto", "vetoes")
"""Keys of what is a node of its own in the tree."""
FIXED = ("format", "year", "version")
"""What the draft of a year cannot choose."""
PLACE = re.compile(r"\[\d+\]")
"""The number of an element in a path."""
KEY = "scheme_key"
"""The group of words of what keys are called."""


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


def is_node(tree: Tree, path: str) -> bool:
    """Whether a node stands at a path that somebody sent: no other part of the tree is opened as one."""
    key = PLACE.sub("", path).rpartition(".")[2]
    return path == GENERAL or (key in NODES and isinstance(value_at(tree, path), dict))


@dataclass
class SchemeTree:
    """The text of a draft as a tree with one node open."""

    page: Page
    text: str
    open: str
    tried: DraftTrial

    def __post_init__(self) -> None:
        self.tree: Tree = tree_of(self.text)
        self.places: Places = locate(self.text)
        if not is_node(self.tree, self.open):
            self.open = ""

    @cached_property
    def nodes(self) -> list[Node]:
        """All lines, from the general terms to the vetoes; parts only of the indicator that is open."""
        found = [self._node(GENERAL, 0, "", self.page.t(label(KEY, GENERAL)), "")]
        groups = tables(self.tree, "groups")
        for g, group in enumerate(groups):
            at = f"groups[{g}]"
            found.append(
                self._node(at, 0, group.get("code"), group.get("title"), self._most(group), g, groups)
            )
            indicators = tables(group, "indicators")
            for i, each in enumerate(indicators):
                of, parts = f"{at}.indicators[{i}]", tables(each, "parts")
                told = [self._rule(each, part) for part in parts]
                worth = ("; " if self.page.language == "en" else "；").join(
                    filter(None, [self._most(each), *told, self._evidence(of)])
                )
                found.append(self._node(of, 1, each.get("code"), each.get("title"), worth, i, indicators))
                if self.is_of((self.open, ""), of):
                    found += [
                        self._node(f"{of}.parts[{p}]", 2, "", part.get("title"), told[p], p, parts)
                        for p, part in enumerate(parts)
                    ]
        grades = tables(self.tree, "grades")
        for n, each in enumerate(grades):
            found.append(self._node(f"grades[{n}]", 0, "", each.get("label"), self._least(each), n, grades))
        if "veto" in self.tree:
            found.append(self._node("veto", 0, "", value_at(self.tree, "veto.title"), self._vetoing))
        vetoes = tables(self.tree, "vetoes")
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
        inside = [each for each in self.problems if self.is_of(each, path)]
        beside = (n > 0, n + 1 < len(among))
        return Node(path, level, str(code or ""), str(name or "—"), said, len(inside), beside)

    @property
    def has_one_veto(self) -> bool:
        """Whether the text has its only veto under a heading of its own, beside which there can be no other."""
        return "veto" in self.tree

    @property
    def sheet_cases(self) -> int:
        """How many cases of whole sheets there are, which have no form."""
        return len(tables(self.tree, "cases"))

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
    def problems(self) -> list[tuple[str, str]]:
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
    def is_of(problem: tuple[str, str], path: str) -> bool:
        """Whether a problem lies at a node or within it."""
        where = problem[0]
        if path == GENERAL:
            return where in ("groups", "grades", "vetoes") or PLACE.split(where)[0].split(".")[0] not in NODES
        return where == path or where.startswith((f"{path}.", f"{path}["))


def _shown(value: Any) -> str:
    return str(getattr(value, "letters", value))


def tables(tree: Any, key: str) -> list[Tree]:
    """The tables that stand under a key, none where something else does."""
    found = tree.get(key) if isinstance(tree, dict) else None
    return [each for each in found if isinstance(each, dict)] if isinstance(found, list) else []
