"""The scheme of the stories, and what somebody may hand in instead of it, by the words that stand for them in a step."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from domain.assessment.scheme_file.moving_on import moved_on

_SCHEME = (Path(__file__).parents[1] / "refusals" / "scheme.toml").read_text(encoding="utf-8")


def _with(*changes: tuple[str, str]) -> str:
    """The scheme, each text put for the other, which stands there once."""
    text = _SCHEME
    for old, new in changes:
        assert text.count(old) == 1, old
        text = text.replace(old, new)
    return text


_SECOND = ("version = 1", "version = 2")
_WORTH_3 = ("each = 2, at_most", "each = 3, at_most")
_CASE_9 = ("{ measured = 3, points = 6 }", "{ measured = 3, points = 9 }")
SCHEMES: Mapping[str, str] = {
    "scheme": _SCHEME,
    "scheme_unsound": _with(("at_least = 80", "at_least = eighty")),
    "scheme_failing": _with(_CASE_9),
    "scheme_untried": _with(("cases = [{ measured = 50, points = 1 }]\n", "")),
    "scheme_renamed": _with(('en = "Branch pairing', "en = \"The county's branch pairing")),
    "scheme_next": moved_on(_SCHEME, 2025, 2026),
    "scheme_2": _with(_SECOND, _WORTH_3, _CASE_9),
}
