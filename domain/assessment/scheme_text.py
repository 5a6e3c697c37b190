"""From a scheme's TOML to the scheme, refusing whatever could not be meant."""

from __future__ import annotations

import hashlib
import tomllib
from collections.abc import Sequence
from fractions import Fraction

from domain.assessment.measure_text import fact_filter, measure
from domain.assessment.reading import SchemeError, Table
from domain.assessment.rule_text import can_be_na, rule
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

SIGNS = {"plus": 1, "minus": -1}


def parse(text: str) -> Scheme:
    """Read a scheme. Raises ``SchemeError`` naming the first thing that is wrong."""
    try:
        raw = tomllib.loads(text, parse_float=Fraction)
    except ValueError as error:
        raise SchemeError("file", f"is not TOML: {error}", "correct the line named") from None
    file = Table(raw, "")
    file.integer("format", 1, 1)
    year = file.integer("year", 1949, 9999)
    version = file.integer("version", 1, 9999)
    title, source = file.text("title"), file.string("source")
    first_day, last_day, cut_off = file.day("first_day"), file.day("last_day"), file.day("cut_off")
    if not (first_day.year == last_day.year == year and first_day <= last_day):
        raise SchemeError(
            "last_day", f"{first_day} to {last_day} is no period of {year}", f"keep both in {year}"
        )
    if cut_off < last_day:
        raise SchemeError(
            "cut_off", f"{cut_off} lies before the end of the year assessed", f"write {last_day} or later"
        )
    _rounding(file.table("rounding"))
    groups = _groups(file.tables("groups"))
    bands = _bands(file.tables("grades"))
    vetoes = _vetoes(file, bands)
    grading = _grading(file)
    order = file.words("order", ["total", *(group.code for group in groups)])
    if not order or order[0] != "total":
        raise SchemeError("order", "places are not decided by the total", 'begin with "total"')
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


def _rounding(table: Table) -> None:
    table.word("mode", ["half_up"])
    if table.points("to") != Fraction(1, 100):
        raise SchemeError(table.at("to"), "points are kept in hundredths", "write 0.01")
    table.finish()


def _groups(tables: Sequence[Table]) -> tuple[Group, ...]:
    groups: list[Group] = []
    codes: set[str] = set()
    for table in tables:
        group = _group(table, groups)
        # A group of one figure gives its code to its only indicator.
        own = [each.code for each in group.indicators]
        for code in own if group.single else [group.code, *own]:
            if code in codes:
                raise SchemeError(
                    table.where, f"the code {code!r} is taken", "give every group and indicator its own"
                )
            codes.add(code)
        groups.append(group)
    return tuple(groups)


def _group(table: Table, before: Sequence[Group]) -> Group:
    code, title = table.string("code"), table.text("title")
    sign = SIGNS[table.word("sign", SIGNS)]
    most = table.points("max") if table.has("max") else None
    whole = [each.code for each in before if each.most is not None and not each.fallback and each.sign > 0]
    fallback = table.words("fallback", whole)
    indicators = tuple(_indicator(each, code, bool(fallback)) for each in table.tables("indicators"))
    maxima = [each.most for each in indicators]
    if most is not None and None not in maxima and sum(m for m in maxima if m is not None) != most:
        raise SchemeError(
            table.at("max"), f"{most} is not the sum of its indicators", "correct one of the maxima"
        )
    if fallback and (most is None or None in maxima):
        raise SchemeError(
            table.where, "redistribution needs a maximum everywhere", "add max to group and indicators"
        )
    table.finish()
    return Group(code, title, sign, most, fallback, indicators)


