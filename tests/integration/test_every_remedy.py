"""Every refusal is brought about, and its remedy carried out: tests/refusals/README.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from application.verb import Outcome
from domain.kernel.errors import Rejected
from interface.words.problems import problem_of
from tests.kit.docs import all_clauses
from tests.kit.stories import Story, read_book
from tests.kit.telling import Shelf

BOOK = read_book()


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    yield Shelf(BOOK, tmp_path_factory.mktemp("shelf"))


@pytest.mark.parametrize("refusal", BOOK.refusals, ids=lambda each: each.name)
def test_a_refusal_and_its_remedy(refusal: Story, shelf: Shelf, tmp_path: Path) -> None:
    teller = shelf.county(refusal.after, tmp_path / "county")
    system = teller.system
    try:
        for step in refusal.steps:
            before = system.log.position()
            if not step.refused:
                done = teller.take(step)
                assert done.events if isinstance(done, Outcome) else done, step.written
                continue
            with pytest.raises(Rejected) as refused:
                teller.take(step)
            assert refused.value.clause.id == refusal.name, step.written
            assert system.log.position() == before
            problem = problem_of(system, refused.value)
            assert problem.detail.zh and problem.detail.en
    finally:
        system.close()


COMPLETE = {"supervision", "pairing", "livelihood"}
"""Contexts of which every clause has a refusal."""


def test_no_clause_is_without_a_refusal() -> None:
    told = {each.name for each in BOOK.refusals}
    assert [
        each.id for each in all_clauses() if each.id.partition(".")[0] in COMPLETE and each.id not in told
    ] == []
