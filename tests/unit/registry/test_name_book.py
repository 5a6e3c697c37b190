"""Near names, and who is one with whom, are what comparing each with each would find."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches

from hypothesis import given
from hypothesis import strategies as st

from application.ledgers.matching.name_index import NameIndex
from domain.kernel.folding import folded
from domain.registry.events import EntryKind
from domain.registry.name_book import ALIKE, MOST, KnownName, Merging, NameBook, Nature

NAMES = st.text("青山溪河村社区（一二", min_size=1, max_size=7)
DAYS = [None, date(2025, 3, 1), date(2025, 9, 1)]


def known(entry: str, name: str) -> KnownName:
    return KnownName(EntryKind.VILLAGE, entry, "", name, Nature.OFFICIAL)


@given(st.lists(NAMES, max_size=25), NAMES)
def test_near_names_are_those_that_comparing_with_every_name_finds(names: list[str], written: str) -> None:
    book = NameBook(known(str(n), name) for n, name in enumerate(names))
    found = dict.fromkeys(folded(each.known.name) for each in book.resembling(EntryKind.VILLAGE, written))
    keys = list(dict.fromkeys(map(folded, names)))
    assert list(found) == get_close_matches(folded(written), keys, n=MOST, cutoff=ALIKE)


@given(
    st.dictionaries(
        st.integers(1, 9), st.tuples(st.integers(0, 8), st.sampled_from(DAYS[1:])), max_size=6
    ).map(lambda merged: {n: into for n, into in merged.items() if into[0] < n}),
    st.sets(st.integers(0, 9)),
    st.sampled_from(DAYS),
)
def test_akin_are_all_that_stand_as_one(
    merged: dict[int, tuple[int, date]], things: set[int], on: date | None
) -> None:
    book = NameBook(merged={str(n): Merging(str(into), day) for n, (into, day) in merged.items()})
    index = NameIndex(EntryKind.VILLAGE, book, [known(str(n), f"村{n}") for n in (3, 1, 4, 0, 5, 9, 2, 6)])
    stand = {book.standing(str(n), on) for n in things}
    plain = [n for n in "31405926" if book.standing(n, on) in stand]
    assert index.akin(map(str, things), on) == plain
