"""What is done about the burden of villages, and by whom."""

from __future__ import annotations

from collections.abc import Mapping

from application.things import BURDEN_LIMIT
from application.verb import Verb
from domain.account.role import Role
from domain.burden.limit import BurdenLimits


def _newest(limits: BurdenLimits) -> Mapping[str, object]:
    """The limits that were set for the latest month."""
    newest = limits.by_month[max(limits.by_month)] if limits.by_month else {}
    return {each.value: most for each, most in newest.items()}


set_burden_limit = Verb(
    BURDEN_LIMIT, BurdenLimits.set_burden_limit, frozenset({Role.APPROVER}), proposes=_newest
)
