"""How words are written down in both languages: of a verb, an event, a field."""

from __future__ import annotations

from dataclasses import dataclass

from interface.locales import Phrase

__all__ = ["EventWords", "FieldWords", "Phrase", "VerbWords", "event", "field", "verb"]


@dataclass(frozen=True)
class VerbWords:
    """``title``: what the verb is called, on its page and its button. ``done``: what was done and what comes next."""

    title: Phrase
    done: Phrase


@dataclass(frozen=True)
class EventWords:
    """``title``: what the event is called in lists. ``sentence`` tells it, with the values of its fields; ``counts`` is the
    field that the sentence counts, if any."""

    title: Phrase
    sentence: Phrase
    counts: str = ""


@dataclass(frozen=True)
class FieldWords:
    """``label`` stands above the field; ``hint`` beneath it, where the label does not say enough."""

    label: Phrase
    hint: Phrase | None = None


def verb(zh: str, en: str, done_zh: str, done_en: str) -> VerbWords:
    """A verb's words, written in one line."""
    return VerbWords(Phrase(zh, en), Phrase(done_zh, done_en))


def event(zh: str, en: str, told_zh: str, told_en: str, *, one: str = "", counts: str = "") -> EventWords:
    """An event's words; ``one`` is the English sentence where the field that it ``counts`` is one."""
    return EventWords(Phrase(zh, en), Phrase(told_zh, told_en, one), counts)


def field(zh: str, en: str, hint_zh: str = "", hint_en: str = "") -> FieldWords:
    """A field's words, written in one line; without a hint where none is given."""
    return FieldWords(Phrase(zh, en), Phrase(hint_zh, hint_en) if hint_zh else None)
