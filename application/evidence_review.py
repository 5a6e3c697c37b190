"""Reviews of evidence by two persons, samples for a second look, and the cut-off after which entries are late."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from functools import partial

from application.account import persons_of
from application.eventlog.log import Log
from application.questions.results.scoring import Scoring
from application.questions.year_work import evidence_items, evidence_population
from domain.assessment.year.cut_off import CutOff
from domain.assessment.year.events import EvidenceSampleDrawn, Verdict
from domain.assessment.year.evidence import EvidenceReview, EvidenceSamples
from domain.assessment.year.streams import stream_of_review, stream_of_runs
from domain.kernel.ids import Ids
from domain.kernel.recorded import By


class EvidenceReviews:
    """Streams ``evidence-<position>`` and ``evidence-samples-<year>``."""

    def __init__(self, log: Log, ids: Ids, scoring: Scoring) -> None:
        self._log = log
        self._ids = ids
        self._scoring = scoring

    def review_evidence(
        self, year: int, positions: Collection[int], *, verdict: Verdict, because: str, today: date, by: By
    ) -> None:
        """The first verdict on the evidence of events for a year."""
        persons = persons_of(self._log)
        for item in evidence_items(self._scoring, year, positions).values():
            decision = partial(
                EvidenceReview.review_evidence,
                item=item,
                verdict=verdict,
                because=because,
                reviewed_by=by.actor,
                today=today,
                persons=persons,
            )
            self._log.decide(stream_of_review(item.position), EvidenceReview(), decision, by)

    def review_evidence_again(
        self, year: int, positions: Collection[int], *, verdict: Verdict, because: str, today: date, by: By
    ) -> None:
        """The second verdict, by another person; what it rejects counts nowhere from now on."""
        persons = persons_of(self._log)
        for item in evidence_items(self._scoring, year, positions).values():
            decision = partial(
                EvidenceReview.review_evidence_again,
                item=item,
                verdict=verdict,
                because=because,
                reviewed_by=by.actor,
                today=today,
                persons=persons,
            )
            self._log.decide(stream_of_review(item.position), EvidenceReview(), decision, by)

    def draw_sample(self, year: int, *, seed: str, percent: int, today: date, by: By) -> EvidenceSampleDrawn:
        """Draw items for a second look, in a way anybody can repeat."""
        population = evidence_population(self._scoring, year)
        sample_id = self._ids("sa")
        (event,) = self._log.decide(
            f"evidence-samples-{year}",
            EvidenceSamples(),
            lambda samples: samples.draw_sample(
                sample_id=sample_id,
                year=year,
                seed=seed,
                percent=percent,
                population=population,
                drawn_by=by.actor,
                today=today,
            ),
            by,
        )
        assert isinstance(event, EvidenceSampleDrawn)
        return event


class CutOffs:
    """The cut-off in the streams ``runs-<year>``."""

    def __init__(self, log: Log) -> None:
        self._log = log

    def set_cut_off(
        self, year: int, *, record_on: date, known_at: int, because: str, today: date, by: By
    ) -> None:
        """Entries after ``record_on``, whose last position is ``known_at``, are late."""
        self._log.decide(
            stream_of_runs(year),
            CutOff(),
            lambda cut_off: cut_off.set_cut_off(
                year=year,
                record_on=record_on,
                known_at=known_at,
                because=because,
                set_by=by.actor,
                today=today,
            ),
            by,
        )
