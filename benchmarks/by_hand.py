"""The measures of 2025 in SQLite's own words, written by hand by somebody who knows this scheme and nothing else.

They count what is known now, cannot tell what was known before or why a fact did not count, and take it that nobody is
paired twice. Of the forms tried on the same table with the same indexes (one pass over all facts with conditional sums,
a pass for each kind, one statement that joins them, grouping by reference, EXISTS) these were the fastest.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from domain.assessment.scheme.measured_values import Amount, Day, Mean, Measured, Share, Tally

ASSERTED = "retracted_at IS NULL"
OF_YEAR = f"{ASSERTED} AND occurred_on BETWEEN '2025-01-01' AND '2025-12-31'"
IN_TIME = "(reported_on IS NULL OR reported_on <= '2026-01-10')"


def _other(kind: str, of: str, also: str = "") -> str:
    """There is such a fact of the same need, project or finding."""
    return (
        f"EXISTS (SELECT 1 FROM fact o WHERE o.kind = '{kind}' AND o.pairing = {of}.pairing"
        f" AND o.reference = {of}.reference AND o.retracted_at IS NULL {also})"
    )


def _days(post: str) -> str:
    return (
        f"sum(CASE WHEN type = '{post}'"
        " THEN max(0, ended - max(began, coalesce(reached + 1, began)) + 1) END)"
    )


SQL = {
    "days": """
SELECT pairing, min(julianday(coalesce(until_on, '2025-12-31')), julianday('2025-12-31'))
              - max(julianday(occurred_on), julianday('2025-01-01')) + 1
FROM fact WHERE kind = 'paired' AND retracted_at IS NULL""",
    "posts": f"""
WITH terms AS (
  SELECT f.pairing, f.type,
         max(julianday(f.occurred_on), julianday(p.occurred_on), julianday('2025-01-01')) AS began,
         min(julianday(coalesce(f.until_on, '2025-12-31')), julianday(coalesce(p.until_on, '2025-12-31')),
             julianday('2025-12-31')) AS ended
  FROM fact f JOIN fact p ON p.pairing = f.pairing AND p.kind = 'paired' AND p.retracted_at IS NULL
  WHERE f.kind = 'post_held' AND f.retracted_at IS NULL),
