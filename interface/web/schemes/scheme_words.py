"""What a scheme counts and how it judges, in words a clerk knows; the regulation's own words stand beside them."""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from dataclasses import dataclass, is_dataclass
from datetime import date
from enum import Enum
from fractions import Fraction
from typing import Any

from domain.assessment.scheme.changes import Change
from domain.assessment.scheme.measures import Condition, FactFilter, Measure
from domain.assessment.scheme.points import Rounding, number
from domain.assessment.scheme.rules.rule import Rule
from domain.assessment.scheme.scheme import (
    ClauseText,
    Demand,
    Evidence,
    Grading,
    Group,
    Indicator,
    Part,
    Scheme,
    Veto,
)
from domain.assessment.scheme.text import Text
from domain.assessment.scheme.vocabulary import OF_INDICATOR
from interface.web.kit.page.page import Page
from interface.words import label

TYPE_GROUPS = {
    "activity": "activity_kind",
    "persons_visited": "activity_kind",
    "post_held": "post",
    "finding_raised": "finding_type",
    "circular_issued": "circular",
}
"""Fact kind to the labels of its types; the others have categories."""
CONTEXT = 2
"""Unchanged lines shown around a change."""
AROUND = 4
"""Good lines shown on either side of a bad one."""


def _word(page: Page, group: str, identifier: str) -> str:
    return page.t(label(group, identifier))


def _joined(page: Page, first: str, second: str) -> str:
    return f"{first}, {second}" if page.language == "en" else f"{first}，{second}"


def _colon(page: Page, first: str, second: str) -> str:
    return f"{first}: {second}" if page.language == "en" else f"{first}：{second}"


def _facts(page: Page, facts: FactFilter | Condition) -> str:
    said = _word(page, "fact_kind", facts.kind)
    if facts.kind in OF_INDICATOR:
        return said
    group = TYPE_GROUPS.get(facts.kind, "category")
    words = [_word(page, group, each) for each in facts.types]
    words += [_word(page, "fact_level", each) for each in facts.levels]
    if words:
        said += f" ({', '.join(words)})" if page.language == "en" else f"（{'、'.join(words)}）"
    return _joined(page, said, _word(page, "window", facts.window.value))


def measure_words(page: Page, measure: Measure) -> str:
    """What is counted of which facts, on which days, under which conditions."""
    said = [_colon(page, _word(page, "measure_kind", measure.kind.value), _facts(page, measure.facts))]
    if measure.every is not None:
        every = _word(page, "period", measure.every.value)
        said.append(page.t("%(every)s至少 %(n)s 次", every=every, n=measure.at_least))
    if measure.by is not None:
        said.append(_word(page, "ranked_by", measure.by.value))
    if measure.facts.reported_by_cut_off:
        said.append(page.t("截止日前填报的才计"))
    first, last = measure.facts.valid_from, measure.facts.valid_until
    if first is not None:
        said.append(page.t("自 %(day)s 起的才计", day=first))
    if last is not None:
        said.append(page.t("至 %(day)s 止的才计", day=last))
    said += [page.t("且须有 %(what)s", what=_facts(page, each)) for each in measure.facts.having]
    said += [page.t("达到的条件 %(what)s", what=_facts(page, each)) for each in measure.met]
    return ("; " if page.language == "en" else "；").join(said)


def veto_words(page: Page, facts: FactFilter) -> str:
    """Which facts are a veto."""
    return _facts(page, facts)


def veto_effect(page: Page, veto: Veto, grade: str) -> str:
    """What a veto does; ``grade``: the name of the one it leads to."""
    if veto.grade is None:
        return page.t("等次降 %(n)s 档", n=veto.lower_by)
    return page.t("定为%(grade)s", grade=grade)


def veto_of(page: Page, scheme: Scheme, veto: Veto) -> str:
    """What a veto of the scheme does, with the name the scheme gives the grade."""
    return veto_effect(page, veto, "" if veto.grade is None else said(page, scheme.band(veto.grade).label))


def grading_words(page: Page, grading: Grading) -> str:
    """Who is graded and how places are cut."""
    terms = [
        page.counted("当年结对不满 %(n)s 天的不定等次", grading.min_days_paired),
        _colon(
            page,
            _word(page, "field", "rounding"),
            _word(page, "quota_rounding", grading.quota_rounding.value),
        ),
        _colon(page, _word(page, "field", "ties"), _word(page, "ties", grading.ties.value)),
    ]
    return ("; " if page.language == "en" else "；").join(terms)


