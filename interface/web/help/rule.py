"""The rules behind the pages: documents of the product in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from interface.web.help.one_language import in_language
from interface.words.phrase import Phrase

RULES: Mapping[str, Phrase] = {
    "duties": Phrase("哪件事由谁办，多少天办完", "What waits for whom, and how long"),
    "clauses": Phrase("各项规则：要求、改正办法、依据", "Clauses: what they demand, the remedy, the source"),
    "rules": Phrase("规则从哪里来", "Where rules come from"),
    "schemes": Phrase("考核细则怎样计分", "How a scheme counts"),
    "access": Phrase("谁能办什么、查什么", "Who may do and ask what"),
    "verbs": Phrase("办理事项：要填什么", "What can be done, and what it asks for"),
    "documents": Phrase("文书：编号、存档、版式", "Documents: numbers, keeping, layout"),
    "ledgers": Phrase("台账怎样读入", "How ledgers are read"),
    "trust": Phrase("怎样证明记录没有被改", "How the record is kept provable"),
    "glossary": Phrase("中英文用语对照", "Glossary"),
}
MADE = re.compile(r"^由 `make docs` .*\n\n", re.MULTILINE)
"""What only those who change the documents need to know."""
LONG = 60_000
"""Characters above which a document is shown a part at a time."""


@dataclass(frozen=True)
class Part:
    """``name`` is the same in both languages, and stands in addresses."""

    name: str
    title: str
    html: Markup


@dataclass(frozen=True)
class Document:
    """A document in one language: what stands before its first part, and its parts."""

    begins: Markup
    parts: tuple[Part, ...]

    @property
    def is_long(self) -> bool:
        return sum(len(each.html) for each in self.parts) > LONG


@lru_cache(maxsize=2 * len(RULES))
def document(name: str, language: str) -> Document:
    """A document of ``RULES``."""
    markdown = MarkdownIt("commonmark", {"html": True}).enable("table")
    markdown.add_render_rule("table_open", lambda *_: '<div class="scroll" tabindex="0"><table>')
    markdown.add_render_rule("table_close", lambda *_: "</table></div>\n")
    text = files("interface.web.help").joinpath("rules", f"{name}.md").read_text(encoding="utf-8")
    text = MADE.sub("", text)
    names = _names(markdown.parse(text))
    tokens = markdown.parse(in_language(text, language))
    _lead(tokens)
    starts = [at for at, each in enumerate(tokens) if each.type == "heading_open" and each.tag == "h2"]
    first = next((at + 3 for at, each in enumerate(tokens) if each.tag == "h1"), 0)

    def html(some: Sequence[Token]) -> Markup:
        return Markup(markdown.renderer.render(some, markdown.options, {}))

    ends = [*starts[1:], len(tokens)]
    return Document(
        begins=html(tokens[first : starts[0] if starts else None]),
        parts=tuple(
            Part(names[place], _plain(tokens[at + 1]), html(tokens[at + 3 : ends[place]]))
            for place, at in enumerate(starts)
        ),
    )


def _names(tokens: Sequence[Token]) -> list[str]:
    """The name of each part: its English heading, as one writes it in an address."""
    titles = [
        _plain(tokens[at + 1]) for at, each in enumerate(tokens) if each.tag == "h2" and each.nesting == 1
    ]
    return [
        re.sub(r"[^a-z_]+", "-", title.rpartition(" · ")[2].lower()).strip("-") or f"part-{place}"
        for place, title in enumerate(titles, 1)
    ]


def _plain(token: Token) -> str:
    return "".join(each.content for each in token.children or ())


def _lead(tokens: Sequence[Token]) -> None:
    """Links lead to documents that are shown here, or out of the product; others are plain text."""
    for token in tokens:
        open_links: list[Token] = []
        for each in token.children or ():
            if each.type == "link_open":
                target = str(each.attrGet("href") or "")
                name = target.partition("#")[0].removesuffix(".md")
                if name in RULES:
                    each.attrSet("href", f"/help/rules/{name}")
                elif not target.startswith("https://"):
                    each.hidden = True
                open_links.append(each)
            elif each.type == "link_close":
                each.hidden = open_links.pop().hidden
