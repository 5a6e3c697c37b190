"""Drafting, returning, approving, publishing and adopting the scheme of a year."""

from __future__ import annotations

from datetime import date

from application.account import persons_of
from application.eventlog.log import Log
from application.questions.results.back_testing import BackTesting
from domain.assessment.scheme_file.scheme_text import parse_scheme
from domain.assessment.year.scheme_history import SchemeHistory
from domain.kernel.person import PersonRef
from domain.kernel.recorded import By


class Schemes:
    """Streams ``scheme-<year>``."""

    def __init__(self, log: Log, back_testing: BackTesting) -> None:
        self._log = log
        self._back_testing = back_testing

    def history(self, year: int) -> SchemeHistory:
        """What is in force and what is being drafted."""
        return self._log.state(_stream(year), SchemeHistory())

    def draft_scheme(
        self, year: int, *, text: str, based_on: int, because: str, drafted_on: date, by: By
    ) -> int:
        """Save a draft over draft ``based_on``; its number."""
        self._log.decide(
            _stream(year),
            SchemeHistory(),
            lambda history: history.draft_scheme(
                year=year,
                text=text,
                based_on=based_on,
                because=because,
                drafted_by=by.actor,
                drafted_on=drafted_on,
            ),
            by,
        )
        return based_on + 1

    def return_scheme(self, year: int, *, draft: int, because: str, returned_on: date, by: By) -> None:
        """Give the newest draft back with what is to be changed."""
        self._log.decide(
            _stream(year),
            SchemeHistory(),
            lambda history: history.return_scheme(
                year=year, draft=draft, because=because, returned_by=by.actor, returned_on=returned_on
            ),
            by,
        )

    def approve_scheme(
        self,
        year: int,
        *,
        draft: int,
        back_test_seen: tuple[int | None, int],
        approver: PersonRef,
        approved_on: date,
        by: By,
    ) -> None:
        """Let the newest draft be published, after trying it out once more."""
        self._log.decide(
            _stream(year),
            SchemeHistory(),
            lambda history: history.approve_scheme(
                year=year,
                draft=draft,
                trial=self._back_testing.trial(history.draft_text, year, history.version + 1),
                back_test_seen=back_test_seen,
                approver=approver,
                office=by.office,
                approved_by=by.actor,
                approved_on=approved_on,
                persons=persons_of(self._log),
            ),
            by,
        )

    def publish_scheme(
        self,
        year: int,
        *,
        draft: int,
        in_force_on: date | None,
        retroactive_because: str,
        published_on: date,
        by: By,
    ) -> None:
        """Make the approved draft the scheme of the year, or its next version."""
        self._log.decide(
            _stream(year),
            SchemeHistory(),
            lambda history: history.publish_scheme(
                year=year,
                draft=draft,
                in_force_on=in_force_on,
                retroactive_because=retroactive_because,
                published_on=published_on,
            ),
            by,
        )

    def adopt_scheme(self, *, text: str, published_on: date, by: By) -> None:
        """Take a scheme that came with the software. Raises ``SchemeError`` for a text that is no scheme."""
        self._log.decide(
            _stream(parse_scheme(text).year),
            SchemeHistory(),
            lambda history: history.adopt_scheme(text=text, published_on=published_on),
            by,
        )


def _stream(year: int) -> str:
    return f"scheme-{year}"
