"""A document number belongs to one document."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from domain.registry import clauses
from domain.registry.document import Document
from domain.registry.events import DocumentKind, DocumentRegistered
from tests.kit.given import given

ORDER: dict[str, Any] = {
    "document_no": "联督〔2025〕7号",
    "kind": DocumentKind.ORDER,
    "party": "b-1",
    "dated_on": date(2025, 3, 3),
    "reference": "WT-1",
}
HELD = DocumentRegistered(**ORDER)


def test_the_first_document_takes_its_number_and_the_same_one_may_cover_more() -> None:
    given(Document()).when(lambda d: d.register_document(**ORDER)).then(HELD)
    again = {**ORDER, "document_no": "联督[2025]7号", "reference": "WT-2"}
    assert given(Document(), HELD).state.register_document(**again) == []


@pytest.mark.parametrize(
    "other", [{"kind": DocumentKind.CIRCULAR}, {"party": "b-2"}, {"dated_on": date(2025, 3, 4)}]
)
def test_another_document_is_refused_and_told_what_holds_the_number(other: dict[str, Any]) -> None:
    given(Document(), HELD).when(lambda d: d.register_document(**{**ORDER, **other})).refused(
        clauses.NUMBER_OF_ONE_DOCUMENT, "联督〔2025〕7号: WT-1, 2025-03-03"
    )
