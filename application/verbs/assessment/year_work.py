"""What a unit and the assessors say of the lines of a sheet at the end of the year, and the turn to the next."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from application.look_ups import persons_behind_accounts
from application.questions.results.turning import next_year_has_a_scheme, what_goes_on
from application.questions.year_work import asked_of_line, cut_off_in_force, sheet_in_force, subject_of
from application.things import SHEET, TURN
from application.verb import Verb
from domain.account.role import Role
from domain.assessment.year.pairing_lines import PairingLines
from domain.assessment.year.turning import YearTurning

_ASSESSOR = frozenset({Role.ASSESSOR})
_ON_SHEET: Mapping[str, Callable[..., Any]] = {"subject": subject_of, "sheet": sheet_in_force}
_ON_LINE: Mapping[str, Callable[..., Any]] = {"subject": subject_of, "asked": asked_of_line}

turn_year = Verb(
    TURN,
    YearTurning.turn_year,
    frozenset({Role.ASSESSOR, Role.APPROVER}),
    given={"next_scheme": next_year_has_a_scheme, "going_on": what_goes_on},
    foresees=what_goes_on,
    irreversible=True,
)
self_score = Verb(
    SHEET,
    PairingLines.self_score,
    frozenset({Role.BRANCH_CLERK}),
    given={**_ON_SHEET, "cut_off": cut_off_in_force},
)
verify_lines = Verb(
    SHEET, PairingLines.verify_lines, _ASSESSOR, given={**_ON_SHEET, "persons": persons_behind_accounts}
)
record_ratings = Verb(SHEET, PairingLines.record_ratings, _ASSESSOR, given=_ON_LINE)
record_survey = Verb(SHEET, PairingLines.record_survey, _ASSESSOR, given=_ON_LINE)
record_superior_score = Verb(SHEET, PairingLines.record_superior_score, _ASSESSOR, given=_ON_LINE)
record_superior_rank = Verb(SHEET, PairingLines.record_superior_rank, _ASSESSOR, given=_ON_LINE)
