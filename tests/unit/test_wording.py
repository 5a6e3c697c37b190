"""Every text of the pages has its English, and the catalogue holds nothing else."""

from __future__ import annotations

import re

import pytest

from interface.locales import catalogue, translate
from tests.kit.wording import asked, is_chinese

PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def test_every_text_asked_for_has_its_english() -> None:
    assert sorted(asked() - set(catalogue("en"))) == []


def test_the_catalogue_holds_no_text_that_nobody_asks_for() -> None:
    assert sorted(set(catalogue("en")) - asked()) == []


def test_both_languages_name_the_same_values() -> None:
    different = {
        zh: en
        for zh, en in catalogue("en").items()
        if set(PLACEHOLDER.findall(zh)) != set(PLACEHOLDER.findall(en))
    }
    assert different == {}


def test_english_holds_no_chinese() -> None:
    assert [en for en in catalogue("en").values() if is_chinese(en)] == []


def test_a_text_is_shown_in_either_language_with_its_values() -> None:
    assert translate("zh", "最新记录号 %(n)s", n=7) == "最新记录号 7"
    assert translate("en", "最新记录号 %(n)s", n=7) == "Newest record 7"


@pytest.mark.parametrize(
    "text", ["总览", "“%(value)s”不是整数", "开展活动", "登记村（社区）%(name)s，%(township)s"]
)
def test_the_search_finds_texts_of_templates_code_labels_and_sentences(text: str) -> None:
    assert text in asked()
