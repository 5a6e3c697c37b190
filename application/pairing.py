"""Pairings, their agreements and posts, activities, model cases and meetings."""

from __future__ import annotations

from datetime import date

from application.eventlog.log import Log
from domain.kernel.ids import Ids
from domain.kernel.person import PersonRef
from domain.kernel.recorded import By
from domain.kernel.span import Span
from domain.pairing.activity import Activity
from domain.pairing.events import ActivityKind, CaseLevel, Post
from domain.pairing.pairing import Pairing
from domain.pairing.recognition import Meeting, ModelCase


class Pairings:
    """Streams ``pairing-<id>``, ``activity-<id>``, ``case-<id>``, ``meeting-<id>``."""

    def __init__(self, log: Log, ids: Ids) -> None:
        self._log = log
        self._ids = ids

    def pairing(self, pairing_id: str) -> Pairing:
        """The pairing as it is now; ``pairing_id`` empty when there is none."""
        return self._log.state(f"pairing-{pairing_id}", Pairing())

    def start_pairing(self, *, branch: str, village: str, started_on: date, today: date, by: By) -> str:
        """Pair a branch with a village; the pairing's id."""
        pairing_id = self._ids("pr")
        self._log.decide(
            f"pairing-{pairing_id}",
            Pairing(),
            lambda pairing: pairing.start_pairing(
                pairing_id=pairing_id,
                branch=branch,
                village=village,
                started_on=started_on,
                today=today,
            ),
            by,
        )
        return pairing_id

    def renew_pairing(self, pairing_id: str, *, renewed_on: date, today: date, by: By) -> None:
        """Pair the two anew while they are paired."""
        self._log.decide(
            f"pairing-{pairing_id}",
            Pairing(),
            lambda pairing: pairing.renew_pairing(renewed_on=renewed_on, today=today),
            by,
        )

    def state_pairing_day(self, pairing_id: str, *, paired_on: date, today: date, by: By) -> None:
        """A ledger states on which day the two were paired; nothing where that is on record."""
        self._log.decide(
            f"pairing-{pairing_id}",
            Pairing(),
            lambda pairing: pairing.state_pairing_day(paired_on=paired_on, today=today),
            by,
        )

    def end_pairing(self, pairing_id: str, *, ended_on: date, because: str, today: date, by: By) -> None:
        """End a pairing; ``ended_on`` is its last day."""
        self._log.decide(
            f"pairing-{pairing_id}",
            Pairing(),
            lambda pairing: pairing.end_pairing(ended_on=ended_on, because=because, today=today),
            by,
        )

    def sign_agreement(
        self, pairing_id: str, *, agreement_no: str, signed_on: date, today: date, by: By
    ) -> None:
        """Record the signed agreement."""
        self._log.decide(
            f"pairing-{pairing_id}",
            Pairing(),
            lambda pairing: pairing.sign_agreement(
                agreement_no=agreement_no, signed_on=signed_on, today=today
            ),
            by,
        )

    def appoint_to_post(
        self, pairing_id: str, *, post: Post, person: PersonRef, began_on: date, today: date, by: By
    ) -> None:
        """Somebody takes up a post."""
        self._log.decide(
            f"pairing-{pairing_id}",
            Pairing(),
            lambda pairing: pairing.appoint_to_post(post=post, person=person, began_on=began_on, today=today),
            by,
        )

    def state_appointment(
        self,
        pairing_id: str,
        *,
        post: Post,
        person: PersonRef,
        began_on: date,
        ended_on: date | None,
        today: date,
        by: By,
    ) -> None:
        """A ledger states who took up a post, and as far as it says until when."""
        self._log.decide(
            f"pairing-{pairing_id}",
            Pairing(),
            lambda pairing: pairing.state_appointment(
                post=post, person=person, began_on=began_on, ended_on=ended_on, today=today
            ),
            by,
        )

    def leave_post(
        self, pairing_id: str, *, post: Post, ended_on: date, today: date, by: By, person_ref: str = ""
    ) -> None:
        """The holder of a post leaves it; ``person_ref``: of whom, where two hold it."""
        self._log.decide(
            f"pairing-{pairing_id}",
            Pairing(),
            lambda pairing: pairing.leave_post(
                post=post, ended_on=ended_on, person_ref=person_ref, today=today
            ),
            by,
        )

    def activity(self, activity_id: str) -> Activity:
        """The activity as it is now; ``activity_id`` empty when there is none."""
        return self._log.state(f"activity-{activity_id}", Activity())

    def record_activity(
        self,
        *,
        pairing_id: str,
        kind: ActivityKind,
        topic: str,
        held_on: date,
        participants: int,
        persons_visited: int | None,
        reported_on: date | None,
        near: str = "",
        today: date,
        by: By,
    ) -> str:
        """Record an activity; its id. ``near``: the topic of one on record that is like it, which refuses it until
        somebody says that it is another.
        """
        activity_id = self._ids("a")
        pairing = self.pairing(pairing_id)
        self._log.decide(
            f"activity-{activity_id}",
            Activity(),
            lambda activity: activity.record_activity(
                activity_id=activity_id,
                pairing_id=pairing_id,
                branch=pairing.branch,
                village=pairing.village,
                kind=kind,
                topic=topic,
                held_on=held_on,
                participants=participants,
                persons_visited=persons_visited,
                reported_on=reported_on,
                within=_span(pairing),
                near=near,
                today=today,
            ),
            by,
        )
        return activity_id

    def correct_activity(
        self,
        activity_id: str,
        *,
        kind: ActivityKind,
        topic: str,
        held_on: date,
        participants: int,
        persons_visited: int | None,
        because: str,
        today: date,
        by: By,
        reported_on: date | None = None,
    ) -> None:
        """State the right values of an activity, with a reason; ``reported_on`` where that day was wrong, too."""
        pairing = self.pairing(self.activity(activity_id).pairing_id)
        self._log.decide(
            f"activity-{activity_id}",
            Activity(),
            lambda activity: activity.correct_activity(
                kind=kind,
                topic=topic,
                held_on=held_on,
                participants=participants,
                persons_visited=persons_visited,
                because=because,
                today=today,
                within=_span(pairing),
                reported_on=reported_on,
            ),
            by,
        )

    def void_activity(self, activity_id: str, *, because: str, today: date, by: By) -> None:
        """Take an activity out of all counts, with a reason."""
        self._log.decide(
            f"activity-{activity_id}",
            Activity(),
            lambda activity: activity.void_activity(because=because, voided_on=today),
            by,
        )

    def publish_case(
        self,
        *,
        pairing_id: str,
        case_name: str,
        level: CaseLevel,
        published_on: date,
        today: date,
        by: By,
    ) -> str:
        """Record the publication of a model case at a level; its id."""
        case_id = self._ids("c")
        pairing = self.pairing(pairing_id)
        self._log.decide(
            f"case-{case_id}",
            ModelCase(),
            lambda case: case.publish_case(
                case_id=case_id,
                pairing_id=pairing_id,
                branch=pairing.branch,
                village=pairing.village,
                case_name=case_name,
                level=level,
                published_on=published_on,
                within=_span(pairing),
                today=today,
            ),
            by,
        )
        return case_id

    def correct_case(
        self,
        case_id: str,
        *,
        case_name: str,
        level: CaseLevel,
        published_on: date,
        because: str,
        today: date,
        by: By,
    ) -> None:
        """State the right values of a case, with a reason."""
        stream = f"case-{case_id}"
        published = self._log.state(stream, ModelCase()).published
        pairing = self.pairing(published.pairing_id if published else "")
        self._log.decide(
            stream,
            ModelCase(),
            lambda case: case.correct_case(
                case_name=case_name,
                level=level,
                published_on=published_on,
                because=because,
                within=_span(pairing),
                today=today,
            ),
            by,
        )

    def host_meeting(self, *, pairing_id: str, hosted_on: date, today: date, by: By) -> str:
        """Record an on-site meeting hosted by the pairing's village; its id."""
        meeting_id = self._ids("m")
        pairing = self.pairing(pairing_id)
        self._log.decide(
            f"meeting-{meeting_id}",
            Meeting(),
            lambda meeting: meeting.host_meeting(
                meeting_id=meeting_id,
                pairing_id=pairing_id,
                branch=pairing.branch,
                village=pairing.village,
                hosted_on=hosted_on,
                within=_span(pairing),
                today=today,
            ),
            by,
        )
        return meeting_id

    def correct_meeting(self, meeting_id: str, *, hosted_on: date, because: str, today: date, by: By) -> None:
        """State the right day of a meeting, with a reason."""
        stream = f"meeting-{meeting_id}"
        hosted = self._log.state(stream, Meeting()).hosted
        pairing = self.pairing(hosted.pairing_id if hosted else "")
        self._log.decide(
            stream,
            Meeting(),
            lambda meeting: meeting.correct_meeting(
                hosted_on=hosted_on, because=because, within=_span(pairing), today=today
            ),
            by,
        )


def _span(pairing: Pairing) -> Span | None:
    return pairing.span if pairing.pairing_id else None
