"""The help: the reader's own tutorial first, and the rules behind the pages in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from fastapi import FastAPI

from interface.demo.accounts import DEMO_ACTORS
from interface.web.help.one_language import in_language
from interface.web.help.rule import RULES, document
from interface.web.help.tutorial import tutorials
from interface.web.kit.areas import AREAS
from interface.web.kit.rules import BEHIND, rule_behind
from tests.kit.serving import Visitor, demo_app


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    system, app = demo_app(tmp_path_factory.mktemp("help"))
    yield app
    system.close()


def test_everybody_finds_the_own_tutorial_first(app: FastAPI) -> None:
    for actor in DEMO_ACTORS:
        visitor = Visitor(app, actor.username)
        listed = re.findall(r'href="/help/([a-z_]+)"', visitor.get("/help").text.partition("<main")[2])
        assert {role.value for role in tutorials()} <= set(listed)
        assert listed[0] == actor.role.value
        page = visitor.get(f"/help/{actor.role.value}").text
        pictures = re.findall(r'<img src="([^"?]+)\?v=\w+" alt="([^"]+)"', page)
        assert pictures and all(alt for _, alt in pictures)
        assert visitor.get(pictures[0][0]).headers["content-type"] == "image/webp"


def test_every_section_leads_to_a_rule_that_is_there() -> None:
    assert set(BEHIND) == {section.path for area in AREAS for section in area.sections}
    for name, part in BEHIND.values():
        assert not part or part in {each.name for each in document(name, "zh").parts}, (name, part)
    assert rule_behind("/findings/f-1") == "/help/rules/duties?part=findings#findings"
    assert rule_behind("/me") == "/help/rules"


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_rule_is_a_page_of_bearable_size(app: FastAPI, language: str) -> None:
    visitor = Visitor(app, "danwei")
    visitor.get(f"/language?to={language}&next=/me")
    for name in RULES:
        for part in document(name, language).parts:
            answer = visitor.get(f"/help/rules/{name}?part={part.name}")
            assert answer.status_code == 200 and len(answer.content) < 120_000, (name, part.name)
            assert f'<section id="{part.name}">' in answer.text
    assert visitor.get("/help/rules/none").status_code == 404
    assert visitor.get("/help/none").status_code == 404


def test_links_lead_to_rules_that_are_shown_or_are_plain_text(app: FastAPI) -> None:
    visitor = Visitor(app, "danwei")
    for name in RULES:
        begins = document(name, "zh").begins + "".join(part.html for part in document(name, "zh").parts)
        for target in re.findall(r'href="([^"]+)"', begins):
            assert target.startswith("https://") or visitor.get(target).status_code == 200, (name, target)


BOTH = """# 规则 · Rules

先写中文。

English after it.

| 情形 · stands | 由谁 · who |
|---|---|
| `raised` 已登记 · raised | 督查员 · Supervisor<br>监督小组 · Supervision |
| `only` | 只有中文 |
"""


def test_a_document_is_read_in_one_language() -> None:
    zh, en = in_language(BOTH, "zh"), in_language(BOTH, "en")
    assert zh.split("\n")[:3] == ["# 规则", "", "先写中文。"] and "English" not in zh
    assert en.split("\n")[:3] == ["# Rules", "", "English after it."] and "先写" not in en
    assert "| 已登记| 督查员<br>监督小组|" in zh and "raised" not in zh
    assert "| raised| Supervisor<br>Supervision|" in en
    for each in (zh, en):
        assert "`only`" in each and "只有中文" in each, "what is said in one language only stays"
