"""A clause: one rule of the regulation that a decision enforces, with its source."""

from __future__ import annotations

from collections.abc import Mapping
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


def clause(zh: str, en: str, remedy_zh: str, remedy_en: str, source: str = "default") -> Clause:
    """A clause of a context, which ``name_clauses`` gives its id."""
    return Clause("", zh, en, source, remedy_zh, remedy_en)


def name_clauses(context: str, module: Mapping[str, object]) -> None:
    """Give the clauses of a module their ids: the context with the name that each stands under."""
    for name, each in module.items():
        if isinstance(each, Clause):
            object.__setattr__(each, "id", f"{context}.{name}")
