"""Whatever is done in whatever order, by two processes: near entries, burdens and sheets that go on from what was known before
are what is found anew, for every position that is asked about, in any order of asking."""

from __future__ import annotations

import tempfile
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from application.ledgers.reversing import reverse_import
from application.look import look_of
from application.question import ALL, Asker, answered
from application.questions.answers import burdens
from application.questions.answers.alike import likenesses
from application.questions.answers.alike.likenesses import Likeness, list_likenesses
from application.questions.answers.burdens import VillageBurdens, list_burdens
from application.settings import Settings
from application.system import System
from application.things import PAIRING
from application.verbs.livelihood import raise_need, void_need
from application.verbs.pairing import activities as verbs
from application.verbs.pairing.pairings import replace_pairing, start_pairing
from application.verbs.registry.splitting import split_village
from application.verbs.registry.units_and_villages import merge_village, rename_village
from application.verbs.supervision import issue_slip, raise_finding, void_finding, void_slip
from domain.kernel.errors import Conflict, Rejected
from domain.kernel.ids import SeededIds
from domain.registry.splitting import PairingMove, VillagePart
from interface.composition import build
from interface.demo.accounts import UNIT, VILLAGE
from interface.ledgers.importing import import_folder
from projections.boards.pairing.pairings import pairings
from projections.catalogue import PROJECTIONS
from projections.kit.columns import known
from projections.kit.memory import Memory, Reading
from projections.scores import carried_sheets
from projections.scores.scores import Result, scores
from tests.integration.test_pairing_verbs import OFFICE
from tests.kit.acts import CLERK, act, carried, use_as
from tests.kit.demo_ids import PAIRING as OWN
from tests.kit.examples import examples
from tests.kit.prepared import prepared
from tests.unit.ledgers.ledger_books import right, write_book

DAYS = [date(2025, 5, day) for day in (5, 6, 8, 12)]
TOPICS = ("学习讨论", "学习讨论会", "入户走访")
WITHIN = 4
"""Pairings and villages that are acted on."""

which, day, topic = st.integers(0, WITHIN - 1), st.sampled_from(DAYS), st.sampled_from(TOPICS)
ACTS = st.lists(
    st.tuples(
        st.booleans(),
        st.one_of(
            st.tuples(st.just("record"), which, day, topic),
            st.tuples(st.just("record"), which, day, topic),
            st.tuples(st.just("correct"), which, day, topic),
            st.tuples(st.just("void"), which),
            st.tuples(st.just("judge"), which, which),
            st.tuples(st.just("share"), which, which),
            st.tuples(st.just("ledger"), day, topic),
            st.tuples(st.just("reverse")),
            st.tuples(st.just("start"), which, which),
            st.tuples(st.just("replace"), which, which, day),
            st.tuples(st.just("merge"), which, which),
            st.tuples(st.just("split"), which),
            st.tuples(st.just("rename"), which),
            st.tuples(st.just("find"), which, day),
            st.tuples(st.just("unfind")),
            st.tuples(st.just("slip"), which, day),
            st.tuples(st.just("unslip")),
            st.tuples(st.just("need"), which, day),
            st.tuples(st.just("unneed")),
        ),
        st.lists(st.tuples(st.booleans(), st.integers(0, 100)), max_size=3),
    ),
    min_size=3,
    max_size=14,
)
"""Each: which process acts, what is done, and who looks then, at which hundredth of what was recorded meanwhile."""
Seen = tuple[tuple[Likeness, ...], VillageBurdens, list[Result], list[Result]]
"""The last: all sheets without a cut-off, and with one between the acts."""


