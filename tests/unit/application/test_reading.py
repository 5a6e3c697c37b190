"""Reading what people wrote: every kind of value, everything wrong at once, nothing kept before all can be read."""

from __future__ import annotations

import enum
import re
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

import pytest

from application.input.fields import Field, signature_of
from application.input.reading import Fault, read
from domain.kernel.person import PersonRef
from domain.kernel.values import (
    Happened,
    Hundredths,
    KeyOf,
    Line,
    Many,
    Money,
    OptionalWords,
    Pattern,
    Points,
    Rows,
    Text,
    Tick,
    Today,
    Whole,
    Words,
)

TODAY = date(2026, 3, 1)


class Size(enum.Enum):
    SMALL = "small"
    LARGE = "large"


@dataclass(frozen=True)
class Ballot:
    share: Hundredths
    voters: Annotated[int, Whole(0, 100)]


def decide(
    *,
    line: Line,
    words: Words,
    note: OptionalWords,
    on: Happened,
    due_on: date,
    number: Annotated[int, Whole(1, 10)],
    points: Annotated[int, Points(-500, 1200)],
    size: Size,
    passed: bool,
    noticed: Annotated[bool, Tick()],
    person: PersonRef,
    other: PersonRef | None,
    village: Annotated[str, KeyOf("village")],
    coded: Annotated[
        str, Text(5, pattern=Pattern(str.isalnum, "只能含字母和数字", "may have letters and digits only"))
    ],
    branches: Annotated[tuple[str, ...], Many(KeyOf("branch"), most=2)],
    ballots: Annotated[tuple[Ballot, ...], Rows(Ballot)],
    today: Today,
    appeal_id: str = "",
) -> None:
    """A decision with a field of every kind."""


FIELDS = signature_of(decide).fields
RIGHT: dict[str, object] = {
    "line": " 联督〔2026〕7号 ",
    "words": "第一行\r\n第二行",
    "on": "2026-02-28",
    "due_on": "2026-04-01",
    "number": "10",
    "points": "8.5",
    "size": "large",
    "passed": "no",
    "person": "张三",
    "village": "v-1",
    "coded": "a1",
    "branches": ["b-1", "b-2"],
    "ballots": [{"share": "60", "voters": "3"}],
}


class Vault:
    """Keeps the names that it is given."""

    def __init__(self) -> None:
        self.kept: list[str] = []

    def __call__(self, name: str) -> PersonRef:
        self.kept.append(name)
        return PersonRef(ref=f"p{len(self.kept)}", commitment="c")


def test_right_values_are_typed() -> None:
    vault = Vault()
    reading = read(FIELDS, RIGHT, today=TODAY, person=vault)
    assert reading.faults == {}
    assert reading.values == {
        "line": "联督〔2026〕7号",
        "words": "第一行\n第二行",
        "note": "",
        "on": date(2026, 2, 28),
        "due_on": date(2026, 4, 1),
        "number": 10,
        "points": 850,
        "size": Size.LARGE,
        "passed": False,
        "noticed": False,
        "person": PersonRef(ref="p1", commitment="c"),
        "other": None,
        "village": "v-1",
        "coded": "a1",
        "branches": ("b-1", "b-2"),
        "ballots": (Ballot(share=6000, voters=3),),
    }
    assert vault.kept == ["张三"]


def test_values_of_json_read_like_what_is_typed() -> None:
    json: dict[str, object] = {**RIGHT, "number": 10, "points": 8.5, "passed": False, "noticed": True}
    reading = read(FIELDS, json, today=TODAY, person=Vault(), strict=True)
    assert (reading.values["number"], reading.values["points"], reading.values["passed"]) == (10, 850, False)
    assert reading.values["noticed"] is True


