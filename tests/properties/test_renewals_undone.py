"""Pairings renewed, signed, ended, handed on and imported, and all of it voided or reversed again, in any order: nothing ends
in an error of ours, and what stands is what the final truth makes that is entered once.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from application.ledgers.reversing import reverse_import
from application.look import look_of
from application.things import PAIRING
from application.verb import Verb
from application.verbs.pairing import activities
from application.verbs.pairing import pairings as verbs
from domain.kernel.errors import Rejected
from domain.kernel.event import Event
from domain.pairing.events import ActivityHeld, ActivityKind, AgreementSigned, PairingRenewed
from interface.ledgers.importing import import_folder
from projections.boards.pairing.pairings import pairings
from projections.kit.columns import known
from tests.kit.acts import CLERK, carried
from tests.properties.test_corrections import County, begun
from tests.unit.ledgers.ledger_books import other_pairing, right, write_book
from tests.unit.ledgers.ledger_books import pairing as paired

WHY: dict[str, Any] = {"because": "核对后更正"}
UNSIGNED: dict[str, Any] = {"agreement_number": None, "agreement_signed_on": None}
ROWS = [
    paired(paired_on=date(2024, 3, 1), **UNSIGNED),
    other_pairing(paired_on=date(2024, 3, 1), **UNSIGNED),
]
FIRST, LATE = date(2025, 2, 1), date(2025, 11, 1)


@dataclass
class Step:
    """A renewal, or the agreement with this number. ``of``: which pairing's."""

    of: int
    day: date
    number: str = ""
    stands: bool = True


@dataclass
class Import:
    """What a ledger stated: steps on a pairing that was there before, and the activity that it began."""

    batch: str
    steps: list[Step]
    day: date
    theme: str


@dataclass
class Truth:
    """What holds in the end."""

    renewals: list[Step] = field(default_factory=list)
    agreements: list[Step] = field(default_factory=list)
    imports: list[Import] = field(default_factory=list)
    ended: dict[int, date] = field(default_factory=dict)
    replaced: dict[int, date] = field(default_factory=dict)


class Told:
    """A sequence of acts; what is refused changes nothing."""

    def __init__(self, seed: int, folder: Path) -> None:
        self.draw, self.folder, self.truth = random.Random(seed), folder, Truth()
        self.county = begun(folder / "told", ROWS)
        self.acts: tuple[Callable[[], None], ...] = (
            self.renew,
            self.void_renewal,
            self.sign,
            self.void_agreement,
            self.take_in,
            self.reverse,
            self.end,
            self.replace,
        )
        self.made = 0
        self.reversed: list[bool] = []

    def _does(self, verb: Verb[Any, Any], of: int, **values: Any) -> bool:
        try:
            carried(self.county.system, verb, self.county.ids[of], **values)
        except Rejected:
            return False
        return True

    def _day(self, after: date = FIRST, days: int = 250) -> date:
        return after + timedelta(days=self.draw.randrange(days))

    def renew(self) -> None:
        step = Step(self.draw.randrange(2), self._day())
        if self._does(verbs.renew_pairing, step.of, renewed_on=step.day):
            self.truth.renewals.append(step)

    def _void(self, steps: list[Step], verb: Verb[Any, Any], before: str) -> None:
        for step in self.draw.sample(steps, min(1, len(steps))):
            if self._does(verb, step.of, **{before: step.day}, **WHY):
                step.stands = False
                steps.remove(step)

    def void_renewal(self) -> None:
        self._void(self.truth.renewals, verbs.void_renewal, "renewed_before")

    def sign(self) -> None:
        """None before the newest renewal, for each rests on one; no two on one day."""
        self.made += 1
        of = self.draw.randrange(2)
        newest = max((each.day for each in self.truth.renewals if each.of == of), default=FIRST)
        step = Step(of, self._day(newest, 20), f"签{self.made}")
        taken = any((each.of, each.day) == (of, step.day) for each in self.truth.agreements)
        if not taken and self._does(verbs.sign_agreement, of, agreement_no=step.number, signed_on=step.day):
            self.truth.agreements.append(step)
            if self.draw.random() < 0.5:
                said = {"others": "", "duties": "共建", "ends_on": None, "because": "补充"}
                self._does(verbs.amend_agreement, of, amended_on=step.day, **said)

    def void_agreement(self) -> None:
        self._void(self.truth.agreements, verbs.void_agreement, "signed_before")

    def take_in(self) -> None:
        """A ledger that renews the first pairing and signs its agreement, where it may, and begins an activity."""
        self.made += 1
        day = self._day()
        folder, theme = self.folder / f"book{self.made}", f"台账主题{self.made}"
        folder.mkdir()
        signed = {"agreement_number": f"台{self.made}", "agreement_signed_on": day}
        held = right("activities", held_on=day, theme=theme, kind="调研座谈会", reported_on=day)
        stated = {"pairings": [paired(paired_on=day, **signed)], "activities": [held]}
        write_book(folder / f"book{self.made}.xlsx", stated)
        before = self.county.system.log.position()
        import_folder(self.county.system, folder, year=2025)
        batch = self.county.system.imports.newest(None, 1)[0].id
        events: list[Event] = [each.event for each in self.county.system.log.read(after=before, limit=20)]
        assert any(isinstance(each, ActivityHeld) for each in events)
        renewed = [Step(0, each.renewed_on) for each in events if isinstance(each, PairingRenewed)]
        agreed = [
            Step(0, each.signed_on, each.agreement_no) for each in events if isinstance(each, AgreementSigned)
        ]
        self.truth.renewals += renewed
        self.truth.agreements += agreed
        self.truth.imports.append(Import(batch, [*renewed, *agreed], day, theme))

    def reverse(self) -> None:
        """It goes once its renewal and its agreement are voided, by whatever acts."""
        for each in self.draw.sample(self.truth.imports, min(1, len(self.truth.imports))):
            free = not any(step.stands for step in each.steps)
            found = reverse_import(self.county.system, each.batch, "传错了", CLERK)
            assert found.possible is free and len(found.voided) >= len(each.steps) * free
            self.reversed.append(free and bool(each.steps))
            if free:
                self.truth.imports.remove(each)

    def end(self) -> None:
        of, day = self.draw.randrange(2), self._day(LATE, 60)
        if self._does(verbs.end_pairing, of, ended_on=day, **WHY):
            self.truth.ended[of] = day

    def replace(self) -> None:
        """By the unit of the other pairing."""
        of, day = self.draw.randrange(2), self._day(LATE, 60)
        if _hand_on(self.county, of, day):
            self.truth.replaced[of], self.truth.ended[of] = day, day - timedelta(days=1)


