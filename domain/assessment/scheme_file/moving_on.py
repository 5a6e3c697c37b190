"""The text of a scheme carried over to another year, with everything its writer wrote beside it."""

from __future__ import annotations

import re
from datetime import date

from domain.assessment.scheme.shifting import day_moved

_DAY = r"(?P<day>(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-]))"
_VERSION = re.compile(r"^(version\s*=\s*)\d+", re.MULTILINE)


def moved_on(text: str, old: int, new: int) -> str:
    """``text`` of the year ``old`` as a beginning for the year ``new``, as version 1, comments kept.

    Days move by whole years (29 February to the 28th where there is none), and the year itself wherever it stands as
    a number of its own, but in the number of a document (〔2025〕).
    """
    pattern = re.compile(rf"{_DAY}|(?P<year>(?<![\d〔\[.]){old}(?![\d〕\].]))")

    def moved(found: re.Match[str]) -> str:
        if found["year"]:
            return str(new)
        try:
            return day_moved(date.fromisoformat(found["day"]), new - old).isoformat()
        except ValueError:
            return found["day"]

    return renumbered(pattern.sub(moved, text), 1)


def renumbered(text: str, version: int) -> str:
    """``text`` with the number of its version changed."""
    return _VERSION.sub(rf"\g<1>{version}", text, count=1)
