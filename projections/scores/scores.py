"""The scores of a year as known at a position: sheets with grades, the explanation of one line, the CSV."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache, lru_cache
from types import MappingProxyType
from typing import Any

from sqlalchemy import Connection, Select, SelectBase, select

from domain.assessment.scheme.points import half_up, two_decimals
from domain.assessment.scheme.scheme import Indicator, Scheme
from domain.assessment.scheme.text import Text
from domain.assessment.scoring.grades import Grade, grade
from domain.assessment.scoring.rulings import Ruleable, ruleable
from domain.assessment.scoring.scoring import Memo, score
from domain.assessment.scoring.sheet import GroupScore, Line, Sheet
from projections.boards.pairing.pairings import of_year, pairings
from projections.boards.registry.names import Names
from projections.boards.registry.units_and_villages import targets_beside, unit_classes
from projections.facts.exclusions import EXCLUDED
from projections.facts.fact_filter import REASONS
from projections.facts.fact_table import facts, known
from projections.kit.csv_cells import cell_of
from projections.kit.memory import Reading, ask_ahead
from projections.kit.uncollected import uncollected
from projections.measuring.facts_behind import Behind, FactRow, behind_ahead, facts_behind, facts_behind_sheet
from projections.measuring.measuring import NOW, bound, measure_all, statements
from projections.measuring.spans import assessed
from projections.scores.carried_sheets import Sheets, carried_sheets

NAMED = 1000
"""So many pairings are measured by name, which leaves other years' facts unread; beyond, all are measured."""


@dataclass(frozen=True)
class Result:
    """One pairing's sheet with its grade among all assessed. ``days_paired``: within the year."""

    pairing: str
    branch: str
    village: str
    days_paired: int
    sheet: Sheet
    grade: Grade


@dataclass(frozen=True)
class LivePairing:
    """A pairing that was live on some day of the year."""

    pairing: str
    branch: str
    village: str
    days: int


def paired_in_year(
    connection: Connection, scheme: Scheme, known_at: int | None = None, cut_off_at: int | None = None
) -> list[LivePairing]:
    """All pairings assessed: those paired on at least one day of the year with a target that the scheme scores, by its class
    of the last day; by pairing id."""
    beside = targets_beside(connection, scheme.targets, known_at, scheme.last_day)
    rows = connection.execute(_paired(scheme, cut_off_at), bound(known_at, None, (), cut_off_at))
    terms: dict[tuple[str, str, str], list[tuple[int, int]]] = defaultdict(list)
    year_began, year_ended = scheme.first_day.toordinal(), scheme.last_day.toordinal()
    for pairing, branch, village, start, end in rows.all():
        ended = year_ended if end is None else min(end.toordinal(), year_ended)
        if village in beside:
            continue
        terms[pairing, branch, village].append((max(start.toordinal(), year_began), ended))
    return [LivePairing(*key, days) for key, spans in sorted(terms.items()) if (days := _days_of(spans))]


def _paired(scheme: Scheme, cut_off_at: int | None) -> Select[Any]:
    c = facts.c
    query = select(c.pairing, c.branch, c.village, c.occurred_on, c.until_on)
    return query.where(assessed(scheme, cut_off_at is not None))


def _days_of(spans: list[tuple[int, int]]) -> int:
    """How many days the spans cover, both ends included; a day in several counts once."""
    days, reached = 0, 0
    for first, last in sorted(spans):
        days += max(last - max(first, reached + 1) + 1, 0)
        reached = max(reached, last)
    return days


def rulings(connection: Connection, scheme: Scheme, known_at: int | None = None) -> dict[str, dict[str, int]]:
    """Pairing to indicator to hundredths: what appeals decided for the year; the latest decision stands."""
    found: dict[str, dict[str, int]] = defaultdict(dict)
    for row in _decided(connection, scheme, "ruling", known_at):
        found[row.pairing][row.reference] = row.quantity
    return found


def exclusions(connection: Connection, scheme: Scheme, known_at: int | None = None) -> dict[str, str]:
    """Pairing to the basis on which it takes part in no grade of the year, as known at a position."""
    return {row.pairing: row.reference for row in _decided(connection, scheme, EXCLUDED, known_at)}


