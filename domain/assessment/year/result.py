"""From a frozen run to published results: exclusions, adjusted grades, the sign-off chain, the public notice, service.

Folded from the same stream as the year's runs, ``runs-<year>``, so that no two of these decisions pass each other by.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Annotated

from domain.assessment.scheme.points import two_decimals
from domain.assessment.scoring.grades import UNGRADED
from domain.assessment.year import clauses, events
from domain.assessment.year.left_behind import Acknowledged, LeftBehind, demand_acknowledged
from domain.assessment.year.run import Runs
from domain.assessment.year.run_result import ComputedGrades, RunResult
from domain.kernel.decisions import demand, demanded
from domain.kernel.parties import AnySide
from domain.kernel.person import PersonRef, Persons
from domain.kernel.values import (
    Actor,
    GradeKey,
    Happened,
    Key,
    KeyOf,
    Line,
    Many,
    Office,
    OptionalLine,
    PairingKey,
    Text,
    Today,
    Whole,
    Words,
    YearKey,
)

Basis = Annotated[str, Text(200)]
"""The document that a decision on a grade rests on."""
Told = Annotated[str, Text(2000, lines=True)]
"""What an objection says, or its answer."""
Contact = Annotated[str, Text(300)]
Branches = Annotated[tuple[str, ...], Many(KeyOf("branch"))]
OptionalPairing = Annotated[str, KeyOf("pairing", may_be_empty=True)]
ObjectionKey = Annotated[str, KeyOf("objection")]
WorkingDaysOfNotice = Annotated[int, Whole(0, 60)]
RankingBasis = Annotated[str, Text(300, may_be_empty=True)]


@dataclass(frozen=True)
class YearResults(Runs):
    """The runs of a year, and what leads from one to results that stand."""

    # ------------------------------------------------------------ who is graded

    def exclude_pairing(
        self,
        *,
        year: YearKey,
        pairing_id: PairingKey,
        because: Words,
        basis: Basis,
        excluded_by: Actor,
        excluded_on: Today,
    ) -> events.PairingExcluded:
        """Let a pairing take part in no grade and no quota; it takes effect in the next run that is frozen."""
        self.exclude_pairing_allowed()
        demand(pairing_id not in self.decided.excluded, clauses.EXCLUDED_ONCE, pairing_id)
        return events.PairingExcluded(
            year=year,
            pairing_id=pairing_id,
            because=because,
            basis=basis,
            excluded_by=excluded_by,
            excluded_on=excluded_on,
        )

    def exclude_pairing_allowed(self) -> None:
        """Who is graded changes only before anything of the year is public."""
        public = [run.run_no for run in self.runs.values() if run.published_on]
        demand(not public, clauses.EXCLUDED_BEFORE_PUBLICATION, ", ".join(public))

    def include_pairing(
        self,
        *,
        year: YearKey,
        pairing_id: PairingKey,
        because: Words,
        included_by: Actor,
        included_on: Today,
    ) -> events.PairingIncluded:
        """Take an exclusion back."""
        self.include_pairing_allowed()
        demand(pairing_id in self.decided.excluded, clauses.INCLUDED_IF_EXCLUDED, pairing_id)
        return events.PairingIncluded(
            year=year,
            pairing_id=pairing_id,
            because=because,
            included_by=included_by,
            included_on=included_on,
        )

    # ------------------------------------------------------------ adjusted grades

    def propose_adjustment(
        self,
        *,
        run_id: Key,
        pairing_id: PairingKey,
        grade_after: GradeKey,
        because: Words,
        basis: Basis,
        proposed_by: Actor,
        proposed_on: Today,
        computed: ComputedGrades,
    ) -> events.GradeAdjustmentProposed:
        """Ask for another grade than the computed one. Before anybody signed, for one signs what stands."""
        run = self.propose_adjustment_allowed(run_id=run_id)
        demand(pairing_id not in run.proposed, clauses.ADJUSTMENT_DECIDED_FIRST, pairing_id)
        _demand_deserved(pairing_id, grade_after, computed)
        before = run.adjusted.get(pairing_id, computed.grades[pairing_id])
        demand(grade_after != before, clauses.GRADE_DIFFERS, grade_after)
        return events.GradeAdjustmentProposed(
            **run.frozen.names,
            pairing_id=pairing_id,
            grade_before=before,
            grade_after=grade_after,
            because=because,
            basis=basis,
            proposed_by=proposed_by,
            proposed_on=proposed_on,
        )

    def propose_adjustment_allowed(self, *, run_id: Key) -> RunResult:
        """The run, which nobody signed yet."""
        run = self.going_on(run_id)
        demand(not run.signatures, clauses.ADJUSTED_BEFORE_SIGNING, run.run_no)
        return run

    def approve_adjustment(
        self,
        *,
        run_id: Key,
        pairing_id: PairingKey,
        approver: PersonRef,
        office: Office,
        approved_by: Actor,
        approved_on: Today,
        computed: ComputedGrades,
        persons: Persons,
    ) -> events.GradeAdjustmentApproved:
        """Let the adjustment hold, within the places there are."""
        run = self.approve_adjustment_allowed(run_id=run_id)
        proposal = _proposal(run, pairing_id)
        by_two = not persons.meet(approved_by, proposal.proposed_by)
        demand(by_two, clauses.ADJUSTED_BY_TWO, approved_by)
        # Carried over from an earlier run, it may not be what one may ask for in this one.
        _demand_deserved(pairing_id, proposal.grade_after, computed)
        places = computed.places[proposal.grade_after]
        if places is not None:
            final = {**computed.grades, **run.adjusted, pairing_id: proposal.grade_after}
            held = sum(grade == proposal.grade_after for grade in final.values())
            demand(held <= places, clauses.ADJUSTED_WITHIN_QUOTA, f"{held} > {places}")
        return events.GradeAdjustmentApproved(
            **run.frozen.names,
            pairing_id=pairing_id,
            grade_after=proposal.grade_after,
            approver=approver,
            office=office,
            approved_by=approved_by,
            approved_on=approved_on,
        )

    def approve_adjustment_allowed(self, *, run_id: Key) -> RunResult:
        """The run, in which an adjustment waits."""
        run = self.going_on(run_id)
        demand(bool(run.proposed), clauses.ADJUSTMENT_PROPOSED, run.run_no)
        return run

    def refuse_adjustment(
        self,
        *,
        run_id: Key,
        pairing_id: PairingKey,
        because: Words,
        refused_by: Actor,
        refused_on: Today,
        persons: Persons,
    ) -> events.GradeAdjustmentRefused:
        """Let the grade stand as it is."""
        run = self.refuse_adjustment_allowed(run_id=run_id)
        proposal = _proposal(run, pairing_id)
        by_two = not persons.meet(refused_by, proposal.proposed_by)
        demand(by_two, clauses.ADJUSTED_BY_TWO, refused_by)
        return events.GradeAdjustmentRefused(
            **run.frozen.names,
            pairing_id=pairing_id,
            because=because,
            refused_by=refused_by,
            refused_on=refused_on,
        )

    # ------------------------------------------------------------ the sign-off chain

    def sign_scoring_group(
        self,
        *,
        run_id: Key,
        signer: PersonRef,
        office: Office,
        opinion: Words,
        signed_by: Actor,
        signed_on: Today,
        persons: Persons,
    ) -> events.RunSigned:
        """Sign for the scoring group, the first of the chain."""
        run = self.sign_scoring_group_allowed(run_id=run_id)
        return _signed(run, signer, office, opinion, signed_by, signed_on, persons)

    def sign_scoring_group_allowed(self, *, run_id: Key) -> RunResult:
        """The run, which the scoring group signs next."""
        return self.signable(run_id, events.SignStep.SCORING_GROUP)

    def sign_office(
        self,
        *,
        run_id: Key,
        signer: PersonRef,
        office: Office,
        opinion: Words,
        signed_by: Actor,
        signed_on: Today,
        persons: Persons,
    ) -> events.RunSigned:
        """Sign for the office, after the scoring group."""
        run = self.sign_office_allowed(run_id=run_id)
        return _signed(run, signer, office, opinion, signed_by, signed_on, persons)

    def sign_office_allowed(self, *, run_id: Key) -> RunResult:
        """The run, which the office signs next."""
        return self.signable(run_id, events.SignStep.OFFICE)

    def sign_leading_group(
        self,
        *,
        run_id: Key,
        signer: PersonRef,
        office: Office,
        opinion: Words,
        signed_by: Actor,
        signed_on: Today,
        persons: Persons,
    ) -> events.RunSigned:
        """Sign for the leading group, the last of the chain."""
        run = self.sign_leading_group_allowed(run_id=run_id)
        return _signed(run, signer, office, opinion, signed_by, signed_on, persons)

    def sign_leading_group_allowed(self, *, run_id: Key) -> RunResult:
        """The run, which the leading group signs next."""
        return self.signable(run_id, events.SignStep.LEADING_GROUP)

    def signable(self, run_id: str, step: events.SignStep) -> RunResult:
        """The run, of which ``step`` is the next to be signed. Raises ``Rejected``."""
        run = self.going_on(run_id)
        self._demand_consent(run)
        demand(not run.proposed, clauses.ADJUSTMENTS_DECIDED, ", ".join(run.proposed))
        demand(step is run.next_step, clauses.SIGNED_IN_ORDER)
        return run

    # ------------------------------------------------------------ the public notice

    def open_notice(
        self,
        *,
        run_id: Key,
        opened_on: Today,
        closes_on: date,
        working_days: WorkingDaysOfNotice,
        calendar_version: str,
        contact: Contact,
        ranking_basis: RankingBasis,
        opened_by: Actor,
    ) -> events.NoticeOpened:
        """Put the signed results on public notice until ``closes_on``, the last of ``working_days``. Where a
        ``ranking_basis`` is named, the notice shows places.
        """
        run = self.open_notice_allowed(run_id=run_id)
        demand(working_days > 0, clauses.NOTICE_LASTS, str(working_days))
        return events.NoticeOpened(
            **run.frozen.names,
            opened_on=opened_on,
            closes_on=closes_on,
            working_days=working_days,
            calendar_version=calendar_version,
            contact=contact,
            ranking_basis=ranking_basis,
            opened_by=opened_by,
        )

    def open_notice_allowed(self, *, run_id: Key) -> RunResult:
        """The run, which all three signed and nobody put on notice."""
        run = self.going_on(run_id)
        demand(run.next_step is None, clauses.SIGNED_OFF, run.run_no)
        self._demand_consent(run)
        demand(run.notice is None, clauses.NOTICE_ONCE, run.run_no)
        return run

    def file_objection(
        self,
        *,
        run_id: Key,
        objection_id: str,
        pairing_id: OptionalPairing,
        on_behalf_of: OptionalLine,
        grounds: Told,
        side: AnySide,
        filed_by: Actor,
        filed_on: Today,
    ) -> events.ObjectionFiled:
        """Object to the result of a pairing, or with an empty ``pairing_id`` to the whole, during the notice; an office does
        so for somebody else.
        """
        run, notice = self.file_objection_allowed(run_id=run_id)
        in_time = notice.opened_on <= filed_on <= notice.closes_on
        demand(in_time, clauses.OBJECTION_IN_TIME, f"{filed_on}: {notice.opened_on} – {notice.closes_on}")
        demand((side is None) == bool(on_behalf_of), clauses.OBJECTOR_NAMED, on_behalf_of)
        return events.ObjectionFiled(
            **run.frozen.names,
            objection_id=objection_id,
            number=f"YY{run.run_no}-{len(run.objections) + 1:02d}",
            pairing_id=pairing_id,
            grounds=grounds,
            filed_by=filed_by,
            filed_on=filed_on,
        )

    def file_objection_allowed(self, *, run_id: Key) -> tuple[RunResult, events.NoticeOpened]:
        """The run and its notice, which is open."""
        run = self.run(run_id)
        notice = None if run.closed else run.notice
        return run, demanded(notice, clauses.NOTICE_OPEN, run.run_no)

    def answer_objection(
        self,
        *,
        run_id: Key,
        objection_id: ObjectionKey,
        upheld: bool,
        answer: Told,
        answered_by: Actor,
        answered_on: Today,
        persons: Persons,
    ) -> events.ObjectionAnswered:
        """Say whether the objection is right, and why."""
        run, _ = self.answer_objection_allowed(run_id=run_id)
        objection = demanded(run.objections.get(objection_id), clauses.OBJECTION_EXISTS, objection_id)
        demand(objection.answered is None, clauses.OBJECTION_ANSWERED_ONCE, objection.filed.number)
        by_another = not persons.meet(answered_by, objection.filed.filed_by, run.frozen.frozen_by)
        demand(by_another, clauses.OBJECTION_ANSWERED_BY_ANOTHER, answered_by)
        return events.ObjectionAnswered(
            **run.frozen.names,
            objection_id=objection_id,
            number=objection.filed.number,
            pairing_id=objection.filed.pairing_id,
            upheld=upheld,
            answer=answer,
            answered_by=answered_by,
            answered_on=answered_on,
        )

    def close_notice(
        self,
        *,
        run_id: Key,
        closed_by: Actor,
        closed_on: Today,
        leaves_behind: LeftBehind,
        acknowledged: Acknowledged,
    ) -> events.NoticeClosed:
        """End the notice once its last day is over and every objection is answered; that of a run that was overtaken is
        answered from, and leads nowhere. ``leaves_behind`` must be ``acknowledged``.
        """
        run, notice = self.close_notice_allowed(run_id=run_id)
        demand(closed_on > notice.closes_on, clauses.NOTICE_RUN_OUT, f"{closed_on}, {notice.closes_on}")
        demand_acknowledged(leaves_behind, acknowledged)
        return events.NoticeClosed(
            **run.frozen.names, closed_by=closed_by, closed_on=closed_on, leaves_behind=leaves_behind
        )

    def close_notice_allowed(self, *, run_id: Key) -> tuple[RunResult, events.NoticeOpened]:
        """The newest run and its notice, with every objection answered."""
        run, notice = self.file_objection_allowed(run_id=run_id)
        demand(self.newest == run_id, clauses.NEWEST_RUN, ", ".join(self.named(run_id, self.newest)))
        demand(not run.open_objections, clauses.OBJECTIONS_ANSWERED, ", ".join(run.open_objections))
        return run, notice

    # ------------------------------------------------------------ publication and service

    def publish_run(
        self,
        *,
        run_id: Key,
        published_on: Today,
        unsettled: Collection[str],
        leaves_behind: LeftBehind,
        acknowledged: Acknowledged,
    ) -> events.RunPublished:
        """Make the run public; from now on it never moves.

        ``unsettled``: appeals of the year that are open, or decided and not carried out. ``leaves_behind``: what has moved
        on since the run, which must be ``acknowledged``.
        """
        run = self.publish_run_allowed(run_id=run_id)
        demand(not unsettled, clauses.APPEALS_SETTLED, ", ".join(unsettled))
        demand_acknowledged(leaves_behind, acknowledged)
        return events.RunPublished(**run.frozen.names, published_on=published_on, leaves_behind=leaves_behind)

    def publish_run_allowed(self, *, run_id: Key) -> RunResult:
        """The run, whose notice is over; no objection of the year waits for its answer."""
        run = self.run(run_id)
        demand(run.published_on is None, clauses.PUBLISHED_ONCE, run.run_no)
        self.going_on(run_id)
        demand(run.closed, clauses.NOTICE_CLOSED, run.run_no)
        # Objections to a run that a newer one overtook are answered too: it may be wrong in the same.
        waiting = [each for other in self.runs.values() for each in other.open_objections]
        demand(not waiting, clauses.OBJECTIONS_ANSWERED, ", ".join(waiting))
        self._demand_consent(run)
        return run

    def serve_result(
        self,
        *,
        run_id: Key,
        branches: Branches,
        served_to: Line,
        served_by: Actor,
        served_on: Happened,
        assessed: Collection[str],
        today: Today,
    ) -> Sequence[events.ResultServed]:
        """Record that one or several units were handed the notice of their result: all of them, or none.

        ``assessed``: the units with a pairing in the run. Results that others took the place of are handed to nobody any more.
        """
        run, published_on = self.serve_result_allowed(run_id=run_id)
        between = published_on <= served_on <= today
        demand(between, clauses.SERVED_SINCE_PUBLICATION, f"{served_on}: {published_on} – {today}")
        for place, branch in enumerate(branches):
            demand(branch in assessed, clauses.SERVED_IF_ASSESSED, branch)
            demand(branch not in {*run.served, *branches[:place]}, clauses.SERVED_ONCE, branch)
        return [
            events.ResultServed(
                **run.frozen.names,
                branch=branch,
                served_to=served_to,
                served_by=served_by,
                served_on=served_on,
            )
            for branch in branches
        ]

    def serve_result_allowed(self, *, run_id: Key) -> tuple[RunResult, date]:
        """The run whose results stand, and since when they are public."""
        run = self.run(run_id)
        published_on = demanded(run.published_on, clauses.SERVED_AFTER_PUBLICATION, run.run_no)
        stands = self.newest_published
        demand(stands == run_id, clauses.SERVED_WHILE_STANDING, ", ".join(self.named(run_id, stands)))
        return run, published_on

    # What demands the same of the year or the run as another decision.
    include_pairing_allowed = exclude_pairing_allowed
    refuse_adjustment_allowed = approve_adjustment_allowed
    answer_objection_allowed = file_objection_allowed

    def _demand_consent(self, run: RunResult) -> None:
        replaced = self.replaces(run.frozen.run_id)
        demand(run.consented or not replaced, clauses.CONSENTED_TO_REPLACE, ", ".join(self.named(replaced)))


def _demand_deserved(pairing_id: str, grade_after: str, computed: ComputedGrades) -> None:
    """By hand a pairing is lifted no further than its points and its vetoes allow."""
    own = computed.grades.get(pairing_id, UNGRADED)
    demand(own != UNGRADED, clauses.ADJUSTED_IF_GRADED, pairing_id)
    demand(grade_after in computed.places, clauses.GRADE_OF_THE_SCHEME, grade_after)
    order = list(computed.places)
    lifted = order.index(grade_after) < order.index(own)
    demand(not (lifted and pairing_id in computed.vetoed), clauses.ADJUSTED_WITHIN_VETO, pairing_id)
    total, least = computed.totals[pairing_id], computed.least[grade_after]
    reached = f"{two_decimals(total)} < {two_decimals(least)}"
    demand(not lifted or total >= least, clauses.ADJUSTED_TO_POINTS, reached)


def _proposal(run: RunResult, pairing_id: str) -> events.GradeAdjustmentProposed:
    demand(pairing_id in run.proposed, clauses.ADJUSTMENT_PROPOSED, pairing_id)
    return run.proposed[pairing_id]


def _signed(
    run: RunResult,
    signer: PersonRef,
    office: str,
    opinion: str,
    signed_by: str,
    signed_on: date,
    persons: Persons,
) -> events.RunSigned:
    assert run.next_step is not None
    signed_before = [each.signed_by for each in run.signatures]
    demand(not persons.meet(signed_by, *signed_before), clauses.SIGNED_BY_THREE, signed_by)
    # One person's name behind three accounts is no chain of three either.
    named_before = {each.signer.ref for each in run.signatures}
    demand(signer.ref not in named_before, clauses.SIGNED_BY_THREE, signer.ref)
    return events.RunSigned(
        **run.frozen.names,
        step=run.next_step,
        signer=signer,
        office=office,
        opinion=opinion,
        signed_by=signed_by,
        signed_on=signed_on,
    )
