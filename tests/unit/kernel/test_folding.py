"""Spellings of one name have one folded form."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from application.ledgers.cells import key_of, parse_count
from domain.account.names import normal
from domain.kernel.document_no import normal_form
from domain.kernel.folding import folded


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        ("⽔利局", "水利局"),
        ("农⺠服务中心", "农民服务中心"),
        ("⻔前村", "门前村"),
        ("水\u200b利\u202e局\ufeff", "水利局"),
        ("水利局\ufe00", "水利局"),
        ("\u3000水 利\t局\xa0", "水利局"),
        ("水利局（本级）", "水利局(本级)"),
        ("水利局〔本级〕", "水利局(本级)"),
        ("水利局【本级】", "水利局［本级］"),
        ("ＡＢ公司", "ab公司"),
        ("３号－１", "3号-1"),
        ("尼玛・次仁村", "尼玛·次仁村"),
        ("\u200b \ufeff", ""),
    ],
)
def test_spellings_of_one_name_are_one(written: str, plain: str) -> None:
    assert folded(written) == folded(plain)
    assert key_of(written) == folded(plain), "ledgers fold names in the same way"


def test_nothing_unseen_makes_another_name() -> None:
    unseen = [chr(n) for n in range(0x110000) if unicodedata.category(chr(n)) in ("Cf", "Cc", "Cs", "Zs")]
    assert {each for each in unseen if folded(f"水{each}利") != "水利"} == set()


def test_other_names_stay_others() -> None:
    names = ["东滩村", "西滩村", "东滩社区", "东滩村一组", "東滩村", "东灘村"]
    assert len({folded(name) for name in names}) == len(names)


@given(st.text())
def test_folding_twice_is_folding_once(text: str) -> None:
    once = folded(text)
    assert folded(once) == once
    assert folded(f" {text}\u200b") == once


def test_numbers_and_user_names_rest_on_the_same_folding() -> None:
    assert normal_form("联督【２０２５】\u200b第07号") == normal_form("联督〔2025〕7号")
    assert normal(" Ｋａｏｈｅ") == "kaohe"
    assert normal("kao\u200bhe") != "kaohe", "nothing unseen is taken out of a user name: it is refused"


def test_a_figure_is_not_folded_to_another() -> None:
    assert parse_count("25") == 25
    assert not isinstance(parse_count("2⁵"), int)
    assert not isinstance(parse_count("②"), int)
