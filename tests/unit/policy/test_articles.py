"""Articles of a text, what differs between two, and what a text cites."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.policy.articles import articles_of, compared, number_of, preamble_of, written
from domain.policy.citing import citations

TEXT = """为做好工作，制定本办法。
第一章 总则
第一条　结对每年确定一次。
（一）单位；
（二）村（社区）。
第二条 活动每月一次。
第二章 附则
第三条：本办法自印发之日起施行。"""


def test_a_text_is_read_in_articles() -> None:
    first, second, third = articles_of(TEXT)
    assert (first.number, first.chapter) == (1, "第一章 总则")
    assert first.text == "结对每年确定一次。\n（一）单位；\n（二）村（社区）。"
    assert (second.chapter, third.chapter) == ("", "第二章 附则")
    assert third.text == "本办法自印发之日起施行。"
    assert preamble_of(TEXT) == "为做好工作，制定本办法。"


@given(st.integers(1, 999))
def test_a_number_reads_as_it_is_written(number: int) -> None:
    assert number_of(written(number)) == number == number_of(str(number))


@pytest.mark.parametrize(("numeral", "number"), [("十", 10), ("一百零五", 105), ("二〇", 20), ("两", 2)])
def test_numerals_of_offices(numeral: str, number: int) -> None:
    assert number_of(numeral) == number


def test_an_article_that_moved_up_is_the_same_one() -> None:
    before = "第一条 单位每年与村结对。\n第二条 需求清单由村提出。\n第三条 活动每月至少开展一次。"
    after = "第一条 单位每年与村结对。\n第二条 活动每季至少开展一次。\n第三条 经费由单位列支。"
    same, gone, moved, new = compared(before, after)
    assert not same.changed
    assert gone.before is not None and gone.before.number == 2 and gone.after is None
    assert moved.before is not None and moved.after is not None
    assert (moved.before.number, moved.after.number) == (3, 2)
    assert [each.text for each in moved.pieces] == ["活动每", "月", "季", "至少开展一次。"]
    assert new.before is None and new.after is not None and new.after.number == 3


def test_a_text_cites_by_title_and_article() -> None:
    found = list(citations("按《联建办法》第十二条和《清单制度》办理，见《联建 办法》第 3 条"))
    assert [(each.title, each.article) for each in found] == [
        ("联建办法", 12),
        ("清单制度", None),
        ("联建办法", 3),
    ]
