"""What spellings of one name have in common: the one place where it is decided."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

# Radicals that Unicode does not fold by itself though PDF files are full of them; only those that are whole letters.
# Source: EquivalentUnifiedIdeograph.txt of the Unicode character database.
_RADICALS = dict(
    zip(
        "⺁⺇⺌⺠⺩⺬⺼⻁⻄⻅⻆⻉⻋⻑⻓⻔⻗⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻱",
        "厂几小民王示月虎西见角贝车長长门雨青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龜",
        strict=True,
    )
)
_BRACKETS = dict.fromkeys("[{〔【〖「『《〈﹝", "(") | dict.fromkeys("]}〕】〗」』》〉﹞", ")")
_DASHES = dict.fromkeys("‐‑‒–—―−", "-")
_DOTS = dict.fromkeys("・•‧∙", "·")
_ALIKE = str.maketrans(_RADICALS | _BRACKETS | _DASHES | _DOTS)
# Marks that show nothing: soft hyphen, joiners, directions, variation selectors, fillers, tags, control characters.
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)
_BLANKS = re.compile(r"\s+")
_CACHED = 200
"""Names come again and again; longer texts do not, and would fill the cache."""


def folded(text: str) -> str:
    """What all spellings of one name have in common; empty for a name of nothing that shows.

    Compatibility forms (full width, Kangxi and CJK radicals, ligatures) as the letters they stand for, one kind of
    brackets, hyphens and middle dots, no blanks and nothing unseen, lower case. For comparing only: the record keeps what
    was written. Folding twice is folding once.
    """
    return _folded(text) if len(text) <= _CACHED else _folded.__wrapped__(text)


@lru_cache(maxsize=65_536)
def _folded(text: str) -> str:
    while (again := _once(text)) != text:
        text = again
    return text


def _once(text: str) -> str:
    plain = compatible(text).translate(_ALIKE)
    return _BLANKS.sub("", _UNSEEN.sub("", plain))


def compatible(text: str) -> str:
    """Compatibility forms and case folded, blanks and unseen marks left: what differs else, differs to the eye."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
