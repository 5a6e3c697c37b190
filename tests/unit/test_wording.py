"""Every text of the pages has its English, and the catalogue holds nothing else."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from jinja2 import Environment, nodes

from interface.locales import catalogue, counted, translate
from tests.kit.wording import WEB, asked, calls, is_chinese

PLACEHOLDER = re.compile(r"%\((\w+)\)s")


def test_every_text_asked_for_has_its_english() -> None:
    assert sorted(asked() - set(catalogue("en"))) == []


def test_the_catalogue_holds_no_text_that_nobody_asks_for() -> None:
    assert sorted(set(catalogue("en")) - asked()) == []


def test_both_languages_name_the_same_values() -> None:
    different = {
        zh: wordings
        for zh, wordings in catalogue("en").items()
        for en in wordings
        if set(PLACEHOLDER.findall(zh)) != set(PLACEHOLDER.findall(en))
    }
    assert different == {}


def test_english_holds_no_chinese() -> None:
    assert [en for each in catalogue("en").values() for en in each if is_chinese(en)] == []


def test_a_text_is_shown_in_either_language_with_its_values() -> None:
    assert translate("zh", "最新记录号 %(n)s", n=7) == "最新记录号 7"
    assert translate("en", "最新记录号 %(n)s", n=7) == "Newest record 7"


@pytest.mark.parametrize("text", ["全县总览", "“%(value)s”不是整数", "审计员", "第二管理员"])
def test_the_search_finds_texts_of_templates_and_code_and_what_accounts_are_called(text: str) -> None:
    assert text in asked()


def test_a_text_that_counts_is_worded_for_one_and_for_more() -> None:
    said = [counted("en", "共 %(n)s 条", n) for n in (0, 1, 2)]
    assert said == ["0 events", "1 event", "2 events"]
    assert counted("zh", "共 %(n)s 条", 1) == "共 1 条"
    assert counted("en", "最新记录号 %(n)s", 1) == "Newest record 1"


def test_every_text_that_counts_has_two_wordings() -> None:
    counting = {zh: wordings for zh, wordings in catalogue("en").items() if len(wordings) > 1}
    assert len(counting) > 30
    assert [zh for zh, (one, more) in counting.items() if one == more] == []


def test_a_marked_call_within_another_or_within_an_f_string_is_found() -> None:
    source = 'w.say("甲", n=Figure(w.t("乙")))\nf"{page.t(\'丙\')}"\nMalformed(name, "丁")\nprint("戊")\n'
    found = calls(io.BytesIO(source.encode()), ("t", "say", "Malformed"))
    assert sorted(name for _, name, _, _ in found) == ["Malformed", "say", "t", "t"]


@pytest.mark.parametrize("path", sorted(WEB.rglob("*.html")), ids=lambda path: path.stem)
def test_no_template_shows_a_text_that_is_not_marked(path: Path) -> None:
    tree = Environment().parse(path.read_text(encoding="utf-8"))
    constants = {each.value for each in tree.find_all(nodes.Const) if isinstance(each.value, str)}
    own_name = {"中文"}  # what the language calls itself, in every language
    assert {text for text in constants if is_chinese(text)} - asked() - own_name == set()
