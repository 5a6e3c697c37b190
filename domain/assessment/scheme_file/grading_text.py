"""Grades, vetoes and how places are cut, from a scheme's TOML."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from domain.assessment.scheme.reading import Table
from domain.assessment.scheme.scheme import VETO, Band, Grading, QuotaRounding, Ties, Veto
from domain.assessment.scheme.text import Text
from domain.assessment.scheme_file.measure_text import fact_filter
from domain.assessment.scheme_file.tree_text import read_clause


def read_bands(file: Table) -> tuple[Band, ...]:
    """The grades, best first. What is wrong is noted in the file's problems, as by all of this module."""
    bands: list[Band] = []
    for table in file.tables("grades"):
        quota = table.integer("quota_percent", 0, 100) if table.has("quota_percent") else None
        band = Band(table.string("id"), table.text("label"), table.points("at_least"), quota)
        table.finish()
        own_id = Text("每个等次用自己的编号", "give every grade its own id")
        table.refuse_taken(band.id, {each.id for each in bands}, own_id)
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


def read_vetoes(file: Table, bands: Sequence[Band]) -> tuple[Veto, ...]:
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
        own_id = Text("每条一票否决用自己的编号", "give every veto its own id")
        table.refuse_taken(own, {each.id.removeprefix(f"{VETO}.") for each in vetoes}, own_id)
        vetoes.append(_veto(table, f"{VETO}.{own}", bands))
    return tuple(vetoes)


def _veto(table: Table, id: str, bands: Sequence[Band]) -> Veto:
    title, words = table.text("title"), read_clause(table.table("clause"))
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
    return Veto(id, title, words, facts, grade, lower_by)


def read_grading(file: Table) -> Grading:
    """Who is graded, and how places are cut; as usual where the file says nothing."""
    if not file.has("grading"):
        return Grading()
    table, grading = file.table("grading"), Grading()
    if table.has("min_days_paired"):
        grading = replace(grading, min_days_paired=table.integer("min_days_paired", 1, 366))
    if table.has("ties"):
        grading = replace(grading, ties=table.choice("ties", Ties))
    if table.has("quota_rounding"):
        grading = replace(grading, quota_rounding=table.choice("quota_rounding", QuotaRounding))
    table.finish()
    return grading
