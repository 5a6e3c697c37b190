"""Any sequence of records, corrections, voids, imports and reversals scores as the final truth entered once; and as known
before each of them it scores as it did then.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from application.ledgers.reversing import reverse_import
from application.look import look_of
from application.settings import Settings
from application.system import System
from application.things import PAIRING
from application.verb import Verb
from application.verbs import livelihood, supervision
from application.verbs.pairing import activities
from application.verbs.pairing import pairings as pairing
from domain.kernel.person import PersonRef
from domain.livelihood.events import Category
from domain.pairing.events import ActivityKind, CaseLevel, Post
from domain.supervision.events import CircularKind, Colour, FindingType, Method, Severity
from interface.composition import build
from interface.ledgers.importing import import_folder
from projections.boards.pairing.pairings import pairings
from projections.boards.registry.units_and_villages import branches
from projections.facts.fact_table import facts
from projections.facts.fact_table import known as known_facts
from projections.kit.columns import known
from tests.kit.acts import CLERK, carried
from tests.kit.played import Calendar
from tests.unit.ledgers.ledger_books import other_pairing, right, write_book
from tests.unit.ledgers.ledger_books import pairing as paired

FIRST, TODAY = date(2025, 2, 1), date(2026, 1, 5)
WHY = {"because": "核对后更正"}
Values = dict[str, Any]


def _day(draw: random.Random) -> date:
    return FIRST + timedelta(days=draw.randrange(300))


def _activity(draw: random.Random) -> Values:
    kind = draw.choice([ActivityKind.FORUM, ActivityKind.THEMED_PARTY_DAY, ActivityKind.CONDOLENCE_VISIT])
    visited = draw.randrange(1, 9) if kind is ActivityKind.CONDOLENCE_VISIT else None
    topic, heads = f"主题{draw.randrange(10**6)}", draw.randrange(1, 60)
    return {
        "kind": kind,
        "held_on": _day(draw),
        "topic": topic,
        "participants": heads,
        "persons_visited": visited,
    }


def _training(draw: random.Random) -> Values:
    kind = draw.choice([ActivityKind.TRAINING, ActivityKind.LECTURE, ActivityKind.FORUM])
    return {**_activity(draw), "kind": kind, "persons_visited": None}


def _case(draw: random.Random) -> Values:
    name = f"案例{draw.randrange(10**6)}"
    return {"case_name": name, "level": draw.choice(list(CaseLevel)), "published_on": _day(draw)}


def _slip(draw: random.Random) -> Values:
    return {"colour": draw.choice(list(Colour)), "issued_on": _day(draw)}


def _circular(draw: random.Random) -> Values:
    return {"kind": draw.choice(list(CircularKind)), "issued_on": _day(draw)}


def _project(draw: random.Random) -> Values:
    begun = _day(draw)
    return {
        "name": "道路",
        "category": draw.choice(list(Category)),
        "budget_cents": draw.randrange(10**8),
        "started_on": begun,
        "planned_end_on": begun + timedelta(days=draw.randrange(90)),
        "beneficiaries": draw.randrange(500),
    }


def _need(draw: random.Random) -> Values:
    return {"raised_on": _day(draw)}


def _finding(draw: random.Random) -> Values:
    return {"found_on": _day(draw), "severity": draw.choice(list(Severity))}


@dataclass
class Thing:
    """Something that is on record, and what is true of it. ``batch``: of the import that brought it; ``touched``: since then."""

    kind: str
    pairing: int
    number: str
    values: Values
    key: str = ""
    batch: str = ""
    touched: bool = False


@dataclass(frozen=True)
class Kind:
    """How things of a kind are drawn, recorded, corrected (``None``: only voided) and voided."""

    draw: Callable[[random.Random], Values]
    record: Callable[[County, Thing], str]
    correct: Verb[Any, Any] | None
    void: Verb[Any, Any]


@dataclass
class County:
    """Two pairings in a folder of their own, and the ids of both."""

    system: System
    ids: list[str] = field(default_factory=list)

    def counts(self, known_at: int | None = None) -> tuple[list[str], list[str]]:
        """The score sheets, and every fact that they rest on, as known at a position; pairings by their place."""
        at = self.system.log.position() if known_at is None else known_at
        c = facts.c
        said = c.kind, c.type, c.level, c.occurred_on, c.until_on, c.quantity, c.year
        with self.system.reading() as connection:
            rows = connection.execute(select(c.pairing, *said).where(known_facts(at))).all()
        told = sorted(str((self.ids.index(pairing), *rest)) for pairing, *rest in rows if pairing)
        return sorted(self.system.scoring.csv(2025, at).splitlines()), told

    def record(self, thing: Thing) -> None:
        thing.key = KINDS[thing.kind].record(self, thing)


def _begun(verb: Verb[Any, Any], **also: Any) -> Callable[[County, Thing], str]:
    def record(county: County, thing: Thing) -> str:
        more = {name: thing.number if value is NUMBER else value for name, value in also.items()}
        said = {"pairing_id": county.ids[thing.pairing], **more, **thing.values}
        return carried(county.system, verb, **said)

    return record


NUMBER = object()
INSPECTOR = PersonRef(ref="p-1", commitment="c1")


def _raised(county: County, thing: Thing) -> str:
    of = county.ids[thing.pairing]
    village = PAIRING.owner(look_of(county.system), of).village
    said = {"pairing_id": of, "village": village, "category": Category.INDUSTRY, "content": "修路"}
    key = carried(county.system, livelihood.raise_need, number=thing.number, **said, **thing.values)
    carried(county.system, livelihood.match_need, key, pairing_id=of, matched_on=thing.values["raised_on"])
    return key


def _taught(county: County, thing: Thing) -> str:
    """A lecture of as many hours as its number says; what it is in truth may be none, and its hours do not count then."""
    lecture = {**thing.values, "kind": ActivityKind.LECTURE}
    key = KINDS["activity"].record(county, Thing("activity", thing.pairing, "", lecture))
    hours = {"hours_hundredths": 100 * int(thing.number.removeprefix("编")), "teacher": None}
    carried(county.system, activities.describe_training, key, teacher_office="", **hours)
    if thing.values["kind"] is not ActivityKind.LECTURE:
        carried(county.system, activities.correct_activity, key, **thing.values, **WHY)
    return key


KINDS: Mapping[str, Kind] = {
    "activity": Kind(
        _activity,
        _begun(activities.record_activity, reported_on=TODAY, near="", another=False),
        activities.correct_activity,
        activities.void_activity,
    ),
    "training": Kind(_training, _taught, activities.correct_activity, activities.void_activity),
    "case": Kind(_case, _begun(pairing.publish_case), pairing.correct_case, pairing.void_case),
    "slip": Kind(_slip, _begun(supervision.issue_slip), supervision.correct_slip, supervision.void_slip),
    "circular": Kind(
        _circular,
        _begun(supervision.issue_circular, document_no=NUMBER),
        supervision.correct_circular,
        supervision.void_circular,
    ),
    "project": Kind(
        _project,
        _begun(livelihood.open_project, number=NUMBER),
        livelihood.correct_project,
        livelihood.void_project,
    ),
    "need": Kind(_need, _raised, livelihood.correct_need, livelihood.void_need),
    "finding": Kind(
        _finding,
        _begun(
            supervision.raise_finding,
            number=NUMBER,
            method=Method.ON_SITE,
            inspector=INSPECTOR,
            description="记录不全",
            finding_type=FindingType.RECORD_KEEPING,
        ),
        None,
        supervision.void_finding,
    ),
}
NO_STEPS: Mapping[str, Values] = {
    "project": {"completed_on": None, "accepted_on": None},
    "need": {"met_on": None, "confirmed_on": None, "rating": None},
}


BASE = [paired(), other_pairing(agreement_number="协2号")]


def begun(folder: Path, rows: list[dict[str, Any]]) -> County:
    """The county with its two pairings, from a workbook."""
    (folder / "in").mkdir(parents=True)
    write_book(folder / "in" / "book.xlsx", {"pairings": rows})
    county = County(build(Settings(folder=folder / "data"), Calendar(TODAY)))
    import_folder(county.system, folder / "in", year=2025)
    with county.system.reading() as connection:
        named = {each.branch: each.unit_name for each in connection.execute(select(branches))}
        rows_of = connection.execute(select(pairings).where(known(pairings, None))).all()
    by_unit = {named[row.branch]: row.pairing_id for row in rows_of}
    county.ids = [by_unit[row["unit"]] for row in rows]
    return county


class Telling:
    """A sequence that is told, with what is true after each step."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.draw = random.Random(seed)
        self.folder = folder
        self.rows = [dict(row) for row in BASE]
        self.county = begun(folder / "told", self.rows)
        self.truth: list[Thing] = []
        self.seen: list[tuple[int, tuple[list[str], list[str]]]] = []
        self.made = 0

    def do(self, act: Callable[..., None], *of: str) -> None:
        """One act; what was known before stays as it was."""
        self.seen.append((self.county.system.log.position(), self.county.counts()))
        act(*of)

    def one_of_each(self) -> None:
        """Every kind of thing is recorded, corrected and voided; an import is reversed."""
        for kind in KINDS:
            for act in (self.record, self.record, self.correct, self.void):
                self.do(act, kind)
        for act in (self.take_in, self.reverse, self.right, self.right):
            self.do(act)

    def step(self) -> None:
        """One act, drawn."""
        acts = [self.record, self.record, self.correct, self.void, self.take_in, self.reverse, self.right]
        self.do(self.draw.choice(acts))

    def record(self, kind: str = "") -> None:
        kind = kind or self.draw.choice(list(KINDS))
        self.made += 1
        values = KINDS[kind].draw(self.draw)
        thing = Thing(kind, self.draw.randrange(2), f"编{self.made}", values)
        self.county.record(thing)
        self.truth.append(thing)

    def correct(self, kind: str = "") -> None:
        """One of those that can be, to other values; where there is none, something is recorded."""
        of = [each for each in self.truth if kind in ("", each.kind)]
        may = [(each, verb) for each in of if (verb := KINDS[each.kind].correct) is not None]
        if not may:
            self.record(kind)
            return
        thing, verb = self.draw.choice(may)
        thing.values, thing.touched = KINDS[thing.kind].draw(self.draw), True
        steps = dict(NO_STEPS.get(thing.kind, {}))
        if thing.kind == "need":
            steps["matched_on"] = thing.values["raised_on"]
        carried(self.county.system, verb, thing.key, **thing.values, **steps, **WHY)

    def void(self, kind: str = "") -> None:
        may = [each for each in self.truth if kind in ("", each.kind)]
        if not may:
            self.record(kind)
            return
        thing = self.draw.choice(may)
        self.truth.remove(thing)
        day = {"voided_on": TODAY} if thing.kind in ("activity", "training") else {}
        carried(self.county.system, KINDS[thing.kind].void, thing.key, **day, **WHY)

    def right(self) -> None:
        """What a pairing itself was entered with: its agreement, or the days of somebody in a post."""
        at = self.draw.randrange(2)
        row, key, day = self.rows[at], self.county.ids[at], _day(self.draw)
        if self.draw.random() < 0.5:
            before, row["agreement_signed_on"] = row["agreement_signed_on"], day
            said = {"signed_before": before, "signed_on": day, "agreement_no": row["agreement_number"]}
            carried(self.county.system, pairing.correct_agreement, key, **said, **WHY)
            return
        post = Post.PART_TIME_SECRETARY
        state = PAIRING.state(look_of(self.county.system), key)
        term = next(each for each in state.terms if each.post is post)
        last = day + timedelta(days=self.draw.randrange(30))
        row["part_time_secretary_began_on"], row["part_time_secretary_ended_on"] = day, last
        said = {"post": post, "known_from": term.began_on, "began_on": day, "ended_on": last}
        person = PersonRef(ref=term.person_ref, commitment="c1")
        carried(self.county.system, pairing.correct_term, key, person=person, **said, **WHY)

    def take_in(self) -> None:
        """A ledger of activities and needs is imported."""
        self.made += 1
        folder = self.folder / f"book{self.made}"
        folder.mkdir()
        held, theme = _day(self.draw), f"台账主题{self.made}"
        rows = [right("activities", held_on=held, theme=theme, kind="调研座谈会", reported_on=TODAY)]
        write_book(folder / f"book{self.made}.xlsx", {"activities": rows})
        before = self.county.system.log.position()
        import_folder(self.county.system, folder, year=2025)
        batch = self.county.system.imports.newest(None, 1)[0].id
        (recorded,) = self.county.system.log.read(after=before, limit=5)
        key = recorded.stream.removeprefix("activity-")
        of = self.county.ids.index(recorded.event.pairing_id)  # type: ignore[attr-defined]
        values = {"kind": ActivityKind.FORUM, "held_on": held, "topic": theme, "participants": 20}
        self.truth.append(Thing("activity", of, "", {**values, "persons_visited": None}, key, batch))

    def reverse(self) -> None:
        """An import, whole; not where somebody has touched what it brought."""
        may = [each for each in self.truth if each.batch]
        if not may:
            self.take_in()
            return
        thing = self.draw.choice(may)
        found = reverse_import(self.county.system, thing.batch, "传错了", CLERK)
        assert found.possible is not thing.touched
        if found.possible:
            self.truth.remove(thing)


def _sequence(telling: Telling) -> None:
    """What was told scores as the truth entered once, and as known at each step as it did then."""
    once = begun(telling.folder / "once", telling.rows)
    for each in telling.truth:
        once.record(Thing(each.kind, each.pairing, each.number, each.values))
    assert once.counts() == telling.county.counts()
    for position, counted in telling.seen:
        assert telling.county.counts(position) == counted, position
    for county in (once, telling.county):
        county.system.close()


def test_corrections_score_as_the_truth_entered_once(tmp_path: Path) -> None:
    telling = Telling(1, tmp_path)
    telling.one_of_each()
    _sequence(telling)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10, 50))
def test_long_sequences_score_as_the_truth_entered_once(seed: int, tmp_path: Path) -> None:
    telling = Telling(seed, tmp_path)
    for _ in range(60):
        telling.step()
    _sequence(telling)
