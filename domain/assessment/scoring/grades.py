"""Grades (等次): bands, quotas, ties at their boundary, vetoes, and those who are not graded. [七, 六]"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from domain.assessment.scheme.points import two_decimals
from domain.assessment.scheme.scheme import Band, QuotaRounding, Scheme, Ties
from domain.assessment.scheme.text import Text
from domain.assessment.scoring.sheet import Sheet

UNGRADED = ""
"""The grade of a pairing that is scored but not graded."""
NOT_GRADED = Text("不定等次", "not graded")

Key = tuple[int, ...]


@dataclass(frozen=True)
class Grade:
    """``rank`` is the place by the scheme's order, equal sheets sharing one; ``None`` for a vetoed pairing, which
    takes no place, and for one that is not graded. ``grade`` is the band's id, or ``UNGRADED``.
    """

    rank: int | None
    grade: str
    label: Text
    because: Text
    placeless: Text | None = None
    """The same reason without the place, where ``because`` names one."""

    @property
    def without_place(self) -> Text:
        """Why, for a reader to whom places are not shown."""
        return self.placeless or self.because


Results = Mapping[str, tuple[Sheet, Grade]]
"""Pairing id to its sheet and grade."""


@dataclass(frozen=True)
class Cut:
    """Who has a band: ``places`` is its quota (``None``: no limit), ``tied`` those who stand equal across its
    boundary, who are ``inside`` or not as the scheme's rule for ties says.
    """

    band: Band
    places: int | None
    inside: frozenset[str]
    tied: frozenset[str]


def adjusted(scheme: Scheme, computed: Grade, grade: str, because: str, basis: str) -> Grade:
    """The grade that stands by decision instead of the computed one, which its reason goes on to tell."""
    label = scheme.band(grade).label
    zh = f"；经批准调整为{label.zh}：{because}（依据：{basis}）"
    en = f"; adjusted to {label.en} by decision: {because} (basis: {basis})"
    own = computed.because
    return replace(computed, grade=grade, label=label, because=Text(f"{own.zh}{zh}", f"{own.en}{en}"))


def grade(
    scheme: Scheme,
    sheets: Sequence[Sheet],
    *,
    days_paired: Mapping[str, int] | None = None,
    excluded: Mapping[str, str] | None = None,
) -> dict[str, Grade]:
    """The grade of every pairing; ``sheets`` must be all those assessed, for a quota is a share of them.

    ``days_paired``: pairing to days of the year, where the scheme asks for a least number; ``excluded``: pairing
    to the basis on which it takes part in no grade. Neither kind is graded nor counted in the base of a quota;
    a vetoed pairing is counted in the base, but takes no place.
    """
    ungraded = _ungraded(scheme, sheets, days_paired or {}, excluded or {})
    graded = [sheet for sheet in sheets if sheet.pairing not in ungraded]
    ranked, keys = _ranked(scheme, graded)
    ranks = _ranks(ranked, keys)
    placed = cuts(scheme, graded)
    return {
        sheet.pairing: ungraded[sheet.pairing]
        if sheet.pairing in ungraded
        else _vetoed(scheme, sheet)
        if sheet.vetoed
        else _grade(scheme, sheet, ranks[sheet.pairing], placed)
        for sheet in sheets
    }


def cuts(scheme: Scheme, graded: Sequence[Sheet]) -> list[Cut]:
    """Who has which band, best first: of those left, who reach its points, in their order up to its quota."""
    left, keys = _ranked(scheme, graded)
    found = []
    for band in scheme.bands:
        able = [sheet for sheet in left if sheet.total >= band.least_hundredths]
        places = quota(band, len(graded), scheme.grading.quota_rounding)
        inside, tied = _cut([(s.pairing, keys[s.pairing]) for s in able], places, scheme.grading.ties)
        left = [sheet for sheet in left if sheet.pairing not in inside]
        found.append(Cut(band, places, inside, tied))
    return found


def quota(band: Band, assessed: int, rounding: QuotaRounding = QuotaRounding.DOWN) -> int | None:
    """How many places the band has among ``assessed``; ``None`` without a quota."""
    if band.quota_percent is None:
        return None
    hundredfold = assessed * band.quota_percent
    match rounding:
        case QuotaRounding.DOWN:
            return hundredfold // 100
        case QuotaRounding.HALF_UP:
            return (hundredfold + 50) // 100
        case QuotaRounding.UP:
            return -(-hundredfold // 100)


def _cut(
    able: Sequence[tuple[str, Key]], places: int | None, ties: Ties
) -> tuple[frozenset[str], frozenset[str]]:
    if places is None or places >= len(able):
        return frozenset(pairing for pairing, _ in able), frozenset()
    edge = able[places][1]
    if places == 0 or able[places - 1][1] != edge:
        return frozenset(pairing for pairing, _ in able[:places]), frozenset()
    tied = frozenset(pairing for pairing, key in able if key == edge)
    above = frozenset(pairing for pairing, key in able[:places] if key != edge)
    return (above | tied if ties is Ties.ALL_IN else above), tied


def _ranked(scheme: Scheme, graded: Sequence[Sheet]) -> tuple[list[Sheet], dict[str, Key]]:
    """Those who take places, the best first."""
    clean = [sheet for sheet in graded if not sheet.vetoed]
    keys = {sheet.pairing: sheet.key(scheme.order) for sheet in clean}
    return sorted(clean, key=lambda s: keys[s.pairing], reverse=True), keys


def _ranks(ranked: Sequence[Sheet], keys: Mapping[str, Key]) -> dict[str, int]:
    ranks: dict[str, int] = {}
    for n, sheet in enumerate(ranked):
        before = ranked[n - 1].pairing if n else ""
        ranks[sheet.pairing] = ranks[before] if n and keys[before] == keys[sheet.pairing] else n + 1
    return ranks


def _ungraded(
    scheme: Scheme, sheets: Sequence[Sheet], days_paired: Mapping[str, int], excluded: Mapping[str, str]
) -> dict[str, Grade]:
    found: dict[str, Grade] = {}
    least = scheme.grading.min_days_paired
    for sheet in sheets:
        total = two_decimals(sheet.total)
        days = days_paired.get(sheet.pairing, least)
        if sheet.pairing in excluded:
            basis = excluded[sheet.pairing]
            because = Text(
                f"经批准不参加等次评定（{basis}），得分 {total} 保留，不占名额，也不计入名额基数",
                f"takes part in no grade by decision ({basis}); the score of {total} is kept, "
                "no place is taken and the quota is counted without it",
            )
        elif days < least:
            because = Text(
                f"当年结对 {days} 天，不足 {least} 天，不定等次；得分 {total} 保留，不计入名额基数",
                f"paired for {days} days of the year, fewer than {least}: not graded; the score of {total} is kept "
                "and the quota is counted without it",
            )
        else:
            continue
        found[sheet.pairing] = Grade(None, UNGRADED, NOT_GRADED, because)
    return found


def _grade(scheme: Scheme, sheet: Sheet, rank: int, placed: Sequence[Cut]) -> Grade:
    total = two_decimals(sheet.total)
    zh, en = "", ""
    for cut in placed:
        band, places, tied = cut.band, cut.places, sheet.pairing in cut.tied
        if sheet.pairing in cut.inside:
            zh += f"，{band.begins} 分以上"
            en += f", {band.begins} or more"
            if tied:
                zh += f"，在 {places} 个名额边界处并列，并列者都列入"
                en += f", tied across the {places} places, where all those tied are included"
            elif places is not None:
                zh += f"且在 {places} 个名额内"
                en += f" and within {places} places"
            zh, en = f"{zh}：{band.label.zh}", f"{en}: {band.label.en}"
            because = Text(f"总分 {total}，第 {rank} 名{zh}", f"total {total}, place {rank}{en}")
            return Grade(rank, band.id, band.label, because, Text(f"总分 {total}{zh}", f"total {total}{en}"))
        if sheet.total >= band.least_hundredths:
            zh += f"，{band.label.zh} {places} 个名额" + ("边界处并列，并列者都不列入" if tied else "之外")
            en += f", {'tied across' if tied else 'outside'} the {places} places for {band.label.en}"
    raise ValueError(f"no grade begins at 0 in the scheme of {scheme.year}")


def _vetoed(scheme: Scheme, sheet: Sheet) -> Grade:
    """The poorest grade any of the vetoes leads to; the points alone say what grades are lowered from."""
    by_points = next(n for n, band in enumerate(scheme.bands) if sheet.total >= band.least_hundredths)
    place, names = 0, [scheme.veto(each).title for each in sheet.vetoes]
    for veto in map(scheme.veto, sheet.vetoes):
        led_to = (
            by_points + veto.lower_by if veto.grade is None else scheme.bands.index(scheme.band(veto.grade))
        )
        place = max(place, min(led_to, len(scheme.bands) - 1))
    band, total = scheme.bands[place], two_decimals(sheet.total)
    zh = f"一票否决（{'、'.join(name.zh for name in names)}）：定为{band.label.zh}，得分 {total} 保留，不占名额"
    en = (
        f"veto ({', '.join(name.en for name in names)}): {band.label.en}, the score of {total} is kept, "
        "no place is taken"
    )
    return Grade(None, band.id, band.label, Text(zh, en))