after AS (
  SELECT pairing, type, began, ended, max(ended) OVER (PARTITION BY pairing, type ORDER BY began, ended
         ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS reached
  FROM terms WHERE began <= ended)
SELECT pairing, {_days("part_time_secretary")}, {_days("invited_member")} FROM after GROUP BY pairing""",
    "agreement": f"""
SELECT pairing, min(occurred_on) FROM fact
WHERE kind = 'agreement_signed' AND {ASSERTED} AND occurred_on <= '2025-12-31' GROUP BY pairing""",
    "activities": f"""
SELECT pairing,
       sum(DISTINCT CASE WHEN type = 'themed_party_day'
           THEN 1 << (CAST(substr(occurred_on, 6, 2) AS INTEGER) - 1) END),
       sum(type IN ('training', 'lecture')),
       sum(CASE WHEN type = 'volunteering' THEN quantity END),
       sum(type = 'forum'),
       sum(type = 'field_study'),
       sum(DISTINCT CASE WHEN type = 'themed_campaign'
           THEN 1 << ((CAST(substr(occurred_on, 6, 2) AS INTEGER) - 1) / 3) END)
FROM fact WHERE kind = 'activity' AND {OF_YEAR} AND {IN_TIME} GROUP BY pairing""",
    "visits": f"""
SELECT pairing, sum(quantity) FROM fact
WHERE kind = 'persons_visited' AND {OF_YEAR} AND {IN_TIME} GROUP BY pairing""",
    "needs": f"""
SELECT pairing, sum({_other("need_confirmed", "fact", "AND o.occurred_on <= '2026-01-10'")}), count(*)
FROM fact WHERE kind = 'need_raised' AND {OF_YEAR}
AND {_other("need_matched", "fact", "AND o.occurred_on <= '2025-12-31'")} GROUP BY pairing""",
    "projects": f"""
SELECT pairing, sum({_other("project_completed", "fact", "AND o.occurred_on <= fact.occurred_on")}), count(*)
FROM fact WHERE kind = 'project_planned' AND {OF_YEAR} GROUP BY pairing""",
    "ratings": f"""
SELECT pairing, sum(quantity), count(*) FROM fact
WHERE kind = 'need_rated' AND {ASSERTED} AND occurred_on <= '2026-01-10'
AND {_other("need_raised", "fact", "AND o.occurred_on BETWEEN '2025-01-01' AND '2025-12-31'")}
AND {_other("need_confirmed", "fact", "AND o.occurred_on <= '2026-01-10'")} GROUP BY pairing""",
    "due": f"""
SELECT pairing, sum({_other("finding_submitted", "fact", "AND o.occurred_on <= fact.occurred_on")}
  AND {_other("finding_reinspected", "fact", "AND o.level = 'passed' AND o.occurred_on <= '2026-01-10'")}), count(*)
FROM fact WHERE kind = 'finding_due' AND {OF_YEAR} GROUP BY pairing""",
    "findings": f"""
SELECT pairing, sum(level = 'minor'), sum(level = 'major'), sum(level = 'critical'), sum(type = 'falsification')
FROM fact WHERE kind = 'finding_raised' AND {OF_YEAR} GROUP BY pairing""",
    "relapses": f"""
SELECT pairing, count(*) FROM fact WHERE kind = 'finding_relapsed' AND {ASSERTED}
AND {_other("finding_raised", "fact", "AND o.occurred_on BETWEEN '2025-01-01' AND '2025-12-31'")} GROUP BY pairing""",
    "cases": f"""
SELECT pairing, sum(height = 1), sum(height = 2), sum(height = 3) FROM (
  SELECT pairing, max(CASE level WHEN 'county' THEN 1 WHEN 'prefecture' THEN 2 ELSE 3 END) AS height
  FROM fact WHERE kind = 'case_published' AND {OF_YEAR} GROUP BY pairing, reference)
GROUP BY pairing""",
    "few": f"""
SELECT pairing, sum(kind = 'meeting_hosted'), sum(kind = 'circular_issued' AND type = 'criticism'),
       sum(kind = 'slip_issued' AND level = 'blue'), sum(kind = 'slip_issued' AND level = 'orange'),
       sum(kind = 'slip_issued' AND level = 'red')
FROM fact WHERE kind IN ('meeting_hosted', 'circular_issued', 'slip_issued') AND {OF_YEAR} GROUP BY pairing""",
}
"""Rows (pairing, values ...) of each."""


def counted(connection: sqlite3.Connection) -> dict[str, list[Any]]:
    """All rows of all statements."""
    return {name: connection.execute(sql).fetchall() for name, sql in SQL.items()}


def by_pairing(found: Mapping[str, Sequence[Any]]) -> dict[str, dict[str, tuple[Any, ...]]]:
    """Pairing to what each statement found of it; where a statement found nothing or only zeros, it is left out."""
    made: dict[str, dict[str, tuple[Any, ...]]] = defaultdict(dict)
    for name, rows in found.items():
        for pairing, *values in rows:
            if any(values):
                made[pairing][name] = tuple(
                    each if isinstance(each, str) else int(each or 0) for each in values
                )
    return dict(made)


def as_by_hand(measured: Mapping[str, Measured]) -> dict[str, tuple[Any, ...]]:
    """What ``by_pairing`` must hold for what the engine measured."""

    def n(part: str) -> int:
        value = measured.get(part, Amount())
        assert isinstance(value, Amount)
        return sum(1 << each - 1 for each in value.which) if value.which else value.n

    def two(part: str) -> tuple[int, int]:
        value = measured.get(part, Share())
        assert isinstance(value, Share | Mean)
        return value[0], value[1]

    def levels(part: str, *names: str) -> tuple[int, ...]:
        value = measured.get(part, Tally())
        assert isinstance(value, Tally)
        return tuple(dict(value.counts).get(name, 0) for name in names)

    signed = measured.get("A1.agreement", Day())
    assert isinstance(signed, Day)
    (secretary, days), (member, _) = two("A2.secretary"), two("A2.member")
    activities = ("A3.months", "B1.sessions", "B2.participants", "B3.forum", "B3.study", "C2.quarters")
    made: dict[str, tuple[Any, ...]] = {
        "days": (days,),
        "posts": (secretary, member),
        "agreement": (signed.on.isoformat() if signed.on else None,),
        "activities": tuple(n(part) for part in activities),
        "visits": (n("C1.persons"),),
        "needs": two("D1.needs"),
        "projects": two("D2.projects"),
        "ratings": two("D3.ratings"),
        "due": two("E1.findings"),
        "findings": (*levels("E2.raised", "minor", "major", "critical"), n("veto")),
        "relapses": (n("E2.relapsed"),),
        "cases": levels("F.cases", "county", "prefecture", "province"),
        "few": (n("F.meetings"), n("G.circulars"), *levels("G.slips", "blue", "orange", "red")),
    }
    return {name: values for name, values in made.items() if any(values)}
