"""What somebody types, and what it means: characters, pinyin with every reading of a character, its first letters, numbers."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from application.questions.searching.matching import Hit, Match, Name, Number, Typed

FOUND = [
    ("南溪村", "南溪村", Match.NAME, "南溪村"),
    (" 南 溪 村 ", "南溪村", Match.NAME, "南溪村"),
    ("南溪", "南溪村", Match.PREFIX, "南溪"),
    ("溪", "南溪村", Match.CONTAINED, "溪"),
    ("nanxicun", "南溪村", Match.PINYIN, "南溪村"),
    ("nanx", "南溪村", Match.PINYIN, "南溪"),
    ("nan xi", "南溪村", Match.PINYIN, "南溪"),
    ("NXC", "南溪村", Match.PINYIN, "南溪村"),
    ("nxcun", "南溪村", Match.PINYIN, "南溪村"),
    ("南x", "南溪村", Match.PINYIN, "南溪"),
    ("xic", "南溪村", Match.CONTAINED, "溪村"),
    ("mzj", "云岭县民政局", Match.CONTAINED, "民政局"),
    # Every reading finds the name, the usual one of the place and the one that somebody takes it for.
    ("chongqing", "重庆路社区", Match.PINYIN, "重庆"),
    ("cq", "重庆路社区", Match.PINYIN, "重庆"),
    ("zhongqing", "重庆路社区", Match.PINYIN, "重庆"),
    ("changle", "长乐村", Match.PINYIN, "长乐"),
    ("zhang", "长乐村", Match.PINYIN, "长"),
    ("yueqing", "乐清村", Match.PINYIN, "乐清"),
    ("luan", "六安村", Match.PINYIN, "六安"),
    ("yanshan", "铅山村", Match.PINYIN, "铅山"),
    ("zengjia", "曾家村", Match.PINYIN, "曾家"),
    ("shanxian", "单县村", Match.PINYIN, "单县"),
    ("zhsh", "中山村", Match.PINYIN, "中山"),
    ("zs", "中山村", Match.PINYIN, "中山"),
    ("lvchun", "绿春村", Match.PINYIN, "绿春"),
    ("lüchun", "绿春村", Match.PINYIN, "绿春"),
    ("luchun", "绿春村", Match.PINYIN, "绿春"),
    ("xi'an", "西安村", Match.PINYIN, "西安"),
    ("d3xx", "第3小学", Match.PINYIN, "第3小学"),
]
UNFOUND = [("nanxic", "南溪"), ("xn", "南溪村"), ("zhx", "中山村"), ("南村", "南溪村"), ("", "南溪村")]


@pytest.mark.parametrize(("typed", "name", "how", "part"), FOUND)
def test_a_name_is_found_as_it_is_typed(typed: str, name: str, how: Match, part: str) -> None:
    hit = Typed(typed).hit([Name.of(name)])
    assert hit is not None and (hit.how, hit.part, hit.by) == (how, part, name)


@pytest.mark.parametrize(("typed", "name"), UNFOUND)
def test_what_does_not_fit_is_not_found(typed: str, name: str) -> None:
    assert Typed(typed).hit([Name.of(name)]) is None


def test_what_fits_best_comes_first() -> None:
    names = ["北南溪村", "南溪新村", "南溪村", "南溪", "南熙村", "内乡村"]
    hits = {name: Typed("南溪").hit([Name.of(name)]) for name in names}
    listed = sorted((name for name, hit in hits.items() if hit), key=lambda name: _place(hits[name]))
    assert listed == ["南溪", "南溪村", "南溪新村", "北南溪村"]
    hits = {name: Typed("nx").hit([Name.of(name)]) for name in names}
    assert sorted(names, key=lambda name: _place(hits[name])) == [
        "南溪",
        "南溪村",
        "南熙村",
        "内乡村",
        "南溪新村",
        "北南溪村",
    ]


def _place(hit: Hit | None) -> tuple[int, int]:
    assert hit is not None
    return hit.place


def test_numbers_are_found_in_every_spelling_and_by_a_part() -> None:
    numbers = Number.several("WT2025-059", "", "联督〔2025〕7号")
    found = {
        typed: hit.how if (hit := Typed(typed).hit(numbers=numbers)) else None
        for typed in ("wt2025-059", "ＷＴ2025-059", "联督[2025] 第07号", "WT2025", "059", "8号")
    }
    assert list(found.values()) == [*[Match.NUMBER] * 3, Match.PREFIX, Match.CONTAINED, None]
    records = {typed: Typed(typed).record for typed in ("#1234", "＃12", "59", "059", "#", "5a", "9" * 19)}
    assert list(records.values()) == [1234, 12, 59, None, None, None, None]


def test_several_words_all_fit_somewhere() -> None:
    names, township = [Name.of("云州法院"), Name.of("南溪村")], [Name.of("青山镇")]
    assert Typed("法院 nanxi").hit(names) == Hit(Match.CONTAINED, "云州法院", "法院")
    assert Typed("qingshan 南溪").hit(names, beside=township) is not None
    assert Typed("法院 北溪").hit(names) is None
    beside = Typed("青山镇").hit(names, beside=township)
    assert beside == Hit(Match.CONTAINED, "青山镇", "青山镇"), "a township's own name is not the village's"


def test_readings_are_loaded_when_somebody_searches_and_without_phrases() -> None:
    script = (
        "import sys\n"
        "from application.questions.searching.readings import readings_of\n"
        "assert 'pypinyin' not in sys.modules\n"
        "assert 'chong' in readings_of('重')[0] and 'pypinyin' in sys.modules\n"
        "assert not sys.modules['pypinyin.constants'].PHRASES_DICT\n"
    )
    environment = {name: value for name, value in os.environ.items() if name != "PYPINYIN_NO_PHRASES"}
    subprocess.run([sys.executable, "-c", script], check=True, env=environment)
