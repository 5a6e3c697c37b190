"""The year of the demo county, lived: its clock walks from act to act, and everything is done by the verbs of real use."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from argon2 import PasswordHasher
from sqlalchemy import select

from application.acting import act
from application.actors.actor import Actor
from application.input.fields import fields_of_row
from application.integrity.heartbeat import Heartbeat
from application.ledgers.matching.questions import NEW, Answers
from application.look import look_of
from application.settings import Settings
from application.stores.accounts.accounts import Accounts
from application.stores.accounts.keeping import accounts_of
from application.stores.attaching import attach_to
from application.system import System
from application.things import key_of_sheet
from application.verb import Verb
from application.verbs import VERBS
from domain.assessment.scheme_file.moving_on import moved_on
from domain.assessment.schemes import scheme_text
from domain.kernel.ids import SeededIds
from domain.kernel.recorded import By, Source
from domain.kernel.values import KeyOf, Kind, Many, Rows
from domain.registry.events import EntryKind, NumberedThing
from interface.composition import build
from interface.demo.accounts import CLERKS_OF_THE_STORY, DEMO_ACTORS, open_demo_accounts
from interface.demo.drawing import EDGE, drawn
from interface.demo.ledgers_by_day import PACKED, LedgersOfTheYear
from interface.demo.story import Act, story_until
from interface.ledgers.importing import import_folder
from projections.boards.numbers import CountedThing, thing_meant
from projections.boards.pairing.pairings import pairings
from projections.boards.registry.units_and_villages import entries_by_name
from projections.kit.columns import known

DOMAIN = "demo.county.local"
"""Begins the origin of the log, which every checkpoint and document bears: nobody takes its times for those of a county."""
MINUTES = 7
"""Between two acts of a day, the first of which is at nine."""
NUMBERED: Mapping[str, NumberedThing | CountedThing] = {
    each.value: each for kinds in (NumberedThing, CountedThing) for each in kinds
}
Progress = Callable[..., None]


class WalkingClock:
    """Shows the time of the act that is told. It never goes back."""

    def __init__(self, zone: ZoneInfo, begins: datetime) -> None:
        self._zone = zone
        self._now = begins

    def __call__(self) -> datetime:
        self._now += timedelta(microseconds=1)
        return self._now

    def walk_to(self, day: date) -> None:
        """Nine in the morning of the day, or a little later than before."""
        nine = datetime.combine(day, time(9), self._zone).astimezone(UTC)
        self._now = max(nine, self._now + timedelta(minutes=MINUTES))


@dataclass
class _Telling:
    system: System
    accounts: Accounts
    ledgers: dict[int, LedgersOfTheYear] = field(default_factory=dict)
    actors: Mapping[str, Actor] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    """What the story calls a thing to its id, and with ``.record`` behind it to the position of its first event."""

    def tell(self, told: Act) -> None:
        match told.does:
            case "open_accounts":
                opened = open_demo_accounts(self.system, self.accounts, (*DEMO_ACTORS, *CLERKS_OF_THE_STORY))
                self.actors = {actor.username: actor for actor in opened}
            case "import_ledgers":
                self._report(self.actors[told.who], **told.stated)
            case "import_later_ledgers":
                with as_file(files("interface.demo").joinpath("later_ledgers")) as folder:
                    self._import(self.actors[told.who], folder, PACKED)
            case "attach_pictures":
                for to in told.to:
                    self._attach(told, to)
            case _:
                for to in told.to or ("",):
                    self._do(told, to)

    def _report(self, actor: Actor, of_year: str, up_to: str) -> None:
        """Import what the ledgers of a year say that is new."""
        year = int(of_year)
        ledgers = self.ledgers.setdefault(year, LedgersOfTheYear(year))
        with tempfile.TemporaryDirectory() as folder:
            if ledgers.report(Path(folder), date.fromisoformat(up_to)):
                self._import(actor, Path(folder), year)

    def _import(self, actor: Actor, folder: Path, year: int) -> None:
        """What is asked, whether it is something known, is answered: it is new."""
        answers = Answers()
        while True:
            result = import_folder(
                self.system,
                folder,
                year=year,
                actor=actor.username,
                office=actor.office,
                answers=answers,
            )
            if not result.asked or answers.given:
                break
            answers = Answers({question.id: NEW for question in result.asked})
        if result.refused or result.asked:
            raise AssertionError([*result.refused, *result.asked])

    def _do(self, told: Act, to: str) -> None:
        verb, actor, before = VERBS[told.does], self.actors[told.who], self.system.log.position()
        key = "" if verb.begins else self._meant(verb.on.kind, to)
        written = self._written({each.name: each.kind for each in verb.fields}, told.stated)
        by = By(actor=actor.username, office=actor.office, source=Source(kind="page", name=_path(verb, key)))
        outcome = act(self.system, verb, key, written, actor, by)
        if told.called:
            self.names[f"@{told.called}"] = outcome.key
            first = next(iter(self.system.log.read(after=before, limit=1)))
            self.names[f"@{told.called}.record"] = str(first.position)

    def _attach(self, told: Act, to: str) -> None:
        """Pictures that are drawn, to an activity, a project or a nominated case."""
        kind, actor = told.stated["kind"], self.actors[told.who]
        key = self._meant(kind, to)
        look = look_of(self.system)
        by = By(
            actor=actor.username,
            office=actor.office,
            source=Source(kind="page", name=f"/attachments/{kind}/{key}"),
        )
        for scene in told.stated["scenes"]:
            picture = io.BytesIO(drawn(scene, told.stated.get("edge", EDGE)))
            attach_to(look, actor, kind, key, picture, name=f"{scene}.jpg", by=by)

    def _written(self, kinds: Mapping[str, Kind], stated: Mapping[str, Any]) -> dict[str, Any]:
        return {name: self._value(kinds.get(name), value) for name, value in stated.items()}

    def _value(self, kind: Kind | None, value: Any) -> Any:
        """As it is written into the form: what people call a thing becomes its id."""
        match kind, value:
            case _, {"scheme_of": int(), "moved_to": str()}:
                return _scheme(**value)
            case KeyOf(thing=thing), str():
                return self._meant(thing, value)
            case Many(each=KeyOf(thing=thing)), {"all_but": left_out}:
                return self._all_but(thing, left_out)
            case Many(each=each), list():
                return [self._value(each, one) for one in value]
            case Rows(row=row), list():
                kinds = {column.name: column.kind for column in fields_of_row(row)}
                return [self._written(kinds, one) for one in value]
        return value

    def _meant(self, kind: str, written: str) -> str:
        """The id, or key, of what people call so."""
        if written.startswith("@"):
            return self.names[written]
        with self.system.reading() as connection:
            match kind:
                case "branch":
                    return entries_by_name(connection, EntryKind.BRANCH)[written]
                case "village":
                    return entries_by_name(connection, EntryKind.VILLAGE)[written]
                case "pairing":
                    village = entries_by_name(connection, EntryKind.VILLAGE)[written]
                    of_village = known(pairings, None), pairings.c.village == village
                    query = select(pairings.c.pairing_id).where(*of_village)
                    return str(connection.execute(query.order_by(pairings.c.started_on.desc())).scalar_one())
                case "score_sheet":
                    year, _, village = written.partition(" ")
                    return key_of_sheet(int(year), self._meant("pairing", village))
            return thing_meant(connection, written, NUMBERED[kind]) if kind in NUMBERED else written

    def _all_but(self, thing: str, left_out: list[str]) -> list[str]:
        with self.system.reading() as connection:
            every = entries_by_name(connection, EntryKind(thing))
        return sorted({id_ for name, id_ in every.items() if name not in left_out})


def live(
    folder: Path,
    today: date,
    *,
    hasher: PasswordHasher | None = None,
    progress: Progress = lambda *_, **__: None,
    say: Callable[[str], None] = lambda _: None,
) -> int:
    """Begin the log of the demo county in ``folder``, live what was before ``today``, and say how many acts that were."""
    settings = Settings(folder=folder, domain=DOMAIN)
    acts = story_until(today)
    clock = WalkingClock(settings.zone, datetime.combine(today, time(), settings.zone).astimezone(UTC))
    if acts:
        clock = WalkingClock(
            settings.zone, datetime.combine(acts[0].on, time(8), settings.zone).astimezone(UTC)
        )
    system = build(settings, clock, ids=SeededIds("demo"), tell=say)
    accounts = accounts_of(system, hasher)
    heartbeat = Heartbeat(system.custody, clock, settings.zone)
    telling = _Telling(system, accounts)
    progress(0, total=len(acts))
    month = (0, 0)
    try:
        for told in acts:
            clock.walk_to(told.on)
            if (told.on.year, told.on.month) != month:
                month = told.on.year, told.on.month
                heartbeat.beat()
            try:
                telling.tell(told)
            except Exception as error:
                error.add_note(f"{told.on} {told.who}: {told.does} {' '.join(told.to)}")
                raise
            progress(1)
    finally:
        accounts.close()
        system.close()
    return len(acts)


def _path(verb: Verb[Any, Any], key: str) -> str:
    """Where the form of the verb is."""
    return "/".join(part for part in (verb.on.path, key, verb.name.replace("_", "-")) if part)


def _scheme(scheme_of: int, moved_to: str, changed: Mapping[str, str]) -> str:
    """The scheme of a year carried over to another, with some of its text changed."""
    text = moved_on(scheme_text(scheme_of), scheme_of, int(moved_to))
    for old, new in changed.items():
        if old not in text:
            raise ValueError(f"the scheme does not say {old!r}")
        text = text.replace(old, new)
    return text
