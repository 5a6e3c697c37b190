"""What can happen in an assessment, from the draft of a scheme to the use of its results, in the order of a year.

Streams: ``scheme-<year>`` for a scheme; ``assessment-<year>-<pairing id>`` for the lines of a pairing's sheet;
``evidence-<position>`` for the reviews of one event, ``evidence-samples-<year>`` for samples; ``runs-<year>`` from the
cut-off to publication;
``result-use-<id>`` for what a result leads to. ``..._by`` is an account, which tells persons apart; who signs or approves
is also named, by a reference to the vault.
"""

from __future__ import annotations

import enum
from datetime import date
from typing import TypedDict

from domain.kernel.event import Event
from domain.kernel.parties import Parties, parties
from domain.kernel.person import PersonRef


class AssessmentEvent(Event, context="assessment"):
    """Base of the assessment events."""


# ---------------------------------------------------------------- schemes


class SchemeDrafted(AssessmentEvent, occurred="drafted_on"):
    """A draft was saved, whole; ``draft`` counts the saves of a year's scheme from 1."""

    scheme_id: str
    draft: int
    text: str
    text_digest: str
    because: str
    drafted_by: str
    drafted_on: date


class SchemeReturned(AssessmentEvent, occurred="returned_on"):
    """The draft was given back with what is to be changed."""

    scheme_id: str
    draft: int
    because: str
    returned_by: str
    returned_on: date


class SchemeApproved(AssessmentEvent, occurred="approved_on"):
    """The draft may be published: its ``cases`` all held, and the back-test was seen.

    ``back_test_year`` is ``None`` where no earlier year can be scored; ``back_test_moved`` counts the pairings whose total
    or grade the draft would have changed in that year.
    """

    scheme_id: str
    draft: int
    text_digest: str
    cases: int
    back_test_year: int | None
    back_test_moved: int
    approver: PersonRef
    office: str
    approved_by: str
    approved_on: date


class SchemePublished(AssessmentEvent, occurred="published_on"):
    """The scheme of a year in a version, whole; it never changes, a new version replaces it.

    ``in_force_on``: the first day whose facts the version judges, ``None`` for the whole year. ``retroactive_because``: why
    it judges days before its publication, where it does.
    """

    scheme_id: str
    version: int
    text: str
    text_digest: str
    published_on: date
    in_force_on: date | None = None
    retroactive_because: str = ""


# ---------------------------------------------------------------- the year's work


class Verdict(enum.Enum):
    """What a reviewer says of a piece of evidence."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"


class LineEvent(AssessmentEvent):
    """Base of what is said of one line of a pairing's sheet."""

    year: int
    pairing_id: str
    branch: str
    village: str
    indicator: str


class SelfScored(LineEvent, occurred="scored_on"):
    """The unit's own score of a line (自评), in hundredths of a point."""

    points_hundredths: int
    note: str
    scored_by: str
    scored_on: date


class LineVerified(LineEvent, occurred="verified_on"):
    """The assessor's score of a line (审核), beside the unit's own and the computed one as they stood then.

    For an indicator scored by hand it is what counts; for a counted one it confirms the computed figure.
    """

    points_hundredths: int
    self_hundredths: int | None
    computed_hundredths: int | None
    because: str
    verified_by: str
    verified_on: date


class RatingsRecorded(LineEvent, occurred="rated_on"):
    """One rater group's ballots on a line, without names: each a score in hundredths, sorted."""

    group: str
    invited: int
    ballots: tuple[int, ...]
    recorded_by: str
    rated_on: date
    because: str = ""
    """Why they were recorded again; empty the first time."""


class SatisfactionSurveyed(LineEvent, occurred="surveyed_on"):
    """One batch of questionnaires: issued, returned, valid, and the valid ones per option; nobody is named."""

    survey_id: str
    issued: int
    returned: int
    valid: int
    options: tuple[tuple[str, int], ...]
    recorded_by: str
    surveyed_on: date
    because: str = ""
    """Why the batch was recorded again; empty the first time."""


class SuperiorScored(LineEvent, occurred="scored_on"):
    """A superior office's score for a line, in hundredths of its own points, to be converted by the scheme."""

    score_hundredths: int
    issuer: str
    document_no: str
    recorded_by: str
    scored_on: date


class SuperiorRanked(LineEvent, occurred="ranked_on"):
    """A place in a superior office's ranking, 1 the best."""

    place: int
    issuer: str
    document_no: str
    recorded_by: str
    ranked_on: date


class EvidenceEvent(LineEvent, occurred="reviewed_on"):
    """Base of the verdicts on the event at position ``item``."""

    item: int
    reference: str
    verdict: Verdict
    because: str
    reviewed_by: str
    reviewed_on: date


