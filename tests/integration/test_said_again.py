"""Things without a number: said again in other words, or corrected in the ledger, they do not count twice in silence."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import func, select

from application.ledgers.matching.questions import ANSWERS_READABLE, Answers
from application.ledgers.result import ImportResult
from application.settings import Settings
from application.system import System
from application.verbs.pairing.activities import (
    void_activity,
)
from domain.kernel.errors import Rejected
from interface.composition import build
from interface.ledgers.importing import import_folder
from projections.facts.fact_table import facts
from tests.kit.acts import carried
from tests.unit.ledgers.ledger_books import Row, pairing, right, write_book

FIELD = Path(__file__).parents[1] / "golden" / "field"


@pytest.fixture
def system(database: object, tmp_path: Path) -> Iterator[System]:
    (tmp_path / "data").mkdir()
    opened = build(Settings(folder=tmp_path / "data", database_url=getattr(database, "url", None)))
    yield opened
    opened.close()


def counted(system: System, kind: str) -> int:
    with system.reading() as connection:
        where = (facts.c.kind == kind) & facts.c.retracted_at.is_(None)
        return connection.scalar(select(func.count()).select_from(facts).where(where)) or 0


def imported(system: System, folder: Path, answers: Answers | None = None, **rows: list[Row]) -> ImportResult:
    folder.mkdir(exist_ok=True)
    write_book(folder / "台账.xlsx", {"pairings": [pairing()]} | rows)
    return import_folder(system, folder, year=2025, answers=answers)


def asked(result: ImportResult) -> list[tuple[str, int, list[str]]]:
    """Sheet, row and the words of the answers of each question."""
    return [
        (each.source.sheet, each.source.row, [choice.answer.split()[0] for choice in each.choices])
        for each in result.asked
    ]


def test_one_visit_in_three_punctuations_is_asked_about(system: System) -> None:
    result = import_folder(system, FIELD / "28-near-duplicates", year=2025)
    assert result.refused == []
    assert [(sheet, words) for sheet, _, words in asked(result)] == [
        ("活动台账", ["is", "corrects", "new"])
    ] * 2
    assert (result.waiting, counted(system, "activity"), counted(system, "persons_visited")) == (2, 3, 1)
    again = import_folder(system, FIELD / "28-near-duplicates", year=2025)
    assert (again.events, [each.id for each in again.asked]) == (0, [each.id for each in result.asked])
    # One was the same visit, the other another one.
    same, other = result.asked
    said = {same.id: same.choices[0].answer, other.id: "new"}
    answered = import_folder(system, FIELD / "28-near-duplicates", year=2025, answers=Answers(said))
    assert (answered.asked, answered.waiting) == ([], 0)
    assert (counted(system, "activity"), counted(system, "persons_visited")) == (4, 2)
    once_more = import_folder(system, FIELD / "28-near-duplicates", year=2025, answers=Answers(said))
    assert (once_more.events, once_more.asked) == (0, [])


def test_the_same_activity_on_another_reporting_day_is_asked_about(system: System, tmp_path: Path) -> None:
    first, other = right("activities"), right("activities", reported_on=date(2025, 3, 9))
    result = imported(system, tmp_path / "l", activities=[first, other])
    assert (len(result.asked), counted(system, "activity")) == (1, 1)


def test_what_was_voided_may_be_recorded_anew(system: System, tmp_path: Path) -> None:
    imported(system, tmp_path / "l", activities=[right("activities")])
    (activity,) = {e.stream for e in system.log.read(limit=100) if e.event.NAME == "pairing.ActivityHeld"}
    by = next(e.by for e in system.log.read(limit=100) if e.stream == activity)
    carried(
        system,
        void_activity,
        activity.removeprefix("activity-"),
        because="人数有误",
        today=system.today(),
        by=by,
    )
    result = imported(system, tmp_path / "l", activities=[right("activities", participants=25)])
    assert (result.refused, counted(system, "activity")) == ([], 1)


OTHER = {"theme": "入户走访", "held_on": date(2025, 4, 1), "reported_on": date(2025, 4, 2)}
CORRECTED: list[tuple[str, Row]] = [
    ("activities", {"participants": 25}),
    ("activities", {"participants": 25, "reported_on": date(2025, 3, 9)}),
    ("activities", {"held_on": date(2025, 3, 2)}),
    ("activities", {"theme": "学习全会精神"}),
    ("activities", {"kind": "集中培训"}),
    ("cases", {"level": "州"}),
    ("cases", {"published_on": date(2025, 5, 6)}),
    ("meetings", {"held_on": date(2025, 9, 10)}),
    ("slips", {"colour": "红"}),
    ("slips", {"issued_on": date(2025, 8, 9)}),
]
FACT = {
    "activities": "activity",
    "cases": "case_published",
    "meetings": "meeting_hosted",
    "slips": "slip_issued",
}


@pytest.mark.parametrize(("key", "changes"), CORRECTED)
def test_a_corrected_row_is_asked_about_and_corrects_what_is_on_record(
    system: System, tmp_path: Path, key: str, changes: Row
) -> None:
    more = [right("activities", **OTHER)] if key == "activities" else []
    imported(system, tmp_path / "l", **{key: [right(key), *more]})
    before, things = system.log.position(), counted(system, FACT[key])
    rows = {key: [right(key, **changes), *more]}
    result = imported(system, tmp_path / "l", **rows)
    assert (result.refused, len(result.asked), result.waiting) == ([], 1, 1)
    assert system.log.position() == before
    (question,) = result.asked
    answer = next(choice.answer for choice in question.choices if choice.answer.startswith("corrects"))
    corrected = imported(system, tmp_path / "l", Answers({question.id: answer}), **rows)
    assert (corrected.events, corrected.asked, corrected.accepted) == (1, [], 2 + len(more))
    (correction,) = corrected.corrected
    assert (correction.source.row, correction.before != correction.after) == (3, True)
    assert counted(system, FACT[key]) == things
    # Neither the corrected ledger nor the one before it says anything new from now on.
    again = imported(system, tmp_path / "l", **rows)
    assert (again.events, again.asked) == (0, [])
    old = imported(system, tmp_path / "l", **{key: [right(key), *more]})
    assert (old.events, old.asked, counted(system, FACT[key])) == (0, [], things)


@pytest.mark.parametrize(("key", "changes"), CORRECTED)
def test_a_row_that_says_so_corrects_by_itself(
    system: System, tmp_path: Path, key: str, changes: Row
) -> None:
    more = [right("activities", **OTHER)] if key == "activities" else []
    imported(system, tmp_path / "l", **{key: [right(key), *more]})
    things = counted(system, FACT[key])
    rows = {key: [right(key, **changes, correction="原表误填"), *more]}
    result = imported(system, tmp_path / "l", **rows)
    assert (result.refused, result.asked, len(result.corrected)) == ([], [], 1)
    newest = system.log.read(after=system.log.position() - 1)[0].event
    assert newest.values()["because"] == "原表误填"
    assert counted(system, FACT[key]) == things


def test_a_dry_run_asks_the_same_questions(system: System, tmp_path: Path) -> None:
    rows = [pairing(), pairing(village="上河新村")]
    near = [right("activities"), right("activities", participants=25)]
    book = write_book(tmp_path / "台账.xlsx", {"pairings": rows, "activities": near}).parent
    dry = import_folder(system, book, year=2025, dry_run=True)
    real = import_folder(system, book, year=2025)
    assert asked(dry) == asked(real)
    assert [each.id for each in dry.asked] == [each.id for each in real.asked] != []
    counts = ("recorded", "unchanged", "partly", "events", "waiting", "new", "refused", "corrected")
    assert [getattr(dry, each) for each in counts] == [getattr(real, each) for each in counts]


def test_an_answer_that_is_none_of_the_choices_leaves_the_question(system: System, tmp_path: Path) -> None:
    rows = [right("activities"), right("activities", participants=25)]
    (question,) = imported(system, tmp_path / "l", activities=rows).asked
    for said in ("", "maybe", "corrects a-0", "is", "renamed v-1 2025-02-30"):
        result = imported(system, tmp_path / "l", Answers({question.id: said}), activities=rows)
        assert (result.asked[0].unfit, result.events) == (said, 0)


def test_a_choice_that_takes_a_day_is_no_answer_without_one(system: System, tmp_path: Path) -> None:
    imported(system, tmp_path / "l")
    renamed = [pairing(village="上河新村")]
    (question,) = imported(system, tmp_path / "l", pairings=renamed).asked
    (choice,) = (each.answer for each in question.choices if each.takes_day)
    result = imported(system, tmp_path / "l", Answers({question.id: choice}), pairings=renamed)
    assert (result.events, [each.unfit for each in result.asked]) == (0, [choice])


@pytest.mark.parametrize("text", ["", "[]", "{", '{"q-1": 1}', '"new"', "[" * 200_000, '{"a":' * 200_000])
def test_a_file_that_holds_no_answers_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "answers.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(Rejected) as refused:
        Answers.read(path)
    assert refused.value.clause is ANSWERS_READABLE


def test_a_circular_of_another_day_under_one_number_is_refused(system: System, tmp_path: Path) -> None:
    imported(system, tmp_path / "l", circulars=[right("circulars")])
    before = system.log.position()
    other = right("circulars", issued_on=date(2025, 10, 2))
    result = imported(system, tmp_path / "l", circulars=[other])
    assert [(r.row, r.code) for r in result.refused] == [(3, "supervision.LEDGER_DIFFERS")]
    assert system.log.position() == before


def test_a_row_put_in_before_others_corrects_none_of_them(system: System, tmp_path: Path) -> None:
    rows = [right("activities"), right("activities", **OTHER)]
    imported(system, tmp_path / "l", activities=rows)
    new = right("activities", held_on=date(2025, 2, 20), theme="新增")
    result = imported(system, tmp_path / "l", activities=[new, *rows])
    assert (result.refused, counted(system, "activity")) == ([], 3)


def test_the_ledger_of_another_month_corrects_nothing(system: System, tmp_path: Path) -> None:
    rows = [right("activities"), right("activities", kind="专题讲座")]
    imported(system, tmp_path / "l", activities=rows)
    month = {"held_on": date(2025, 4, 1), "reported_on": date(2025, 4, 3)}
    result = imported(system, tmp_path / "l", activities=[row | month for row in rows])
    assert (result.refused, counted(system, "activity")) == ([], 4)
