"""User names in one normal form, so that no two look alike."""

from __future__ import annotations

import re

from domain.kernel.folding import compatible

LONGEST = 60
_PLAIN = re.compile(r"[a-z0-9\u3400-\u4dbf\u4e00-\u9fff][a-z0-9._\-\u3400-\u4dbf\u4e00-\u9fff]*")


def normal(username: str) -> str:
    """One spelling for all that differ by case, width or the blanks around."""
    return compatible(username).strip()


def is_plain(username: str) -> bool:
    """Whether a normal form is letters a to z, digits, Chinese characters, ``.``, ``_``, ``-`` only, at most ``LONGEST``:
    no blank, nothing invisible, no letter of another script that looks like one of these."""
    return len(username) <= LONGEST and bool(_PLAIN.fullmatch(username))
