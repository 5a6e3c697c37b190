"""A policy: issued, revised, corrected, repealed; and which of its texts holds on a day."""

from __future__ import annotations

import itertools
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Annotated, Protocol, TypeVar

from domain.kernel.decisions import demand, demanded
from domain.kernel.values import (
    Happened,
    Key,
    Line,
    OptionalLine,
    OptionalWords,
    Text,
    Ticked,
    Today,
    Whole,
    Words,
)
from domain.policy import clauses, events
from domain.policy.articles import articles_of, in_order
from domain.policy.events import PolicyArea, PolicyKind

FullText = Annotated[str, Text(20_000, lines=True)]
"""The text of a policy, in articles."""
ArticleNumber = Annotated[int, Whole(1, 999)]
VersionNumber = Annotated[int, Whole(1, 999)]


class _Valid(Protocol):
    @property
    def valid_from(self) -> date: ...

    @property
    def valid_until(self) -> date | None: ...


V = TypeVar("V", bound=_Valid)


def in_force(versions: Iterable[V], repealed_from: date | None, on: date) -> V | None:
    """Of the versions of a policy the one that holds on a day; ``None`` before the first, after the end and once repealed."""
    if repealed_from is not None and on >= repealed_from:
        return None
    begun = [each for each in versions if each.valid_from <= on]
    newest = max(begun, key=lambda each: each.valid_from, default=None)
    return newest if newest is not None and (newest.valid_until or date.max) >= on else None


def last_day(version: _Valid, following: _Valid | None, repealed_from: date | None) -> date | None:
    """The last day on which a version holds; ``None`` where no end is known. Before its first day where it never does."""
    ends = [version.valid_until] if version.valid_until else []
    ends += [
        each - timedelta(days=1)
        for each in (following.valid_from if following else None, repealed_from)
        if each
    ]
    return min(ends, default=None)


@dataclass(frozen=True)
class Version:
    """One text of a policy. ``valid_until``: the last day that the text itself states."""

    number: int
    title: str
    document_no: str
    issuing_body: str
    valid_from: date
    valid_until: date | None
    text: str


