"""All questions, a room per context, one file per area. What is a question is found by its type: nothing is listed twice."""

from __future__ import annotations

from importlib import import_module
from pkgutil import walk_packages
from typing import Any

from application.question import Question


def _by_name() -> dict[str, Question[..., Any]]:
    questions: dict[str, Question[..., Any]] = {}
    for module in walk_packages(__path__, f"{__name__}."):
        for value in vars(import_module(module.name)).values():
            if isinstance(value, Question) and questions.setdefault(value.name, value) is not value:
                raise TypeError(f"two questions are called {value.name}")
    return questions


QUESTIONS = _by_name()
"""Every question by its name."""
