"""Whatever is named, ended, handed over, taken away and granted anew, in whatever order: nobody acts for another outside the
days, and every account is on every day for what was arranged."""

from __future__ import annotations

import tempfile
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from random import Random

from hypothesis import Phase, given, note
from hypothesis import strategies as st

from application.actors.actor import Actor
from application.actors.deputies import acting_for, principals
from application.look import look_of
from application.settings import Settings
from application.system import System
from application.things import ACCOUNT
from application.verbs import VERBS
from domain.account.role import Role
from domain.kernel.errors import Forbidden, Rejected
from interface.composition import build
from interface.demo.accounts import record_demo_accounts
from projections.boards.people.accounts import account_list
from tests.kit.acts import open_for, use_as
from tests.kit.examples import examples
from tests.kit.played import Calendar
from tests.kit.yearend import by

FIRST_DAY = date(2026, 1, 12)
PEOPLE = ("a", "b", "c", "d")
STEPS = 60


@dataclass
class Named:
    """What a naive clerk writes down: who acts for whom from when to when, crossed out once it ended."""

    of: str
    deputy: str
    first: date
    last: date
    crossed_out: bool = False


@dataclass
class Office:
    system: System
    clock: Calendar
    actors: dict[str, Actor]
    book: list[Named] = field(default_factory=list)
    roles: dict[str, Role | None] = field(default_factory=dict)
    going: dict[str, tuple[str, date, Role | None]] = field(default_factory=dict)

    def use(self, who: str, verb: str, key: str, **written: object) -> bool:
        try:
            use_as(self.system, self.actors[who], VERBS[verb], key, **written)
        except (Rejected, Forbidden):
            return False
        note(f"{self.system.today()} {who} {verb} {key} {written}")
        return True

    def cross_out(self, *, of: str = "", concerning: str = "") -> None:
        for each in self.book:
            if each.last >= self.system.today():
                each.crossed_out |= each.of == of or concerning in (each.of, each.deputy)

    def hand_over_due(self) -> None:
        """What the day brings, said from outside: the office is the other's, and deputies of who left are over."""
        for one, (other, day, role) in list(self.going.items()):
            if day <= self.system.today():
                for each in self.book:
                    each.crossed_out |= one in (each.of, each.deputy) and each.last >= day
                self.roles[one], self.roles[other] = None, role
                del self.going[one]

    def step(self, chance: Random) -> None:
        one, other = chance.choice(PEOPLE), chance.choice(PEOPLE)
        first = self.system.today() + timedelta(days=chance.randrange(-1, 4))
        last = first + timedelta(days=chance.randrange(-1, 6))
        steps = ("name", "name", "name", "end", "role", "disable", "hand", "hand", "back", "pass", "pass")
        match chance.choice(steps):
            case "name":
                days = {"from_on": first.isoformat(), "until_on": last.isoformat()}
                if self.use(one, "name_deputy", one, deputy=other, because="休假", **days):
                    self.book.append(Named(one, other, first, last))
            case "end":
                if self.use("guanli", "end_deputy", one, because="回来"):
                    self.cross_out(of=one)
            case "role":
                role = chance.choice((Role.SUPERVISOR, Role.AUDITOR))
                before = self.roles.get(one)
                if self.use("guanli", "grant_role", one, role=role.value) and role is not before:
                    self.roles[one] = role
                    self.cross_out(concerning=one)
            case "disable":
                step = "disable_account" if chance.random() < 0.5 else "enable_account"
                if self.use("guanli", step, one, because="调动") and step == "disable_account":
                    self.roles[one] = None
                    self.cross_out(concerning=one)
            case "hand":
                days = {"from_on": first.isoformat(), "because": "调离"}
                if self.use("guanli", "hand_over_office", one, successor=other, **days):
                    self.going[one] = (other, first, self.roles[one])
            case "back":
                if self.use("guanli", "withdraw_handover", one, because="不调了"):
                    del self.going[one]
            case "pass":
                self.clock.turn_to(self.system.today() + timedelta(days=chance.randrange(3)))

    def holds(self) -> None:
        self.hand_over_due()
        today = self.system.today()
        with self.system.reading() as connection:
            found_roles = {each.username: each.role for each in account_list(connection, today)}
        assert {name: found_roles[name] for name in PEOPLE} == {
            name: role.value if role else "" for name, role in self.roles.items()
        }
        register = ACCOUNT.state(look_of(self.system), "")
        for deputy in PEOPLE:
            expected = {
                each.of
                for each in self.book
                if each.deputy == deputy and not each.crossed_out and each.first <= today <= each.last
            }
            with self.system.reading() as connection:
                found = principals(connection, deputy, today)
            assert {each.username for each in found} == expected
            by_state = {
                each.named.username
                for each in register.deputyships
                if each.named.deputy == deputy and each.span.includes(today)
            }
            assert by_state == expected
            for each in found:
                assert each.role == self.roles[deputy].value == self.roles[each.username].value  # type: ignore[union-attr]
                acting = acting_for(self.actors[deputy], each)
                with suppress(Rejected):
                    self.nothing_is_named_in_anothers_name(acting)
            # No chains: whoever is acted for today acts for nobody.
            assert not (found and any(each.of == deputy and each in self.in_force() for each in self.book))

    def in_force(self) -> list[Named]:
        today = self.system.today()
        return [each for each in self.book if not each.crossed_out and each.first <= today <= each.last]

    def nothing_is_named_in_anothers_name(self, acting: Actor) -> None:
        position = self.system.log.position()
        days = {"from_on": self.system.today().isoformat(), "until_on": self.system.today().isoformat()}
        for of in (acting.acting_for, acting.username):
            with suppress(Forbidden):
                use_as(
                    self.system, acting, VERBS["name_deputy"], of, deputy=PEOPLE[0], because="再转", **days
                )
            assert self.system.log.position() == position


@examples(20, quick=3, phases=(Phase.generate,))
@given(st.integers(0, 2**32))
def test_nobody_acts_for_another_outside_the_days(seed: int) -> None:
    chance, clock = Random(seed), Calendar(FIRST_DAY)
    with tempfile.TemporaryDirectory() as folder:
        system = build(Settings(folder=Path(folder)), clock)
        office = Office(system, clock, {each.username: each for each in record_demo_accounts(system)})
        ducha = office.actors["ducha"]
        for name in PEOPLE:
            open_for(system, name, system.vault.person(f"人{name}", "科"), "科", by=by("guanli"))
            office.actors[name] = replace(ducha, username=name)
            assert office.use("guanli", "grant_role", name, role="supervisor")
            office.roles[name] = Role.SUPERVISOR
        try:
            for _ in range(STEPS):
                office.step(chance)
                office.holds()
        finally:
            system.close()
