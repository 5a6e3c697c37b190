"""What is said to whoever is refused, one golden file a language. ``python -m tests.kit.refusal_words`` writes them anew."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from application.input.reading import Malformed
from application.system import System
from domain.kernel.errors import Rejected
from interface.words.phrase import Phrase
from interface.words.problems import problem_of
from tests.kit.commands import CommandRefused
from tests.kit.refusals import named
from tests.kit.stories import GOLDEN, entries, read_book
from tests.kit.telling import LedgerProblems, Shelf

_DRAWN = re.compile(r"\b[0-9a-f]{32}\b(?:\+\S+?(?=[）)]))?")
"""The name of a log and its keys, which are drawn at random."""


def words_of(system: System, name: str, error: Exception) -> Phrase:
    """The sentence and the remedy, as pages, the API and commands say them."""
    match error:
        case LedgerProblems():
            row = next(row for row in error.rows if name in named(row))
            return Phrase(f"{row.message_zh}｜{row.remedy_zh}", f"{row.message} | {row.remedy}")
        case Malformed():
            fault = next(each for each in error.faults.values() if name == f"fault.{each.code}")
            return Phrase(fault.zh, fault.en)
        case Rejected():
            detail, clause = problem_of(system, error).detail, error.clause
            told = Phrase(f"{detail.zh}｜{clause.remedy_zh}", f"{detail.en} | {clause.remedy_en}")
            return Phrase(_DRAWN.sub("…", told.zh), _DRAWN.sub("…", told.en))
    detail = problem_of(system, error).detail
    return Phrase(detail.zh, detail.en)


def write() -> None:
    """Bring every refusal about, and keep what is said then."""
    book, found = read_book(), dict[str, Phrase]()
    with tempfile.TemporaryDirectory() as scratch:
        shelf = Shelf(book, Path(scratch))
        for number, (entry, refusal) in enumerate(entries(book.refusals)):
            teller = shelf.county(refusal.after, Path(scratch) / str(number) / "county")
            for step in refusal.steps:
                try:
                    teller.take(step)
                except CommandRefused:
                    break
                except Exception as error:
                    found[entry] = words_of(teller.system, refusal.name, error)
                    break
            teller.system.close()
    GOLDEN.mkdir(exist_ok=True)
    for language in ("zh", "en"):
        lines = [f"{name}\t{getattr(phrase, language)}\n" for name, phrase in found.items()]
        (GOLDEN / f"{language}.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    write()
