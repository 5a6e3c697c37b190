"""A list goes on from where the last page ended, whatever becomes of the row that ended it."""

from __future__ import annotations

import base64

import pytest

from application.input.keyset import Place, place_in, token
from application.input.reading import Malformed
from application.question import Listing

ROWS = [(day, f"f-{day}") for day in range(1, 8)]


def place(row: tuple[int, str]) -> Place:
    return row


@pytest.mark.parametrize("falling", [False, True])
def test_the_rest_follows_though_the_page_before_has_left_the_list(falling: bool) -> None:
    page = Listing.placed(ROWS, place, None, 3, falling=falling)
    left = [row for row in ROWS if row not in page.rows]
    rest = Listing.placed(left, place, page.next, 10, falling=falling)
    assert [*page.rows, *rest.rows] == sorted(ROWS, reverse=falling)
    assert rest.next is None


@pytest.mark.parametrize(
    "written", ["f-1", "", "a", base64.urlsafe_b64encode(b'"f-1"').decode(), "W10x", *map(token, [("x", 1)])]
)
def test_what_names_no_place_is_malformed(written: str) -> None:
    with pytest.raises(Malformed):
        Listing.placed(ROWS, place, written, 3)


@pytest.mark.parametrize("value", ["\x00", "\ud800", 1 << 63, None, [1]])
def test_no_place_holds_what_a_table_cannot_be_asked_for(value: object) -> None:
    with pytest.raises(Malformed):
        place_in(token((value,)) if value != "\ud800" else base64.b64encode(b'["\\ud800"]').decode())  # type: ignore[arg-type]
