"""What is issued as a document, and by whom: frozen, under the next number of its register."""

from __future__ import annotations

from collections.abc import Sequence

from application.claims.document import number_claimed, under_number
from application.documents.lookups import (
    elsewhere,
    frozen_notice,
    frozen_of_finding,
    frozen_of_run,
    run_told,
    step_told,
    stream_of_register,
    unit_told,
)
from application.eventlog.pending import Claim
from application.look import Look
from application.things import FINDING_DOCUMENTS, RUN_DOCUMENTS
from application.verb import Verb
from domain.account.role import Role
from domain.document.events import DocumentNumbered, FindingPaper, Paper, RunPaper
from domain.document.issuing import Frozen, IssuedDocuments
from domain.document.register import DocumentRegister, StatedNumber
from domain.kernel.errors import Conflict
from domain.kernel.values import Today
from domain.registry.events import DocumentKind

_SUPERVISOR = frozenset({Role.SUPERVISOR})
_OFFICES = frozenset({Role.ASSESSOR, Role.APPROVER})


def _numbered(look: Look, paper: Paper, frozen: Frozen, today: Today) -> Sequence[Claim]:
    """The next number of the register, which the document bears already; another document may have got it meanwhile. Or one
    that was stated, under which nothing else is issued."""

    def bear(stated: StatedNumber) -> DocumentNumbered:
        return stated.bear_number(
            document_id=frozen.document_id, paper=paper, number=frozen.number, numbered_on=today
        )

    if not frozen.serial:
        return [under_number(frozen.number, bear)]
    borne = elsewhere(look, paper, today.year)

    def give(register: DocumentRegister) -> DocumentNumbered:
        given = register.number_document(
            document_id=frozen.document_id, paper=paper, numbered_on=today, elsewhere=borne
        )
        if given.number != frozen.number:
            raise Conflict(f"another document has got {frozen.number} meanwhile")
        return given

    return [
        Claim(stream_of_register(paper, today.year), DocumentRegister(), give),
        *number_claimed(frozen.number, DocumentKind.ISSUED, dated_on=today, reference=frozen.document_id),
    ]


def _of_finding(look: Look, *, paper: FindingPaper, frozen: Frozen, today: Today) -> Sequence[Claim]:
    return _numbered(look, Paper(paper.value), frozen, today)


def _of_unit(look: Look, *, frozen: Frozen, today: Today) -> Sequence[Claim]:
    return _numbered(look, Paper.NOTICE, frozen, today)


def _of_run(look: Look, *, paper: RunPaper, frozen: Frozen, today: Today) -> Sequence[Claim]:
    return _numbered(look, Paper(paper.value), frozen, today)


issue_document = Verb(
    FINDING_DOCUMENTS,
    IssuedDocuments.issue_document,
    _SUPERVISOR,
    given={"subject": step_told, "frozen": frozen_of_finding},
    claims=_of_finding,
)
issue_score_notice = Verb(
    RUN_DOCUMENTS,
    IssuedDocuments.issue_score_notice,
    _OFFICES,
    given={"subject": unit_told, "frozen": frozen_notice},
    claims=_of_unit,
)
issue_result_document = Verb(
    RUN_DOCUMENTS,
    IssuedDocuments.issue_result_document,
    _OFFICES,
    given={"subject": run_told, "frozen": frozen_of_run},
    claims=_of_run,
)
