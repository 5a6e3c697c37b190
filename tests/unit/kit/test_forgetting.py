"""What is forgotten takes no room: what is read after it is remembered as ever."""

from __future__ import annotations

from projections.kit import memory
from projections.kit.memory import Memory


def test_whoever_forgot_remembers_again() -> None:
    kept = Memory([])
    for n in range(3):
        kept.keep(n, [()] * (memory.LARGEST - 1))
        kept.forget()
        assert kept.newest(n) is None
    kept.keep("again", [()])
    assert kept.newest("again") is not None and kept._rows == 2
