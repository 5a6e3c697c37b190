"""One person is one name, however it was typed."""

from __future__ import annotations

import pytest

from domain.kernel.person import normal_name


@pytest.mark.parametrize("written", ["张三", " 张三 ", "张 三", "张\u3000三", "\t张三\n"])
def test_spaces_make_no_other_person(written: str) -> None:
    assert normal_name(written) == "张三"


@pytest.mark.parametrize(
    ("written", "normal"), [("Ａnna  Li", "Anna Li"), ("Anna Li", "Anna Li"), (" \u3000", ""), ("", "")]
)
def test_width_is_folded_and_words_of_other_names_stay_apart(written: str, normal: str) -> None:
    assert normal_name(written) == normal
