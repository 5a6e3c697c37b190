"""The newer measure and rule kinds are read as strictly as the others: what could not be meant is refused with a remedy."""

from __future__ import annotations

from fractions import Fraction

import pytest

from domain.assessment.scheme.measures import FactFilter, Measure, MeasureKind, Period, RankedBy, Window
from domain.assessment.scheme.reading import SchemeError
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
from domain.assessment.scheme.scheme import Part
from domain.assessment.scheme.text import Text
from domain.assessment.scheme_file.scheme_text import parse_scheme
from domain.assessment.schemes import scheme_text

TEXT = scheme_text(2025).partition("\n[[cases]]")[0]
"""Without the sample sheets, which name D3's own part."""
D3 = TEXT.index('code = "D3"')
PART = TEXT.index("[[groups.indicators.parts]]", D3)
END = TEXT.index("# ----", PART)
"""D3 may be not applicable, so that every kind can stand there; its maximum is 5."""

COUNT = '{ kind = "count", fact = "activity", types = ["forum"], window = "in_year" }'
CADENCE = '{ kind = "cadence", every = "month", at_least = 2, fact = "activity", window = "in_year" }'
RANK = '{ kind = "rank", by = "sum", fact = "persons_visited", window = "in_year" }'
VERIFIED = '{ kind = "stated", fact = "verified_points" }'
SUPERIOR = '{ kind = "stated", fact = "superior_score", window = "by_cut_off" }'
PLACED, RATINGS, SURVEY = '{ kind = "placed" }', '{ kind = "ratings" }', '{ kind = "survey" }'
TALLY = '{ kind = "tally", fact = "slip_issued", levels = ["orange", "red"], window = "in_year" }'

A_GROUP = '{ group = "班子", weight = 60, label = { zh = "班子", en = "leaders" } }'
B_GROUP = '{ group = "村民", weight = 40, label = { zh = "村民", en = "villagers" } }'
GROUPS = f"[{A_GROUP}, {B_GROUP}]"
RATED = (
    f'{{ kind = "rated", full = 100, at_full = 5, at_least = 3, when_missing = "zero", groups = {GROUPS} }}'
)
YES = '{ option = "满意", worth = 100, label = { zh = "满意", en = "satisfied" } }'
NO = '{ option = "不满意", worth = 0, label = { zh = "不满意", en = "dissatisfied" } }'
ASKED = f"options = [{YES}, {NO}]"
SATISFIED = f'{{ kind = "satisfaction", at_full = 5, at_least = 10, {ASKED} }}'


def scheme_with(measure: str, rule: str, more: str = "") -> str:
    """The 2025 scheme with another measure and rule in D3."""
    part = '[[groups.indicators.parts]]\nid = "own"\ntitle = { zh = "项", en = "Item" }\n'
    part += 'unit = { zh = "次", en = "time" }\n'
    return f"{TEXT[:PART]}{part}measure = {measure}\nrule = {rule}\n{more}{TEXT[END:]}"


def part_of(measure: str, rule: str) -> Part:
    (part,) = parse_scheme(scheme_with(measure, rule)).indicator("D3").parts
    return part


