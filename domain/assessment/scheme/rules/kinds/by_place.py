"""The better the place, the more."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from domain.assessment.scheme.json_schema import MANY, POINTS, table, tables
from domain.assessment.scheme.measured_values import Measured, Place
from domain.assessment.scheme.points import number
from domain.assessment.scheme.reading import Table
from domain.assessment.scheme.rules.rule import ZERO, Gain, RestOfYear, Rule
from domain.assessment.scheme.text import Text


@dataclass(frozen=True)
class ByPlace(Rule):
    """Points of the first step that reaches the place, nothing beyond the last or without a place."""

    places: tuple[tuple[int, Fraction], ...]
    """(to this place, included; points), by place."""

    ACCEPTS = Place
    SCHEMA = table({"places": tables(table({"to": MANY, "points": POINTS}))})

    @classmethod
    def read(cls, table: Table) -> Rule:
        """``{ kind = "by_place", places = [{ to = 1, points = 10 }, { to = 3, points = 5 }] }``."""
        places = table.rows("places", lambda each: (each.integer("to"), each.points("points")))
        ends, points = [to for to, _ in places], [worth for _, worth in places]
        if ends != sorted(set(ends)):
            table.refuse(
                "places",
                Text("名次没有从前到后排列", "do not rise from place to place"),
                Text("名次在前的写在最前，每个名次写一次", "write the best place first, each once"),
            )
        elif points != sorted(points, reverse=True):
            table.refuse(
                "places",
                Text("名次靠后的分值反而更高", "give a later place more points"),
                Text("名次越靠后，分值不得越高", "give a later place at most as many"),
            )
        return cls(places)

    @property
    def most(self) -> Fraction:
        return max((points for _, points in self.places), default=ZERO)

    def value(self, measured: Measured) -> Fraction:
        place = self.fitting(measured, Place).place
        if place is None:
            return ZERO
        return next((points for to, points in self.places if place <= to), ZERO)

    def terms(self, measured: Measured, unit: Text) -> Text:
        begins = [1, *(to + 1 for to, _ in self.places)]
        spans = [
            (str(to) if to == first else f"{first}–{to}", number(points))
            for first, (to, points) in zip(begins, self.places, strict=False)
        ]
        return Text(
            "、".join(f"第 {span} 名 {points} 分" for span, points in spans),
            ", ".join(f"{points} for place {span}" for span, points in spans),
        )

    def in_words(self, unit: Text) -> Text:
        return Text(
            "，".join(f"前 {to} 名 {number(points)} 分" for to, points in self.places) + "，此外 0 分",
            ", ".join(f"{number(points)} up to place {to}" for to, points in self.places) + ", beyond 0",
        )

    def outlook(self, measured: Measured, rest: RestOfYear) -> Gain | None:
        return self.most - self.value(measured), Text("名次前移可再得分", "a better place earns more")
