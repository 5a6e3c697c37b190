"""Accounts of the demo county, one per role. Never entered anywhere but by ``lianjian demo``."""

from __future__ import annotations

from application.access import Actor, Role
from domain.kernel import ids

PASSWORD = "lianjian-2025"
UNIT, VILLAGE = "云州法院", "南溪村"

DEMO_ACTORS = (
    Actor(username="ducha", display_name="督查员", office="县联建工作监督小组", role=Role.SUPERVISOR),
    Actor(username="kaohe", display_name="考核员", office="县联建工作考核组", role=Role.ASSESSOR),
    Actor(username="fukao", display_name="第二考核员", office="县联建工作考核组", role=Role.ASSESSOR),
    Actor(username="lianban", display_name="联建办主任", office="县联建办", role=Role.APPROVER),
    Actor(username="lingdao", display_name="领导小组成员", office="县联建工作领导小组", role=Role.APPROVER),
    Actor(username="fuhe", display_name="复核员", office="县委组织部复核组", role=Role.REVIEWER),
    Actor(
        username="danwei",
        display_name="单位填报员",
        office=UNIT,
        role=Role.BRANCH_CLERK,
        branch=ids.branch_code(UNIT),
    ),
    Actor(
        username="cun",
        display_name="村级填报员",
        office=VILLAGE,
        role=Role.VILLAGE_CLERK,
        village=ids.village_code(VILLAGE),
    ),
    Actor(username="shenji", display_name="审计员", office="县审计局", role=Role.AUDITOR),
    Actor(username="guanli", display_name="管理员", office="县联建办", role=Role.ADMIN),
)
