"""A number belongs to one thing of its kind and year, however it is spelt."""

from __future__ import annotations

from typing import Any

import pytest

from domain.kernel.document_no import normal_form
from domain.registry import clauses
from domain.registry.events import NumberedThing, NumberTaken
from domain.registry.number import Number
from tests.kit.given import given

TAKEN: dict[str, Any] = {"kind": NumberedThing.FINDING, "year": 2025, "number": "WT2025-059", "thing": "f-1"}
HELD = NumberTaken(**TAKEN)


def test_the_first_thing_takes_its_number_and_takes_it_once() -> None:
    given(Number()).when(lambda n: n.take_number(**TAKEN)).then(HELD)
    assert given(Number(), HELD).state.take_number(**{**TAKEN, "number": "ｗｔ2025－059"}) == []


def test_another_thing_is_refused_and_told_what_holds_the_number() -> None:
    given(Number(), HELD).when(
        lambda n: n.take_number(**{**TAKEN, "number": "wt2025-059", "thing": "f-2"})
    ).refused(clauses.NUMBER_OF_ONE_THING, "f-1, 2025")


@pytest.mark.parametrize(
    "written",
    ["ＷＴ２０２５－０５９", " wt2025-059 ", "WT2025–059", "WT 2025—059", "WT2025−059", "WT\u200b2025-059"],
)
def test_all_spellings_of_a_number_are_one(written: str) -> None:
    assert normal_form(written) == normal_form("WT2025-059")