@dataclass(frozen=True)
class Policy:
    """``policy_id`` is empty until it is issued; ``versions``: those that stand, in their order; ``last``: the highest number
    that was given; ``places``: which pages show which article, ``None`` for the whole."""

    policy_id: str = ""
    versions: tuple[Version, ...] = ()
    last: int = 0
    repealed_from: date | None = None
    voided: bool = False
    places: frozenset[tuple[PolicyArea, int | None]] = frozenset()

    @property
    def newest(self) -> Version | None:
        """The version that begins last."""
        return self.versions[-1] if self.versions else None

    def issue_policy(
        self,
        *,
        policy_id: Key,
        title: Line,
        document_no: OptionalLine,
        policy_kind: PolicyKind,
        issuing_body: Line,
        issued_on: Happened,
        valid_from: date,
        valid_until: date | None,
        text: FullText,
        today: Today,
    ) -> events.PolicyIssued:
        """Record a policy that a body issued. ``valid_from`` may lie ahead."""
        demand(not self.policy_id, clauses.RECORDED_ONCE, policy_id)
        _demand_sound(issued_on, valid_from, valid_until, text, today)
        return events.PolicyIssued(
            policy_id=policy_id,
            title=title,
            document_no=document_no,
            policy_kind=policy_kind,
            issuing_body=issuing_body,
            issued_on=issued_on,
            valid_from=valid_from,
            valid_until=valid_until,
            text=text,
        )

    def revise_policy(
        self,
        *,
        title: Line,
        document_no: OptionalLine,
        issuing_body: Line,
        issued_on: Happened,
        valid_from: date,
        valid_until: date | None,
        text: FullText,
        because: Words,
        today: Today,
    ) -> events.PolicyRevised:
        """Record a new version that holds from a day on; the one before holds until then and stays readable."""
        self.revise_policy_allowed()
        _demand_sound(issued_on, valid_from, valid_until, text, today)
        before = self.versions[-1].valid_from
        demand(valid_from > before, clauses.BEGINS_LATER, f"{valid_from}; {before}")
        return events.PolicyRevised(
            policy_id=self.policy_id,
            version=self.last + 1,
            title=title,
            document_no=document_no,
            issuing_body=issuing_body,
            issued_on=issued_on,
            valid_from=valid_from,
            valid_until=valid_until,
            text=text,
            because=because,
        )

    def revise_policy_allowed(self) -> None:
        """Refuse where there is none, or it is void or repealed."""
        self._demand_stands()
        demand(self.repealed_from is None, clauses.NOT_REPEALED, f"{self.repealed_from}")

    def correct_policy(
        self,
        *,
        version: VersionNumber,
        wrong: OptionalWords,
        right: OptionalWords,
        title: OptionalLine,
        document_no: OptionalLine,
        without_document_no: Ticked,
        valid_from: date | None,
        valid_until: date | None,
        without_valid_until: Ticked,
        because: Words,
        today: Today,
    ) -> events.PolicyCorrected:
        """Correct a slip of the pen in the record of a version. What stays is left empty; ``wrong`` and ``right``: words of the
        text, ``right`` empty where they are struck. ``without_document_no``, ``without_valid_until``: the paper has none."""
        self._demand_stands()
        numbers = [each.number for each in self.versions]
        demand(version in numbers, clauses.VERSION_STANDS, str(version))
        at = numbers.index(version)
        was = self.versions[at]
        if wrong:
            demand(was.text.count(wrong) == 1, clauses.WORDS_STAND_ONCE, f"{was.text.count(wrong)} ×")
        else:
            demand(not right, clauses.WORDS_STAND_ONCE)
        demand(not (without_document_no and document_no), clauses.RIGHT_OR_NONE, document_no)
        demand(not (without_valid_until and valid_until), clauses.RIGHT_OR_NONE, f"{valid_until}")
        now = replace(
            was,
            title=title or was.title,
            document_no="" if without_document_no else document_no or was.document_no,
            valid_from=valid_from or was.valid_from,
            valid_until=None if without_valid_until else valid_until or was.valid_until,
            text=was.text.replace(wrong, right) if wrong else was.text,
        )
        demand(now != was, clauses.CORRECTS_SOMETHING)
        demand(in_order(articles_of(now.text)), clauses.ARTICLES_IN_ORDER)
        _demand_span(now.valid_from, now.valid_until)
        starts = [each.valid_from for each in (*self.versions[:at], now, *self.versions[at + 1 :])]
        rising = all(a < b for a, b in itertools.pairwise(starts))
        demand(rising, clauses.BEGINS_LATER, f"{now.valid_from}")
        self._demand_repeal(self.repealed_from, starts[0])
        return events.PolicyCorrected(
            policy_id=self.policy_id,
            version=version,
            title=now.title,
            title_before=was.title,
            document_no=now.document_no,
            document_no_before=was.document_no,
            valid_from=now.valid_from,
            valid_from_before=was.valid_from,
            valid_until=now.valid_until,
            valid_until_before=was.valid_until,
            wrong=wrong,
            right=right,
            because=because,
            corrected_on=today,
        )

    def correct_policy_allowed(self) -> None:
        """Refuse where there is none, or it is void."""
        self._demand_stands()

    def void_policy_version(self, *, because: Words, today: Today) -> events.PolicyVersionVoided:
        """The newest version was recorded in error; the one before holds on."""
        self.void_policy_version_allowed()
        return events.PolicyVersionVoided(
            policy_id=self.policy_id, version=self.versions[-1].number, because=because, voided_on=today
        )

    def void_policy_version_allowed(self) -> None:
        """Refuse where there is none, it is void, or has but one version."""
        self._demand_stands()
        demand(len(self.versions) > 1, clauses.NEWEST_NOT_FIRST)

    def repeal_policy(self, *, repealed_from: date, because: Words, today: Today) -> events.PolicyRepealed:
        """Record that it holds no more. ``repealed_from``: the first day on which it does not, past or to come."""
        self.repeal_policy_allowed()
        self._demand_repeal(repealed_from, self.versions[0].valid_from)
        return events.PolicyRepealed(
            policy_id=self.policy_id, repealed_from=repealed_from, because=because, repealed_on=today
        )

    repeal_policy_allowed = revise_policy_allowed

    def restore_policy(self, *, because: Words, today: Today) -> events.PolicyRestored:
        """Take the repeal back, which was recorded in error or decided otherwise."""
        self._demand_stands()
        before = demanded(self.repealed_from, clauses.REPEALED_FIRST)
        return events.PolicyRestored(
            policy_id=self.policy_id, repealed_before=before, because=because, restored_on=today
        )

    def restore_policy_allowed(self) -> None:
        """Refuse where there is none, or no repeal."""
        self._demand_stands()
        demand(self.repealed_from is not None, clauses.REPEALED_FIRST)

    def void_policy(self, *, because: Words, today: Today) -> events.PolicyVoided:
        """There is no such policy: it was recorded in error."""
        self.void_policy_allowed()
        return events.PolicyVoided(policy_id=self.policy_id, because=because, voided_on=today)

    void_policy_allowed = correct_policy_allowed

    def place_policy(
        self, *, policy_area: PolicyArea, article: ArticleNumber | None, today: Today
    ) -> events.PolicyPlaced:
        """Show it on the pages of an area as their ground: an article of it, or the whole by name."""
        self.place_policy_allowed()
        stands = article is None or any(
            article == each.number for each in articles_of(self.versions[-1].text)
        )
        demand(stands, clauses.ARTICLE_STANDS, str(article))
        demand((policy_area, article) not in self.places, clauses.PLACED_ONCE)
        return events.PolicyPlaced(
            policy_id=self.policy_id, policy_area=policy_area, article=article, placed_on=today
        )

    place_policy_allowed = correct_policy_allowed

    def take_policy_off(
        self, *, policy_area: PolicyArea, article: ArticleNumber | None, today: Today
    ) -> events.PolicyTakenOff:
        """Show it there no more."""
        self.take_policy_off_allowed()
        demand((policy_area, article) in self.places, clauses.PLACED_FIRST)
        return events.PolicyTakenOff(
            policy_id=self.policy_id, policy_area=policy_area, article=article, taken_off_on=today
        )

    def take_policy_off_allowed(self) -> None:
        """Refuse where there is none, it is void, or shown nowhere."""
        self._demand_stands()
        demand(bool(self.places), clauses.PLACED_FIRST)

    def _demand_stands(self) -> None:
        demand(bool(self.policy_id), clauses.RECORDED_FIRST)
        demand(not self.voided, clauses.NOT_VOIDED)

    @staticmethod
    def _demand_repeal(repealed_from: date | None, first: date) -> None:
        held = repealed_from is None or repealed_from > first
        demand(held, clauses.REPEALED_AFTER_START, f"{repealed_from}; {first}")

    def after(self, event: events.PolicyEvent) -> Policy:
        match event:
            case events.PolicyIssued():
                return Policy(event.policy_id, (_version(1, event),), 1)
            case events.PolicyRevised():
                return replace(
                    self,
                    versions=(*self.versions, _version(event.version, event)),
                    last=event.version,
                )
            case events.PolicyCorrected():
                return replace(self, versions=tuple(_corrected(each, event) for each in self.versions))
            case events.PolicyVersionVoided():
                return replace(
                    self, versions=tuple(each for each in self.versions if each.number != event.version)
                )
            case events.PolicyRepealed():
                return replace(self, repealed_from=event.repealed_from)
            case events.PolicyRestored():
                return replace(self, repealed_from=None)
            case events.PolicyVoided():
                return replace(self, voided=True)
            case events.PolicyPlaced():
                return replace(self, places=self.places | {(event.policy_area, event.article)})
            case events.PolicyTakenOff():
                return replace(self, places=self.places - {(event.policy_area, event.article)})
        return self


def _version(number: int, event: events.PolicyIssued | events.PolicyRevised) -> Version:
    return Version(
        number,
        event.title,
        event.document_no,
        event.issuing_body,
        event.valid_from,
        event.valid_until,
        event.text,
    )


def _corrected(version: Version, event: events.PolicyCorrected) -> Version:
    if version.number != event.version:
        return version
    return replace(
        version,
        title=event.title,
        document_no=event.document_no,
        valid_from=event.valid_from,
        valid_until=event.valid_until,
        text=version.text.replace(event.wrong, event.right) if event.wrong else version.text,
    )


def _demand_sound(
    issued_on: date, valid_from: date, valid_until: date | None, text: str, today: date
) -> None:
    demand(issued_on <= today, clauses.NOT_IN_THE_FUTURE, f"{issued_on} > {today}")
    _demand_span(valid_from, valid_until)
    demand(in_order(articles_of(text)), clauses.ARTICLES_IN_ORDER)


def _demand_span(valid_from: date, valid_until: date | None) -> None:
    ordered = valid_until is None or valid_until >= valid_from
    demand(ordered, clauses.ENDS_AFTER_START, f"{valid_from}; {valid_until}")
