"""All projections, in the order in which an event reaches them."""

import projections.facts.assessment
import projections.facts.exclusions
import projections.facts.supervision  # noqa: F401
from projections.boards.accounts import accounts_board
from projections.boards.assessment import assessment_board
from projections.boards.burdens import burdens_board
from projections.boards.calendars import calendar_board
from projections.boards.complaints import complaints_board
from projections.boards.documents import documents_board
from projections.boards.findings import findings_board
from projections.boards.judged_numbers import judged_numbers_board
from projections.boards.livelihood import livelihood_board
from projections.boards.numbers import numbers_board
from projections.boards.pairings import pairings_board
from projections.boards.party_days import party_days_board
from projections.boards.plans import plans_board
from projections.boards.policies import policies_board
from projections.boards.registry import registry
from projections.boards.result_uses import result_use_board
from projections.boards.results import results_board
from projections.boards.schemes import schemes_board
from projections.boards.trail import trail_board
from projections.boards.year_work import year_work_board
from projections.facts.facts import facts_projection

PROJECTIONS = (
    accounts_board,
    registry,
    party_days_board,
    numbers_board,
    pairings_board,
    judged_numbers_board,
    livelihood_board,
    plans_board,
    findings_board,
    facts_projection,
    assessment_board,
    results_board,
    result_use_board,
    calendar_board,
    year_work_board,
    schemes_board,
    documents_board,
    complaints_board,
    policies_board,
    burdens_board,
    trail_board,
)
