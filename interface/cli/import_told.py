"""What an import did, in lines for a person."""

from __future__ import annotations

from collections.abc import Iterator

from application.ledgers.matching.questions import Question
from application.ledgers.problems import Notice
from application.ledgers.result import ImportResult

_YEAR_FROM = {
    "given": "as given",
    "ledgers": "read from the ledgers; --year names another",
    "today": "this year: the ledgers say none; --year names another",
}
_NAMED = 10


def lines(result: ImportResult) -> Iterator[str]:
    """The counts, the year, what is new, what was passed over or is irregular, and every refused row with its remedy."""
    verb = "would be recorded" if result.dry_run else "recorded"
    yield (
        f"{result.accepted} rows accepted ({result.recorded} {verb}, {result.unchanged} on record already), "
        f"{len(result.refused)} refused; {result.events} events"
    )
    if result.partly:
        yield f"{result.partly} of the refused rows are recorded up to the step before the fault"
    if result.waiting:
        yield f"{result.waiting} rows wait for an answer"
    yield f"assessment year {result.year} ({_YEAR_FROM[result.year_from]})"
    if result.batch:
        yield f"listed as {result.batch}; lianjian reverse-import {result.batch} takes all of it back"
    for kind, names in result.new.items():
        if names:
            more = f", and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
            yield f"new {kind}: {len(names)} ({', '.join(names[:_NAMED])}{more})"
    for notice in result.warnings:
        yield f"  note: {_told(notice)}"
    for step in result.irregular:
        yield f"  recorded as irregular: {_told(step)}"
    for each in result.corrected:
        source = each.source
        yield f"  corrected: {source.file} · {source.sheet} · row {source.row}: {each.before} → {each.after}"
    for row in result.refused:
        yield f"  {_told(row)}"
    for question in result.asked:
        yield from _asked(question)


def _asked(question: Question) -> Iterator[str]:
    """A question with its choices, as they are given to ``--answers``."""
    source = question.source
    place = [source.file, source.sheet, f"row {source.row}", question.column]
    yield f"  asked {question.id}: {' · '.join(each for each in place if each)}: {question.en} ({question.value})"
    for choice in question.choices:
        yield f"    {choice.answer}: {choice.en}"
    if question.unfit:
        yield f"    the answer {question.unfit!r} is none of these"


def _told(row: Notice) -> str:
    place = [row.file, row.sheet, f"row {row.row}" if row.row else "", row.column]
    value = f" ({row.value})" if row.value else ""
    return f"{' · '.join(each for each in place if each)}: {row.message}{value}. {row.remedy}"
