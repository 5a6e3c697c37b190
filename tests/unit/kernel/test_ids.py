"""Ids that carry a year, read from whatever somebody sends."""

from __future__ import annotations

import pytest

from domain.kernel.ids import pairing_id, year_named


@pytest.mark.parametrize("id_", ["2025-1", pairing_id(2025, "v-1", "b-1"), "2025"])
def test_the_year_of_an_id_is_what_stands_before_its_first_dash(id_: str) -> None:
    assert year_named(id_) == 2025


@pytest.mark.parametrize(
    "id_", ["", "-1", "9999forum", "99999-1", "999-1", f"{'9' * 5000}-1", "٢٠٢٥-v-b", "²⁰²⁵-1", "+202-1"]
)
def test_what_is_no_id_names_a_year_of_nothing(id_: str) -> None:
    assert year_named(id_) == 0
