"""Ids that mean nothing."""

from __future__ import annotations

import re

from domain.kernel.ids import SeededIds, random_ids


def test_an_id_begins_with_its_kind_and_is_drawn_once() -> None:
    drawn = [random_ids("v") for _ in range(1000)]
    assert len(set(drawn)) == 1000
    assert all(re.fullmatch(r"v-[0-9a-f]{16}", each) for each in drawn)


def test_a_seeded_source_draws_the_same_again_whatever_other_kinds_are_drawn_between() -> None:
    one, other = SeededIds("demo"), SeededIds("demo")
    villages = [one("v") for _ in range(5)]
    again = []
    for _ in range(5):
        other("b")
        again.append(other("v"))
    assert again == villages
    assert len(set(villages)) == 5
    assert SeededIds("test")("v") != villages[0]
