"""The short form of what fits the API's description and what does not, by every role."""

from __future__ import annotations

from pathlib import Path

from application.questions.answers import QUESTIONS
from tests.attack.api import Campaign
from tests.kit.scripts import api_of

OF_LATER_THINGS = {
    "list_shared_photographs",
    "show_appeal",
    "show_comparison",
    "show_complaint",
    "show_contestable",
    "show_document",
    "show_draft",
    "show_event",
    "show_grades",
    "show_nomination",
    "show_notice",
    "show_persons",
    "show_plan",
    "show_policy",
    "show_proposal",
    "show_reproduction",
    "show_result_use",
    "show_run_results",
    "show_scheme_changes",
    "show_self_scores",
    "show_service",
    "show_verification",
}
"""Questions about what the imported county has not got yet: two runs or schemes, a draft, an appeal, a document, a plan, a
policy, an attachment, a proposal, what a unit says of itself; or an event, whose position nothing in the description lets one
guess."""


def test_no_case_of_the_description_ends_in_an_error_of_ours(tmp_path: Path) -> None:
    api = api_of(tmp_path)
    campaign = Campaign(api, number=2025, keys=1)
    campaign.reach(rounds=1)
    campaign.send(20)
    api.close()
    assert campaign.tally.wrong == []
    # Operations are reached, not only refused; what needs a thing that the county has not got is for longer walks.
    assert campaign.tally.share > 0.3
    assert QUESTIONS.keys() - campaign.tally.reached <= OF_LATER_THINGS