@pytest.mark.parametrize(
    ("name", "written", "said"),
    [
        ("line", "", "必填"),
        ("line", "  ", "必填"),
        ("line", "两\n行", "一行"),
        ("line", "字" * 121, "最多 120 字，现有 121 字"),
        ("line", "零\x00", "无法显示"),
        ("line", "半\ud800", "无法显示"),
        ("line", 7, "不是文字"),
        ("line", ["甲", "乙"], "一个值"),
        ("other", [], "不能是空列表"),
        ("note", [], "不能是空列表"),
        ("noticed", [], "不能是空列表"),
        ("on", "2026-02-30", "不是日期"),
        ("on", "26-2-3", "不是日期"),
        ("on", "", "必填"),
        ("on", "1900-01-01", "1949"),
        ("on", 20260101, "不是文字"),
        ("number", "0", "应在 1 至 10 之间"),
        ("number", "十", "不是整数"),
        ("number", True, "不是整数"),
        ("number", 1.5, "不是整数"),
        ("number", "9" * 30, "不是整数"),
        ("points", "8.555", "不是分值"),
        ("points", "-5.01", "应在 -5.00 至 12.00 之间"),
        ("points", "nan", "不是分值"),
        ("size", "middle", "small、large"),
        ("passed", "maybe", "yes 或 no"),
        ("noticed", "perhaps", "勾选"),
        ("person", "名" * 41, "最多 40 字"),
        ("village", "v" * 201, "最多 200 字"),
        ("coded", "a-1", "只能含字母和数字"),
        ("branches", [], "必填"),
        ("branches", ["b-1", "b-2", "b-3"], "最多 2 项"),
        ("ballots", "60", "不是一行"),
        ("nothing_of_the_kind", "1", "没有这一项；可填：" + "、".join(each.name for each in FIELDS)),
    ],
)
def test_what_cannot_be_read_is_said_and_no_name_is_kept(name: str, written: object, said: str) -> None:
    vault = Vault()
    reading = read(FIELDS, {**RIGHT, name: written}, today=TODAY, person=vault, strict=True)
    assert list(reading.faults) == [name]
    assert said in reading.faults[name].zh
    plain = re.sub("“.*”", "", reading.faults[name].en)
    assert plain and plain.isascii(), "English but for the value itself"
    assert reading.values == {}
    assert vault.kept == []


def test_everything_wrong_is_said_at_once() -> None:
    reading = read(FIELDS, {}, today=TODAY, person=Vault())
    optional = {"note", "other", "noticed", "on"}
    assert set(reading.faults) == {field.name for field in FIELDS} - optional


@pytest.mark.parametrize("unticked", [None, False, "", "0", "no", [], [""], ["0"], ["no"]])
def test_a_box_is_left_unticked_in_as_many_ways(unticked: object) -> None:
    reading = read(FIELDS, {**RIGHT, "noticed": unticked}, today=TODAY, person=Vault())
    assert not reading.faults and reading.values["noticed"] is False


def test_a_box_is_ticked_or_not_and_never_both() -> None:
    reading = read(FIELDS, {**RIGHT, "noticed": ["yes", "no"]}, today=TODAY, person=Vault())
    assert reading.faults["noticed"].code.value == "one_value"


@pytest.mark.parametrize("ticked", [True, "1", "on", "yes", ["1"], ["on"], ["yes"]])
def test_a_box_is_ticked_as_a_form_a_script_and_a_command_say_it(ticked: object) -> None:
    reading = read(FIELDS, {**RIGHT, "noticed": ticked}, today=TODAY, person=Vault())
    assert reading.values["noticed"] is True


def test_a_day_that_happened_is_today_where_nothing_is_stated() -> None:
    left_out = {name: written for name, written in RIGHT.items() if name != "on"}
    assert read(FIELDS, left_out, today=TODAY, person=Vault()).values["on"] == TODAY


def test_a_fault_in_a_table_names_row_and_column() -> None:
    ballots = [{"share": "60", "voters": "3"}, {"share": "x", "voters": "101"}, {"share": "1"}]
    reading = read(FIELDS, {**RIGHT, "ballots": ballots}, today=TODAY, person=Vault())
    assert set(reading.faults) == {"ballots.1.share", "ballots.1.voters", "ballots.2.voters"}


def test_a_parameter_with_a_default_or_supplied_is_no_field() -> None:
    assert {"today", "appeal_id"}.isdisjoint(field.name for field in FIELDS)


@pytest.mark.parametrize("hint", [str, int, dict, "str | int"])
def test_a_type_that_says_no_kind_does_not_start(hint: Any) -> None:
    def unsaid(*, value: Any) -> None: ...

    unsaid.__annotations__["value"] = hint
    with pytest.raises(TypeError, match="value"):
        signature_of(unsaid)


def test_a_field_says_whether_it_is_required() -> None:
    assert [field for field in FIELDS if field.name == "other"] == [Field("other", FIELDS[10].kind, False)]


def test_an_amount_is_written_in_yuan_and_held_in_cents() -> None:
    budget = (Field("budget", Money(), True),)

    def held(written: object) -> object:
        reading = read(budget, {"budget": written}, today=date(2025, 1, 1))
        return reading.values.get("budget", reading.faults.get("budget"))

    assert (held("45000"), held("45000.5"), held(0.01)) == (4_500_000, 4_500_050, 1)
    for wrong in ("四万", "1.005", "-0.01"):
        assert isinstance(held(wrong), Fault), wrong
