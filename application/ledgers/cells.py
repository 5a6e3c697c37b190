"""Typed values from untidy cells: forgiving about how a thing is written, strict about what it says.

Each parser takes a filled cell and returns the value, or the `Problem` a clerk has to solve. Accepted ways of
writing are those found in real ledgers: full-width digits, stray and ideographic spaces, 2025年1月5日,
2025.1.6, 20250305, spreadsheet day numbers, 245人. What needs a guess (去年三月, 十几人, 25/1/6) is refused.
"""

from __future__ import annotations

import re
from datetime import date
from decimal import Context, Decimal
from functools import lru_cache
from typing import Final

from application.ledgers import problems
from application.ledgers.problems import Problem
from application.ledgers.raw import EPOCH_1900, CellError, NoResult, Value, day_of
from domain.kernel.folding import folded

FIRST_YEAR: Final = 2000
LAST_YEAR: Final = 2099
LONGEST_TEXT: Final = 2_000
LONGEST_NAME: Final = 100

# Full-width forms U+FF01..FF5E mirror ASCII at a fixed distance; some programs write other minus signs.
_HALF_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: " ",
    0x00A0: " ",
    0x2212: "-",
    0x2013: "-",
    0x2010: "-",
    0x2011: "-",
}
# In running text only letters and digits are narrowed: ，：（） are right as they are.
_HALF_WIDTH_ALPHANUMERIC: Final = {
    code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))
} | {0x3000: " ", 0x00A0: " "}
# Zero-width and direction marks, and control characters other than white space.
_INVISIBLE: Final = re.compile(
    "[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff\x00-\x08\x0e-\x1b\x7f\ufffe\uffff\ud800-\udfff]"
)
_SPACES: Final = re.compile(r"\s+")
_SPACE_IN_HAN: Final = re.compile(r"(?<=[\u3400-\u9fff]) (?=[\u3400-\u9fff])")
# What stands for nothing: marks, and the words clerks write for "none" and "still in office".
_MARKS: Final = re.compile(r"[-—―─_/\\.·、。]+")
_WORDS_FOR_EMPTY: Final = frozenset(
    [
        "无",
        "暂无",
        "没有",
        "空",
        "在任",
        "现任",
        "在职",
        "未离任",
        "至今",
        "n/a",
        "na",
        "n.a.",
        "none",
        "null",
    ]
)
_CACHED: Final = 200
"""Names, headings and words come again and again; longer texts do not, and would fill the cache."""


def key_of(text: str) -> str:
    """What two spellings of one name, word or heading have in common."""
    return folded(text)


def _narrow(text: str) -> str:
    """A number without its spaces, half-width. Nothing else is folded: 5² is no 52, and what is recorded was written."""
    return _SPACES.sub("", _INVISIBLE.sub("", text).translate(_HALF_WIDTH))


def text_of(text: str) -> str:
    """Running text as it should stand: trimmed, single spaces, letters and digits half-width."""
    return _text_of(text) if len(text) <= _CACHED else _text_of.__wrapped__(text)


@lru_cache(maxsize=65_536)
def _text_of(text: str) -> str:
    return _SPACES.sub(" ", _INVISIBLE.sub("", text).translate(_HALF_WIDTH_ALPHANUMERIC)).strip()


def name_of(text: str) -> str:
    """A name as it should stand: as `text_of`, without spaces between Chinese characters (王 芳)."""
    return _SPACE_IN_HAN.sub("", text_of(text))


def shown(value: Value | None) -> str:
    """A cell as a person sees it."""
    if value is None:
        return ""
    if isinstance(value, CellError):
        return value.text
    if isinstance(value, NoResult):
        return "="
    if isinstance(value, Decimal):
        return f"{rounded(value):f}"
    return value if isinstance(value, str) else value.isoformat()


def is_blank(value: Value | None) -> bool:
    """Whether a cell shows nothing at all."""
    return value is None or (isinstance(value, str) and not _narrow(value))


def is_placeholder(value: Value | None, *, marks_only: bool = False) -> bool:
    """Whether a cell is empty or says so: 无, 在任, /, —. With ``marks_only`` the words are text like other."""
    if value is None:
        return True
    if not isinstance(value, str):
        return False
    key = key_of(value)
    return not key or _MARKS.fullmatch(key) is not None or (not marks_only and key in _WORDS_FOR_EMPTY)


_FIFTEEN_DIGITS: Final = Context(prec=15)


def rounded(number: Decimal) -> Decimal:
    """The number the spreadsheet shows: binary noise beyond its 15 digits removed (0.30000000000000004)."""
    number = number.normalize(_FIFTEEN_DIGITS)
    return number if number else Decimal(0)


# --- dates -----------------------------------------------------------------------------------------

_CLOCK: Final = re.compile(r"[\sT][0-9]{1,2}:[0-9]{2}(:[0-9]{2}(\.[0-9]+)?)?$")
_WEEKDAY: Final = re.compile(r"[(（]?(?:星期|周|礼拜)[一二三四五六日天][)）]?$")
_WITH_SIGNS: Final = re.compile(r"([0-9]{4})([-./])([0-9]{1,2})\2([0-9]{1,2})")
_WITH_WORDS: Final = re.compile(r"([0-9]{4})年([0-9]{1,2})月([0-9]{1,2})[日号]?")
_COMPACT: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")
_DAY_NUMBER: Final = re.compile(r"[0-9]{5}(?:\.[0-9]+)?")
_WITH_A_ZONE: Final = re.compile(r"[0-9]:[0-9]{2}(?:\.[0-9]+)?(?:[Zz]|[-+][0-9]{2}:?[0-9]{2})$")


