"""What is done with evidence by two persons, with samples of it, and with the cut-off after which entries are late."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from application.look import Look
from application.look_ups import persons_behind_accounts
from application.questions.year_work import evidence_item, evidence_population, position_at_cut_off
from application.things import CUT_OFF, EVIDENCE, SAMPLES
from application.verb import Verb
from domain.account.role import Role
from domain.assessment.year.cut_off import CutOff
from domain.assessment.year.evidence import EvidenceReview, EvidenceSamples

_ASSESSOR = frozenset({Role.ASSESSOR})
_REVIEWED: Mapping[str, Callable[..., Any]] = {"item": evidence_item, "persons": persons_behind_accounts}


def _sample_drawn(look: Look) -> str:
    return look.ids("sa")


set_cut_off = Verb(CUT_OFF, CutOff.set_cut_off, _ASSESSOR, given={"known_at": position_at_cut_off})
review_evidence = Verb(EVIDENCE, EvidenceReview.review_evidence, _ASSESSOR, given=_REVIEWED)
review_evidence_again = Verb(EVIDENCE, EvidenceReview.review_evidence_again, _ASSESSOR, given=_REVIEWED)
draw_sample = Verb(
    SAMPLES,
    EvidenceSamples.draw_sample,
    _ASSESSOR,
    given={"sample_id": _sample_drawn, "population": evidence_population},
)
