"""What is remembered of the read models is what they say, whoever writes."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, Select, bindparam, case, create_engine, event, func, select, true

from projections.boards.pairing.pairings import pairings, terms
from projections.kit import memory
from projections.kit.columns import known
from projections.kit.memory import Memory, Reading, ask_ahead
from projections.kit.runner import Runner
from projections.kit.sqlite import prepare_sqlite
from tests.unit.kit.test_projection_kit import ALL, ListLog, appointed, left, signed, started


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = create_engine(f"sqlite:///{tmp_path / 'views.sqlite3'}")
    prepare_sqlite(made)
    yield made
    made.dispose()


def asked(engine: Engine, kept: Memory, *queries: Select[Any]) -> tuple[list[Any], int]:
    """The rows of the queries, and how many statements it took, the one about the projections included."""
    sent: list[str] = []

    def note(_c: Any, _k: Any, statement: str, *_: Any) -> None:
        sent.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        with Reading(engine, kept) as reading, reading.begin():
            rows = [[tuple(row) for row in reading.execute(query)] for query in queries]
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return rows, len([each for each in sent if not each.startswith("BEGIN")])


def test_whatever_is_written_is_seen_at_once(engine: Engine) -> None:
    """At every position, of every position before: as read anew. What has been read is asked for only where it moved."""
    events = [started(1), signed(1), appointed(1, "p"), started(2), left(1, "p"), appointed(2, "q")]
    log, kept = ListLog([]), Memory(ALL)
    # Another process: its runner, its connections.
    writer = Runner(engine, log, ALL)
    writer.create_tables()
    for recorded in ListLog(events).recorded:
        log.recorded.append(recorded)
        writer.catch_up()
        for at in range(recorded.position + 1):
            queries = [
                select(pairings).where(known(pairings, at)).order_by(pairings.c.pairing_id),
                select(terms.c.post, func.count()).where(known(terms, at)).group_by(terms.c.post),
                select(func.count()).select_from(
                    pairings.join(terms, terms.c.pairing_id == pairings.c.pairing_id)
                ),
            ]
            with engine.connect() as connection:
                plain = [[tuple(row) for row in connection.execute(query)] for query in queries]
            assert asked(engine, kept, *queries)[0] == plain
            assert asked(engine, kept, *queries) == (plain, 1)


def test_what_is_known_later_is_what_was_written_last(engine: Engine) -> None:
    runner, kept = Runner(engine, ListLog([started(1), appointed(1, "p")]), ALL), Memory(ALL)
    runner.create_tables()
    runner.catch_up()
    at = runner.position()
    assert [asked(engine, kept, select(terms).where(known(terms, at + n)))[1] for n in (0, 1, 500)] == [
        2,
        1,
        1,
    ]
    assert asked(engine, kept, select(terms).where(known(terms, at - 1)))[1] == 2


def test_small_tables_are_read_once_for_all_that_is_asked_of_them(engine: Engine) -> None:
    """Whatever is asked of their rows, as known at whichever position; what is more than that, the database says."""
    log, c = ListLog([started(n) for n in range(4)] + [signed(2)]), pairings.c
    runner = Runner(engine, log, ALL)
    runner.create_tables()
    runner.catch_up()
    begun = select(c.started_on).limit(1)
    with engine.connect() as connection:
        day = connection.scalar(begun)
    here = [
        *(select(pairings).where(known(pairings, at)) for at in (None, 1, 4, 13, 99)),
        select(c.village, c.pairing_id.label("one")).where(c.branch != "").order_by(c.pairing_id.desc()),
        select(c.branch).distinct(),
        select(c.pairing_id).where(c.ended_on.is_not(None) | (c.ended_on > day)),
        select(c.pairing_id).where(c.ended_on <= day, true()),
        select(c.pairing_id)
        .where((c.started_on <= day) & c.ended_on.is_(None))
        .order_by(c.branch, c.village),
        select(c.pairing_id).where(c.pairing_id.in_([])),
        select(c.pairing_id).where(c.branch.not_in(["b1", "b2"])),
        select(c.pairing_id).where(
            case((c.ended_on <= day, "over"), (c.branch == "b-1", c.branch), else_="b-2") == "b-1"
        ),
        select(c.pairing_id).where(case((c.branch == "b-1", "one")) == "one"),
        select(c.pairing_id, case((c.branch == "b-1", "one"), else_=c.village).label("which")),
    ]
    beyond = [
        select(c.pairing_id).where(c.started_on.between(day, day)),
        select(c.pairing_id).where(c.branch.like("b%")),
        select(c.pairing_id).order_by(c.ended_on, c.pairing_id),
        select(c.pairing_id, func.count()).group_by(c.pairing_id),
        select(c.pairing_id).limit(2),
        select(c.pairing_id).where(c.pairing_id.in_(select(terms.c.pairing_id))),
    ]
    with engine.connect() as connection:
        plain = [[tuple(row) for row in connection.execute(each)] for each in [*here, *beyond]]
    kept = Memory(ALL)
    assert asked(engine, kept, *here) == (plain[: len(here)], 1), "read with the stamps"
    assert asked(engine, Memory(ALL), *here, *beyond) == (plain, 1 + len(beyond))
    log.recorded.append(ListLog([started(n) for n in range(4)] + [signed(2), signed(3)]).recorded[-1])
    runner.catch_up()
    found, statements = asked(engine, kept, *here)
    assert statements == 2, "those that moved, in one"
    assert found == asked(engine, Memory(ALL), *here)[0] != plain[: len(here)]


def test_a_small_table_that_has_grown_is_asked_like_any(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    runner, kept = Runner(engine, ListLog([started(n) for n in range(20)]), ALL), Memory(ALL)
    runner.create_tables()
    runner.catch_up()
    monkeypatch.setattr(memory, "LARGEST", 10)
    one = [select(pairings).where(pairings.c.branch == f"b{n}") for n in range(3)]
    assert [asked(engine, kept, each)[1] for each in one] == [2, 2, 2]


def test_an_empty_small_table_is_not_asked_again(engine: Engine) -> None:
    runner, kept = Runner(engine, ListLog([]), ALL), Memory(ALL)
    runner.create_tables()
    queries = [select(pairings).where(known(pairings, at)) for at in (1, 2, 3)]
    assert asked(engine, kept, *queries) == ([[], [], []], 1)


def test_what_is_asked_ahead_is_one_statement(engine: Engine) -> None:
    """It says what each of its parts would; what is remembered, or follows from small tables, is not asked again with it."""
    runner, kept, c = Runner(engine, ListLog([started(1), appointed(1, "p")]), ALL), Memory(ALL), terms.c
    runner.create_tables()
    runner.catch_up()
    stated = {"post": "invited_member"}
    queries = [
        select(terms).where(c.post == bindparam("post")),
        select(c.began_on, c.person_ref).where(c.ended_on.is_(None)),
        select(pairings),
    ]
    with engine.connect() as connection:
        plain = [[tuple(row) for row in connection.execute(each, stated)] for each in queries]
    sent: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *sending: sent.append(sending[2]))
    with Reading(engine, kept) as reading, reading.begin():
        ask_ahead(reading, *queries, values=stated)
        assert [[tuple(row) for row in reading.execute(each, stated)] for each in queries] == plain
    assert plain[0] and len([each for each in sent if not each.startswith("BEGIN")]) == 2


def test_what_is_said_ahead_is_asked_once_any_of_it_is_needed(engine: Engine) -> None:
    """Whoever said it, and only then; what has values of its own is asked apart, and one alone is asked as it is."""
    runner, kept, c = Runner(engine, ListLog([started(1), appointed(1, "p")]), ALL), Memory(ALL), terms.c
    runner.create_tables()
    runner.catch_up()
    posts, began, valued = (
        select(c.post),
        select(c.began_on),
        select(c.term_id).where(c.post == bindparam("post")),
    )
    stated = {"post": "invited_member"}
    with engine.connect() as connection:
        plain = [
            connection.execute(each, stated if each is valued else {}).all()
            for each in (posts, began, valued)
        ]
    sent: list[str] = []
    event.listen(engine, "before_cursor_execute", lambda *sending: sent.append(sending[2]))
    with Reading(engine, kept) as reading, reading.begin():
        ask_ahead(reading, posts)
        ask_ahead(reading, began, posts)
        ask_ahead(reading, valued, values=stated)
        sent.clear()
        assert reading.execute(began).all() == plain[1]
        assert len(sent) == 1, "both"
        assert reading.execute(posts).all() == plain[0] != []
        assert len(sent) == 1, "it came with the other"
        assert reading.execute(valued, stated).all() == plain[2] != []
        assert len(sent) == 2 and "json" not in sent[1], "alone"
        ask_ahead(reading, select(c.person_ref), select(c.ended_on))
    assert len(sent) == 2, "nobody needed it"


def test_what_is_none_of_the_projections_is_asked_each_time(engine: Engine) -> None:
    runner = Runner(engine, ListLog([started(1)]), ALL)
    runner.create_tables()
    runner.catch_up()
    kept = Memory([])
    assert [asked(engine, kept, select(pairings))[1] for _ in range(2)] == [1, 1]


def test_so_much_is_remembered_and_no_more(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    events = [event for n in range(20) for event in (started(n), appointed(n, "p"))]
    runner, kept = Runner(engine, ListLog(events), ALL), Memory(ALL)
    runner.create_tables()
    runner.catch_up()
    monkeypatch.setattr(memory, "LARGEST", 10)
    monkeypatch.setattr(memory, "MOST", 12)
    few = [select(terms.c.pairing_id).order_by(terms.c.pairing_id).limit(n) for n in (4, 5, 6)]
    assert [asked(engine, kept, select(terms))[1] for _ in range(2)] == [2, 2], "too large"
    assert [asked(engine, kept, query)[1] for query in few] == [2, 2, 2]
    assert [asked(engine, kept, few[n])[1] for n in (2, 0)] == [1, 2], (
        "the one that was not asked for longest has gone"
    )