def _decided(connection: Connection, scheme: Scheme, kind: str, known_at: int | None) -> Iterator[Any]:
    """What was decided of the year's pairings, in its order. All kinds are few, and asked for one after the other."""
    # Put in order here: the database would walk all facts in their order, instead of finding the few.
    rows = sorted(connection.execute(_decisions(scheme, known_at)), key=lambda row: (row.position, row.seq))
    return (row for row in rows if row.kind == kind)


def _decisions(scheme: Scheme, known_at: int | None) -> Select[Any]:
    c = facts.c
    return select(c.kind, c.pairing, c.reference, c.quantity, c.position, c.seq).where(
        c.kind.in_(("ruling", EXCLUDED)),
        c.year == scheme.year,
        known(NOW if known_at is None else known_at),
    )


@lru_cache(maxsize=4)
def _lines_known(scheme: Scheme) -> Memo:
    """What this process has worked out before; rules are pure, and distinct values are few."""
    return Memo()


def scores(
    connection: Connection,
    scheme: Scheme,
    known_at: int | None = None,
    excluding: Collection[int] = (),
    cut_off_at: int | None = None,
) -> list[Result]:
    """Every pairing's result, by pairing id. ``known_at``: a position, ``None`` for now; ``excluding``:
    positions set aside (what if); ``cut_off_at``: the position after which entries are late, ``None`` for none.
    """
    live = cache(lambda: paired_in_year(connection, scheme, known_at, cut_off_at))

    def paired() -> dict[str, str]:
        return {each.pairing: of_class(each.branch) for each in live()}

    def work_out(only: Collection[str] | None) -> Sheets:
        listed = _listed(connection, scheme, known_at) if only is None else list(only)
        asked: list[SelectBase] = [_paired(scheme, cut_off_at), _decisions(scheme, known_at)]
        if listed:
            asked += statements(scheme, listed, excluding, cut_off_at)
        ask_ahead(connection, *asked, values=bound(known_at, listed, excluding, cut_off_at))
        own = {each: of for each, of in paired().items() if only is None or each in only}
        among = listed if own.keys() <= set(listed) else list(own)
        measured = measure_all(
            connection, scheme, known_at, among if len(among) <= NAMED else None, excluding, cut_off_at
        )
        ruled, memo = rulings(connection, scheme, known_at), _lines_known(scheme)
        return {
            each: (of, score(scheme.for_class(of), each, measured.get(each, {}), ruled.get(each), memo))
            for each, of in own.items()
        }

    with uncollected():
        of_class = _classes(connection, scheme, known_at)
        if isinstance(connection, Reading) and known_at is not None and not excluding:
            found = carried_sheets(connection, scheme, known_at, cut_off_at, paired, work_out)
        else:
            found = work_out(None)
        sheets = [found[each.pairing][1] for each in live()]
        grades = grade(
            scheme,
            sheets,
            days_paired={each.pairing: each.days for each in live()},
            excluded=exclusions(connection, scheme, known_at),
        )
        return [
            Result(each.pairing, each.branch, each.village, each.days, sheet, grades[each.pairing])
            for each, sheet in zip(live(), sheets, strict=True)
        ]


def _listed(connection: Connection, scheme: Scheme, known_at: int | None) -> list[str]:
    """Who may be assessed, by the list of pairings: whoever only looks has it at hand, and asks at once who is assessed and
    what is measured of these. Empty where it is not at hand, or names too many.
    """
    if not isinstance(connection, Reading):
        return []
    c = pairings.c
    begun = c.known_from <= (NOW if known_at is None else known_at)
    rows = connection.execute(select(c.pairing_id).where(of_year(scheme.year), begun)).scalars()
    found = sorted(set(rows))
    return found if len(found) <= NAMED else []


def totals(
    connection: Connection, scheme: Scheme, pairings: Collection[str], known_at: int | None = None
) -> dict[str, int]:
    """What those of some pairings that are assessed come to, in hundredths, without measuring all the others."""
    asked = [_paired(scheme, None), _decisions(scheme, known_at), *statements(scheme, pairings)]
    ask_ahead(connection, *asked, values=bound(known_at, pairings, ()))
    paired = [each for each in paired_in_year(connection, scheme, known_at) if each.pairing in pairings]
    measured = measure_all(connection, scheme, known_at, pairings)
    ruled, tree = rulings(connection, scheme, known_at), _trees(connection, scheme, known_at)
    memo = _lines_known(scheme)
    return {
        pairing: score(tree(each.branch), pairing, measured.get(pairing, {}), ruled.get(pairing), memo).total
        for each in paired
        if (pairing := each.pairing)
    }