def _indicator(table: Table, group: str, may_be_na: bool) -> Indicator:
    code, title = table.string("code"), table.text("title")
    clause = _clause(table.table("clause"))
    most = table.points("max") if table.has("max") else None
    base = table.points("base") if table.has("base") else None
    if base is not None and most is not None and base > most:
        raise SchemeError(table.at("base"), f"{base} exceeds the maximum {most}", f"write at most {most}")
    parts: list[Part] = []
    for each in table.tables("parts"):
        part = _part(each, code)
        if part.id in {p.id for p in parts}:
            raise SchemeError(each.where, f"the id {part.id!r} is taken", "give every part its own id")
        if can_be_na(part.rule) and (not may_be_na or base is not None):
            raise SchemeError(
                each.at("rule"),
                "may be not applicable, and nothing says what then",
                "give the group a fallback, or say what none is worth",
            )
        parts.append(part)
    if len(parts) > 1 and any(can_be_na(part.rule) for part in parts):
        raise SchemeError(table.where, "is partly not applicable", "make it an indicator of its own")
    table.finish()
    return Indicator(code, group, title, clause, most, base, tuple(parts))


def _clause(table: Table) -> ClauseText:
    number = table.string("number")
    words = table.text("text")
    table.finish()
    return ClauseText(number, words)


def _part(table: Table, code: str) -> Part:
    own = table.string("id")
    title, unit = table.text("title"), table.text("unit")
    measured = measure(table.table("measure"), code)
    judged = rule(table.table("rule"), measured)
    table.finish()
    return Part(f"{code}.{own}", title, unit, measured, judged)


def _bands(tables: Sequence[Table]) -> tuple[Band, ...]:
    bands: list[Band] = []
    for table in tables:
        quota = table.integer("quota_percent", 0, 100) if table.has("quota_percent") else None
        band = Band(table.string("id"), table.text("label"), table.points("at_least"), quota)
        table.finish()
        if band.id in {each.id for each in bands}:
            raise SchemeError(table.at("id"), f"{band.id!r} is taken", "give every grade its own id")
        if bands and band.at_least >= bands[-1].at_least:
            raise SchemeError(
                table.at("at_least"), "is not below the grade before", "write the best grade first"
            )
        bands.append(band)
    if bands[-1].at_least != 0 or bands[-1].quota_percent is not None:
        raise SchemeError(
            "grades", "the lowest grade does not take everybody", "let it begin at 0, without a quota"
        )
    return tuple(bands)


def _vetoes(file: Table, bands: Sequence[Band]) -> tuple[Veto, ...]:
    """The only one as ``[veto]``, several as ``[[vetoes]]`` with ids of their own."""
    if file.has("veto") and file.has("vetoes"):
        raise SchemeError("veto", "there are [veto] and [[vetoes]]", "write all of them as [[vetoes]]")
    if file.optional("veto"):
        return (_veto(file.table("veto"), VETO, bands),)
    vetoes: list[Veto] = []
    for table in file.optional_tables("vetoes"):
        own = table.string("id")
        if f"{VETO}.{own}" in {each.id for each in vetoes}:
            raise SchemeError(table.at("id"), f"{own!r} is taken", "give every veto its own id")
        vetoes.append(_veto(table, f"{VETO}.{own}", bands))
    return tuple(vetoes)


def _veto(table: Table, id: str, bands: Sequence[Band]) -> Veto:
    title, clause = table.text("title"), _clause(table.table("clause"))
    grade, lower_by = None, 0
    if table.optional("lower_by"):
        if table.has("grade"):
            raise SchemeError(table.at("lower_by"), "the grade is named as well", "write one of both")
        lower_by = table.integer("lower_by", 1, len(bands) - 1)
    else:
        grade = table.word("grade", [band.id for band in bands])
    facts = fact_filter(table)
    table.finish()
    return Veto(id, title, clause, facts, grade, lower_by)


def _grading(file: Table) -> Grading:
    if not file.optional("grading"):
        return Grading()
    table, usual = file.table("grading"), Grading()
    grading = Grading(
        min_days_paired=table.integer("min_days_paired", 1, 366)
        if table.optional("min_days_paired")
        else usual.min_days_paired,
        ties=table.choice("ties", Ties) if table.optional("ties") else usual.ties,
        quota_rounding=table.choice("quota_rounding", QuotaRounding)
        if table.optional("quota_rounding")
        else usual.quota_rounding,
    )
    table.finish()
    return grading