@pytest.mark.parametrize(
    ("measure", "rule", "expected"),
    [
        (COUNT, '{ kind = "flat", points = 5 }', Flat(Fraction(5))),
        (COUNT, '{ kind = "flat", points = 5, when_none = 1 }', Flat(Fraction(5), Fraction(1))),
        (
            COUNT,
            '{ kind = "per_missing", expected = 12, each = 0.5, at_full = 5 }',
            PerMissing(12, Fraction(1, 2), Fraction(5)),
        ),
        (
            CADENCE,
            '{ kind = "per_unmet", at_full = 5, each = 1, when_none = 0 }',
            PerUnmet(Fraction(5), Fraction(1), Fraction(0)),
        ),
        (
            CADENCE,
            '{ kind = "threshold", at_least = 80, points = 5, otherwise = "proportional", '
            "not_applicable_when_none = true }",
            Threshold(Fraction(80), Fraction(5), Otherwise.PROPORTIONAL, None),
        ),
        (
            RANK,
            '{ kind = "by_place", places = [{ to = 1, points = 5 }, { to = 3, points = 2 }] }',
            ByPlace(((1, Fraction(5)), (3, Fraction(2)))),
        ),
        (PLACED, '{ kind = "by_place", places = [{ to = 3, points = 5 }] }', ByPlace(((3, Fraction(5)),))),
        (
            SUPERIOR,
            '{ kind = "converted", full = 100, at_full = 5, as = "deduction", not_applicable_when_none = true }',
            Converted(Fraction(100), Fraction(5), ConvertedTo.DEDUCTION, None),
        ),
        (VERIFIED, '{ kind = "given", at_most = 5 }', Given(Fraction(5))),
        (
            RATINGS,
            RATED,
            Rated(
                Fraction(100),
                Fraction(5),
                (
                    RaterGroup("班子", Fraction(60), Text("班子", "leaders")),
                    RaterGroup("村民", Fraction(40), Text("村民", "villagers")),
                ),
                3,
                WhenMissing.ZERO,
            ),
        ),
        (
            SURVEY,
            SATISFIED.replace(
                "at_least = 10", "at_least = 10, warn_below = { valid = 30, returned_percent = 60 }"
            ),
            Satisfaction(
                Fraction(5),
                (
                    Option("满意", Fraction(100), Text("满意", "satisfied")),
                    Option("不满意", Fraction(0), Text("不满意", "dissatisfied")),
                ),
                10,
                None,
                30,
                60,
            ),
        ),
        (
            TALLY,
            '{ kind = "per_level", at_most = 3, levels = ['
            '{ level = "orange", points = 1, label = { zh = "橙", en = "orange" } }, '
            '{ level = "red", points = 2, label = { zh = "红", en = "red" } }] }',
            PerLevel(
                (
                    ("orange", Fraction(1), Text("橙", "orange")),
                    ("red", Fraction(2), Text("红", "red")),
                ),
                Fraction(3),
            ),
        ),
    ],
)
def test_a_kind_is_read_as_it_is_written(measure: str, rule: str, expected: Rule) -> None:
    assert part_of(measure, rule).rule == expected


def test_a_survey_may_say_what_too_few_answers_are_worth() -> None:
    rule = part_of(SURVEY, SATISFIED.replace("at_full", "when_fewer = 2, at_full")).rule
    assert isinstance(rule, Satisfaction)
    assert rule.when_fewer == 2


def test_what_is_stated_belongs_to_its_indicator_and_counts_on_any_day() -> None:
    def facts_of(measure: str, rule: str) -> FactFilter:
        return part_of(measure, rule).measure.facts

    given = '{ kind = "given", at_most = 5 }'
    assert facts_of(VERIFIED, given) == FactFilter("verified_points", Window.ANY_DAY, indicator="D3")
    assert facts_of(SUPERIOR, given) == FactFilter("superior_score", Window.BY_CUT_OFF, indicator="D3")
    by_place = '{ kind = "by_place", places = [{ to = 3, points = 5 }] }'
    assert facts_of(PLACED, by_place) == FactFilter("superior_rank", Window.ANY_DAY, indicator="D3")


def test_rater_groups_and_options_are_words_that_only_the_rule_names() -> None:
    rated, surveyed = part_of(RATINGS, RATED).measure.facts, part_of(SURVEY, SATISFIED).measure.facts
    assert (rated.kind, rated.indicator, rated.levels) == ("rating", "D3", ("班子", "村民"))
    assert (surveyed.kind, surveyed.levels) == ("survey_option", ("满意", "不满意"))


def test_a_cadence_and_a_rank_keep_what_they_are_kept_by() -> None:
    cadence = part_of(CADENCE, '{ kind = "per_unmet", at_full = 5, each = 1, when_none = 0 }').measure
    facts = FactFilter("activity", Window.IN_YEAR)
    assert cadence == Measure(MeasureKind.CADENCE, facts, (), Period.MONTH, 2)
    rank = part_of(RANK, '{ kind = "by_place", places = [{ to = 3, points = 5 }] }').measure
    assert (rank.kind, rank.by) == (MeasureKind.RANK, RankedBy.SUM)


D3_PART = "groups[3].indicators[2].parts[0]"


