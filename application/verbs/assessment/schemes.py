"""What is done with the scheme of a year, and by whom."""

from __future__ import annotations

from collections.abc import Mapping

from application.look import Look
from application.look_ups import persons_behind_accounts
from application.things import SCHEME
from application.verb import Verb
from domain.account.role import Role
from domain.assessment.schemes import scheme_text
from domain.assessment.year.scheme_history import SchemeHistory, Trial
from domain.kernel.errors import Unknown
from domain.kernel.values import YearKey

_ASSESSOR = frozenset({Role.ASSESSOR})
_APPROVER = frozenset({Role.APPROVER})


def _trial_of_draft(look: Look, *, key: YearKey) -> Trial:
    """The newest draft, tried out now."""
    history = SCHEME.state(look, str(key))
    return look.system.back_testing.trial(history.draft_text, key, history.version + 1)


def _shipped_text(_: Look, *, key: YearKey) -> str:
    """The scheme that came with the software. Raises ``Unknown`` for a year without one."""
    try:
        return scheme_text(key)
    except FileNotFoundError:
        raise Unknown("published scheme for the year", str(key)) from None


def _going_on(history: SchemeHistory) -> Mapping[str, object]:
    """The newest draft, to be written on."""
    return {"based_on": history.draft, "text": history.draft_text or history.text}


def _newest(history: SchemeHistory) -> Mapping[str, object]:
    return {"draft": history.draft}


draft_scheme = Verb(SCHEME, SchemeHistory.draft_scheme, _ASSESSOR, proposes=_going_on)
return_scheme = Verb(SCHEME, SchemeHistory.return_scheme, _APPROVER, proposes=_newest)
approve_scheme = Verb(
    SCHEME,
    SchemeHistory.approve_scheme,
    _APPROVER,
    given={"trial": _trial_of_draft, "persons": persons_behind_accounts},
    proposes=_newest,
    then="publish_scheme",
)
publish_scheme = Verb(SCHEME, SchemeHistory.publish_scheme, _ASSESSOR, proposes=_newest, irreversible=True)
# Whoever imports the first ledgers of a year has it adopted with them: only the text that came with the software.
# In force at once, without a draft that somebody approves: so it is for whoever approves.
adopt_scheme = Verb(SCHEME, SchemeHistory.adopt_scheme, _APPROVER, given={"text": _shipped_text})