@dataclass(frozen=True)
class ExcludedFact:
    """A fact that did not count, and why."""

    fact: FactRow
    code: str
    reason: Text


@dataclass(frozen=True)
class Explanation:
    """Why a line of a sheet says what it says. ``line`` holds measured values, points, rescaling, rounding
    and ruling; ``group`` how the group's figure came about; ``used`` and ``excluded`` the facts by day.
    """

    pairing: str
    indicator: Indicator
    clause_number: str
    clause: Text
    line: Line
    group: GroupScore
    because: Text
    used: tuple[FactRow, ...]
    excluded: tuple[ExcludedFact, ...]


@dataclass(frozen=True)
class SheetExplanation:
    """A sheet with the explanation of each of its lines, by the indicator's code in the order of the sheet.

    ``vetoes``: the facts behind each veto of the scheme, by its id, whether it strikes or not.
    """

    sheet: Sheet
    lines: Mapping[str, Explanation]
    vetoes: Mapping[str, Behind]

    @property
    def references(self) -> frozenset[str]:
        """What the facts refer to."""
        behind = [(each.used, [out.fact for out in each.excluded]) for each in self.lines.values()]
        return frozenset(fact.reference for used, out in behind for fact in (*used, *out))

    @property
    def positions(self) -> frozenset[int]:
        """Of all events whose facts are named."""
        behind = [(each.used, [out.fact for out in each.excluded]) for each in self.lines.values()]
        behind += [(tuple(used), [fact for fact, _ in excluded]) for used, excluded in self.vetoes.values()]
        return frozenset(fact.position for used, excluded in behind for fact in (*used, *excluded))


def explain(
    connection: Connection,
    scheme: Scheme,
    pairing: str,
    indicator: str,
    known_at: int | None = None,
    cut_off_at: int | None = None,
) -> Explanation:
    """The explanation of one line as known at a position. Raises ``KeyError`` for no such indicator."""
    beside = _decisions(scheme, known_at)
    behind_ahead(connection, scheme, indicator, pairing, known_at, cut_off_at, beside)
    sheet = _sheet(connection, scheme, pairing, known_at, cut_off_at)
    behind = facts_behind(connection, scheme, indicator, pairing, known_at, cut_off_at=cut_off_at)
    return _explained(sheet, indicator, behind)


def explain_sheet(
    connection: Connection,
    scheme: Scheme,
    pairing: str,
    known_at: int | None = None,
    cut_off_at: int | None = None,
) -> SheetExplanation:
    """All that ``explain`` says of every line, from as many statements as it needs for one."""
    behind_ahead(connection, scheme, None, pairing, known_at, cut_off_at, _decisions(scheme, known_at))
    sheet = _sheet(connection, scheme, pairing, known_at, cut_off_at)
    behind = facts_behind_sheet(connection, scheme, pairing, known_at, cut_off_at=cut_off_at)
    return SheetExplanation(
        sheet,
        {
            code: _explained(sheet, code, behind[code])
            for code in (line.indicator.code for line in sheet.lines)
        },
        {each.id: behind[each.id] for each in scheme.vetoes},
    )


def ruleable_line(
    connection: Connection,
    scheme: Scheme,
    pairing: str,
    indicator: str,
    known_at: int | None = None,
    cut_off_at: int | None = None,
) -> Ruleable:
    """What a ruling on one line must keep to, as known at a position. Raises ``KeyError`` for no such indicator."""
    measured = measure_all(connection, scheme, known_at, [pairing], cut_off_at=cut_off_at).get(pairing, {})
    ruled = rulings(connection, scheme, known_at).get(pairing, {})
    return ruleable(_tree_of(connection, scheme, pairing, known_at), pairing, measured, ruled, indicator)


def _sheet(
    connection: Connection, scheme: Scheme, pairing: str, known_at: int | None, cut_off_at: int | None
) -> Sheet:
    measured = measure_all(connection, scheme, known_at, [pairing], cut_off_at=cut_off_at).get(pairing, {})
    ruled = rulings(connection, scheme, known_at).get(pairing)
    tree = _tree_of(connection, scheme, pairing, known_at)
    return score(tree, pairing, measured, ruled, _lines_known(scheme))