def order_words(page: Page, scheme: Scheme) -> str:
    """What decides places, the weightiest first."""
    names = [page.t("总分")]
    names += [f"{code} {said(page, scheme.group(code).title)}" for code in scheme.order[1:]]
    return " > ".join(names)


def target_words(page: Page, scheme: Scheme) -> str:
    """The classes of targets whose pairings are scored."""
    return page.t("、").join(page.t(label("target_kind", each)) for each in scheme.targets)


def evidence_words(page: Page, evidence: Evidence) -> str:
    """What a unit has to show; empty where nothing is asked for."""
    if evidence.demand is Demand.NONE:
        return ""
    asked = _word(page, "demand", evidence.demand.value)
    return _colon(page, asked, said(page, evidence.text)) if evidence.text else asked


def rule_words(page: Page, part: Part) -> str:
    """What is given for what was counted."""
    return said(page, part.rule.in_words(part.unit))


def said(page: Page, text: Text) -> str:
    """A text of the domain in the reader's language."""
    return text.en if page.language == "en" else text.zh


def value_words(page: Page, change: Change, value: Any) -> str:
    """A value on either side of a change: as the document would put it."""
    match value:
        case None:
            return "—"
        case Text():
            return said(page, value)
        case ClauseText():
            return f"{value.number} {said(page, value.words)}"
        case Measure():
            return measure_words(page, value)
        case Rule():
            return said(page, value.in_words(Text("项", "item")))
        case Evidence():
            return evidence_words(page, value) or "—"
        case Rounding():
            return said(page, value.terms)
        case Grading():
            return grading_words(page, value)
        case Group() | Indicator() | Part():
            return said(page, value.title)
        case Fraction():
            return number(value)
        case date():
            return value.isoformat()
        case bool():
            return page.t("是") if value else page.t("否")
        case Enum():
            return _word(page, "when_not_applicable", str(value.value))
        case str() | int():
            return _word(page, "unit_class", str(value))
        case tuple():
            return ", ".join(value_words(page, change, each) for each in value) or "—"
    for name in ("label", "title", "at_least"):
        if is_dataclass(value) and hasattr(value, name):
            return _piece(page, value)
    return str(value)


def _piece(page: Page, value: Any) -> str:
    """A grade or a veto in one line."""
    words = said(page, getattr(value, "label", None) or value.title)
    if hasattr(value, "at_least"):
        words += f" ≥ {number(value.at_least)}"
        words += f" ≤ {value.quota_percent}%" if value.quota_percent is not None else ""
    if hasattr(value, "facts"):
        words = _colon(page, words, _facts(page, value.facts))
    if isinstance(value, Veto):
        words = _joined(page, words, veto_effect(page, value, value.grade or ""))
    return words


@dataclass(frozen=True)
class DiffLine:
    """One line of a difference: ``kind`` is ``same``, ``gone``, ``new`` or ``gap``; numbers count from 1."""

    kind: str
    before: int | None
    after: int | None
    text: str


def diff(before: str, after: str) -> list[DiffLine]:
    """Where two texts differ, line by line, with a little around it; empty for equal ones."""
    old, new = before.split("\n"), after.split("\n")
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    found: list[DiffLine] = []
    for group in matcher.get_grouped_opcodes(CONTEXT):
        if found:
            found.append(DiffLine("gap", None, None, "…"))
        for kind, a1, a2, b1, b2 in group:
            if kind == "equal":
                found += [DiffLine("same", a + 1, b1 + a - a1 + 1, old[a]) for a in range(a1, a2)]
            else:
                found += [DiffLine("gone", a + 1, None, old[a]) for a in range(a1, a2)]
                found += [DiffLine("new", None, b + 1, new[b]) for b in range(b1, b2)]
    return found


@dataclass(frozen=True)
class NumberedLine:
    """A line of the text with its number; ``bad`` where a problem stands there, ``apart`` where lines before it are left out."""

    number: int
    text: str
    bad: bool = False
    apart: bool = False


def numbered(text: str) -> list[NumberedLine]:
    """The whole text."""
    return [NumberedLine(n, each) for n, each in enumerate(text.split("\n"), 1)]


def around(text: str, bad: Iterable[int | None]) -> list[NumberedLine]:
    """The bad lines, marked, with a few on either side."""
    marked = {each for each in bad if each is not None}
    shown = {n for each in marked for n in range(each - AROUND, each + AROUND + 1)}
    return [
        NumberedLine(n, each, n in marked, n - 1 not in shown and n > 1)
        for n, each in enumerate(text.split("\n"), 1)
        if n in shown
    ]
