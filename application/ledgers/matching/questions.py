"""What an import cannot know and asks: whether a name means a thing on record, whether a row says one again.

A question has the same id whenever the same is asked, so that its answer can be given with the next import.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Final

from application.ledgers.matching.name_index import NameIndex
from application.ledgers.rows import RowSource
from domain.kernel.clause import Clause
from domain.kernel.errors import Rejected
from domain.kernel.ids import digest_id

NEW: Final = "new"
"""The answer that there was none of these before."""
ANOTHER: Final = "is NAME"
"""The answer that it is something else on record, by its name (with its township where several bear it) or id."""

ANSWERS_READABLE = Clause(
    "ledger.ANSWERS_READABLE",
    "答复文件须是 JSON 对象，把问题编号对应到答复",
    "a file of answers is a JSON object from the id of a question to an answer",
    "default",
    '例如 {"q-1f0c9a…": "new", "q-77ab…": "renamed v-20cc… 2026-01-10"}',
    'such as {"q-1f0c9a…": "new", "q-77ab…": "renamed v-20cc… 2026-01-10"}',
)


@dataclass(frozen=True)
class Choice:
    """A possible answer. Where it takes a day, ``answer`` ends with ``DAY``, which is to be replaced by one."""

    answer: str
    zh: str
    en: str

    @property
    def takes_day(self) -> bool:
        return self.answer.endswith(" DAY")

    @property
    def takes_name(self) -> bool:
        return self.answer == ANOTHER


@dataclass(frozen=True)
class Answer:
    """One of the choices, as it was chosen. ``thing`` is empty for ``new``; ``on``: the day, where it takes one."""

    verb: str
    thing: str = ""
    on: date | None = None


@dataclass
class Question:
    """What is asked, at the first place that leads to it; ``waiting`` counts the rows that wait, by file and sheet."""

    id: str
    source: RowSource
    column: str
    value: str
    zh: str
    en: str
    choices: tuple[Choice, ...]
    unfit: str = ""
    """An answer that was given and is none of the choices."""
    among: NameIndex | None = None
    """Among whose names ``ANOTHER`` is looked up, where that is a choice."""
    waiting: Counter[tuple[str, str]] = field(default_factory=Counter)

    def as_dict(self) -> dict[str, Any]:
        """For ``--json``."""
        return {
            "id": self.id,
            "file": self.source.file,
            "sheet": self.source.sheet,
            "row": self.source.row,
            "column": self.column,
            "value": self.value,
            "message": self.en,
            "message_zh": self.zh,
            "choices": [
                {"answer": each.answer, "message": each.en, "message_zh": each.zh} for each in self.choices
            ],
            "unfit": self.unfit,
            "among": self.among.kind.value if self.among else "",
            "waiting": self.waiting.total(),
        }


class AnswerNeeded(Exception):
    """A row that cannot be recorded before a question is answered."""

    def __init__(self, question: Question) -> None:
        self.question = question


def question_id(*what: str) -> str:
    """The id of the question about this."""
    return digest_id("q", *what)


@dataclass(frozen=True)
class Answers:
    """The answers that came with an import, by the id of the question."""

    given: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, path: Path) -> Answers:
        """Raises ``Rejected`` for a file that does not hold answers, ``OSError`` where it cannot be read."""
        try:
            given = json.loads(path.read_text(encoding="utf-8-sig"))
        except (ValueError, RecursionError) as error:
            raise Rejected(ANSWERS_READABLE, str(error)) from error
        if not isinstance(given, dict):
            raise Rejected(ANSWERS_READABLE, type(given).__name__)
        for question, answer in given.items():
            if not isinstance(answer, str):
                raise Rejected(ANSWERS_READABLE, f"{question}: {answer!r}")
        return cls(given)

    def to(self, question: Question) -> Answer:
        """The answer to a question. ``AnswerNeeded`` where there is none, or none that fits."""
        said = self.given.get(question.id)
        if said is None:
            raise AnswerNeeded(question)
        words = said.split()
        for choice in question.choices:
            if choice.takes_name:
                continue
            if not choice.takes_day and choice.answer == " ".join(words):
                verb, _, thing = choice.answer.partition(" ")
                return Answer(verb, thing)
            day = _day(words[-1]) if words else None
            if choice.takes_day and day is not None and choice.answer.split()[:-1] == words[:-1]:
                return Answer(words[0], " ".join(words[1:-1]), day)
        if question.among is not None and len(words) > 1 and words[0] == "is":
            found = question.among.called(" ".join(words[1:]))
            if len(found) == 1:
                return Answer("is", found[0])
        question.unfit = said
        raise AnswerNeeded(question)


def _day(word: str) -> date | None:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return None
