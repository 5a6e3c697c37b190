"""What the newer rule kinds say of themselves: a clerk must be able to reckon every figure again from its sentence."""

from __future__ import annotations

from fractions import Fraction as F

import pytest

from domain.assessment.scheme.measured_values import (
    Amount,
    Day,
    Measured,
    Place,
    Ratings,
    Share,
    StatedPoints,
    Survey,
    Tally,
    phrase,
)
from domain.assessment.scheme.measures import MeasureKind
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

SESSION, MONTH, BALLOT = Text("次", "session"), Text("个月", "month"), Text("票", "ballot")
SHEET, POINT = Text("份", "questionnaire"), Text("分", "point")
GROUPS = (RaterGroup("a", F(60), Text("班子", "leaders")), RaterGroup("b", F(40), Text("村民", "villagers")))
OPTIONS = (
    Option("y", F(100), Text("满意", "satisfied")),
    Option("m", F(60), Text("基本满意", "fairly satisfied")),
    Option("n", F(0), Text("不满意", "dissatisfied")),
)


@pytest.mark.parametrize(
    ("rule", "measured", "unit", "kind", "zh", "en"),
    [
        (
            Flat(award=F(5), when_none=F(0)),
            Amount(n=2, which=()),
            SESSION,
            MeasureKind.COUNT,
            "项 2 次，有即得 5 分，没有得 0 分，计 5.00 分",
            "Item: 2 sessions; 5 for one or more, 0 for none: 5.00 points",
        ),
        (
            Flat(award=F(5), when_none=F(1)),
            Amount(n=0, which=()),
            SESSION,
            MeasureKind.COUNT,
            "项 0 次，有即得 5 分，没有得 1 分，计 1.00 分",
            "Item: 0 sessions; 5 for one or more, 1 for none: 1.00 points",
        ),
        (
            PerMissing(expected=12, each=F(1), at_full=F(10)),
            Amount(n=10, which=()),
            SESSION,
            MeasureKind.COUNT,
            "项 10 次，应有 12 次，少 2 次，每次扣 1 分：10 − 2 × 1，计 8.00 分",
            "Item: 10 sessions; 12 sessions expected, 2 missing, 1 off for each session: 10 − 2 × 1: 8.00 points",
        ),
        (
            PerMissing(expected=12, each=F(1), at_full=F(10)),
            Amount(n=12, which=()),
            SESSION,
            MeasureKind.COUNT,
            "项 12 次，应有 12 次，不扣分，计 10.00 分",
            "Item: 12 sessions; 12 sessions expected, nothing taken off: 10.00 points",
        ),
        (
            PerMissing(expected=12, each=F(1), at_full=F(10)),
            Amount(n=1, which=()),
            SESSION,
            MeasureKind.COUNT,
            "项 1 次，应有 12 次，少 11 次，每次扣 1 分：10 − 11 × 1，扣完为止，计 0.00 分",
            "Item: 1 session; "
            "12 sessions expected, 11 missing, 1 off for each session: 10 − 11 × 1, not below 0: 0.00 points",
        ),
        (
            PerUnmet(at_full=F(4), each=F(1), when_none=F(0)),
            Share(part=10, whole=12),
            MONTH,
            MeasureKind.CADENCE,
            "项：12 个月中 10 个月，应达到 12 个月，未达到 2 个月，每个月扣 1 分：4 − 2 × 1，计 2.00 分",
            "Item: 10 of 12 months; 12 months due, 2 not met, 1 off for each month: 4 − 2 × 1: 2.00 points",
        ),
        (
            PerUnmet(at_full=F(4), each=F(1), when_none=None),
            Share(part=0, whole=0),
            MONTH,
            MeasureKind.CADENCE,
            "项：0 个月，没有应计的对象，不适用",
            "Item: 0 months; nothing was due: not applicable",
        ),
        (
            Threshold(at_least=F(80), award=F(10), otherwise=Otherwise.NOTHING, when_none=F(0)),
            Share(part=4, whole=5),
            SESSION,
            MeasureKind.SHARE,
            "项：5 次中 4 次，80% 以上得 10 分，计 10.00 分",
            "Item: 4 of 5 sessions; 10 from 80%: 10.00 points",
        ),
        (
            Threshold(at_least=F(80), award=F(10), otherwise=Otherwise.NOTHING, when_none=F(0)),
            Share(part=3, whole=5),
            SESSION,
            MeasureKind.SHARE,
            "项：5 次中 3 次，80% 以上得 10 分，否则不得分，计 0.00 分",
            "Item: 3 of 5 sessions; 10 from 80%, otherwise nothing: 0.00 points",
        ),
        (
            Threshold(at_least=F(80), award=F(10), otherwise=Otherwise.PROPORTIONAL, when_none=F(0)),
            Share(part=3, whole=5),
            SESSION,
            MeasureKind.SHARE,
            "项：5 次中 3 次，80% 以上得 10 分，否则按完成比例 10 × 3/5，计 6.00 分",
            "Item: 3 of 5 sessions; 10 from 80%, otherwise in proportion 10 × 3/5: 6.00 points",
        ),
        (
            ByPlace(places=((1, F(10)), (3, F(5)))),
            Place(place=2, among=147),
            SESSION,
            MeasureKind.RANK,
            "项：147 个中第 2 名，第 1 名 10 分、第 2–3 名 5 分，计 5.00 分",
            "Item: place 2 of 147; 10 for place 1, 5 for place 2–3: 5.00 points",
        ),
        (
            ByPlace(places=((1, F(10)), (3, F(5)))),
            Place(place=None, among=0),
            SESSION,
            MeasureKind.RANK,
            "项：没有名次，第 1 名 10 分、第 2–3 名 5 分，计 0.00 分",
            "Item: no place; 10 for place 1, 5 for place 2–3: 0.00 points",
        ),
        (
            ByPlace(places=((1, F(10)), (3, F(5)))),
            Place(place=4, among=0),
            SESSION,
            MeasureKind.PLACED,
            "项：第 4 名，第 1 名 10 分、第 2–3 名 5 分，计 0.00 分",
            "Item: place 4; 10 for place 1, 5 for place 2–3: 0.00 points",
        ),
        (
            Converted(full=F(100), at_full=F(5), to=ConvertedTo.POINTS, when_none=F(0)),
            StatedPoints(hundredths=9250),
            POINT,
            MeasureKind.STATED,
            "项：评定 92.50 分，按得分比例折算 92.5 ÷ 100 × 5，计 37/8 分（约 4.63）",
            "Item: assessed at 92.50 points; converted in proportion 92.5 ÷ 100 × 5: 37/8 points (about 4.63)",
        ),
        (
            Converted(full=F(100), at_full=F(5), to=ConvertedTo.DEDUCTION, when_none=None),
            StatedPoints(hundredths=9250),
            POINT,
            MeasureKind.STATED,
            "项：评定 92.50 分，按扣分比例折算 (100 − 92.5) ÷ 100 × 5，计 3/8 分（约 0.38）",
            "Item: assessed at 92.50 points; "
            "what was lost, converted in proportion (100 − 92.5) ÷ 100 × 5: 3/8 points (about 0.38)",
        ),
        (
            Converted(full=F(100), at_full=F(5), to=ConvertedTo.DEDUCTION, when_none=None),
            StatedPoints(hundredths=None),
            POINT,
            MeasureKind.STATED,
            "项：尚未评定，没有可折算的得分，不适用",
            "Item: not assessed yet; no score to convert: not applicable",
        ),
        (
            Given(at_most=F(10)),
            StatedPoints(hundredths=850),
            POINT,
            MeasureKind.STATED,
            "项：评定 8.50 分，以审核评定为准，最多 10 分，计 8.50 分",
            "Item: assessed at 8.50 points; as assessed, at most 10: 8.50 points",
        ),
        (
            Given(at_most=F(10)),
            StatedPoints(hundredths=None),
            POINT,
            MeasureKind.STATED,
            "项：尚未评定，评定前不计分，计 0.00 分",
            "Item: not assessed yet; nothing until then: 0.00 points",
        ),
        (
            Rated(full=F(100), at_full=F(30), groups=GROUPS, at_least=3, when_missing=WhenMissing.ZERO),
            Ratings(groups=(("a", 92500, 10), ("b", 76000, 9))),
            BALLOT,
            MeasureKind.RATINGS,
            "项：收到 19 票，（班子 925 ÷ 10 × 60% + 村民 760 ÷ 9 × 40%）÷ 100 × 30，计 1607/60 分（约 26.78）",
            "Item: 19 ballots received; "
            "(leaders 925 ÷ 10 × 60% + villagers 760 ÷ 9 × 40%) ÷ 100 × 30: 1607/60 points (about 26.78)",
        ),
        (
            Rated(full=F(100), at_full=F(30), groups=GROUPS, at_least=3, when_missing=WhenMissing.ZERO),
            Ratings(groups=(("a", 92500, 10),)),
            BALLOT,
            MeasureKind.RATINGS,
            "项：收到 10 票，（班子 925 ÷ 10 × 60%）÷ 100 × 30；村民不足 3 票，按 0 分计，计 16.65 分",
            "Item: 10 ballots received; (leaders 925 ÷ 10 × 60%) ÷ 100 × 30; "
            "fewer than 3 ballots of villagers, counted as 0: 16.65 points",
        ),
        (
            Rated(
                full=F(100), at_full=F(30), groups=GROUPS, at_least=3, when_missing=WhenMissing.REDISTRIBUTE
            ),
            Ratings(groups=(("a", 92500, 10), ("b", 100, 1))),
            BALLOT,
            MeasureKind.RATINGS,
            "项：收到 11 票，（班子 925 ÷ 10 × 60%）÷ 60% ÷ 100 × 30；村民不足 3 票，权重由其余各组分担，计 27.75 分",
            "Item: 11 ballots received; (leaders 925 ÷ 10 × 60%) ÷ 60% ÷ 100 × 30; "
            "fewer than 3 ballots of villagers, the others take the weight over: 27.75 points",
        ),
        (
            Rated(
                full=F(100), at_full=F(30), groups=GROUPS, at_least=3, when_missing=WhenMissing.NOT_APPLICABLE
            ),
            Ratings(groups=(("a", 92500, 10),)),
            BALLOT,
            MeasureKind.RATINGS,
            "项：收到 10 票，村民不足 3 票，不适用",
            "Item: 10 ballots received; fewer than 3 ballots of villagers: not applicable",
        ),
        (
            Rated(
                full=F(100), at_full=F(30), groups=GROUPS, at_least=3, when_missing=WhenMissing.REDISTRIBUTE
            ),
            Ratings(groups=()),
            BALLOT,
            MeasureKind.RATINGS,
            "项：收到 0 票，班子、村民不足 3 票，计 0.00 分",
            "Item: 0 ballots received; fewer than 3 ballots of leaders, villagers: 0.00 points",
        ),
        (
            Satisfaction(
                at_full=F(10), options=OPTIONS, at_least=10, when_fewer=None, warn_valid=30, warn_returned=60
            ),
            Survey(issued=100, returned=90, valid=85, options=(("y", 60), ("m", 20), ("n", 5))),
            SHEET,
            MeasureKind.SURVEY,
            "项：发出 100 份，收回 90 份，有效 85 份，"
            "（满意 60 × 100% + 基本满意 20 × 60% + 不满意 5 × 0%）÷ 85 × 10，计 144/17 分（约 8.47）",
            "Item: 100 questionnaires issued, 90 returned, 85 valid; "
            "(satisfied 60 × 100% + fairly satisfied 20 × 60% + dissatisfied 5 × 0%) ÷ 85 × 10: 144/17 points (about 8.47)",
        ),
        (
            Satisfaction(
                at_full=F(10), options=OPTIONS, at_least=10, when_fewer=None, warn_valid=30, warn_returned=60
            ),
            Survey(issued=30, returned=20, valid=12, options=(("y", 12),)),
            SHEET,
            MeasureKind.SURVEY,
            "项：发出 30 份，收回 20 份，有效 12 份，（满意 12 × 100%）"
            "÷ 12 × 10（样本偏小：有效的不足 30 份），计 10.00 分",
            "Item: 30 questionnaires issued, 20 returned, 12 valid; (satisfied 12 × 100%) "
            "÷ 12 × 10 (small sample: fewer than 30 questionnaires valid): 10.00 points",
        ),
        (
            Satisfaction(
                at_full=F(10), options=OPTIONS, at_least=10, when_fewer=None, warn_valid=30, warn_returned=60
            ),
            Survey(issued=100, returned=50, valid=40, options=(("y", 40),)),
            SHEET,
            MeasureKind.SURVEY,
            "项：发出 100 份，收回 50 份，有效 40 份，（满意 40 × 100%）"
            "÷ 40 × 10（样本偏小：收回率不足 60%），计 10.00 分",
            "Item: 100 questionnaires issued, 50 returned, 40 valid; (satisfied 40 × 100%) "
            "÷ 40 × 10 (small sample: less than 60% returned): 10.00 points",
        ),
        (
            Satisfaction(
                at_full=F(10), options=OPTIONS, at_least=10, when_fewer=None, warn_valid=30, warn_returned=60
            ),
            Survey(issued=10, returned=9, valid=9, options=()),
            SHEET,
            MeasureKind.SURVEY,
            "项：发出 10 份，收回 9 份，有效 9 份，有效的少于 10 份，不适用",
            "Item: 10 questionnaires issued, 9 returned, 9 valid; fewer than 10 questionnaires valid: not applicable",
        ),
        (
            PerLevel(
                levels=(("o", F(1), Text("橙", "orange")), ("r", F(2), Text("红", "red"))), at_most=F(3)
            ),
            Tally(counts=(("o", 1), ("r", 2))),
            SESSION,
            MeasureKind.TALLY,
            "项 3 次，橙 1 次 × 1 分，红 2 次 × 2 分，最多 3 分，计 3.00 分",
            "Item: 3 sessions; orange 1 × 1, red 2 × 2, at most 3: 3.00 points",
        ),
        (
            Rated(full=F(100), at_full=F(30), groups=GROUPS, at_least=3, when_missing=WhenMissing.ZERO),
            Ratings(groups=(("a", 33000, 3), ("b", 27000, 3))),
            BALLOT,
            MeasureKind.RATINGS,
            "项：收到 6 票，（班子 100 × 60% + 村民 270 ÷ 3 × 40%）÷ 100 × 30，计 28.80 分",
            "Item: 6 ballots received; (leaders 100 × 60% + villagers 270 ÷ 3 × 40%) ÷ 100 × 30: 28.80 points",
        ),
    ],
)
def test_a_figure_says_how_it_came_about(
    rule: Rule, measured: Measured, unit: Text, kind: MeasureKind, zh: str, en: str
) -> None:
    said, judged = phrase(kind, measured, Text("项", "Item"), unit), rule.points(measured, unit)
    assert f"{said.zh}，{judged.because_zh}" == zh
    assert f"{said.en}; {judged.because_en}" == en


@pytest.mark.parametrize(
    "rule",
    [
        Flat(F(1)),
        PerMissing(1, F(1), F(1)),
        PerUnmet(F(1), F(1), None),
        Threshold(F(1), F(1), Otherwise.NOTHING, None),
        ByPlace(((1, F(1)),)),
        Converted(F(1), F(1), ConvertedTo.POINTS, None),
        Given(F(1)),
        Rated(F(1), F(1), GROUPS, 1, WhenMissing.ZERO),
        Satisfaction(F(1), OPTIONS, 1),
    ],
)
def test_a_rule_refuses_a_value_of_another_kind(rule: Rule) -> None:
    with pytest.raises(TypeError, match=f"{type(rule).__name__} judges {rule.ACCEPTS.__name__}, not Day"):
        rule.value(Day(None))
