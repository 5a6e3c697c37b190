"""From a scheme's TOML to the scheme, refusing whatever could not be meant."""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Sequence
from fractions import Fraction

from domain.assessment.locating import locate
from domain.assessment.measure_text import fact_filter, measure
from domain.assessment.points import number
from domain.assessment.reading import Problems, SchemeError, Table
from domain.assessment.rule_text import can_be_na, completed, refuse_parts, rule
from domain.assessment.scheme import (
    VETO,
    Band,
    ClauseText,
    Grading,
    Group,
    Indicator,
    Part,
    QuotaRounding,
    Scheme,
    Ties,
    Veto,
)
from domain.assessment.text import Text
from domain.assessment.toml_words import in_chinese

SIGNS = {"plus": 1, "minus": -1}
RESERVED = ("total", VETO)
"""Words that mean something beside the codes of groups and indicators."""


def parse(text: str) -> Scheme:
    """Read a scheme. Raises ``SchemeError`` naming the first thing that is wrong, by line."""
    scheme, found = read(text)
    if found:
        raise found[0]
    assert scheme is not None
    return scheme


def problems(text: str) -> tuple[SchemeError, ...]:
    """All that is wrong with a text, by line, what concerns the whole file first; empty for a scheme."""
    return read(text)[1]


def read(text: str) -> tuple[Scheme | None, tuple[SchemeError, ...]]:
    """The scheme, or everything that is wrong."""
    noted = Problems()
    try:
        raw = tomllib.loads(text, parse_float=_exactly)
    except _NotExact as error:
        return None, (_not_exact(text, str(error)),)
    except (ValueError, RecursionError) as error:
        return None, (_no_toml(text, str(error)),)
    scheme = _scheme(Table(raw, "", noted), text)
    if not noted.found:
        return scheme, ()
    places = locate(text)
    placed = [each.on_line(places.line(each.where)) for each in noted.found]
    return None, tuple(sorted(placed, key=lambda each: each.line or 0))


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
    _rounding(file.table("rounding"))
    groups = _groups(file)
    bands = _bands(file)
    vetoes = _vetoes(file, bands)
    grading = _grading(file)
    order = _order(file, groups)
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
    return order


def _rounding(table: Table) -> None:
    table.word("mode", ["half_up"])
    if table.points("to") != Fraction(1, 100):
        table.refuse(
            "to", Text("分数保留到百分位", "points are kept in hundredths"), Text("写 0.01", "write 0.01")
        )
    table.finish()


def _groups(file: Table) -> tuple[Group, ...]:
    groups: list[Group] = []
    codes: set[str] = set()
    for table in file.tables("groups"):
        groups.append(_group(table, groups, file.sound("groups"), codes))
    return tuple(groups)


def _code(table: Table, codes: set[str]) -> str:
    """The code of a group or an indicator; it names a column, a line and a page."""
    code = table.string("code")
    if re.search(r"[\s.,|=/]", code) or code in RESERVED:
        table.refuse(
            "code",
            Text(f"{code} 不能作代号", f"{code!r} cannot be a code"),
            Text("用短的字母、数字或汉字", "use a few letters, digits or characters"),
            given=["code"],
        )
    elif code in codes:
        table.refuse(
            "code",
            Text(f"代号 {code} 已经用过", f"the code {code!r} is taken"),
            Text("每个小组、每项指标用自己的代号", "give every group and indicator its own"),
            given=["code"],
        )
    codes.add(code)
    return code


def _group(table: Table, before: Sequence[Group], before_sound: bool, codes: set[str]) -> Group:
    code, title = _code(table, codes), table.text("title")
    sign = SIGNS[table.word("sign", SIGNS)]
    most = table.points("max") if table.has("max") else None
    whole = [each.code for each in before if each.most is not None and not each.fallback and each.sign > 0]
    fallback = table.words("fallback", whole) if before_sound else ()
    own = table.tables("indicators")
    if len(own) == 1:
        # A group of one figure gives its code to its only indicator.
        codes.discard(code)
    indicators = tuple(_indicator(each, code, table.has("fallback"), codes) for each in own)
    codes.add(code)
    maxima = [each.most for each in indicators]
    if most is not None and None not in maxima and sum(m for m in maxima if m is not None) != most:
        table.refuse(
            "max",
            Text(f"{number(most)} 不是各指标满分之和", f"{number(most)} is not the sum of its indicators"),
            Text("改正其中一个满分", "correct one of the maxima"),
        )
    if fallback and (most is None or None in maxima):
        table.refuse(
            "fallback",
            Text("重新分配须有满分可依", "redistribution needs a maximum everywhere"),
            Text("给小组和每项指标写 max", "add max to group and indicators"),
        )
    table.finish()
    return Group(code, title, sign, most, fallback, indicators)


