"""Accounts of the demo county, at least one per role. Never entered anywhere but by ``lianjian demo`` and by tests."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from application.actors.actor import OFFICES, Actor
from application.eventlog.batch import Batch
from application.look import Look
from application.stores.accounts.accounts import Accounts
from application.stores.accounts.keeping import NewAccount, record_account
from application.system import System
from application.things import ACCOUNT
from application.verb import carry_out
from application.verbs.accounts import approve_role
from domain.account.role import BY_TWO, Role
from domain.kernel.recorded import By, Source
from domain.registry.events import EntryKind
from projections.boards.registry.names import villages_of_township
from projections.boards.registry.units_and_villages import entries_by_name

PASSWORD = "lianjian-2025"
UNIT, VILLAGE, TOWNSHIP = "云州法院", "南溪村", "南坡镇"

DEMO_ACTORS = (
    Actor(
        username="ducha",
        person="甲督衡",
        display_name="督查员",
        office="县联建工作监督小组",
        role=Role.SUPERVISOR,
    ),
    Actor(
        username="kaohe",
        person="乙考明",
        display_name="考核员",
        office="县联建工作考核组",
        role=Role.ASSESSOR,
    ),
    Actor(
        username="fukao",
        person="丙考正",
        display_name="第二考核员",
        office="县联建工作考核组",
        role=Role.ASSESSOR,
    ),
    Actor(
        username="lianban", person="丁办平", display_name="联建办主任", office="县联建办", role=Role.APPROVER
    ),
    Actor(
        username="lingdao",
        person="戊导宁",
        display_name="领导小组成员",
        office="县联建工作领导小组",
        role=Role.APPROVER,
    ),
    Actor(
        username="fuhe", person="己核清", display_name="复核员", office="县委组织部复核组", role=Role.REVIEWER
    ),
    Actor(
        username="danwei",
        person="庚报实",
        display_name="单位填报员",
        office=UNIT,
        role=Role.BRANCH_CLERK,
    ),
    Actor(
        username="cun",
        person="辛村和",
        display_name="村级填报员",
        office=VILLAGE,
        role=Role.VILLAGE_CLERK,
    ),
    Actor(
        username="xiangzhen",
        person="辰镇安",
        display_name="乡镇（街道）",
        office=f"{TOWNSHIP}党委组织办",
        role=Role.TOWNSHIP_OFFICE,
        township=TOWNSHIP,
    ),
    Actor(username="shenji", person="壬审严", display_name="审计员", office="县审计局", role=Role.AUDITOR),
    Actor(
        username="guanli2", person="癸管和", display_name="第二管理员", office="县委组织部", role=Role.ADMIN
    ),
    Actor(username="guanli", person="子管恒", display_name="管理员", office="县联建办", role=Role.ADMIN),
)
"""``person`` is an invented name here; its reference is the vault's. ``UNIT`` and ``VILLAGE`` have ids when they are known."""
CLERKS_OF_THE_STORY = tuple(
    Actor(
        username=username,
        person=person,
        display_name="单位填报员",
        office=unit,
        role=Role.BRANCH_CLERK,
    )
    for username, person, unit in (
        ("nongye", "丑耕夫", "云岭县农业农村局"),
        ("xiaoxue", "寅书文", "云岭县城关小学"),
        ("tuanwei", "卯青云", "云岭县团委"),
    )
)
"""Clerks of further units, who act in the story of the demo."""


def open_demo_accounts(
    system: System, accounts: Accounts, wanted: Sequence[Actor] = DEMO_ACTORS
) -> list[Actor]:
    """Open the accounts of the demo county, each granted as everywhere: by two where it must be. Nothing for open ones."""
    actors = record_demo_accounts(system, wanted)
    for actor in actors:
        if not accounts.known(actor.username):
            accounts.set_password(
                actor.username, PASSWORD, must_change=False, display_name=actor.display_name
            )
    return actors


def record_demo_accounts(system: System, wanted: Sequence[Actor] = DEMO_ACTORS) -> list[Actor]:
    """Their events; all of them, with the references of their persons. Nobody of a unit, village or township
    that is not registered."""
    batch = Batch(system.log)
    look = Look(system, batch, system.ids)
    known = ACCOUNT.state(look, "").accounts
    actors = _placed(system, wanted)
    persons = system.vault.people((actor.person, actor.office) for actor in actors)
    second, first = (_by(actor.username) for actor in actors if actor.role is Role.ADMIN)
    with batch.row():
        for actor in sorted(actors, key=lambda actor: actor.role is not Role.ADMIN):
            if actor.username in known:
                continue
            person, admin = persons[actor.person, actor.office], actor.role is Role.ADMIN
            record_account(look, _new(actor), person, by=_by("demo") if admin else first, first=admin)
            if actor.role in BY_TWO and not admin:
                carry_out(look, approve_role, actor.username, second, {})
    batch.finish()
    return [replace(actor, person=persons[actor.person, actor.office].ref) for actor in actors]


def _placed(system: System, wanted: Sequence[Actor]) -> list[Actor]:
    """The actors, each clerk with the id of the unit or village of the office."""
    with system.reading() as connection:
        units = entries_by_name(connection, EntryKind.BRANCH)
        villages = entries_by_name(connection, EntryKind.VILLAGE)
        there = {each: villages_of_township(connection, each, system.today()) for each in _townships(wanted)}
    placed = []
    for actor in wanted:
        branch = units.get(actor.office, "") if actor.role is Role.BRANCH_CLERK else ""
        village = villages.get(actor.office, "") if actor.role is Role.VILLAGE_CLERK else ""
        of_township = there.get(actor.township, frozenset())
        if branch or village or of_township or actor.role in OFFICES | {Role.ADMIN}:
            placed.append(replace(actor, branch=branch, village=village, villages=of_township))
    return placed


def _townships(wanted: Sequence[Actor]) -> set[str]:
    return {actor.township for actor in wanted} - {""}


def _new(actor: Actor) -> NewAccount:
    return NewAccount(
        username=actor.username,
        display_name=actor.display_name,
        office=actor.office,
        role=actor.role,
        branch=actor.branch,
        village=actor.village,
        township=actor.township,
    )


def _by(username: str) -> By:
    return By(actor=username, office="县联建办", source=Source(kind="command", name="demo"))