class EvidenceReviewed(EvidenceEvent):
    """A first reviewer's verdict."""


class EvidenceReviewedAgain(EvidenceEvent):
    """A second person's verdict on the same item, which settles it; what is rejected here counts nowhere from now on."""


class EvidenceSampleDrawn(AssessmentEvent, occurred="drawn_on"):
    """Accepted items drawn for a second look. ``seed`` and the sorted ``population`` let anybody draw the same again.

    ``number``: which of the year's samples it is, from 1; people know it by ``sample_no``.
    """

    sample_id: str
    year: int
    number: int
    seed: str
    percent: int
    population: tuple[int, ...]
    items: tuple[int, ...]
    drawn_by: str
    drawn_on: date

    @property
    def sample_no(self) -> str:
        """The sample's number as people write it: ``2025-1``."""
        return f"{self.year}-{self.number}"


# ---------------------------------------------------------------- runs


class SignStep(enum.Enum):
    """The sign-off chain, in its order."""

    SCORING_GROUP = "scoring_group"
    OFFICE = "office"
    LEADING_GROUP = "leading_group"


class CutOffSet(AssessmentEvent, occurred="set_on"):
    """What was entered after ``known_at``, the last position of ``record_on``, is late and does not count in the year."""

    year: int
    record_on: date
    known_at: int
    because: str
    set_by: str
    set_on: date


class YearTurned(AssessmentEvent, occurred="turned_on"):
    """The year is closed and its open work goes on in the next one. ``leaves_behind``: what went on, by kind, and how many."""

    year: int
    leaves_behind: tuple[tuple[str, int], ...]
    turned_by: str
    turned_on: date


class PairingExcluded(AssessmentEvent, occurred="excluded_on"):
    """The pairing is scored but takes part in no grade and no quota of the year, on the ``basis`` named."""

    year: int
    pairing_id: str
    because: str
    basis: str
    excluded_by: str
    excluded_on: date


class PairingIncluded(AssessmentEvent, occurred="included_on"):
    """The exclusion was taken back."""

    year: int
    pairing_id: str
    because: str
    included_by: str
    included_on: date


class RunNames(TypedDict):
    """What every event of a run names."""

    run_id: str
    year: int


class RunEvent(AssessmentEvent):
    """Base of what happens to a run of a year."""

    run_id: str
    year: int

    @property
    def names(self) -> RunNames:
        """The same, for the next event."""
        return {"run_id": self.run_id, "year": self.year}


class RunFrozen(RunEvent, occurred="frozen_on"):
    """All results of a year as known at a position, pinned by a digest, with everything they rest on.

    ``number``: which of the year's runs it is, from 1; people know it by ``run_no``.
    ``receipts_root`` is the Merkle root over one trace for each line of each sheet (RFC 9162), so that one score can be proved
    without showing the others. ``cut_off_at`` is the position of the cut-off then in force. Runs frozen before these
    were kept have them empty. ``for_comparison``: frozen as known at an earlier position than the newest; such a run
    goes no further. ``leaves_behind``: what was not done then, with how many of it there were, as whoever froze it
    acknowledged.
    """

    number: int
    known_at: int
    scheme_version: int
    results_digest: str
    subjects: int
    frozen_on: date
    because: str
    appeal_id: str = ""
    scheme_digest: str = ""
    calendar_version: str = ""
    engine_version: int = 0
    software: str = ""
    receipts_root: str = ""
    cut_off_at: int | None = None
    frozen_by: str = ""
    for_comparison: bool = False
    leaves_behind: tuple[tuple[str, int], ...] = ()

    @property
    def run_no(self) -> str:
        """The run's number as people write it: ``2025-1``."""
        return f"{self.year}-{self.number}"


class RunConsented(RunEvent, occurred="consented_on"):
    """A run that is to replace a published one was consented to by a named person."""

    consenter: PersonRef
    office: str
    because: str
    consented_by: str
    consented_on: date


class RunSigned(RunEvent, occurred="signed_on"):
    """A named person signed the run off at a step of the chain."""

    step: SignStep
    signer: PersonRef
    office: str
    opinion: str
    signed_by: str
    signed_on: date


class GradeAdjustmentProposed(RunEvent, occurred="proposed_on"):
    """Another grade than the computed one is asked for, with reason and basis; the computed one stays visible.

    ``carried_from``: the earlier run whose adjustment waits here to be confirmed anew; empty where it is a new one.
    """

    pairing_id: str
    grade_before: str
    grade_after: str
    because: str
    basis: str
    proposed_by: str
    proposed_on: date
    carried_from: str = ""


