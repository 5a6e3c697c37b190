"""The assessment year of a set of ledgers: what more than half of their rows happened in, never a narrow majority."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from application.ledgers import problems
from application.ledgers.problems import Notice, refused
from application.ledgers.rows import LedgerRow, PairingRow
from domain.kernel.clause import Clause
from domain.kernel.decisions import demand

YEAR_CLEAR = Clause(
    "ledger.YEAR_CLEAR",
    "台账的日期分散在几个年度，无法确定考核年度",
    "the ledgers do not say which assessment year they are of",
    "default",
    "请用 --year 指明考核年度",
    "name the assessment year with --year",
)


def year_of(rows: Sequence[LedgerRow], today: date) -> tuple[int, str]:
    """The year, and ``ledgers`` or ``today`` for who said it.

    Pairings begin in one year and are assessed in many: they are asked only where nothing else happened.
    """
    happened = [year for row in rows if (year := _year(row)) is not None]
    years = Counter(happened or [row.paired_on.year for row in rows if isinstance(row, PairingRow)])
    if not years:
        return today.year, "today"
    year, most = years.most_common(1)[0]
    demand(2 * most > years.total(), YEAR_CLEAR, _listed(years))
    return year, "ledgers"


def outside_the_year(rows: Iterable[LedgerRow], year: int) -> Iterator[Notice]:
    """A warning for every sheet with rows that happened in another year."""
    outside: dict[tuple[str, str], Counter[int]] = {}
    for row in rows:
        happened = _year(row)
        if happened is not None and happened != year:
            outside.setdefault((row.source.file, row.source.sheet), Counter())[happened] += 1
    for (file, sheet), years in sorted(outside.items()):
        problem = problems.outside_the_year(years.total(), year, _listed(years))
        yield refused(problem, file=file, sheet=sheet)


def _listed(years: Counter[int]) -> str:
    return ", ".join(f"{year}: {rows}" for year, rows in sorted(years.items()))


def _year(row: LedgerRow) -> int | None:
    """The year a row happened in; none for what lasts (pairings, posts, resources)."""
    return None if row.LASTS else row.day.year
