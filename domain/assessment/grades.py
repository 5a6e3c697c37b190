"""Grades (等次): bands, the quota of the best one, ties at its boundary, and the veto. [七, 六]"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from domain.assessment.points import number, two_decimals
from domain.assessment.scheme import Band, Scheme
from domain.assessment.sheet import Sheet
from domain.assessment.text import Text


@dataclass(frozen=True)
class Grade:
    """``rank`` is the place by the scheme's order, equal sheets sharing one; ``None`` for a vetoed pairing,
    which takes no place. ``grade`` is the band's id.
    """

    rank: int | None
    grade: str
    label: Text
    because: Text


def grade(scheme: Scheme, sheets: Sequence[Sheet]) -> dict[str, Grade]:
    """The grade of every pairing; ``sheets`` must be all those assessed, for the quota is a share of them."""
    ranked = sorted((s for s in sheets if not s.vetoed), key=lambda s: s.key(scheme.order), reverse=True)
    ranks = _ranks(scheme, ranked)
    placed = {band.id: _placed(scheme, band, ranked, len(sheets)) for band in scheme.bands}
    return {sheet.pairing: _grade(scheme, sheet, ranks, placed, len(sheets)) for sheet in sheets}


def _ranks(scheme: Scheme, ranked: Sequence[Sheet]) -> dict[str, int]:
    ranks: dict[str, int] = {}
    for n, sheet in enumerate(ranked):
        tied = n > 0 and ranked[n - 1].key(scheme.order) == sheet.key(scheme.order)
        ranks[sheet.pairing] = ranks[ranked[n - 1].pairing] if tied else n + 1
    return ranks


def quota(band: Band, assessed: int) -> int | None:
    """How many places the band has among ``assessed``, rounded down; ``None`` without a quota."""
    return None if band.quota_percent is None else assessed * band.quota_percent // 100


def _placed(scheme: Scheme, band: Band, ranked: Sequence[Sheet], assessed: int) -> frozenset[str]:
    """Who may have the band by place. Those tied across the boundary are all left out."""
    places = quota(band, assessed)
    if places is None or places >= len(ranked):
        return frozenset(sheet.pairing for sheet in ranked)
    first_outside = ranked[places].key(scheme.order)
    return frozenset(s.pairing for s in ranked[:places] if s.key(scheme.order) != first_outside)


def _grade(
    scheme: Scheme, sheet: Sheet, ranks: dict[str, int], placed: dict[str, frozenset[str]], assessed: int
) -> Grade:
    if sheet.vetoed:
        return _vetoed(scheme, sheet)
    total = two_decimals(sheet.total)
    rank = ranks[sheet.pairing]
    zh, en = f"总分 {total}，第 {rank} 名", f"total {total}, place {rank}"
    for band in scheme.bands:
        if sheet.total < band.at_least * 100:
            continue
        places = quota(band, assessed)
        if sheet.pairing in placed[band.id]:
            zh += f"，{number(band.at_least)} 分以上" + (
                f"且在 {places} 个名额内" if places is not None else ""
            )
            en += f", {number(band.at_least)} or more" + (
                f" and within {places} places" if places is not None else ""
            )
            return Grade(rank, band.id, band.label, Text(f"{zh}：{band.label.zh}", f"{en}: {band.label.en}"))
        tied = rank <= (places or 0)
        zh += f"，{band.label.zh} {places} 个名额" + ("边界处并列，并列者都不列入" if tied else "之外")
        en += f", {'tied across' if tied else 'outside'} the {places} places for {band.label.en}"
    raise ValueError(f"no grade begins at 0 in the scheme of {scheme.year}")


def _vetoed(scheme: Scheme, sheet: Sheet) -> Grade:
    """The poorest grade any of the vetoes leads to; the points alone say what grades are lowered from."""
    by_points = next(n for n, band in enumerate(scheme.bands) if sheet.total >= band.at_least * 100)
    place, names = 0, [scheme.veto(each).title for each in sheet.vetoes]
    for veto in map(scheme.veto, sheet.vetoes):
        led_to = (
            by_points + veto.lower_by if veto.grade is None else scheme.bands.index(scheme.band(veto.grade))
        )
        place = max(place, min(led_to, len(scheme.bands) - 1))
    band, total = scheme.bands[place], two_decimals(sheet.total)
    zh = f"一票否决（{'、'.join(name.zh for name in names)}）：定为{band.label.zh}，得分 {total} 保留"
    en = f"veto ({', '.join(name.en for name in names)}): {band.label.en}, the score of {total} is kept"
    return Grade(None, band.id, band.label, Text(zh, en))
