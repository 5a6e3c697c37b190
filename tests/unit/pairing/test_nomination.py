"""Cases that are nominated: checked by the office, returned, published once."""

from __future__ import annotations

from datetime import date
from typing import Any

from domain.kernel.span import Span
from domain.pairing import clauses
from domain.pairing.events import (
    CaseLevel,
    CaseNominated,
    NominationPublished,
    NominationReturned,
    NominationRevised,
)
from domain.pairing.nomination import Nomination
from tests.kit.given import given

TODAY = date(2025, 5, 2)
WHO: dict[str, Any] = {"pairing_id": "pr-1", "branch": "b", "village": "v"}
SAID: dict[str, Any] = {**WHO, "nomination_id": "no-1", "case_name": "院坝说事", "story": "坐在一起"}
NOMINATED = CaseNominated(**SAID, nominated_on=TODAY)
RETURNED = NominationReturned(**WHO, nomination_id="no-1", because="补充成效", returned_on=TODAY)
PUBLISHED = NominationPublished(
    **WHO, nomination_id="no-1", case_id="c-1", level=CaseLevel.COUNTY, published_on=TODAY
)


def publish(on: date = TODAY) -> Any:
    return lambda n: n.publish_nomination(level=CaseLevel.COUNTY, published_on=on, case_id="c-1", today=TODAY)


def revise(story: str) -> Any:
    return lambda n: n.revise_nomination(case_name="院坝说事", story=story, today=TODAY)


def test_what_is_returned_is_revised_before_it_is_published() -> None:
    within = Span(date(2025, 1, 1))
    given(Nomination()).when(lambda n: n.nominate_case(**SAID, within=within, today=TODAY)).then(NOMINATED)
    waiting = given(Nomination(), NOMINATED)
    waiting.when(lambda n: n.nominate_case(**SAID, within=within, today=TODAY)).refused(clauses.RECORDED_ONCE)
    waiting.when(lambda n: n.return_nomination(because="补充成效", today=TODAY)).then(RETURNED)
    returned = given(Nomination(), NOMINATED, RETURNED)
    returned.when(publish()).refused(clauses.NOMINATION_WAITS, "院坝说事")
    revised = NominationRevised(**{**SAID, "story": "化解纠纷"}, story_before="坐在一起", revised_on=TODAY)
    returned.when(revise("化解纠纷")).then(revised)
    again = given(Nomination(), NOMINATED, RETURNED, revised)
    again.when(publish()).then(PUBLISHED)
    again.when(publish(date(2025, 5, 3))).refused(clauses.NOT_IN_THE_FUTURE)


def test_what_is_published_is_not_gone_on_with() -> None:
    published = given(Nomination(), NOMINATED, PUBLISHED)
    published.when(publish()).refused(clauses.NOMINATION_PUBLISHED)
    published.when(revise("化解纠纷")).refused(clauses.NOMINATION_PUBLISHED)
    given(Nomination()).when(revise("化解纠纷")).refused(clauses.RECORDED_FIRST)
