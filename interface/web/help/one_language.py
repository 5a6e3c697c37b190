"""The documents say most things in both languages, Chinese first: here what a reader of one of them reads."""

from __future__ import annotations

import re
from collections.abc import Sequence

CODE = re.compile(r"^\s*\*{0,2}`[^`]*`\*{0,2} (?=\S)")
"""The name that the code has for what is called so in words."""
SHARED = re.compile(r"`[^`]*`|\]\([^)]*\)")
"""What belongs to no language."""
APART = ("#", "```")
"""What begins a text that translates none: headings, code."""
WRAPPED = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef])\n(?=[\u3001-\u9fff\uff00-\uffef])")
"""The end of a line within Chinese, where no space belongs."""
MEANING = "Meaning"
"""The heading of a column that says in English what the one before it says in Chinese."""


def is_chinese(text: str) -> bool:
    """Whether most of it is, code and addresses apart: a Chinese character says as much as four letters."""
    plain = SHARED.sub("", text)
    characters = sum("\u4e00" <= each <= "\u9fff" for each in plain)
    return characters * 4 > sum(each.isascii() and each.isalpha() for each in plain)


def is_english(text: str) -> bool:
    """Whether it is in words that are not Chinese."""
    plain = SHARED.sub("", text)
    return not is_chinese(text) and any(each.isalpha() for each in plain)


def in_language(markdown: str, language: str) -> str:
    """A document without what says again, in the other language, what is said in the reader's."""
    blocks = re.split(r"\n{2,}(?=\S)", markdown.strip())
    return "\n\n".join(_of_block(each, language) for each in _told_once(blocks, language)) + "\n"


def _told_once(texts: Sequence[str], language: str) -> list[str]:
    """A Chinese text says what the English ones behind it say: the one or the others."""
    kept: list[str] = []
    place = 0
    while place < len(texts):
        text = texts[place]
        place += 1
        english = []
        # What a table says is said again by a table only.
        table = text.startswith("|")
        if is_chinese(text) and not text.startswith(APART):
            while (
                place < len(texts)
                and is_english(texts[place])
                and not texts[place].startswith(APART)
                and not (table and texts[place][0] != "|")
            ):
                english.append(texts[place])
                place += 1
        kept += english if english and language == "en" else [text]
    return kept


def _of_block(block: str, language: str) -> str:
    if block.startswith("```"):
        return block
    if not block.startswith("|"):
        lines = "\n".join(_of_cell(line, language) for line in block.split("\n"))
        return WRAPPED.sub("", lines)
    rows = [re.split(r"(?<!\\)\|", line) for line in block.split("\n")]
    if language != "en" and MEANING in (heading.strip() for heading in rows[0]):
        place = [heading.strip() for heading in rows[0]].index(MEANING)
        rows = [[*row[:place], *row[place + 1 :]] for row in rows]
    return "\n".join("|".join(_of_cell(cell, language) for cell in row) for row in rows)


def _of_cell(cell: str, language: str) -> str:
    return "<br>".join(_told_once([_of_pair(each, language) for each in cell.split("<br>")], language))


def _of_pair(text: str, language: str) -> str:
    """``中文 · English``, without the name in code before it."""
    zh, dot, en = text.rpartition(" · ")
    if not dot or not is_chinese(zh) or is_chinese(en) or not en.strip():
        return text
    marks = re.match(r"\s*(?:[#>*]+ )?", zh)
    begins = marks[0] if marks else ""
    return begins + (en.strip() if language == "en" else CODE.sub("", zh[len(begins) :]))
