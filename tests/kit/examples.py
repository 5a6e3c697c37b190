"""How many random examples a property is tried with, and whether every run draws the same ones.

``make test`` draws the same examples every time, so that it cannot fail by chance; ``make properties`` draws fresh ones,
many more of them. What it finds becomes an ``@example`` or a test of its own.
"""

from __future__ import annotations

import os
from typing import Any

from hypothesis import settings
from hypothesis.internal.conjecture import providers

FRESH = os.environ.get("LIANJIAN_FRESH_EXAMPLES", "") == "1"
TIMES = 20
"""How many times as many examples the long form draws."""

settings.register_profile("same", derandomize=True, deadline=None)
settings.register_profile("fresh", derandomize=False, deadline=None, print_blob=True)
settings.load_profile("fresh" if FRESH else "same")
if not FRESH:
    # What is drawn does not hang on which numbers and texts stand in the product's files; looking for these in all of them takes
    # each process of a fresh checkout four seconds.
    _NONE = providers.Constants()
    providers._get_local_constants = lambda: _NONE


def examples(number: int, *, quick: int | None = None, **more: Any) -> settings:
    """``number`` examples (``quick``, where each takes long), the same every time; in the long form ``TIMES`` times
    ``number``, all fresh. ``more``: other settings.
    """
    few = number if quick is None else quick
    return settings(max_examples=number * TIMES if FRESH else few, **more)
