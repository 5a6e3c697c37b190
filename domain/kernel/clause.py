"""A clause: one rule of the regulation that a decision enforces, with its source."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Clause:
    """What is demanded, in both languages, and where that is written.

    ``id`` is stable (``supervision.DUE_IN_TIME``); ``source`` names a regulation, a practice or "default"
    (domain.md section G); ``remedy_*`` says what would be right.
    """

    id: str
    zh: str
    en: str
    source: str
    remedy_zh: str = ""
    remedy_en: str = ""
