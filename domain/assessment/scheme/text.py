"""A text in both languages of the office."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Text:
    """Chinese prevails; English says the same."""

    zh: str
    en: str
