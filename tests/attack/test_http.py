"""The short form of the hostile requests, and every one that a long run found."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.attack.hostile import Attempt, attempt, doors
from tests.attack.http import campaign
from tests.attack.target import Target
from tests.kit.databases import DatabaseCase

FOUND = [
    Attempt("fuhe", "POST", "/evidence/score/9999forum", {}),
    Attempt("fuhe", "POST", "/evidence/score/%D9%A2%D9%A0%D9%A2%D9%A5-v-b", {}),
    Attempt("lianban", "POST", f"/runs/{'9' * 5000}-1/sign-office", {"signer": "联建办主任"}),
    Attempt(
        "kaohe",
        "POST",
        f"/runs/{'9' * 5000}-1/propose-adjustment",
        {"pairing_id": "9" * 5000, "grade_after": "fair"},
    ),
]
"""Requests that once ended in an error of ours."""


@pytest.fixture
def target(database: DatabaseCase) -> Iterator[Target]:
    attacked = Target(database.folder, database.url)
    yield attacked
    attacked.close()


def test_no_hostile_request_ends_in_an_error_of_ours(target: Target) -> None:
    assert [(each, wrong) for each in FOUND if (wrong := target.send(each)[1])] == []
    assert campaign(target, seed=2025, numbers=range(100)) == []


def test_every_route_is_attacked_and_a_number_is_always_the_same_request() -> None:
    assert len(doors()) > 110
    assert {"POST", "GET"} == {method for door in doors() for method in door.methods}
    known = {"year": ["2025"]}
    assert [attempt(1, n, known) for n in range(50)] == [attempt(1, n, known) for n in range(50)]
    drawn = [attempt(1, n, known) for n in range(5000)]
    assert len({each.path.split("?")[0].split("/")[1] for each in drawn}) > 30
