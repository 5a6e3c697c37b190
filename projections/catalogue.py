"""All projections, in the order in which an event reaches them."""

import projections.facts_assessment
import projections.facts_exclusions
import projections.facts_supervision  # noqa: F401
from projections.accounts import accounts_board
from projections.assessment_board import assessment_board
from projections.calendars import calendar_board
from projections.facts import facts_projection
from projections.findings_board import findings_board
from projections.livelihood_board import livelihood_board
from projections.numbers import numbers_board
from projections.pairings_board import pairings_board
from projections.registry import registry
from projections.result_use_board import result_use_board
from projections.results_board import results_board
from projections.schemes_board import schemes_board
from projections.trail import trail_board
from projections.year_work_board import year_work_board

PROJECTIONS = (
    accounts_board,
    registry,
    numbers_board,
    pairings_board,
    livelihood_board,
    findings_board,
    facts_projection,
    assessment_board,
    results_board,
    result_use_board,
    calendar_board,
    year_work_board,
    schemes_board,
    trail_board,
)
