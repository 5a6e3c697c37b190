"""The documents issued of one thing: each frozen; what has changed since makes a new one, which takes the other's place."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from domain.document import clauses
from domain.document.events import DocumentEvent, DocumentIssued, FindingPaper, Paper, RunPaper
from domain.kernel.decisions import demand
from domain.kernel.values import BranchKey, Key, Line, OptionalLine, Today


@dataclass(frozen=True)
class Subject:
    """What a document tells of. ``place``: that in the finding's stream; ``number``: the one it was given when it was
    decided, empty where there is none."""

    pairing_id: str = ""
    branch: str = ""
    village: str = ""
    place: int = 0
    number: str = ""


@dataclass(frozen=True)
class Frozen:
    """What was kept of a document, by digest and size in bytes. ``number``: the one it bears; ``serial``: its place in the
    register, 0 where the number does not come from there."""

    document_id: str
    number: str
    serial: int
    title: str
    substance: str
    model: str
    model_size: int
    page: str
    page_size: int
    pdf: str
    pdf_size: int


@dataclass(frozen=True)
class IssuedDocuments:
    """``issued``: in their order."""

    issued: tuple[DocumentIssued, ...] = ()

    def issue_document(
        self,
        *,
        finding_id: Key,
        paper: FindingPaper,
        signed_as: Line,
        copies_to: OptionalLine,
        subject: Subject,
        frozen: Frozen,
        today: Today,
    ) -> DocumentIssued:
        """Issue a document of a finding."""
        return self._issued(
            Paper(paper.value), subject, frozen, today, signed_as, copies_to, finding_id=finding_id
        )

    def issue_score_notice(
        self,
        *,
        run_id: Key,
        branch: BranchKey,
        signed_as: Line,
        copies_to: OptionalLine,
        subject: Subject,
        frozen: Frozen,
        today: Today,
    ) -> DocumentIssued:
        """Issue the notice of its scores to a unit."""
        assert subject.branch == branch
        return self._issued(Paper.NOTICE, subject, frozen, today, signed_as, copies_to, run_id=run_id)

    def issue_result_document(
        self,
        *,
        run_id: Key,
        paper: RunPaper,
        signed_as: Line,
        copies_to: OptionalLine,
        subject: Subject,
        frozen: Frozen,
        today: Today,
    ) -> DocumentIssued:
        """Issue the circular on a run's results, or the annual report that rests on them."""
        return self._issued(Paper(paper.value), subject, frozen, today, signed_as, copies_to, run_id=run_id)

    def standing(self, paper: Paper, subject: Subject) -> DocumentIssued | None:
        """The document of this kind issued last of the same step and unit."""
        same = (
            each
            for each in reversed(self.issued)
            if (each.paper, each.place, each.branch) == (paper, subject.place, subject.branch)
        )
        return next(same, None)

    def _issued(
        self,
        paper: Paper,
        subject: Subject,
        frozen: Frozen,
        today: date,
        signed_as: str,
        copies_to: str,
        *,
        finding_id: str = "",
        run_id: str = "",
    ) -> DocumentIssued:
        earlier = self.standing(paper, subject)
        if earlier is not None:
            demand(earlier.substance != frozen.substance, clauses.SAYS_SOMETHING_NEW, earlier.number)
        return DocumentIssued(
            document_id=frozen.document_id,
            paper=paper,
            number=frozen.number,
            finding_id=finding_id,
            run_id=run_id,
            pairing_id=subject.pairing_id,
            branch=subject.branch,
            village=subject.village,
            place=subject.place,
            title=frozen.title,
            signed_as=signed_as,
            copies_to=copies_to,
            issued_on=today,
            substance=frozen.substance,
            model=frozen.model,
            model_size=frozen.model_size,
            page=frozen.page,
            page_size=frozen.page_size,
            pdf=frozen.pdf,
            pdf_size=frozen.pdf_size,
            replaces=earlier.document_id if earlier else "",
        )

    def after(self, event: DocumentEvent) -> IssuedDocuments:
        return replace(self, issued=(*self.issued, event)) if isinstance(event, DocumentIssued) else self
