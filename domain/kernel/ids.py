"""Ids that mean nothing: given once to a thing, stated in its first event, never taken apart.

docs/decisions/0018-identity.md
"""

from __future__ import annotations

import hashlib
import secrets
from collections import Counter
from collections.abc import Callable

Ids = Callable[[str], str]
"""Makes a new id of a kind, given as a short word (``v`` for a village): ``v-1f0c9a…``, 16 hex digits behind the kind."""


def random_ids(kind: str) -> str:
    """A new id nobody has drawn before."""
    return f"{kind}-{secrets.token_hex(8)}"


class SeededIds:
    """The same ids in the same order for the same seed: for demonstrations and tests, which make the same log every time."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._drawn: Counter[str] = Counter()

    def __call__(self, kind: str) -> str:
        """The next id of the kind; those of other kinds do not depend on it."""
        self._drawn[kind] += 1
        return digest_id(kind, self._seed, str(self._drawn[kind]))


def digest_id(prefix: str, *parts: str) -> str:
    """``<prefix>-<16 hex>`` from the parts, for streams that hold what must be unique: equal parts, equal stream."""
    framed = "\x1f".join(parts).encode()
    return f"{prefix}-{hashlib.sha256(framed).hexdigest()[:16]}"
