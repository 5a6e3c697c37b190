"""The life of a year's scheme: drafts, approval by another person, versions that never change."""

from __future__ import annotations

import enum
import hashlib
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated

from domain.assessment.scheme.amending import retroactive
from domain.assessment.scheme_file.scheme_text import parse_scheme, read
from domain.assessment.year import clauses, events
from domain.kernel.decisions import demand
from domain.kernel.person import PersonRef, Persons
from domain.kernel.values import Actor, Office, OptionalWords, Text, Today, Whole, Year, YearKey

SchemeText = Annotated[str, Text(500_000, lines=True, whole=True)]
"""A scheme as it is written; a large county's has about 60 000 characters."""
Draft = Annotated[int, Whole(1)]
"""The number of the draft that whoever decides has read; no other is decided on."""
Remarks = Annotated[str, Text(2000, lines=True)]
"""What is to be changed about a draft."""


class DraftStatus(enum.Enum):
    """Where the newest draft stands."""

    NONE = "none"
    DRAFTED = "drafted"
    RETURNED = "returned"
    APPROVED = "approved"
    PUBLISHED = "published"


@dataclass(frozen=True)
class Trial:
    """What trying a draft out has shown.

    ``problems``: why it is no scheme of its year; ``failed``: sample cases that do not hold; ``untried``: parts without a
    sample case; ``back_test_year``: the year whose facts it was tried on, ``None`` where there is none; ``moved``: pairings of
    that year whose total or grade it would have changed.
    """

    problems: tuple[str, ...] = ()
    cases: int = 0
    failed: tuple[str, ...] = ()
    untried: tuple[str, ...] = ()
    back_test_year: int | None = None
    moved: int = 0