@pytest.mark.parametrize(
    ("measure", "rule", "where", "what"),
    [
        (COUNT, '{ kind = "flat" }', "rule.points", "is missing"),
        (COUNT, '{ kind = "flat", points = 6 }', "rule", "6 exceeds the indicator's maximum 5"),
        (COUNT, '{ kind = "flat", points = 5, at_most = 5 }', "rule.at_most", "is an unknown key"),
        (CADENCE, '{ kind = "flat", points = 5 }', "rule.kind", "cannot judge 'cadence'"),
        (
            COUNT,
            '{ kind = "per_missing", expected = 0, each = 1, at_full = 5 }',
            "rule.expected",
            "0 is imposs",
        ),
        (
            COUNT,
            '{ kind = "per_missing", expected = 2, each = 0, at_full = 5 }',
            "rule.each",
            "takes nothing off",
        ),
        (COUNT, '{ kind = "per_missing", expected = 2, each = 1, at_full = 5.5 }', "rule", "5.5 exceeds"),
        (CADENCE, '{ kind = "per_unmet", at_full = 5, each = 1 }', "rule.when_none", "is missing"),
        (CADENCE, '{ kind = "per_unmet", at_full = 5, each = 0, when_none = 0 }', "rule.each", "nothing off"),
        (
            CADENCE,
            '{ kind = "threshold", at_least = 101, points = 5, otherwise = "nothing", when_none = 0 }',
            "rule.at_least",
            "101 is no percentage",
        ),
        (
            CADENCE,
            '{ kind = "threshold", at_least = 0, points = 5, otherwise = "nothing", when_none = 0 }',
            "rule.at_least",
            "0 is no percentage",
        ),
        (
            CADENCE,
            '{ kind = "threshold", at_least = 80, points = 5, otherwise = "half", when_none = 0 }',
            "rule.otherwise",
            '"half" is unknown',
        ),
        (
            RANK,
            '{ kind = "by_place", places = [{ to = 3, points = 5 }, { to = 1, points = 5 }] }',
            "rule.places",
            "do not rise",
        ),
        (
            RANK,
            '{ kind = "by_place", places = [{ to = 3, points = 5 }, { to = 3, points = 2 }] }',
            "rule.places",
            "do not rise",
        ),
        (
            RANK,
            '{ kind = "by_place", places = [{ to = 1, points = 2 }, { to = 3, points = 5 }] }',
            "rule.places",
            "a later place more",
        ),
        (RANK, '{ kind = "by_place", places = [] }', "rule.places", "is not a list of tables"),
        (RANK, '{ kind = "by_place", places = [{ to = 1, points = 9 }] }', "rule", "9 exceeds"),
        (
            SUPERIOR,
            '{ kind = "converted", full = 0, at_full = 5, as = "points", when_none = 0 }',
            "rule.full",
            "cannot end at 0",
        ),
        (
            SUPERIOR,
            '{ kind = "converted", full = 100, at_full = 5, as = "stars", when_none = 0 }',
            "rule.as",
            '"stars" is unknown',
        ),
        (SUPERIOR, '{ kind = "given", at_most = 5.01 }', "rule", "5.01 exceeds"),
        (RATINGS, RATED.replace("weight = 60", "weight = 50"), "rule.groups", "add up to 90, not to 100"),
        (RATINGS, RATED.replace("weight = 60", "weight = 0"), "rule.groups[0].weight", "0 is no percentage"),
        (
            RATINGS,
            RATED.replace('group = "村民"', 'group = "班子"'),
            "rule.groups",
            "'班子' stands there twice",
        ),
        (RATINGS, RATED.replace("at_least = 3", "at_least = 0"), "rule.at_least", "0 is impossible"),
        (RATINGS, RATED.replace('"zero"', '"skip"'), "rule.when_missing", '"skip" is unknown'),
        (RATINGS, RATED.replace("full = 100", "full = 0", 1), "rule.full", "cannot end at 0"),
        (SURVEY, RATED, "rule.kind", "cannot judge 'survey'"),
        (SURVEY, SATISFIED.replace("worth = 100", "worth = 101"), "rule.options[0].worth", "101% exceeds"),
        (
            SURVEY,
            SATISFIED.replace("worth = 100", "worth = 0"),
            "rule.options",
            "no option is worth anything",
        ),
        (SURVEY, SATISFIED.replace('"不满意", worth', '"满意", worth'), "rule.options", "twice"),
        (SURVEY, SATISFIED.replace("at_least = 10", "at_least = 0"), "rule.at_least", "0 is impossible"),
        (
            SURVEY,
            SATISFIED.replace("at_full", "warn_below = {}, at_full"),
            "rule.warn_below",
            "does not say when",
        ),
        (
            SURVEY,
            SATISFIED.replace("at_full", "warn_below = { valid = 10 }, at_full"),
            "rule.warn_below.valid",
            "so 10 never warns",
        ),
        (
            SURVEY,
            SATISFIED.replace("at_full", "warn_below = { returned_percent = 101 }, at_full"),
            "rule.warn_below.returned_percent",
            "101 is impossible",
        ),
        (RATINGS.replace(" }", ', fact = "rating" }'), RATED, "measure.fact", "is an unknown key"),
        (PLACED.replace(" }", ', window = "by_own_day" }'), RATED, "measure.window", "no other fact"),
        ('{ kind = "stated", fact = "activity" }', RATED, "measure.fact", '"activity" is unknown'),
        (COUNT.replace("activity", "verified_points"), RATED, "measure.fact", '"verified_points" is unknown'),
        (CADENCE.replace("month", "week"), RATED, "measure.every", '"week" is unknown'),
        (CADENCE.replace("at_least = 2, ", ""), RATED, "measure.at_least", "is missing"),
        (CADENCE.replace("in_year", "any_day"), RATED, "measure.window", "kept within the year"),
        (COUNT.replace("fact", 'every = "month", fact'), RATED, "measure.every", "is an unknown key"),
        (RANK.replace("sum", "mean"), RATED, "measure.by", '"mean" is unknown'),
    ],
)
def test_what_cannot_be_meant_is_refused(measure: str, rule: str, where: str, what: str) -> None:
    with pytest.raises(SchemeError) as refused:
        parse_scheme(scheme_with(measure, rule))
    assert refused.value.where == f"{D3_PART}.{where}"
    assert what in refused.value.what.en
    assert refused.value.what.zh
    assert refused.value.remedy.zh
    assert refused.value.remedy.en


