"""Every kind of rule can be read in a document, before anything was measured."""

from __future__ import annotations

import pytest

from domain.assessment.rule_words import in_words
from domain.assessment.rules import Rule
from domain.assessment.scheme import Scheme
from domain.assessment.schemes import scheme_text
from domain.assessment.text import Text


def kinds(of: type[Rule]) -> list[type[Rule]]:
    return [each for sub in of.__subclasses__() for each in (sub, *kinds(sub))]


@pytest.mark.parametrize("kind", kinds(Rule), ids=lambda kind: kind.__name__)
def test_every_kind_of_rule_has_words_of_its_own(kind: type[Rule]) -> None:
    assert in_words.dispatch(kind) is not in_words.dispatch(Rule)


def test_the_rules_of_the_county_in_words() -> None:
    scheme = Scheme.parse(scheme_text(2025))
    told = {part.id: in_words(part.rule, part.unit) for part in scheme.parts}
    assert told["A1.agreement"].zh == "3 月 31 日前（含）4 分，12 月 31 日前（含）2 分，此后或没有的 0 分"
    assert told["A2.secretary"] == Text(
        "所占比例 × 2 分；没有可计比例的对象时计 0 分", "share × 2; nothing to take a share of: 0"
    )
    assert told["B2.participants"].zh == "达到 60 人 得 6 分，不足的按比例"
    assert told["C1.persons"].en == "8 from 15, 6 from 10, 4 from 5, 2 from 1, fewer 0"
    assert told["D3.ratings"].zh == "平均值；少于 3 个评分的不适用"
    assert told["E2.raised"].en == "minor 1 each, serious 2 each, critical 4 each"
