"""Accounts of the demo county, at least one per role. Never entered anywhere but by ``lianjian demo`` and by tests."""

from __future__ import annotations

from dataclasses import replace

from application.access import Actor, Role
from application.eventlog.batch import Batch
from domain.account.role import BY_TWO
from domain.kernel import ids
from domain.kernel.recorded import By, Source
from interface.composition import Services, System

PASSWORD = "lianjian-2025"
UNIT, VILLAGE = "云州法院", "南溪村"

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
        branch=ids.branch_code(UNIT),
    ),
    Actor(
        username="cun",
        person="辛村和",
        display_name="村级填报员",
        office=VILLAGE,
        role=Role.VILLAGE_CLERK,
        village=ids.village_code(VILLAGE),
    ),
    Actor(username="shenji", person="壬审严", display_name="审计员", office="县审计局", role=Role.AUDITOR),
    Actor(
        username="guanli2", person="癸管和", display_name="第二管理员", office="县委组织部", role=Role.ADMIN
    ),
    Actor(username="guanli", person="子管恒", display_name="管理员", office="县联建办", role=Role.ADMIN),
)
"""``person`` is an invented name here; its reference is the vault's."""


def record_demo_accounts(system: System) -> list[Actor]:
    """Open the accounts of the demo county that are not open yet, each granted as everywhere: by two where it must be.

    All of them, with the references of their persons.
    """
    batch = Batch(system.log)
    services = system.services_on(batch)
    known = services.accounts.register().accounts
    new = [actor for actor in DEMO_ACTORS if actor.username not in known]
    persons = system.vault.people((actor.person, actor.office) for actor in DEMO_ACTORS)
    by = [_by(actor.username) for actor in DEMO_ACTORS if actor.role is Role.ADMIN]
    with batch.row():
        for actor in sorted(new, key=lambda actor: actor.role is not Role.ADMIN):
            services.accounts.open_account(
                actor.username,
                person=persons[actor.person, actor.office],
                office=actor.office,
                branch=actor.branch,
                village=actor.village,
                opened_on=system.today(),
                by=by[0],
            )
            _grant(services, actor, system, by)
    batch.finish()
    return [replace(actor, person=persons[actor.person, actor.office].ref) for actor in DEMO_ACTORS]


def _grant(services: Services, actor: Actor, system: System, by: list[By]) -> None:
    today = system.today()
    if actor.role is Role.ADMIN:
        services.accounts.grant_role(
            actor.username, role=actor.role, granted_on=today, by=_by("demo"), first=True
        )
    elif actor.role in BY_TWO:
        services.accounts.propose_role(actor.username, role=actor.role, proposed_on=today, by=by[0])
        services.accounts.approve_role(actor.username, granted_on=today, by=by[1])
    else:
        services.accounts.grant_role(actor.username, role=actor.role, granted_on=today, by=by[0])


def _by(username: str) -> By:
    return By(actor=username, office="县联建办", source=Source(kind="command", name="demo"))
