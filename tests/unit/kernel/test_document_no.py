"""Document numbers are one however brackets, widths and blanks are typed."""

from __future__ import annotations

import pytest

from domain.kernel.document_no import normal_form


@pytest.mark.parametrize(
    "written",
    [
        "联督〔2025〕7号",
        "联督[2025]7号",
        "联督（2025）7号",
        "联督(2025)7号",
        "联督【2025】7号",
        "联督［２０２５］７号",
        " 联督〔2025〕 7 号　",
        "联督〔2025〕第7号",
        "联督〔2025〕007号",
    ],
)
def test_spellings_of_one_number(written: str) -> None:
    assert normal_form(written) == "联督(2025)7号"


def test_what_differs_stays_different_and_nothing_is_nothing() -> None:
    others = ["联督〔2025〕7号", "联督〔2024〕7号", "联督〔2025〕70号", "联通〔2025〕7号", "联督20257号"]
    assert len({normal_form(each) for each in others}) == len(others)
    assert normal_form("ａ-1") == normal_form("A-1")
    assert normal_form(" 　") == normal_form("") == ""
