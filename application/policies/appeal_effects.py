"""When an appeal is decided for the applicant, correct what it contested and freeze a new run."""

from __future__ import annotations

from dataclasses import replace

from application.assessment import Assessment
from application.supervision import Supervision
from domain.appeal.events import AppealDecided, Outcome
from domain.kernel.recorded import Recorded, Source
from domain.supervision.finding import Status


def carry_out(recorded: Recorded, assessment: Assessment, supervision: Supervision) -> None:
    """Repeatable: a ruling, a withdrawal or a run that this appeal led to already is not made again."""
    event = recorded.event
    if not isinstance(event, AppealDecided) or event.outcome is Outcome.UPHELD:
        return
    year = int(event.pairing_id.split("-", 1)[0])
    by = replace(
        recorded.by, source=Source(kind="policy", name="appeal_effects"), causation=recorded.position
    )
    runs = assessment.runs(year)
    if event.outcome is Outcome.VARIED and event.appeal_id not in runs.ruled:
        assert event.corrected_points_hundredths is not None
        assessment.rule_points(
            year,
            pairing_id=event.pairing_id,
            indicator=event.indicator,
            points_hundredths=event.corrected_points_hundredths,
            appeal_id=event.appeal_id,
            ruled_on=event.decided_on,
            by=by,
        )
    if event.outcome is Outcome.REVOKED:
        finding = supervision.finding(event.finding_id)
        if finding.status is not Status.WITHDRAWN:
            supervision.withdraw_finding(
                event.finding_id,
                withdrawn_on=event.decided_on,
                because=event.reasons,
                appeal_id=event.appeal_id,
                today=event.decided_on,
                by=by,
            )
        if event.appeal_id not in runs.ruled:
            assessment.rule_out_finding(
                year,
                pairing_id=event.pairing_id,
                finding_id=event.finding_id,
                appeal_id=event.appeal_id,
                ruled_on=event.decided_on,
                by=by,
            )
    # Before there is any run nothing is corrected: the first one takes in what was decided.
    if runs.runs and event.appeal_id not in {run.appeal_id for run in runs.runs}:
        assessment.freeze_run(
            year,
            because=f"{event.appeal_id}: {event.reasons}"[:500],
            frozen_on=event.decided_on,
            appeal_id=event.appeal_id,
            by=by,
        )
