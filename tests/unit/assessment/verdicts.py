"""Which facts count and which do not, once more: fact by fact in plain loops, without SQL.

Reads the declared filters alone, so that agreeing with the statements compiled from them means something.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

from domain.assessment.scheme.measures import Condition, FactFilter, Measure, MeasureKind, Window
from domain.assessment.scheme.scheme import Scheme

Row = dict[str, Any]
Key = tuple[int, int]
Verdict = tuple[int, str]
"""How far a fact came in the asking, and why it did not count; the empty reason came all the way."""
COUNTS = (99, "")


def key(fact: Row) -> Key:
    """Position and seq."""
    return fact["position"], fact["seq"]


class Verdicts:
    """The verdicts over all facts as known at a position, some positions set aside."""

    def __init__(
        self, scheme: Scheme, facts: Sequence[Row], known_at: int, excluding: Collection[int] = ()
    ) -> None:
        self.scheme = scheme
        self.facts = [each for each in facts if each["position"] <= known_at]
        self.known_at = known_at
        self.excluding = excluding

    def of(self, pairing: str, measures: Sequence[Measure]) -> tuple[list[Key], list[tuple[Key, str]]]:
        """Keys that counted, and keys left out with their reasons, by day."""
        own = [each for each in self.facts if each["pairing"] == pairing]
        judged: dict[Key, str] = {}
        for measure in measures:
            for verdicts in self._lists(own, measure):
                for each, (_, reason) in verdicts.items():
                    if not reason or each not in judged:
                        judged[each] = reason
        ordered = sorted(own, key=lambda f: (f["occurred_on"], *key(f)))
        shown = [(key(f), judged[key(f)]) for f in ordered if key(f) in judged]
        return [each for each, reason in shown if not reason], [each for each in shown if each[1]]

    def _lists(self, own: list[Row], measure: Measure) -> Iterator[dict[Key, Verdict]]:
        only = measure.facts
        mine = [f for f in own if self._candidate(f, only) and self._of_the_year(f, measure, own)]
        main = {key(f): self._filtered(f, only, own) for f in mine}
        if measure.kind is MeasureKind.TALLY_OF_HIGHEST:
            counted = [f for f in own if main.get(key(f)) == COUNTS]
            for f in counted:
                same = [only.levels.index(o["level"]) for o in counted if o["reference"] == f["reference"]]
                if only.levels.index(f["level"]) < max(same):
                    main[key(f)] = (0, "counted_at_higher_level")
        yield main
        if measure.kind is MeasureKind.DAYS_COVERED:
            paired = FactFilter("paired", Window.ANY_DAY)
            lasting = [f for f in own if f["kind"] == "paired" and self._lasts(f)]
            yield {key(f): self._filtered(f, paired, own) for f in lasting}
        for condition in (*only.having, *measure.met):
            found: dict[Key, Verdict] = {}
            for of in own:
                if not self._candidate(of, only) or self._filtered(of, only, own) != COUNTS:
                    continue
                for m in own:
                    if m["reference"] == of["reference"] and self._candidate(m, condition):
                        found[key(m)] = max(found.get(key(m), (0, "")), self._met(m, of, condition))
            yield found

    def _of_the_year(self, fact: Row, measure: Measure, own: list[Row]) -> bool:
        """Whether it is the year's at all; what is another year's is not even left out."""
        only, day = measure.facts, fact["occurred_on"]
        if measure.kind is MeasureKind.DAYS_COVERED:
            return self._lasts(fact)
        if only.window is Window.IN_YEAR:
            return self._in_year(fact)
        if only.window is Window.BY_YEAR_END:
            return bool(day <= self.scheme.last_day)
        for condition in only.having:
            if condition.window is Window.IN_YEAR:
                of = [m for m in own if m["reference"] == fact["reference"] and m["kind"] == condition.kind]
                if not any(map(self._in_year, of)):
                    return False
        linked = any(condition.window is Window.IN_YEAR for condition in only.having)
        last = max(self.scheme.cut_off, self.scheme.last_day)
        return linked or only.window is not Window.BY_CUT_OFF or day <= last

    def _in_year(self, fact: Row) -> bool:
        return bool(self.scheme.first_day <= fact["occurred_on"] <= self.scheme.last_day)

    def _lasts(self, fact: Row) -> bool:
        first, last = fact["occurred_on"], fact["until_on"] or self.scheme.last_day
        return bool(first <= last and first <= self.scheme.last_day and last >= self.scheme.first_day)

    @staticmethod
    def _candidate(fact: Row, only: FactFilter | Condition) -> bool:
        return fact["kind"] == only.kind and (not only.types or fact["type"] in only.types)

    def _filtered(self, fact: Row, only: FactFilter, own: list[Row]) -> Verdict:
        checks = list(self._checks(fact, only.levels, only.window, fact))
        if only.reported_by_cut_off:
            in_time = fact["reported_on"] is None or fact["reported_on"] <= self.scheme.cut_off
            checks.append((in_time, "reported_after_cut_off"))
        for condition in only.having:
            met = any(
                m["reference"] == fact["reference"]
                and self._candidate(m, condition)
                and self._met(m, fact, condition) == COUNTS
                for m in own
            )
            checks.append((met, "condition_not_met"))
        return self._first(checks)

    def _met(self, m: Row, of: Row, condition: Condition) -> Verdict:
        return self._first(list(self._checks(m, condition.levels, condition.window, of)))

    @staticmethod
    def _first(checks: list[tuple[bool, str]]) -> Verdict:
        return next(((n, reason) for n, (held, reason) in enumerate(checks, 1) if not held), COUNTS)

    def _checks(
        self, fact: Row, levels: tuple[str, ...], window: Window, of: Row
    ) -> Iterator[tuple[bool, str]]:
        yield fact["retracted_at"] is None or fact["retracted_at"] > self.known_at, "retracted"
        if self.excluding:
            yield fact["position"] not in self.excluding, "set_aside"
        if levels:
            yield fact["level"] in levels, "level_not_counted"
        on, scheme = fact["occurred_on"], self.scheme
        match window:
            case Window.IN_YEAR:
                yield scheme.first_day <= on <= scheme.last_day, "outside_period"
            case Window.BY_YEAR_END:
                yield on <= scheme.last_day, "after_year_end"
            case Window.BY_CUT_OFF:
                yield on <= scheme.cut_off, "confirmed_after_cut_off"
            case Window.BY_OWN_DAY:
                yield on <= of["occurred_on"], "late"
