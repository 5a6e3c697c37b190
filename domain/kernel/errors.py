"""The four errors of the inner layers. None of them knows about HTTP."""

from __future__ import annotations

from enum import Enum

from domain.kernel.clause import Clause


class Rejected(Exception):
    """A decision refused by a clause; nothing was recorded. ``because`` gives the value that was refused, and
    ``because_en`` says it in English where it is told in words; ``choice`` is set where the value is one of a few, which
    have words of their own. ``unseen``: the ids in them of what whoever is refused may not know.
    """

    def __init__(self, clause: Clause, because: str | Enum = "", because_en: str = "") -> None:
        self.clause = clause
        self.choice = because if isinstance(because, Enum) else None
        self.because = str(because.value) if isinstance(because, Enum) else because
        self.because_en = because_en or self.because
        self.unseen: frozenset[str] = frozenset()
        super().__init__(f"{clause.id}: {clause.en}" + (f" ({self.because_en})" if because else ""))


class Unknown(Exception):
    """There is no such thing, or there was none at the position asked for."""

    def __init__(self, kind: str, key: str) -> None:
        super().__init__(f"no {kind} {key!r}")
        self.kind = kind
        self.key = key


class Conflict(Exception):
    """Somebody else was faster, again and again; reload and decide anew."""


class Forbidden(Exception):
    """This actor may not do this here."""

    def __init__(self, verb: str, because: str = "") -> None:
        super().__init__(f"not allowed: {verb}" + (f" ({because})" if because else ""))
        self.verb = verb
        self.because = because
