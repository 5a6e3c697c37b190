"""Stories are told: each step is taken as a page, a script or a command would take it, in a county of its own."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, fields, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from application.acting import act
from application.actors.actor import Actor
from application.input.fields import Field
from application.input.reading import Malformed, read
from application.ledgers.problems import RefusedRow
from application.ledgers.result import ImportResult
from application.look import look_of
from application.question import ask
from application.questions.answers import QUESTIONS
from application.settings import Settings
from application.system import System
from application.verb import Verb, carry_out
from application.verbs import VERBS
from domain.account.role import Role
from domain.kernel.ids import SeededIds
from domain.kernel.recorded import By, Source
from domain.kernel.values import Day, Many, Rows
from interface.composition import build
from interface.ledgers.importing import import_folder
from interface.words import field_words
from interface.words.pages.examples import example
from tests.kit.beside_log import BESIDE_LOG, KEEPER, TEXTS, office_of, role_of
from tests.kit.commands import MAKERS, make, run
from tests.kit.ledger_files import FILES
from tests.kit.stories import Book, Step, Story, named
from tests.unit.ledgers.ledger_books import pairing, right, write_book

LOOSE = {
    "low": -(10**12),
    "high": 10**12,
    "limit": 10**6,
    "lines": True,
    "pattern": None,
    "least": 0,
    "may_be_empty": True,
}
"""Bounds of kinds that the keeper is not held to."""


_PERSON = re.compile(r"@(\w+)/(\w+)")
"""Somebody in a step: ``@甲文员/县联建办``."""


@dataclass
class Clock:
    """Stands at the newest day on which a step was taken; what is recorded bears that day."""

    now: datetime = datetime(2020, 1, 1, tzinfo=UTC)

    def reach(self, day: date) -> None:
        """It is that day, or later."""
        self.now = max(self.now, datetime.combine(day, time(1), UTC))

    def __call__(self) -> datetime:
        return self.now


@dataclass(frozen=True)
class Teller:
    """A county in which steps are taken; ``names`` holds the keys that were kept, and ``<name>_at`` the positions."""

    system: System
    names: dict[str, str]
    clock: Clock

    def take(self, step: Step) -> object:
        """Take a step; what came of it. Raises whatever refuses it."""
        if step.words[0] == "import":
            return self._import(step.day, step.words[1:])
        if step.words[0] in MAKERS:
            return make(self.system.settings.folder, *step.words)
        if step.words[0] == "lianjian":
            self.clock.reach(date.fromisoformat(step.day))
            said = run(
                self.system.settings.folder, named(step.words[1:], self.names), self.names.get("token", "")
            )
            if step.kept:
                self.names[step.kept] = said.strip()
            return said
        thing, name, key, written = self.parts(step)
        system = replace(self.system, day=date.fromisoformat(step.day))
        self.clock.reach(system.today())
        by = By(actor=step.who, office=office_of(step.who), source=Source(kind="command", name="story"))
        if thing == "ask":
            answer = self._ask(system, step.who, name, key, written)
            if step.kept:
                self.names[step.kept] = getattr(answer.rows[0], fields(answer.rows[0])[0].name)
            return answer
        if f"{thing} {name}" in BESIDE_LOG:
            done = BESIDE_LOG[f"{thing} {name}"](system, by, key, {each: v[0] for each, v in written.items()})
            if step.kept:
                (last,) = system.log.read(after=system.log.position() - 1)
                self.names[step.kept] = last.stream.partition("-")[2]
                self.names[f"{step.kept}_at"] = str(last.position)
            return done
        verb, key, whole = self.meant(step)
        before = system.log.position()
        if step.who == KEEPER:
            look = look_of(system)
            drawn = replace(look, ids=lambda _: key) if key and verb.begins else look
            outcome = carry_out(drawn, verb, key, by, _typed(system, verb.fields, whole))
        else:
            outcome = act(system, verb, key, whole, self._actor(step.who), by)
        if step.kept:
            # A run or an objection is drawn within the year whose results it is of.
            drawn_id = next((each for each in verb.given if each.endswith("_id")), "")
            self.names[step.kept] = getattr(outcome.events[0], drawn_id) if drawn_id else outcome.key
            stream = verb.on.stream(look_of(system), outcome.key)
            positions = [each.position for each in system.log.read(after=before) if each.stream == stream]
            self.names[f"{step.kept}_at"] = str(positions[-1])
        return outcome

    def parts(self, step: Step) -> tuple[str, str, str, dict[str, Any]]:
        """Thing, verb, key, and what is stated by field."""
        thing, name, *words = (_PERSON.sub(self._ref, each) for each in named(step.words, self.names))
        key = words.pop(0) if words and "=" not in words[0] else ""
        written: dict[str, Any] = {}
        for word in words:
            field_name, _, value = word.partition("=")
            stated = _written(value)
            written.setdefault(field_name, []).extend(stated if isinstance(stated, list) else [stated])
        return thing, name, key, written

    def _ref(self, found: re.Match[str]) -> str:
        """References are drawn; a story says by name and office who is meant."""
        return self.system.vault.person(found[1], found[2]).ref

    def meant(self, step: Step) -> tuple[Verb[Any, Any], str, dict[str, Any]]:
        """The verb, the key, and what is stated, with what the step leaves out."""
        thing, name, key, written = self.parts(step)
        verb = VERBS[name.replace("-", "_")]
        assert verb.on.kind == thing.replace("-", "_"), step.written
        return verb, key, {**_examples(verb.name, verb.fields, written), **written}

    def _actor(self, username: str) -> Actor:
        """The account that its name says: ``assessor2`` is another assessor, ``branch_clerk2`` that of the other unit."""
        role = role_of(username)
        other = "2" if username.endswith("2") else ""
        return Actor(
            username=username,
            person="",
            display_name=username,
            office=office_of(username),
            role=role,
            branch=self.names["unit" + other] if role is Role.BRANCH_CLERK else "",
            village=self.names["village" + other] if role is Role.VILLAGE_CLERK else "",
        )

    def _ask(self, system: System, who: str, name: str, key: str, written: Mapping[str, Any]) -> Any:
        question = QUESTIONS[name.replace("-", "_")]
        reading = read(question.fields, written, today=system.today(), strict=True)
        if reading.faults:
            raise Malformed(reading.faults)
        return ask(system, question, self._actor(who), key, reading.values)

    def _import(self, day: str, words: Sequence[str]) -> ImportResult:
        """``import SHEET FIELD=VALUE … / FIELD=VALUE …``: right rows of a sheet with some cells changed; ``import NAME``: files
        by name. Raises ``LedgerProblems`` where anything is said of them."""
        name, *cells = words
        folder = self.system.settings.folder / "ledgers"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        if name in FILES:
            FILES[name](folder)
        else:
            rows: list[dict[str, Any]] = [{}]
            for cell in cells:
                field_name, _, value = cell.partition("=")
                if cell == "/":
                    rows.append({})
                else:
                    rows[-1][field_name] = value or None
            changed = {name: [right(name, **row) for row in rows]}
            write_book(folder / "台账.xlsx", {"pairings": [pairing()], **changed})
        system = replace(self.system, day=date.fromisoformat(day))
        self.clock.reach(system.today())
        result = import_folder(system, folder, year=2025)
        if result.refused or result.warnings:
            raise LedgerProblems([*result.refused, *result.warnings])
        return result


class LedgerProblems(Exception):
    """What an import said of rows, sheets and files."""

    def __init__(self, rows: Sequence[RefusedRow]) -> None:
        super().__init__(
            "; ".join(f"{row.sheet} {row.row} {row.column}: {row.code}, {row.message}" for row in rows)
        )
        self.rows = rows


def _written(value: str) -> object:
    """A row of a table is written as in JSON, a long text by its word."""
    return json.loads(value) if value.startswith("{") else TEXTS.get(value, value)


def _typed(system: System, fields: Sequence[Field], written: Mapping[str, Any]) -> dict[str, Any]:
    """Values as they are written, within their bounds or not; what is no field is taken as text."""
    reading = read(
        [_unbound(each) for each in fields if each.name in written],
        written,
        today=system.today(),
        person=lambda name: system.vault.person(name, "联建办"),
    )
    if reading.faults:
        raise Malformed(reading.faults)
    others = {name: value[0] for name, value in written.items() if name not in {each.name for each in fields}}
    left_out = {each.name: _left_empty(each) for each in fields if not each.required}
    return {**left_out, **reading.values, **others}


def _left_empty(field: Field) -> Any:
    return "" if getattr(field.kind, "may_be_empty", False) else None


def _unbound(field: Field) -> Field:
    kind: Any = field.kind
    return replace(
        field,
        kind=replace(kind, **{name: value for name, value in LOOSE.items() if hasattr(kind, name)}),
        required=False,
    )


def _examples(verb: str, fields: Sequence[Field], written: Mapping[str, Any]) -> dict[str, Any]:
    """What a step leaves out, as the descriptions of the API have it; days, tables and lists are always stated."""
    return {
        each.name: example(each, field_words(verb, each.name))
        for each in fields
        if each.required and each.name not in written and not isinstance(each.kind, Day | Rows | Many)
    }


@dataclass
class Shelf:
    """Counties at the end of each story, told once and copied."""

    book: Book
    folder: Path
    _ends: dict[str, tuple[dict[str, str], datetime]] = field(default_factory=dict)

    def county(self, after: str, folder: Path) -> Teller:
        """A copy in ``folder`` of the county at the end of a story; whoever asks closes its system."""
        if not after:
            return _teller(folder, "beginning", {}, Clock())
        if after not in self._ends:
            self._tell(self.book.stories[after])
        shutil.copytree(self.folder / after, folder)
        names, now = self._ends[after]
        return _teller(folder, folder.name, dict(names), Clock(now))

    def _tell(self, story: Story) -> None:
        teller = self.county(story.after, self.folder / f"{story.name}-told")
        try:
            for step in story.steps:
                try:
                    teller.take(step)
                except Exception as error:
                    error.add_note(f"{story.file}, story {story.name}: {step.written}")
                    raise
        finally:
            teller.system.close()
        (self.folder / f"{story.name}-told").rename(self.folder / story.name)
        self._ends[story.name] = teller.names, teller.clock.now


def _teller(folder: Path, seed: str, names: dict[str, str], clock: Clock) -> Teller:
    return Teller(build(Settings(folder=folder), clock, ids=SeededIds(seed)), names, clock)
