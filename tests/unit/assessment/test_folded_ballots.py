"""Ballots are one row for each recording and group, however many were cast; everything else is a row of its own."""

from __future__ import annotations

from dataclasses import dataclass

from interface.web.scores.ballots import folded


@dataclass(frozen=True)
class Fact:
    kind: str
    position: int
    seq: int
    level: str = ""


@dataclass(frozen=True)
class LeftOut:
    fact: Fact


def test_the_ballots_of_a_group_are_one_row() -> None:
    leaders = [Fact("rating", 7, n, "leaders") for n in range(5)]
    residents = [Fact("rating", 7, 5, "residents")]
    later = [Fact("rating", 9, 0, "leaders")]
    two_of_one_record = [Fact("activity", 3, 0), Fact("activity", 3, 1)]
    rows = folded([*two_of_one_record, *leaders, *residents, *later])
    assert [n for _, n in rows] == [1, 1, 5, 1, 1]
    assert [each for each, _ in rows] == [*two_of_one_record, leaders[0], residents[0], later[0]]


def test_ballots_left_out_are_folded_too() -> None:
    out = [LeftOut(Fact("rating", 7, n, "leaders")) for n in range(3)]
    assert folded(out) == [(out[0], 3)]