class County:
    """Two processes on one folder, and what was made in it."""

    def __init__(self, folder: Path, both: tuple[System, System]) -> None:
        self.folder, self.both = folder, both
        self.begun_at = both[0].log.position()
        self.pairings = [OWN, *(each for each in self._pairings() if each != OWN)][:WITHIN]
        states = [PAIRING.state(look_of(both[0]), each) for each in self.pairings]
        self.branches, self.villages = [each.branch for each in states], [each.village for each in states]
        self.made: dict[str, list[str]] = {
            kind: [] for kind in ("activity", "finding", "slip", "need", "batch")
        }
        self.done = 0

    def _pairings(self) -> list[str]:
        with self.both[0].reading() as connection:
            own = select(pairings.c.pairing_id).where(known(pairings, None), pairings.c.ended_on.is_(None))
            return list(connection.execute(own.order_by(pairings.c.pairing_id)).scalars())

    def act(self, system: System, verb: str, *words: Any) -> None:
        """What is refused changes nothing."""
        self.done += 1
        with suppress(Rejected, Conflict):
            getattr(self, f"_{verb}")(system, *words)

    def _record(self, system: System, of: int, on: date, topic: str) -> None:
        held: dict[str, Any] = {
            "kind": "forum",
            "topic": topic,
            "held_on": on,
            "participants": 9,
            "another": "1",
        }
        self.made["activity"].append(
            act(system, verbs.record_activity, pairing_id=self.pairings[of % len(self.pairings)], **held)
        )

    def _correct(self, system: System, of: int, on: date, topic: str) -> None:
        for key in self.made["activity"][of : of + 1]:
            held: dict[str, Any] = {"kind": "forum", "topic": topic, "held_on": on, "participants": 9}
            act(system, verbs.correct_activity, key, **held, because="更正")

    def _void(self, system: System, of: int) -> None:
        for key in self.made["activity"][of : of + 1]:
            act(system, verbs.void_activity, key, because="重复")

    def _judge(self, system: System, one: int, other: int) -> None:
        made = self.made["activity"]
        if max(one, other) < len(made):
            verdict = ("same", "different", "joint")[self.done % 3]
            act(system, verbs.judge_likeness, made[one], other=made[other], verdict=verdict, because="核")

    def _share(self, system: System, of: int, into: int) -> None:
        for key in self.made["activity"][of : of + 1]:
            act(system, verbs.share_activity, key, pairings=[self.pairings[into]])

    def _ledger(self, system: System, on: date, topic: str) -> None:
        folder = self.folder / f"ledger-{self.done}"
        folder.mkdir()
        held: dict[str, Any] = {"unit": UNIT, "village": VILLAGE, "held_on": on, "reported_on": on}
        rows = [right("activities", **held, theme=each) for each in (topic, f"{topic}二")]
        write_book(folder / "book.xlsx", {"activities": rows})
        import_folder(system, folder)
        self.made["batch"].append(system.imports.newest(None, 1)[0].id)

    def _reverse(self, system: System) -> None:
        if self.made["batch"]:
            reverse_import(system, self.made["batch"].pop(), "误导入", CLERK)

    def _start(self, system: System, branch: int, village: int) -> None:
        two: dict[str, Any] = {"branch": self.branches[branch], "village": self.villages[village]}
        self.pairings.insert(0, act(system, start_pairing, **two, started_on=DAYS[0]))

    def _replace(self, system: System, of: int, by: int, on: date) -> None:
        key = self.pairings[of]
        act(system, replace_pairing, key, branch=self.branches[by], replaced_on=on, because="调整")

    def _merge(self, system: System, one: int, other: int) -> None:
        act(system, merge_village, self.villages[one], into=self.villages[other], merged_on=DAYS[2])

    def _split(self, system: System, of: int) -> None:
        parts = (VillagePart(f"新甲村{self.done}"), VillagePart(f"新乙村{self.done}"))
        moves = tuple(
            PairingMove(each, n % 2 + 1)
            for n, each in enumerate(self.pairings)
            if PAIRING.state(look_of(system), each).village == self.villages[of]
            and PAIRING.state(look_of(system), each).ended_on is None
        )
        said: dict[str, Any] = {"split_on": DAYS[2], "because": "拆村", "parts": parts, "moves": moves}
        carried(system, split_village, self.villages[of], **said)

    def _rename(self, system: System, of: int) -> None:
        named: dict[str, Any] = {"name": f"改名村{self.done}", "renamed_on": DAYS[1]}
        act(system, rename_village, self.villages[of], **named)

    def _find(self, system: System, of: int, on: date) -> None:
        said: dict[str, Any] = {
            "number": f"WT2025-9{self.done:02}",
            "found_on": f"{on}",
            "method": "on_site",
            "severity": "minor",
        }
        said |= {"description": "记录不全", "finding_type": "activities", "inspector": "丁某"}
        found = use_as(system, OFFICE, raise_finding, pairing_id=self.pairings[of], **said)
        self.made["finding"].append(found.key)

    def _unfind(self, system: System) -> None:
        for key in self.made["finding"][-1:]:
            act(system, void_finding, key, because="误登")

    def _slip(self, system: System, of: int, on: date) -> None:
        said: dict[str, Any] = {"pairing_id": self.pairings[of], "colour": "blue", "issued_on": on}
        self.made["slip"].append(act(system, issue_slip, **said))

    def _unslip(self, system: System) -> None:
        for key in self.made["slip"][-1:]:
            act(system, void_slip, key, because="误发")

    def _need(self, system: System, of: int, on: date) -> None:
        said: dict[str, Any] = {
            "number": f"XQ2025-9{self.done:02}",
            "category": "industry",
            "content": "修路",
            "raised_on": on,
        }
        self.made["need"].append(act(system, raise_need, village=self.villages[of], **said))

    def _unneed(self, system: System) -> None:
        for key in self.made["need"][-1:]:
            act(system, void_need, key, because="误登")

    def look(self, system: System, hundredth: int) -> None:
        """Look from what is remembered, and as nobody has before."""
        with system.remembering() as reading:
            newest = reading.newest
            at = newest - (newest - self.begun_at) * hundredth // 100
            found = listed(reading, system, at, self.begun_at + 4)
        anew = Reading(system.views, Memory(PROJECTIONS))
        with anew, anew.begin():
            assert found == listed(anew, system, at, self.begun_at + 4), at


def listed(reading: Reading, system: System, at: int, cut_off_at: int) -> Seen:
    asker = Asker(look_of(system), OFFICE, reading, at, reading.newest)
    alike = answered(asker, list_likenesses, year=2025, after=None, limit=ALL).rows
    borne = answered(asker, list_burdens, year=2025, village=None, q="", sort=None, after=None, limit=ALL)
    scheme = system.scoring.scheme(reading, 2025, at)
    return alike, borne, scores(reading, scheme, at), scores(reading, scheme, at, cut_off_at=cut_off_at)


@examples(20, quick=3)
@given(acts=ACTS, again=st.sampled_from((1, 50)))
def test_what_is_carried_on_is_what_is_found_anew_whatever_is_done(acts: list[Any], again: int) -> None:
    with (
        tempfile.TemporaryDirectory() as name,
        closing(prepared(Path(name))) as one,
        closing(build(Settings(folder=Path(name)), begin=False, ids=SeededIds("another"))) as other,
        patch.object(likenesses, "AGAIN", again),
        patch.object(burdens, "AGAIN", again),
        patch.object(carried_sheets, "AGAIN", again),
    ):
        county = County(Path(name), (one, other))
        for first, (verb, *words), looks in acts:
            county.act((one, other)[first], verb, *words)
            for second, hundredth in looks:
                county.look((one, other)[second], hundredth)
