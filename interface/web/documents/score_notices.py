"""Notices of scores for all units of a published run: issued many at once, each under its own number."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter

from application.questions.results.run_results import run_results, unit_results
from application.things import BRANCH
from application.verb import Outcome
from application.verbs.documents import issue_score_notice
from domain.document.events import Paper
from interface.web.documents.issued import documents_of
from interface.web.kit.forms.at_once import add_for_each
from interface.web.kit.page.page import Page

router = APIRouter()


def _without_notice(page: Page, run_id: str) -> Sequence[str]:
    """The units of the run that have no notice yet, by name."""
    told = {each.branch for each in documents_of(page, run_id=run_id) if each.paper is Paper.NOTICE}
    found = run_results(page.system.scoring, page.connection, run_id, page.at)
    left = {each.branch for each in unit_results(found)} - told
    return sorted(left, key=lambda each: (page.units.get(each, each), each))


def _documents_of_run(_: Page, outcome: Outcome) -> str:
    """What was issued of the run."""
    return f"/runs/{outcome.key}#documents"


add_for_each(
    router, issue_score_notice, "branch", BRANCH, offered=_without_notice, shown_at=_documents_of_run
)