def _trees(connection: Connection, scheme: Scheme, known_at: int | None) -> Callable[[str], Scheme]:
    """Branch to the tree that applies to it, by the class of its unit on the last day of the year."""
    of_class = _classes(connection, scheme, known_at)
    return lambda branch: scheme.for_class(of_class(branch))


def _classes(connection: Connection, scheme: Scheme, known_at: int | None) -> Callable[[str], str]:
    """Branch to the class of its unit on the last day of the year, empty where one tree is for all."""
    if not scheme.by_class:
        return lambda branch: ""
    classes = unit_classes(connection, known_at, date(scheme.year, 12, 31))
    return lambda branch: classes.get(branch, "")


def _tree_of(connection: Connection, scheme: Scheme, pairing: str, known_at: int | None) -> Scheme:
    if not scheme.by_class:
        return scheme
    c = facts.c
    branch = connection.execute(
        select(c.branch).where(
            c.kind == "paired", c.pairing == pairing, known(NOW if known_at is None else known_at)
        )
    ).scalar()
    return _trees(connection, scheme, known_at)(branch or "")


def _explained(sheet: Sheet, indicator: str, behind: Behind) -> Explanation:
    line, (used, excluded) = sheet.line(indicator), behind
    return Explanation(
        pairing=sheet.pairing,
        indicator=line.indicator,
        clause_number=line.indicator.clause.number,
        clause=line.indicator.clause.words,
        line=line,
        group=sheet.group(line.indicator.group),
        because=line.because,
        used=tuple(used),
        excluded=tuple(ExcludedFact(fact, code, REASONS[code]) for fact, code in excluded),
    )


@dataclass(frozen=True)
class BranchResult:
    """A unit's result: the mean of its pairings weighted by days paired, rounded once. [一.1]"""

    branch: str
    hundredths: int
    pairings: tuple[str, ...]


def branch_results(results: Sequence[Result]) -> list[BranchResult]:
    """The result of every unit with a pairing, by branch code."""
    by_branch: dict[str, list[Result]] = defaultdict(list)
    for result in results:
        by_branch[result.branch].append(result)
    return [
        BranchResult(
            branch,
            half_up(
                Fraction(
                    sum(r.sheet.total * r.days_paired for r in own), 100 * sum(r.days_paired for r in own)
                )
            ),
            tuple(r.pairing for r in own),
        )
        for branch, own in sorted(by_branch.items())
    ]


def columns(scheme: Scheme) -> list[str]:
    """The header of the CSV: indicators, then groups, as the scheme in force has them, of all classes of units."""
    return ["village", *_figures(scheme), "total", "grade", "veto"]


def _figures(scheme: Scheme) -> list[str]:
    """Indicators, then groups; a group of one figure once."""
    indicators = [each.code for group in scheme.groups if not group.single for each in group.indicators]
    return [*indicators, *(group.code for group in scheme.groups)]


def table_names(
    connection: Connection, year: int, results: Sequence[Result], known_at: int
) -> Mapping[str, str]:
    """Village id to its name in a table of these results, in the order of registration: that of the year's last day, with
    the township behind it where two in the table have one name.
    """
    return Names(connection, known_at).villages(date(year, 12, 31), {each.village for each in results})


def scores_csv(
    scheme: Scheme,
    results: Sequence[Result],
    village_names: Mapping[str, str],
    grades: Mapping[str, Text] = MappingProxyType({}),
) -> str:
    """One row per pairing, in the order of ``village_names``. Points with two decimals, empty for what is not applicable or
    not in the tree of the unit's class; the grade in Chinese (``grades``: pairing to another one than the computed);
    ``是`` or ``否`` for the veto. Lines end with LF.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(cell_of(name) for name in columns(scheme))
    place = {village: n for n, village in enumerate(village_names)}
    for result in sorted(results, key=lambda r: (place.get(r.village, len(place)), r.pairing)):
        sheet = result.sheet
        figures = {line.indicator.code: line.final for line in sheet.lines}
        figures |= {group.group.code: group.hundredths for group in sheet.groups}
        writer.writerow(
            [
                cell_of(village_names.get(result.village, result.village)),
                *(two_decimals(figures.get(code)) for code in _figures(scheme)),
                two_decimals(sheet.total),
                cell_of(grades.get(result.pairing, result.grade.label).zh),
                "是" if sheet.vetoed else "否",
            ]
        )
    return out.getvalue()
