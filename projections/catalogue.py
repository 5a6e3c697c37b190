"""All projections, in the order in which an event reaches them."""

import projections.facts.assessment
import projections.facts.exclusions
import projections.facts.supervision  # noqa: F401
from projections.boards.assessment.result_uses import result_use_board
from projections.boards.assessment.results import results_board
from projections.boards.assessment.runs import assessment_board
from projections.boards.assessment.schemes import schemes_board
from projections.boards.assessment.year_work import year_work_board
from projections.boards.burdens import burdens_board
from projections.boards.calendars import calendar_board
from projections.boards.complaints import complaints_board
from projections.boards.document_numbers import document_numbers_board
from projections.boards.documents import documents_board
from projections.boards.findings import findings_board
from projections.boards.livelihood import livelihood_board
from projections.boards.numbers import numbers_board
from projections.boards.pairing.activities import activities_board
from projections.boards.pairing.attached_pictures import attached_pictures_board
from projections.boards.pairing.judged_numbers import judged_numbers_board
from projections.boards.pairing.judged_photographs import judged_photographs_board
from projections.boards.pairing.pairings import pairings_board
from projections.boards.pairing.plans import plans_board
from projections.boards.pairing.proposals import proposals_board
from projections.boards.pairing.recognitions import recognitions_board
from projections.boards.people.accounts import accounts_board
from projections.boards.policies import policies_board
from projections.boards.registry.party_days import party_days_board
from projections.boards.registry.units_and_villages import registry
from projections.boards.trail import trail_board
from projections.facts.facts import facts_projection

PROJECTIONS = (
    accounts_board,
    registry,
    party_days_board,
    numbers_board,
    pairings_board,
    proposals_board,
    activities_board,
    recognitions_board,
    attached_pictures_board,
    judged_numbers_board,
    judged_photographs_board,
    document_numbers_board,
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
