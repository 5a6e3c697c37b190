"""Every kind of rule can be read in a document, before anything was measured."""

from __future__ import annotations

from fractions import Fraction

import pytest

from domain.assessment.scheme.rules.kinds.by_place import ByPlace
from domain.assessment.scheme.rules.kinds.converted import Converted, ConvertedTo
from domain.assessment.scheme.rules.kinds.flat import Flat
from domain.assessment.scheme.rules.kinds.given import Given
from domain.assessment.scheme.rules.kinds.per_level import PerLevel
from domain.assessment.scheme.rules.kinds.per_missing import PerMissing
from domain.assessment.scheme.rules.kinds.per_unmet import PerUnmet
from domain.assessment.scheme.rules.kinds.rated import Rated, RaterGroup, WhenMissing
from domain.assessment.scheme.rules.kinds.satisfaction import Option, Satisfaction
from domain.assessment.scheme.rules.kinds.threshold import Otherwise, Threshold
from domain.assessment.scheme.rules.rule import Rule
from domain.assessment.scheme.text import Text
from domain.assessment.scheme_file.scheme_text import parse_scheme
from domain.assessment.schemes import scheme_text


def test_the_rules_of_the_county_in_words() -> None:
    scheme = parse_scheme(scheme_text(2025))
    told = {part.id: part.rule.in_words(part.unit) for part in scheme.parts}
    assert told["A1.agreement"].zh == "3 月 31 日前（含）4 分，12 月 31 日前（含）2 分，此后或没有的 0 分"
    assert told["A2.secretary"] == Text(
        "所占比例 × 2 分；没有可计比例的对象时计 0 分", "share × 2; nothing to take a share of: 0"
    )
    assert told["B2.participants"].zh == "达到 60 人 得 6 分，不足的按比例"
    assert told["C1.persons"].en == "8 from 15, 6 from 10, 4 from 5, 2 from 1, fewer 0"
    assert told["D3.ratings"].zh == "平均值；少于 3 个评分的不适用"
    assert told["E2.raised"].en == "minor 1 each, serious 2 each, critical 4 each"


F = Fraction
OPTIONS = (Option("good", F(100), Text("满意", "content")), Option("bad", F(0), Text("不满意", "not")))
GROUPS = (
    RaterGroup("lead", F(60), Text("领导", "leaders")),
    RaterGroup("all", F(40), Text("群众", "people")),
)


@pytest.mark.parametrize(
    ("rule", "zh", "en"),
    [
        (Flat(F(3)), "有即得 3 分，没有得 0 分", "3 for one or more, 0 for none"),
        (
            PerMissing(12, F(1), F(10)),
            "应有 12 次，得 10 分，每少一次扣 1 分，扣完为止",
            "10 for 12, 1 off for each missing, not below 0",
        ),
        (
            PerUnmet(F(5), F(1), None),
            "都达到得 5 分，每有一次未达到扣 1 分，扣完为止；没有可计的对象时不适用",
            "5, 1 off for each not met, not below 0; nothing to judge: not applicable",
        ),
        (
            Threshold(F(80), F(5), Otherwise.PROPORTIONAL, F(2)),
            "达到 80% 得 5 分，否则按完成比例得分；没有可计的对象时计 2 分",
            "5 from 80%, otherwise in proportion; nothing to judge: 2",
        ),
        (
            Rated(F(100), F(30), GROUPS, 5, WhenMissing.ZERO),
            "领导 60%、群众 40% 加权平均，100 分制折算为 30 分；某组少于 5 次的，该组按 0 分计",
            "mean weighted by leaders 60%, people 40%, out of 100, converted to 30; a group with fewer than 5: it counts as 0",
        ),
        (
            Satisfaction(F(10), OPTIONS, 30),
            "10 分 × 有效问卷的平均满意程度（满意 100%、不满意 0%）；有效的少于 30 次的不适用",
            "10 × the mean of valid questionnaires (content 100%, not 0%); with fewer than 30 valid not applicable",
        ),
        (
            ByPlace(((3, F(10)), (10, F(5)))),
            "前 3 名 10 分，前 10 名 5 分，此外 0 分",
            "10 up to place 3, 5 up to place 10, beyond 0",
        ),
        (
            Converted(F(100), F(8), ConvertedTo.DEDUCTION, F(0)),
            "上级 100 分制所扣的分按比例折算，最多扣 8 分；没有可计的对象时计 0 分",
            "what a superior took off 100, converted to 8; nothing to judge: 0",
        ),
        (Given(F(6)), "以审核评定为准，最多 6 分", "as assessed, at most 6"),
        (
            PerLevel((("county", F(1), Text("县级", "county")),), F(4)),
            "县级每次 1 分，最多 4 分",
            "county 1 each, at most 4",
        ),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Rule) else "",
)
def test_a_kind_of_rule_in_words(rule: Rule, zh: str, en: str) -> None:
    assert rule.in_words(Text("次", "time")) == Text(zh, en)
