"""Units of every class have a tree of their own, with the same full marks; what the tree says beside points."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine

from domain.assessment.scheme.measured_values import Amount, Measured, Share
from domain.assessment.scheme.points import Rounding, RoundingMode, half_up
from domain.assessment.scheme.scheme import Demand, Evidence, WhenNotApplicable
from domain.assessment.scheme.text import Text
from domain.assessment.scheme.vocabulary import UNIT_CLASSES
from domain.assessment.scheme_file.scheme_text import problems
from domain.assessment.schemes import shipped_scheme
from domain.assessment.scoring.scoring import score
from domain.registry.events import UnitClass
from projections.boards.registry.units_and_villages import entry_classes
from projections.facts.fact_table import facts
from projections.scores.scores import explain, explain_sheet, scores, scores_csv
from tests.unit.assessment.county import fact, fill
from tests.unit.assessment.small_scheme import AGENCIES, GRADES, HEAD, OTHERS, small, small_scheme

AGENCY, FIRM = "2025-v-00000001-b-00000001", "2025-v-00000002-b-00000002"


def test_the_classes_are_those_of_the_registry() -> None:
    assert set(UNIT_CLASSES) == {each.value for each in UnitClass}


def test_each_class_sees_its_own_tree() -> None:
    scheme = small_scheme()
    assert scheme.by_class
    assert [group.code for group in scheme.for_class("agency").groups] == ["K", "J", "P"]
    assert [group.code for group in scheme.for_class("enterprise").groups] == ["K", "S"]
    assert [group.code for group in scheme.for_class("").groups] == ["K"]
    assert {each: scheme.for_class(each).full_marks for each in UNIT_CLASSES} == dict.fromkeys(
        UNIT_CLASSES, 100
    )
    assert scheme.full_marks is None
    assert scheme.for_class("agency") is scheme.for_class("agency")
    assert scheme.for_class("agency") != scheme
    assert hash(scheme.for_class("agency")) != hash(scheme)


def test_a_scheme_without_classes_is_the_tree_of_all() -> None:
    scheme = shipped_scheme(2025)
    assert not scheme.by_class
    assert scheme.for_class("agency") is scheme
    named = small_scheme(
        ('for = ["institution", "enterprise"]', 'for = ["institution", "enterprise", "agency"]'),
        (AGENCIES, ""),
    )
    assert named.group("S").classes == ()


def test_each_sheet_is_scored_by_the_tree_of_its_class() -> None:
    scheme = small_scheme()
    found: dict[str, Measured] = {"K1.n": Amount(2), "J1.n": Amount(1), "S.n": Amount(7), "P.n": Amount(1)}
    agency = score(scheme.for_class("agency"), "p", found)
    assert [(line.indicator.code, line.final) for line in agency.lines] == [
        ("K1", 2000),
        ("J1", 3000),  # 15 of 30, and J2 does not apply: twice as much
        ("J2", None),
        ("P", 200),
    ]
    assert agency.total == 5200
    assert score(scheme.for_class("institution"), "p", found).total == 2700


K1, J1, J2 = "groups[0].indicators[0]", "groups[1].indicators[0]", "groups[1].indicators[1]"
OF_S, OF_J = 'max = 60\n[[groups.indicators]]\ncode = "S"', 'max = 60\nwhen_not_applicable = "redistribute"'
OF_K1, OF_J2 = "max = 40\nclause", 'max = 30\nclause = { number = "3"'
POLICY = 'when_not_applicable = "redistribute"'
FOR_OTHERS = 'for = ["institution", "enterprise"]'
PARTS_OF_J2 = AGENCIES[AGENCIES.rindex("[[groups.indicators.parts]]") :]

REFUSED = [
    # what is changed, the path refused, what is said
    (
        [(OF_S, OF_S.replace("60", "50")), ("max = 60\nclause", "max = 50\nclause")],
        "groups",
        "agencies 100, institutions 90, enterprises 90",
    ),
    (
        [('"total", "K"', '"total"'), ('code = "K"', 'code = "K"\nfor = ["agency"]'), (OTHERS, "")],
        "groups",
        "no group for institutions",
    ),
    ([(OF_S, OF_S.removeprefix("max = 60\n"))], "groups[2]", "has no maximum"),
    ([("bonus = true\n", "")], "groups[3]", "has no maximum"),
    ([('"total", "K"', '"total", "J"')], "order", "'J' is no group of all units"),
    ([('for = ["agency"]', 'for = ["agencies"]')], "groups[1].for", '"agencies" is unknown'),
    ([('for = ["agency"]', "for = []")], "groups[1].for", "is empty"),
    ([('sign = "plus"\nbonus', 'sign = "minus"\nbonus')], "groups[3].bonus", "no bonus"),
    ([(FOR_OTHERS, f'{FOR_OTHERS}\nfallback = ["J"]')], "groups[2].fallback", "no group of institutions"),
    ([(POLICY, "")], f"{J2}.parts[0].rule", "nothing says what then"),
    ([("max = 40\n[[", f"max = 40\n{POLICY}\n[[")], "groups[0].when_not_applicable", "always applies"),
    ([('code = "J1"', f'code = "J1"\n{POLICY}')], f"{J1}.when_not_applicable", "always applies"),
    ([(POLICY, POLICY.replace("redistribute", "skip"))], "groups[1].when_not_applicable", "unknown"),
    (
        [(OF_J2, OF_J2.replace("max", "base")), (POLICY, POLICY.replace("redistribute", "full"))],
        f"{J2}.max",
        "of which there are none",
    ),
    ([(OF_J, POLICY)], "groups[1].when_not_applicable", "needs a maximum"),
    ([(OF_K1, f"floor = 41\n{OF_K1}")], f"{K1}.floor", "lies above 40"),
    ([(OF_K1, f"floor = -1000\n{OF_K1}")], f"{K1}.floor", "-1000 points are impossible"),
    ([(OF_K1, f'evidence = {{ demand = "required" }}\n{OF_K1}')], f"{K1}.evidence.text", "is missing"),
    ([(OF_K1, f'evidence = {{ demand = "much" }}\n{OF_K1}')], f"{K1}.evidence.demand", '"much" is'),
    ([("to = 0.01", "to = 0.5")], "rounding.to", "hundredths, tenths or whole"),
    ([('id = "n"', 'id = "n"\nfrom = 2026-02-01')], f"{K1}.parts[0].from", "no day of the year"),
    (
        [('id = "n"', 'id = "n"\nfrom = 2025-07-01\nuntil = 2025-06-30')],
        f"{K1}.parts[0].until",
        "lies before 2025-07-01",
    ),
    (
        [
            (
                PARTS_OF_J2,
                PARTS_OF_J2.replace('id = "n"', 'id = "n"\nuntil = 2025-06-30')
                + PARTS_OF_J2.replace('id = "n"', 'id = "later"\nfrom = 2025-07-01'),
            ),
            (f"{POLICY}\n", ""),
            ("not_applicable_when_none = true", "when_none = 0"),
            ("not_applicable_when_none = true", "when_none = 0"),
        ],
        f"{J2}.parts[1].rule",
        "give 60 together, the indicator at most 30",
    ),
]


def test_each_half_of_the_year_may_give_its_half_of_the_points() -> None:
    half = PARTS_OF_J2.replace(
        "at_full = 30, not_applicable_when_none = true", "at_full = 15, when_none = 15"
    )
    both = half.replace('"n"', '"n"\nuntil = 2025-06-30') + half.replace('"n"', '"o"\nfrom = 2025-07-01')
    scheme = small_scheme((PARTS_OF_J2, both), (f"{POLICY}\n", ""))
    line = score(scheme.for_class("agency"), "p", {"J2.n": Share(1, 2), "J2.o": Share(1, 1)}).line("J2")
    assert line.final == 2250
    assert "项目（至 2025-06-30）：2 个中 1 个，按比例 15 × 1/2" in line.because.zh
    assert "项目（2025-07-01 起）：1 个中 1 个" in line.because.zh
    assert "Projects (until 2025-06-30): 1 of 2 projects" in line.because.en


@pytest.mark.parametrize(("changes", "where", "what"), REFUSED)
def test_impossible_trees_are_refused(changes: list[tuple[str, str]], where: str, what: str) -> None:
    found = problems(small(*changes))
    assert [each.where for each in found] == [where], found
    assert what in found[0].what.en
    assert found[0].line is not None


def test_where_a_whole_group_may_not_apply_something_says_what_then() -> None:
    first, second = AGENCIES.index("[[groups.indicators]]"), AGENCIES.rindex("[[groups.indicators]]")
    only = (AGENCIES[:first] + AGENCIES[second:]).replace("max = 30", "max = 60")
    text = HEAD + only + OTHERS + GRADES
    assert [(each.where, "all may be not applicable" in each.what.en) for each in problems(text)] == [
        ("groups[1].indicators", True)
    ]
    assert problems(text.replace(POLICY, 'fallback = ["K"]')) == ()


@pytest.mark.parametrize(
    ("policy", "final", "said"),
    [
        ("zero", 0, "没有可计比例的对象，不适用；不适用的计 0 分。"),
        ("full", 3000, "没有可计比例的对象，不适用；不适用的按满分计 30 分。"),
        ("redistribute", None, "没有可计比例的对象，不适用。"),
    ],
)
def test_what_does_not_apply_counts_as_the_scheme_says(policy: str, final: int | None, said: str) -> None:
    scheme = small_scheme(('code = "J2"', f'code = "J2"\nwhen_not_applicable = "{policy}"')).for_class(
        "agency"
    )
    assert scheme.indicator("J2").when_not_applicable is WhenNotApplicable(policy)
    assert scheme.indicator("J1").when_not_applicable is None
    sheet = score(scheme, "p", {"J1.n": Amount(1)})
    assert sheet.line("J2").final == final
    assert sheet.line("J2").because.zh.endswith(said)
    assert sheet.line("J1").final == (3000 if final is None else 1500)
    applies = score(scheme, "p", {"J2.n": Share(1, 2)}).line("J2")
    assert (applies.final, applies.stand_in) == (1500, None)


def test_a_floor_may_let_points_sink_below_zero_or_grant_a_least() -> None:
    sinking = small_scheme((OF_K1, "max = 40\nbase = 20\nfloor = -5\nclause")).for_class("")
    assert score(sinking, "p", {"K1.n": Amount(1)}).line("K1").final == 1000
    line = score(sinking, "p", {"K1.n": Amount(3)}).line("K1")
    assert line.final == -500
    assert line.because.zh.endswith("20 − 30，最低 -5 分。")
    least = small_scheme((OF_K1, "max = 40\nfloor = 2.5\nclause")).for_class("")
    line = score(least, "p", {}).line("K1")
    assert (line.final, line.because.zh.endswith("合计 0，最低 2.5 分。")) == (250, True)


def test_evidence_is_asked_for_only_where_the_scheme_says_so() -> None:
    assert small_scheme().indicator("K1").evidence == Evidence(Demand.NONE, None)
    asked = small_scheme(
        (
            "max = 40\nclause",
            'max = 40\nevidence = { demand = "on_request", text = { zh = "签到册", en = "list" } }\nclause',
        )
    )
    assert asked.indicator("K1").evidence == Evidence(Demand.ON_REQUEST, Text("签到册", "list"))


def test_a_part_may_judge_some_days_of_the_year_only() -> None:
    facts_ = (
        small_scheme(('id = "n"', 'id = "n"\nfrom = 2025-07-01\nuntil = 2025-09-30')).parts[0].measure.facts
    )
    assert (facts_.valid_from, facts_.valid_until) == (date(2025, 7, 1), date(2025, 9, 30))
    assert small_scheme().parts[0].measure.facts.valid_from is None


@pytest.mark.parametrize(
    ("mode", "to", "final", "said"),
    [
        ("half_up", "0.01", 833, "四舍五入为 8.33 分。"),
        ("half_even", "0.1", 830, "四舍六入五成双为 8.30 分。"),
        ("down", "1", 800, "舍去尾数为 8.00 分。"),
    ],
)
def test_the_rounding_is_the_schemes_own(mode: str, to: str, final: int, said: str) -> None:
    scheme = small_scheme(
        ('mode = "half_up", to = 0.01', f'mode = "{mode}", to = {to}'),
        ('{ kind = "each", each = 10 }', '{ kind = "to_target", target = 12, at_target = 20 }'),
    )
    line = score(scheme.for_class(""), "p", {"K1.n": Amount(5)}).line("K1")
    assert (line.final, line.because.zh.endswith(said)) == (final, True)


@given(
    st.fractions(min_value=0, max_value=120, max_denominator=4000),
    st.sampled_from(RoundingMode),
    st.sampled_from([Fraction(1, 100), Fraction(1, 10), Fraction(1)]),
)
def test_rounding_agrees_with_rounding_by_hand(value: Fraction, mode: RoundingMode, to: Fraction) -> None:
    found = Rounding(mode, to).hundredths(value)
    below = (value // to) * to
    above = below + to
    expected = {
        RoundingMode.DOWN: below,
        RoundingMode.HALF_UP: above if value - below >= to / 2 else below,
        RoundingMode.HALF_EVEN: round(value / to) * to,
    }[mode]
    assert Fraction(found, 100) == expected
    assert Rounding(mode, to).hundredths(-value) == -found
    if (mode, to) == (RoundingMode.HALF_UP, Fraction(1, 100)):
        assert found == half_up(value)


@pytest.fixture
def county() -> Iterator[Connection]:
    """An agency and an enterprise, paired all year, of which both held a training and a forum, and have 7 volunteers."""
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        facts.create(connection)
        entry_classes.create(connection)
        for n, (pairing, unit_class) in enumerate(((AGENCY, "agency"), (FIRM, "enterprise")), 1):
            branch = f"b-0000000{n}"
            of = {"entry_kind": "branch", "level": "county", "of_class": unit_class}
            connection.execute(
                entry_classes.insert().values(class_id=branch, entry=branch, known_from=1, **of)
            )
            fill(
                connection,
                [
                    fact(10 * n, pairing, "paired", date(2025, 1, 1)),
                    fact(10 * n + 1, pairing, "activity", date(2025, 3, 1), type="training"),
                    fact(10 * n + 2, pairing, "activity", date(2025, 3, 2), type="forum"),
                    fact(10 * n + 3, pairing, "activity", date(2025, 3, 3), type="volunteering", quantity=7),
                ],
            )
        yield connection
    engine.dispose()


def test_each_pairing_of_a_county_is_scored_and_explained_by_its_units_class(county: Connection) -> None:
    scheme = small_scheme()
    results = scores(county, scheme)
    assert [(each.pairing, each.sheet.total) for each in results] == [(AGENCY, 4000), (FIRM, 1700)]
    assert explain(county, scheme, AGENCY, "J1").line.final == 3000
    assert list(explain_sheet(county, scheme, FIRM).lines) == ["K1", "S"]
    with pytest.raises(KeyError):
        explain(county, scheme, FIRM, "J1")


def test_the_table_has_the_columns_of_all_classes(county: Connection) -> None:
    scheme = small_scheme()
    table = scores_csv(scheme, scores(county, scheme), {"v-00000001": "甲", "v-00000002": "乙"})
    assert table.splitlines() == [
        "village,K1,J1,J2,K,J,S,P,total,grade,veto",
        "甲,10.00,30.00,,10.00,30.00,,0.00,40.00,较差,否",
        "乙,10.00,,,10.00,,7.00,,17.00,较差,否",
    ]
