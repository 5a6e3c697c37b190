"""Numbers follow one another; what is frozen is replaced only by what says something else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.document import clauses
from domain.document.events import FindingPaper, Paper
from domain.document.issuing import Frozen, IssuedDocuments, Subject
from domain.document.register import CODES, DocumentRegister
from domain.kernel.document_no import normal_form
from domain.kernel.errors import Rejected

DAY = date(2026, 11, 26)
FROZEN = Frozen("d-1", "联督整〔2026〕1号", 1, "标题", "s1", "m", 1, "h", 2, "p", 3)


def test_a_number_is_written_as_the_standard_writes_it() -> None:
    given_ = DocumentRegister(8).number_document(document_id="d-1", paper=Paper.ORDER, numbered_on=DAY)
    assert (given_.number, given_.year, given_.serial) == ("联督整〔2026〕9号", 2026, 9)


def test_no_two_kinds_share_a_code() -> None:
    assert set(CODES) == set(Paper)
    assert len({normal_form(code) for code in CODES.values()}) == len(Paper)


@given(st.lists(st.frozensets(st.integers(1, 12)), max_size=12))
@settings(deadline=None)
def test_every_serial_is_given_once_or_stands_elsewhere(elsewhere: list[frozenset[int]]) -> None:
    """Numbers that others bear are known by the time of each; none is given that one of them was, and none is left out."""
    register, given_, borne = DocumentRegister(), list[int](), set[int]()
    for n, more in enumerate(elsewhere):
        borne |= more - set(given_)
        event = register.number_document(
            document_id=f"d-{n}", paper=Paper.ORDER, numbered_on=DAY, elsewhere=frozenset(borne)
        )
        register = register.after(event)
        given_.append(event.serial)
    assert given_ == sorted(set(given_))
    assert not set(given_) & borne
    assert set(range(1, register.last + 1)) <= set(given_) | borne


def issue(documents: IssuedDocuments, **changed: Any) -> IssuedDocuments:
    frozen = replace(FROZEN, **changed)
    event = documents.issue_document(
        finding_id="f-1",
        paper=FindingPaper.ORDER,
        signed_as="组长",
        copies_to="",
        subject=Subject("pr-1", "b-1", "v-1", 2),
        frozen=frozen,
        today=DAY,
    )
    return documents.after(event)


def test_what_says_the_same_is_not_issued_again() -> None:
    issued = issue(IssuedDocuments())
    with pytest.raises(Rejected) as refused:
        issue(issued, document_id="d-2", number="联督整〔2026〕2号")
    assert refused.value.clause is clauses.SAYS_SOMETHING_NEW
    assert refused.value.because == "联督整〔2026〕1号"


def test_what_says_something_else_takes_the_place_of_the_one_before() -> None:
    issued = issue(issue(IssuedDocuments()), document_id="d-2", number="联督整〔2026〕2号", substance="s2")
    assert [each.replaces for each in issued.issued] == ["", "d-1"]
    other_step = Subject("pr-1", "b-1", "v-1", 9)
    assert issued.standing(Paper.ORDER, other_step) is None
    assert issued.standing(Paper.CLOSING, Subject("pr-1", "b-1", "v-1", 2)) is None