def _hand_on(county: County, of: int, day: date) -> bool:
    branch = PAIRING.state(look_of(county.system), county.ids[1 - of]).branch
    try:
        carried(county.system, verbs.replace_pairing, county.ids[of], branch=branch, replaced_on=day, **WHY)
    except Rejected:
        return False
    return True


def once(folder: Path, truth: Truth) -> County:
    """The truth, entered in the order of its days."""
    county = begun(folder / "once", ROWS)
    for step in sorted(truth.renewals, key=lambda each: each.day):
        carried(county.system, verbs.renew_pairing, county.ids[step.of], renewed_on=step.day)
    for step in sorted(truth.agreements, key=lambda each: each.day):
        said: dict[str, Any] = {"agreement_no": step.number, "signed_on": step.day}
        carried(county.system, verbs.sign_agreement, county.ids[step.of], **said)
    for each in truth.imports:
        held: dict[str, Any] = {
            "kind": ActivityKind.FORUM,
            "topic": each.theme,
            "held_on": each.day,
            "participants": 20,
        }
        own: dict[str, Any] = {
            "pairing_id": county.ids[0],
            "persons_visited": None,
            "near": "",
            "another": False,
        }
        carried(county.system, activities.record_activity, **held, **own, reported_on=each.day)
    for of, day in truth.replaced.items():
        assert _hand_on(county, of, day)
    for of, day in truth.ended.items():
        carried(county.system, verbs.end_pairing, county.ids[of], ended_on=day, **WHY)
    return county


def standing(county: County) -> list[Any]:
    """Each pairing as it decides and as the list shows it, with what counts of it; ids left out."""
    c = pairings.c
    shown = c.started_on, c.ended_on, c.renewed_on, c.agreement_no, c.signed_on
    with county.system.reading() as connection:
        rows = connection.execute(select(c.pairing_id, *shown).where(known(pairings, None))).all()
    look = look_of(county.system)
    found, order = [], {}
    for pairing_id, *row in rows:
        state = PAIRING.state(look, pairing_id)
        own = county.ids.index(pairing_id) if pairing_id in county.ids else 2
        order[pairing_id] = own, state.started_on, state.ended_on or date.max
        agreed = sorted((each.signed_on, each.number) for each in state.agreements)
        found.append((order[pairing_id], state.span, sorted(state.renewals), agreed, row))
    county.ids = sorted(order, key=lambda each: order[each])
    return [sorted(found, key=lambda each: each[0]), county.counts()]


def demand_truth(told: Told) -> None:
    right_county = once(told.folder, told.truth)
    assert standing(told.county) == standing(right_county)
    for county in (told.county, right_county):
        county.system.close()


def test_a_renewal_and_an_import_undone_leave_what_was_true(tmp_path: Path) -> None:
    told = Told(3, tmp_path)
    told.take_in()
    told.reverse()
    told.void_agreement()
    told.void_renewal()
    told.reverse()
    assert told.reversed == [False, True]
    for _ in range(2):
        for act in (told.renew, told.sign, told.void_renewal, told.void_agreement):
            act()
    told.replace()
    told.end()
    demand_truth(told)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(30))
def test_long_sequences_leave_what_was_true(seed: int, tmp_path: Path) -> None:
    told = Told(seed, tmp_path)
    for _ in range(40):
        told.draw.choice(told.acts)()
    demand_truth(told)
