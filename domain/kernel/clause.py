"""A clause: one rule of the regulation that a decision enforces, with its source."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Clause:
    """What is demanded, in both languages, and where that is written.

    ``id`` is stable (``supervision.DUE_IN_TIME``); ``source`` names texts of the list in docs/rules.md, "practice: ...",
    a page of docs/ or "default", parted by "; "; ``remedy_*`` says what would be right.
    """

    id: str
    zh: str
    en: str
    source: str
    remedy_zh: str = ""
    remedy_en: str = ""