def test_one_statement_is_not_counted_twice_in_an_indicator() -> None:
    again = '[[groups.indicators.parts]]\nid = "again"\ntitle = { zh = "项", en = "Item" }\n'
    again += 'unit = { zh = "次", en = "time" }\n'
    given = '{ kind = "given", at_most = 5 }'
    other = f"{again}measure = {SUPERIOR}\nrule = {given}\n"
    assert len(parse_scheme(scheme_with(VERIFIED, given, other)).indicator("D3").parts) == 2
    with pytest.raises(SchemeError, match="counts what an earlier part counts already"):
        parse_scheme(scheme_with(VERIFIED, given, f"{again}measure = {VERIFIED}\nrule = {given}\n"))


def test_points_taken_off_may_exceed_the_base_since_they_end_at_nothing() -> None:
    text = scheme_with(COUNT, '{ kind = "flat", points = 9 }')
    based = text.replace('code = "D3"', 'code = "D3"\nbase = 5')
    assert parse_scheme(based).indicator("D3").parts[0].rule == Flat(Fraction(9))


@pytest.mark.parametrize(
    ("measure", "rule", "may"),
    [
        (CADENCE, '{ kind = "per_unmet", at_full = 5, each = 1, not_applicable_when_none = true }', True),
        (CADENCE, '{ kind = "per_unmet", at_full = 5, each = 1, when_none = 5 }', False),
        (
            SUPERIOR,
            '{ kind = "converted", full = 100, at_full = 5, as = "points", not_applicable_when_none = true }',
            True,
        ),
        (SUPERIOR, '{ kind = "converted", full = 100, at_full = 5, as = "points", when_none = 5 }', False),
        (RATINGS, RATED, False),
        (RATINGS, RATED.replace("zero", "not_applicable"), True),
        (SURVEY, SATISFIED, True),
        (SURVEY, SATISFIED.replace("at_full", "when_fewer = 2, at_full"), False),
        (
            CADENCE,
            '{ kind = "threshold", at_least = 80, points = 5, otherwise = "nothing", '
            "not_applicable_when_none = true }",
            True,
        ),
    ],
)
def test_what_may_not_apply_needs_a_group_that_says_what_then(measure: str, rule: str, may: bool) -> None:
    text = scheme_with(measure, rule)
    assert parse_scheme(text).indicator("D3").parts[0].rule.may_not_apply is may
    # The same in a group without a fallback: the part alone is moved to B3, whose maximum is 6.
    b3 = text.index("[[groups.indicators.parts]]", text.index('code = "B3"'))
    moved = text[b3 : text.index("# ----", b3)]
    own = text[text.index("[[groups.indicators.parts]]", text.index('code = "D3"')) :]
    own = own[: own.index("# ----")]
    elsewhere = text.replace(moved, own, 1)
    if may:
        with pytest.raises(SchemeError, match="may be not applicable"):
            parse_scheme(elsewhere)
    else:
        assert len(parse_scheme(elsewhere).indicator("B3").parts) == 1
