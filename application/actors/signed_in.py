"""Who acts, by the account that they signed in with or that their token is of."""

from __future__ import annotations

from application.actors.actor import Actor
from domain.account.role import Role
from projections.boards.people.accounts import AccountOfDay


def actor_of(account: AccountOfDay, display_name: str) -> Actor:
    """Whoever acts as the account, in its role and bounded as it is today."""
    return Actor(
        username=account.username,
        person=account.person,
        display_name=display_name,
        office=account.office,
        role=Role(account.role),
        branch=account.branch,
        village=account.village,
        township=account.township,
        villages=account.villages,
    )