@dataclass(frozen=True)
class SchemeHistory:
    """``version`` and ``text`` are in force; version 0: none yet. ``draft`` is the number of the newest draft, 0: none yet.

    ``drafters``: who had a hand in the drafts since the last publication.
    """

    version: int = 0
    text: str = ""
    draft: int = 0
    draft_text: str = ""
    status: DraftStatus = DraftStatus.NONE
    drafters: frozenset[str] = frozenset()

    def draft_scheme(
        self,
        *,
        year: YearKey,
        text: SchemeText,
        based_on: Annotated[int, Whole()],
        because: OptionalWords,
        drafted_by: Actor,
        drafted_on: Today,
    ) -> events.SchemeDrafted:
        """Save a draft, whole; also one that is no scheme yet, so that nothing typed is lost.

        ``based_on`` is the draft its writer began from, 0 for none: a save over somebody else's newer one is refused.
        """
        demand(based_on == self.draft, clauses.DRAFT_IS_NEWEST, f"{based_on} / {self.draft}")
        demand(not self.draft or text != self.draft_text, clauses.DRAFT_DIFFERS, str(self.draft))
        return events.SchemeDrafted(
            scheme_id=str(year),
            draft=self.draft + 1,
            text=text,
            text_digest=digest_of(text),
            because=because,
            drafted_by=drafted_by,
            drafted_on=drafted_on,
        )

    def return_scheme(
        self, *, year: YearKey, draft: Draft, because: Remarks, returned_by: Actor, returned_on: Today
    ) -> events.SchemeReturned:
        """Give the newest draft back with what is to be changed; an approved one too, until it is published."""
        self._demand_newest(draft)
        self.return_scheme_allowed()
        return events.SchemeReturned(
            scheme_id=str(year),
            draft=draft,
            because=because,
            returned_by=returned_by,
            returned_on=returned_on,
        )

    def return_scheme_allowed(self) -> None:
        """A draft waits, approved or not."""
        self._demand_draft(DraftStatus.DRAFTED, DraftStatus.APPROVED)

    def approve_scheme(
        self,
        *,
        year: YearKey,
        draft: Draft,
        trial: Trial,
        seen_year: Year | None,
        seen_moved: Annotated[int, Whole()],
        approver: PersonRef,
        office: Office,
        approved_by: Actor,
        approved_on: Today,
        persons: Persons,
    ) -> events.SchemeApproved:
        """Let the newest draft be published, by somebody who did not write it, once everything about it holds.

        ``seen_year`` and ``seen_moved``: the year it was tried on, ``None`` for none, and the pairings moved there, as the
        approver was shown them.
        """
        self._demand_newest(draft)
        self.approve_scheme_allowed()
        demand(not persons.meet(approved_by, *self.drafters), clauses.ANOTHER_APPROVES, approved_by)
        demand(not trial.problems, clauses.SCHEME_IS_SOUND, "; ".join(trial.problems[:3]))
        demand(not trial.failed, clauses.CASES_HOLD, "; ".join(trial.failed[:3]))
        demand(not trial.untried, clauses.EVERY_PART_TRIED, ", ".join(trial.untried))
        seen, shown = (seen_year, seen_moved), (trial.back_test_year, trial.moved)
        demand(seen == shown, clauses.BACK_TEST_SEEN, f"{seen} / {shown}")
        return events.SchemeApproved(
            scheme_id=str(year),
            draft=draft,
            text_digest=digest_of(self.draft_text),
            cases=trial.cases,
            back_test_year=trial.back_test_year,
            back_test_moved=trial.moved,
            approver=approver,
            office=office,
            approved_by=approved_by,
            approved_on=approved_on,
        )

    def approve_scheme_allowed(self) -> None:
        """A draft waits that says something else than what is in force."""
        self._demand_draft(DraftStatus.DRAFTED)
        known, in_english = f"第 {self.version} 版", f"version {self.version}"
        demand(self.draft_text != self.text, clauses.NEW_VERSION_DIFFERS, known, in_english)

    def publish_scheme(
        self,
        *,
        year: YearKey,
        draft: Draft,
        in_force_on: date | None,
        retroactive_because: OptionalWords,
        published_on: Today,
    ) -> events.SchemePublished:
        """Make the approved draft the scheme, or its next version; from then on it never changes.

        ``in_force_on``: ``None`` for the first version, which judges the whole year; the first day an amendment judges.
        One that changes anything about earlier days, or comes into force before it is published, says why.
        """
        self._demand_newest(draft)
        self.publish_scheme_allowed()
        first = not self.version
        version = self.version + 1
        dated = (in_force_on is None) is first
        demand(dated, clauses.AMENDMENT_IS_DATED, f"第 {version} 版", f"version {version}")
        if in_force_on is not None:
            demand(in_force_on.year == year, clauses.IN_FORCE_IN_ITS_YEAR, f"{in_force_on} / {year}")
            back = [f"{in_force_on} < {published_on}"] if in_force_on < published_on else []
            back += self.reaching_back(in_force_on)
            demand(
                not back or bool(retroactive_because.strip()), clauses.LOOKING_BACK_EXPLAINED, "; ".join(back)
            )
        return events.SchemePublished(
            scheme_id=str(year),
            version=self.version + 1,
            text=self.draft_text,
            text_digest=digest_of(self.draft_text),
            published_on=published_on,
            in_force_on=in_force_on,
            retroactive_because=retroactive_because,
        )

    def publish_scheme_allowed(self) -> None:
        """The newest draft is approved."""
        demand(bool(self.draft), clauses.DRAFT_THERE)
        demand(self.status is DraftStatus.APPROVED, clauses.APPROVED_FIRST, self.status)

    def adopt_scheme(self, *, year: YearKey, text: str, published_on: Today) -> events.SchemePublished:
        """Take the scheme that came with the software, where nobody has begun another. Raises ``SchemeError``."""
        self.adopt_scheme_allowed()
        meant = parse_scheme(text).year
        demand(meant == year, clauses.SCHEME_IS_SOUND, f"{meant} / {year}")
        return events.SchemePublished(
            scheme_id=str(year),
            version=1,
            text=text,
            text_digest=digest_of(text),
            published_on=published_on,
        )

    def adopt_scheme_allowed(self) -> None:
        """Nothing was published or drafted yet."""
        fresh = not self.version and not self.draft
        known = f"第 {self.version} 版，第 {self.draft} 稿"
        in_english = f"version {self.version}, draft {self.draft}"
        demand(fresh, clauses.ADOPTED_BEFORE_DRAFTS, known, in_english)

    def reaching_back(self, in_force_on: date) -> list[str]:
        """What the newest draft says otherwise about days before ``in_force_on``; empty where either text is no scheme."""
        old, _ = read(self.text)
        new, _ = read(self.draft_text)
        if old is None or new is None:
            return []
        return [f"{each.zh} / {each.en}" for each in retroactive(old, new, in_force_on)]

    def _demand_draft(self, *statuses: DraftStatus) -> None:
        demand(bool(self.draft), clauses.DRAFT_THERE)
        demand(self.status in statuses, clauses.DRAFT_WAITS, self.status)

    def _demand_newest(self, draft: int) -> None:
        demand(bool(self.draft), clauses.DRAFT_THERE)
        demand(draft == self.draft, clauses.DRAFT_IS_NEWEST, f"{draft} / {self.draft}")

    def after(self, event: events.AssessmentEvent) -> SchemeHistory:
        match event:
            case events.SchemeDrafted():
                return replace(
                    self,
                    draft=event.draft,
                    draft_text=event.text,
                    status=DraftStatus.DRAFTED,
                    drafters=self.drafters | {event.drafted_by},
                )
            case events.SchemeReturned():
                return replace(self, status=DraftStatus.RETURNED)
            case events.SchemeApproved():
                return replace(self, status=DraftStatus.APPROVED)
            case events.SchemePublished():
                status = DraftStatus.PUBLISHED if self.draft else DraftStatus.NONE
                return replace(
                    self, version=event.version, text=event.text, status=status, drafters=frozenset()
                )
        return self


def digest_of(text: str) -> str:
    """SHA-256 of a scheme's text, in hex."""
    return hashlib.sha256(text.encode()).hexdigest()
