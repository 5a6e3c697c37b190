"""English pages set their marks as English does: a full-width mark stands only in what somebody typed in Chinese."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from jinja2.lexer import TOKEN_DATA

import interface.web
from interface.web.kit.rendering import environment
from tests.kit.every_page import every_form, every_page
from tests.kit.played import year_end
from tests.kit.serving import Visitor

TEMPLATES = sorted(Path(*interface.web.__path__).rglob("*.html"))
HAN, MARK = "[\u3400-\u9fff]", "[（）【】《》：；，。？！、]"
OURS = re.compile(rf"(?<!{HAN})(?<!\d)\s*{MARK}(?!\s*(?:{HAN}|{MARK}|“))|（[^（）]*[A-Za-z][^（）]*）")
"""A mark with nothing Chinese on either side, or brackets around English."""
READ_OUT = re.compile(r'\b(?:title|alt|aria-label|placeholder|data-label)="([^"]*)"')


def marks_of_ours(page: str) -> Iterator[str]:
    """The texts of a page, also of those that are only read out, with marks that nobody typed."""
    # A scheme's text says Chinese and English in one.
    shown = re.sub(r'(?s)<(script|style|textarea|pre)\b.*?</\1>|<div class="numbered\b.*?</div>', "", page)
    for text in (*re.split(r"<[^>]+>", shown), *READ_OUT.findall(shown)):
        written = " ".join(html.unescape(text).split())
        if OURS.search(written):
            yield written


@pytest.mark.parametrize(
    ("text", "ours"),
    [
        ("Excel（XLSX）", True),
        ("云州法院（office of the county）", True),
        ("（", True),
        ("a, b、c", True),
        ("云岭县支部联建工作考核细则（2025 年度）", False),
        ("Themed campaign “我为群众办实事：道路清障”, 21 participants", False),
        ("Excel (XLSX)", False),
    ],
)
def test_a_mark_that_nobody_typed_is_seen(text: str, ours: bool) -> None:
    """The measure itself."""
    assert bool(list(marks_of_ours(f"<p>{text}</p>"))) is ours


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: path.stem)
def test_no_template_says_anything_in_one_language_only(template: Path) -> None:
    """What stands in a template as it is, is shown in English, too."""
    tokens = environment.lex(template.read_text(encoding="utf-8"))
    bare = "".join(text for _, kind, text in tokens if kind == TOKEN_DATA)
    assert not re.findall(rf".{{0,20}}(?:{HAN}|{MARK}|\u3000).{{0,20}}", bare)


@pytest.mark.parametrize("each", [5, pytest.param(1, marks=pytest.mark.long)])
def test_english_pages_have_the_marks_of_english(tmp_path: Path, each: int) -> None:
    """Every page, or one of each five."""
    system, app, pages = year_end(tmp_path)
    pages = every_page(system, pages)
    pages |= {kind: (who, path) for kind, who, path in every_form(pages)}
    looked_at = sorted(pages.items())[::each]
    visitors: dict[str, Visitor] = {}
    wrong = []
    for name, (who, path) in looked_at:
        if who not in visitors:
            visitors[who] = Visitor(app, who)
            visitors[who].get("/language?to=en&next=/me")
        answer = visitors[who].get(path)
        if "html" in answer.headers["content-type"]:
            assert 'lang="en"' in answer.text, name
            wrong += [(name, text) for text in marks_of_ours(answer.text)]
    system.close()
    assert not wrong, "\n".join(map(str, wrong))
