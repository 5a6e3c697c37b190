"""Words in both languages: of a verb, and of a field."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Phrase:
    """The same in Chinese, as an office says it, and in plain English."""

    zh: str
    en: str

    def said(self, language: str) -> str:
        """In the reader's language."""
        return self.en if language == "en" else self.zh


@dataclass(frozen=True)
class VerbWords:
    """``title``: what the verb is called, on its page and its button. ``done``: what was done and what comes next."""

    title: Phrase
    done: Phrase


@dataclass(frozen=True)
class FieldWords:
    """``label`` stands above the field; ``hint`` beneath it, where the label does not say enough."""

    label: Phrase
    hint: Phrase | None = None


def verb(zh: str, en: str, done_zh: str, done_en: str) -> VerbWords:
    """A verb's words, written in one line."""
    return VerbWords(Phrase(zh, en), Phrase(done_zh, done_en))


def field(zh: str, en: str, hint_zh: str = "", hint_en: str = "") -> FieldWords:
    """A field's words, written in one line; without a hint where none is given."""
    return FieldWords(Phrase(zh, en), Phrase(hint_zh, hint_en) if hint_zh else None)
