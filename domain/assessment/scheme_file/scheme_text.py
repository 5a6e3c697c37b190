"""From a scheme's TOML to the scheme, refusing whatever could not be meant."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Sequence
from fractions import Fraction
from functools import lru_cache

from domain.assessment.scheme.points import Rounding, RoundingMode
from domain.assessment.scheme.reading import Problems, SchemeError, Table
from domain.assessment.scheme.scheme import Group, Scheme
from domain.assessment.scheme.text import Text
from domain.assessment.scheme.vocabulary import TARGET_CLASSES, USUAL_TARGETS
from domain.assessment.scheme_file.case_text import read_sheet_cases
from domain.assessment.scheme_file.grading_text import read_bands, read_grading, read_vetoes
from domain.assessment.scheme_file.locating import locate
from domain.assessment.scheme_file.toml_words import in_chinese
from domain.assessment.scheme_file.tree_text import read_groups

STEPS = (Fraction(1, 100), Fraction(1, 10), Fraction(1))


def parse_scheme(text: str) -> Scheme:
    """Read a scheme. Raises ``SchemeError`` naming the first thing that is wrong, by line."""
    scheme, found = read(text)
    if found:
        raise found[0]
    assert scheme is not None
    return scheme


def problems(text: str) -> tuple[SchemeError, ...]:
    """All that is wrong with a text, by line, what concerns the whole file first; empty for a scheme."""
    return read(text)[1]


def asked(text: str) -> dict[str, set[str]]:
    """The keys asked for while reading a text that is TOML, by ``Problems.asked``: what may stand where."""
    noted = Problems()
    _scheme(Table(tomllib.loads(text, parse_float=_exactly), "", noted), text)
    return noted.asked


def read(text: str) -> tuple[Scheme | None, tuple[SchemeError, ...]]:
    """The scheme, or everything that is wrong."""
    try:
        return _read(text), ()
    except _Wrong as error:
        return None, error.found


class _Wrong(Exception):
    def __init__(self, *found: SchemeError) -> None:
        super().__init__(found)
        self.found = found


@lru_cache(maxsize=16)
def _read(text: str) -> Scheme:
    """What was read is remembered: whoever edits a scheme sends the same text again and again. What is wrong is not."""
    noted = Problems()
    try:
        raw = tomllib.loads(text, parse_float=_exactly)
    except _NotExact as error:
        raise _Wrong(_not_exact(text, str(error))) from None
    except (ValueError, RecursionError) as error:
        raise _Wrong(_no_toml(text, str(error))) from None
    scheme = _scheme(Table(raw, "", noted), text)
    if noted.found:
        places = locate(text)
        placed = [each.on_line(places.line(each.where)) for each in noted.found]
        raise _Wrong(*sorted(placed, key=lambda each: each.line or 0))
    return scheme


class _NotExact(ValueError):
    """A number that is none: infinite, or with an exponent, which could make it too long to write down."""


def _exactly(literal: str) -> Fraction:
    if not set(literal) <= set("+-0123456789._"):
        raise _NotExact(literal)
    return Fraction(literal)


def _not_exact(text: str, literal: str) -> SchemeError:
    return SchemeError(
        "",
        Text(f"{literal} 不是分值", f"{literal} are no points"),
        Text("写普通的小数，如 1.75", "write a plain decimal such as 1.75"),
        text.count("\n", 0, text.find(literal)) + 1,
    )


def _no_toml(text: str, message: str) -> SchemeError:
    said, _, place = message.partition(" (at ")
    line = re.match(r"line (\d+)", place)
    return SchemeError(
        "",
        Text(f"格式（TOML）有误：{in_chinese(said)}", f"is not TOML: {said}"),
        Text("改正这一行；行号指读不下去之处，错误也可能在上一行", "correct the line, or the one before it"),
        int(line[1]) if line else text.count("\n") + 1,
    )


def _scheme(file: Table, text: str) -> Scheme:
    file.integer("format", 1, 1)
    year = file.integer("year", 1949, 9999)
    version = file.integer("version", 1, 9999)
    title, source = file.text("title"), file.string("source")
    first_day, last_day, cut_off = file.day("first_day"), file.day("last_day"), file.day("cut_off")
    if not (first_day.year == last_day.year == year and first_day <= last_day):
        file.refuse(
            "last_day",
            Text(
                f"{first_day} 至 {last_day} 不是 {year} 年的期间",
                f"{first_day} to {last_day} is no period of {year}",
            ),
            Text(f"起止日期都写在 {year} 年内", f"keep both days in {year}"),
            given=["year", "first_day", "last_day"],
        )
    if cut_off < last_day:
        file.refuse(
            "cut_off",
            Text(f"{cut_off} 早于考核年度末", f"{cut_off} lies before the end of the year assessed"),
            Text(f"写 {last_day} 或更晚", f"write {last_day} or later"),
            given=["last_day", "cut_off"],
        )
    rounding = _rounding(file.table("rounding"))
    targets = file.words("targets", TARGET_CLASSES) or USUAL_TARGETS
    period = (first_day, cut_off) if file.sound("first_day", "last_day", "cut_off") else None
    groups = read_groups(file, period)
    bands = read_bands(file)
    vetoes = read_vetoes(file, bands)
    grading = read_grading(file)
    order = _order(file, groups)
    cases = read_sheet_cases(file, groups, vetoes) if file.sound("groups", "veto", "vetoes") else ()
    file.has("cases")
    file.finish()
    return Scheme(
        year=year,
        version=version,
        title=title,
        source=source,
        first_day=first_day,
        last_day=last_day,
        cut_off=cut_off,
        groups=groups,
        vetoes=vetoes,
        grading=grading,
        bands=bands,
        order=order,
        digest=hashlib.sha256(text.encode()).hexdigest(),
        rounding=rounding,
        targets=targets,
        cases=cases,
    )


def _order(file: Table, groups: Sequence[Group]) -> tuple[str, ...]:
    if not file.sound("groups"):
        file.has("order")
        return ()
    order = file.words("order", ["total", *(group.code for group in groups)])
    if order[:1] != ("total",):
        file.refuse(
            "order",
            Text("名次不是先看总分", "places are not decided by the total"),
            Text('以 "total" 开头', 'begin with "total"'),
            given=["order"],
        )
    partial = [group.code for group in groups if group.code in order and group.classes]
    if partial:
        file.refuse(
            "order",
            Text(f"{partial[0]} 不是所有单位都有的小组", f"{partial[0]!r} is no group of all units"),
            Text("只写对各类单位都适用的小组", "name groups that are for units of every class"),
            given=["order"],
        )
    return order


def _rounding(table: Table) -> Rounding:
    mode, to = table.choice("mode", RoundingMode), table.points("to")
    if to not in STEPS:
        table.refuse(
            "to",
            Text("分数保留到百分位、十分位或整数", "points are kept in hundredths, tenths or whole"),
            Text("写 0.01、0.1 或 1", "write 0.01, 0.1 or 1"),
        )
    table.finish()
    return Rounding(mode, to)