class GradeAdjustmentApproved(RunEvent, occurred="approved_on"):
    """The adjustment holds."""

    pairing_id: str
    grade_after: str
    approver: PersonRef
    office: str
    approved_by: str
    approved_on: date


class GradeAdjustmentRefused(RunEvent, occurred="refused_on"):
    """The computed grade stands."""

    pairing_id: str
    because: str
    refused_by: str
    refused_on: date


class NoticeOpened(RunEvent, occurred="opened_on"):
    """The results are on public notice from ``opened_on`` to ``closes_on``, both included (公示).

    ``ranking_basis``: the basis on which places are shown; empty means that no ranking is.
    """

    opened_on: date
    closes_on: date
    working_days: int
    calendar_version: str
    contact: str
    ranking_basis: str
    opened_by: str


class ObjectionFiled(RunEvent, occurred="filed_on"):
    """Somebody objects during the notice; ``pairing_id`` is empty for an objection to the whole. ``number``: the one people
    use, such as ``YY2025-1-01``.
    """

    objection_id: str
    number: str
    pairing_id: str
    grounds: str
    filed_by: str
    filed_on: date


class ObjectionAnswered(RunEvent, occurred="answered_on"):
    """The objection was answered; one that is upheld must lead to a new run before anything is published."""

    objection_id: str
    number: str
    pairing_id: str
    upheld: bool
    answer: str
    answered_by: str
    answered_on: date


class NoticeClosed(RunEvent, occurred="closed_on"):
    """The period is over and every objection is answered. ``leaves_behind``: what had moved on since the run, with how
    many of it there were, as whoever closed it acknowledged.
    """

    closed_by: str
    closed_on: date
    leaves_behind: tuple[tuple[str, int], ...] = ()


class RunPublished(RunEvent, occurred="published_on"):
    """The run is made public; it never moves. ``leaves_behind``: as for ``NoticeClosed``."""

    published_on: date
    leaves_behind: tuple[tuple[str, int], ...] = ()


class ResultServed(RunEvent, occurred="served_on"):
    """A unit was handed the notice of its result; clocks of appeals start here."""

    branch: str
    served_to: str
    served_by: str
    served_on: date


class PointsRuled(AssessmentEvent, occurred="ruled_on"):
    """An appeal's decision fixes the points of one line; the computed value stays visible beside it."""

    year: int
    pairing_id: str
    indicator: str
    points_hundredths: int
    appeal_id: str
    appeal_no: str
    ruled_on: date


class FindingRuledOut(AssessmentEvent, occurred="ruled_on"):
    """An appeal revoked a finding of the year: from now on a run counts it no more.

    The finding itself is withdrawn in its own stream; this says to the year's runs which of them know of that.
    """

    year: int
    pairing_id: str
    finding_id: str
    appeal_id: str
    appeal_no: str
    ruled_on: date


# ---------------------------------------------------------------- use of results


class ResultUse(enum.Enum):
    """What a result leads to (结果运用)."""

    COMMENDATION = "commendation"
    CRITICISM = "criticism"
    TALK = "talk"
    DUTY = "duty"
    """A duty for the next year."""


class ResultUseNames(Parties):
    """What every event of a use names."""

    use_id: str


class ResultUseEvent(AssessmentEvent):
    """Base of what happens to one use of a pairing's result."""

    use_id: str
    pairing_id: str
    branch: str
    village: str

    @property
    def names(self) -> ResultUseNames:
        """The same, for the next event."""
        return {"use_id": self.use_id, **parties(self)}


class ResultUseRegistered(AssessmentEvent, occurred="registered_on"):
    """One use takes its place among those of a pairing's result; recorded together with ``ResultUseOrdered``."""

    use_id: str
    run_id: str
    use: ResultUse
    pairing_id: str
    measure: str
    registered_on: date


class ResultUseOrdered(ResultUseEvent, occurred="ordered_on"):
    """Something is to follow from a published result, by a day."""

    year: int
    run_id: str
    use: ResultUse
    measure: str
    because: str
    due_on: date
    ordered_by: str
    ordered_on: date


class ResultUseReported(ResultUseEvent, occurred="accounted_on"):
    """What was done about it so far."""

    account: str
    accounted_by: str
    accounted_on: date


class ResultUseCompleted(ResultUseEvent, occurred="completed_on"):
    """It is done."""

    account: str
    completed_by: str
    completed_on: date


class ResultUseWithdrawn(ResultUseEvent, occurred="withdrawn_on"):
    """It does not follow after all, such as after an appeal."""

    because: str
    withdrawn_by: str
    withdrawn_on: date
