"""How far each projection has come, whether all come along or some stay behind."""

from __future__ import annotations

from projections.kit.stamps import Stamp, Stamps, _written


def standing(**each: int | None) -> Stamps:
    """Stamps at position 10 together, and those with a position of their own there."""
    said = {name: Stamp(1, position=at, leaf="" if at is None else f"leaf {at}") for name, at in each.items()}
    return Stamps(10, "leaf 10", _written(said).decode())


def at(stamps: Stamps) -> dict[str, int]:
    return {name: stamps.at(name) for name in stamps.each}


def test_all_move_together_and_only_those_that_wrote_say_so() -> None:
    stamps = standing(names=None, facts=None)
    stamps.move(["names", "facts"], 11, "leaf 11", ["facts"])
    assert stamps.places() == {(11, "leaf 11")}
    assert {name: each.wrote for name, each in stamps.each.items()} == {"names": 0, "facts": 11}


def test_who_is_left_behind_stays_where_all_were_and_joins_when_it_has_come_as_far() -> None:
    stamps = standing(names=None, facts=None, scores=4)
    stamps.move(["names"], 12, "leaf 12", [])
    assert at(stamps) == {"names": 12, "facts": 10, "scores": 4}
    assert stamps.places() == {(12, "leaf 12"), (10, "leaf 10"), (4, "leaf 4")}
    stamps.move(["facts", "scores"], 8, "leaf 8", ["scores"])
    assert at(stamps) == {"names": 12, "facts": 10, "scores": 8}, "nothing goes backwards"
    stamps.move(["facts", "scores"], 12, "leaf 12", [])
    assert stamps.places() == {(12, "leaf 12")}
    stamps.move(["names", "facts", "scores"], 13, "leaf 13", [])
    assert set(at(stamps).values()) == {13}