def parse_date(value: Value, epoch: date = EPOCH_1900) -> date | Problem:
    """A day between 2000 and 2099. A time of day is dropped; a bare number is a spreadsheet's day number, counted
    from the workbook's ``epoch``. A time with its zone may be another day in the county and is refused.
    """
    if isinstance(value, date):
        return value if FIRST_YEAR <= value.year <= LAST_YEAR else problems.YEAR_OUT_OF_RANGE
    if isinstance(value, CellError | NoResult):
        return problems.NOT_A_DATE
    written = f"{value:f}" if isinstance(value, Decimal) else value
    return _date_of(written, epoch) if len(written) <= _CACHED else problems.NOT_A_DATE


@lru_cache(maxsize=8_192)
def _date_of(written: str, epoch: date) -> date | Problem:
    text = _INVISIBLE.sub("", written).translate(_HALF_WIDTH).strip()
    if _WITH_A_ZONE.search(text):
        return problems.A_TIME_WITH_ITS_ZONE
    text = _SPACES.sub("", _CLOCK.sub("", text))
    text = _WEEKDAY.sub("", text)
    if match := _WITH_SIGNS.fullmatch(text):
        year, month, day = int(match[1]), int(match[3]), int(match[4])
    elif match := _WITH_WORDS.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day = int(match[1]), int(match[2]), int(match[3])
    elif _DAY_NUMBER.fullmatch(text):
        counted = day_of(Decimal(text), epoch)
        if counted is None or not FIRST_YEAR <= counted.year <= LAST_YEAR:
            return problems.NOT_A_DATE
        return counted
    else:
        return problems.NOT_A_DATE
    try:
        found = date(year, month, day)
    except ValueError:
        return problems.NO_SUCH_DAY
    return found if FIRST_YEAR <= year <= LAST_YEAR else problems.YEAR_OUT_OF_RANGE


# --- numbers ---------------------------------------------------------------------------------------

_NUMBER: Final = re.compile(r"([-+]?)([0-9]{1,18}|[0-9]{1,3}(?:,[0-9]{3}){1,5})(\.[0-9]{1,18})?")


def _decimal_of(value: Value, suffixes: tuple[str, ...]) -> Decimal | None:
    """The number a cell holds, a trailing unit of ``suffixes`` taken off; nothing when it is no number."""
    if isinstance(value, Decimal):
        return rounded(value)
    if not isinstance(value, str):
        return None
    text = _narrow(value)
    for suffix in suffixes:
        if text.endswith(suffix):
            text = text.removesuffix(suffix)
            break
    match = _NUMBER.fullmatch(text)
    return Decimal(text.replace(",", "")) if match else None


def parse_count(value: Value, suffixes: tuple[str, ...] = ("人次", "人", "名", "位")) -> int | Problem:
    """A whole number, 0 or more."""
    number = _decimal_of(value, suffixes)
    if number is None:
        return problems.NOT_A_NUMBER
    if number < 0:
        return problems.NEGATIVE_COUNT
    return int(number) if number == number.to_integral_value() else problems.NOT_WHOLE


CENTS_PER_WAN: Final = 1_000_000
"""1 万元 = 10 000 元 = 1 000 000 分."""


def parse_money(value: Value) -> int | Problem:
    """An amount in 万元 as integer cents, exactly."""
    number = _decimal_of(value, ("万元", "万"))
    if number is None:
        return problems.NOT_A_NUMBER
    if number < 0:
        return problems.NEGATIVE_AMOUNT
    cents = number * CENTS_PER_WAN
    return int(cents) if cents == cents.to_integral_value() else problems.FINER_THAN_A_CENT


HUNDREDTHS: Final = 100


def parse_hours(value: Value) -> int | Problem:
    """Hours as integer hundredths, exactly."""
    number = _decimal_of(value, ("学时", "课时", "小时"))
    if number is None:
        return problems.NOT_A_NUMBER
    if number < 0:
        return problems.NEGATIVE_COUNT
    hundredths = number * HUNDREDTHS
    whole = hundredths == hundredths.to_integral_value()
    return int(hundredths) if whole else problems.FINER_THAN_A_HUNDREDTH


# --- words -----------------------------------------------------------------------------------------


def parse_text(value: Value) -> str | Problem:
    """Running text of at most `LONGEST_TEXT` characters."""
    if isinstance(value, CellError | NoResult):
        return problems.NOT_A_TEXT
    text = text_of(shown(value))
    return text if len(text) <= LONGEST_TEXT else problems.too_long(LONGEST_TEXT)


def parse_name(value: Value) -> str | Problem:
    """A name of at most `LONGEST_NAME` characters."""
    if isinstance(value, CellError | NoResult):
        return problems.NOT_A_TEXT
    text = name_of(shown(value))
    return text if len(text) <= LONGEST_NAME else problems.too_long(LONGEST_NAME)


def parse_number_id(value: Value) -> str | Problem:
    """A number that names a thing (WT2025-001), as written; spellings are compared by `document_no.normal_form`."""
    if isinstance(value, CellError | NoResult):
        return problems.NOT_A_TEXT
    text = shown(value).strip()
    return text if len(text) <= LONGEST_NAME else problems.too_long(LONGEST_NAME)