def _indicator(table: Table, group: str, may_be_na: bool, codes: set[str]) -> Indicator:
    code, title = _code(table, codes), table.text("title")
    clause = _clause(table.table("clause"))
    most = table.points("max") if table.has("max") else None
    base = table.points("base") if table.has("base") else None
    if base is not None and most is not None and base > most:
        table.refuse(
            "base",
            Text(
                f"{number(base)} 超过满分 {number(most)}",
                f"{number(base)} exceeds the maximum {number(most)}",
            ),
            Text(f"最多写 {number(most)}", f"write at most {number(most)}"),
        )
    parts: list[Part] = []
    for each in table.tables("parts"):
        part = _part(each, code)
        if part.id in {p.id for p in parts}:
            each.refuse(
                "id",
                Text(f"编号 {part.id} 已经用过", f"the id {part.id!r} is taken"),
                Text("每一部分用自己的编号", "give every part its own id"),
                given=["id"],
            )
        refuse_parts(each, part, parts, most if base is None else None)
        if can_be_na(part.rule) and (not may_be_na or base is not None):
            each.refuse(
                "rule",
                Text("可能不适用，而没有说明那时怎么办", "may be not applicable, and nothing says what then"),
                Text(
                    "给小组写 fallback，或写明一个也没有时值多少分",
                    "give the group a fallback, or say what none is worth",
                ),
            )
        parts.append(part)
    if len(parts) > 1 and any(can_be_na(part.rule) for part in parts):
        table.refuse(
            "parts",
            Text("只有一部分可能不适用", "is partly not applicable"),
            Text("把这一部分单列为一项指标", "make it an indicator of its own"),
        )
    table.finish()
    return Indicator(code, group, title, clause, most, base, tuple(parts))


def _clause(table: Table) -> ClauseText:
    clause = ClauseText(table.string("number"), table.text("text"))
    table.finish()
    return clause


def _part(table: Table, code: str) -> Part:
    own = table.string("id")
    title, unit = table.text("title"), table.text("unit")
    measured = measure(table.table("measure"), code)
    judged = rule(table.table("rule"), measured if table.sound("measure") else None)
    table.finish()
    return Part(f"{code}.{own}", title, unit, completed(measured, judged), judged)


def _bands(file: Table) -> tuple[Band, ...]:
    bands: list[Band] = []
    for table in file.tables("grades"):
        quota = table.integer("quota_percent", 0, 100) if table.has("quota_percent") else None
        band = Band(table.string("id"), table.text("label"), table.points("at_least"), quota)
        table.finish()
        if band.id in {each.id for each in bands}:
            table.refuse(
                "id",
                Text(f"{band.id} 已经用过", f"{band.id!r} is taken"),
                Text("每个等次用自己的编号", "give every grade its own id"),
                given=["id"],
            )
        if bands and band.at_least >= bands[-1].at_least:
            table.refuse(
                "at_least",
                Text("不低于上一个等次", "is not below the grade before"),
                Text("最好的等次写在最前", "write the best grade first"),
                given=["at_least"],
            )
        bands.append(band)
    if bands and (bands[-1].at_least != 0 or bands[-1].quota_percent is not None):
        file.refuse(
            "grades",
            Text("最低的等次没有包括所有人", "the lowest grade does not take everybody"),
            Text("让它从 0 分开始，不设名额", "let it begin at 0, without a quota"),
            given=["grades"],
        )
    return tuple(bands)


def _vetoes(file: Table, bands: Sequence[Band]) -> tuple[Veto, ...]:
    """The only one as ``[veto]``, several as ``[[vetoes]]`` with ids of their own."""
    if file.has("veto") and file.has("vetoes"):
        file.refuse(
            "vetoes",
            Text("同时写了 [veto] 和 [[vetoes]]", "there are [veto] and [[vetoes]]"),
            Text("全部写成 [[vetoes]]", "write all of them as [[vetoes]]"),
            given=["vetoes"],
        )
    if file.has("veto"):
        return (_veto(file.table("veto"), VETO, bands),)
    vetoes: list[Veto] = []
    for table in file.optional_tables("vetoes"):
        own = table.string("id")
        if f"{VETO}.{own}" in {each.id for each in vetoes}:
            table.refuse(
                "id",
                Text(f"{own} 已经用过", f"{own!r} is taken"),
                Text("每条一票否决用自己的编号", "give every veto its own id"),
            )
        vetoes.append(_veto(table, f"{VETO}.{own}", bands))
    return tuple(vetoes)


def _veto(table: Table, id: str, bands: Sequence[Band]) -> Veto:
    title, clause = table.text("title"), _clause(table.table("clause"))
    grade, lower_by = None, 0
    if table.has("lower_by"):
        if table.has("grade"):
            table.refuse(
                "lower_by",
                Text("已经写明定为哪个等次", "the grade is named as well"),
                Text("grade 和 lower_by 只写一个", "write grade or lower_by"),
            )
        lower_by = table.integer("lower_by", 1, max(len(bands) - 1, 1))
    else:
        grade = table.word("grade", [band.id for band in bands] or ["?"])
    facts = fact_filter(table)
    table.finish()
    return Veto(id, title, clause, facts, grade, lower_by)


def _grading(file: Table) -> Grading:
    if not file.has("grading"):
        return Grading()
    table, usual = file.table("grading"), Grading()
    grading = Grading(
        min_days_paired=table.integer("min_days_paired", 1, 366)
        if table.has("min_days_paired")
        else usual.min_days_paired,
        ties=table.choice("ties", Ties) if table.has("ties") else usual.ties,
        quota_rounding=table.choice("quota_rounding", QuotaRounding)
        if table.has("quota_rounding")
        else usual.quota_rounding,
    )
    table.finish()
    return grading
