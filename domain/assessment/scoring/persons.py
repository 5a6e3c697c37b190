"""The results of pairings rolled up to the persons in the two posts (兼职书记、特邀委员). Never a ranking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from domain.assessment.scheme.points import half_up


@dataclass(frozen=True)
class Term:
    """A person in a post of a pairing, both days included; ``last`` is ``None`` while it lasts."""

    person: str
    pairing: str
    post: str
    first: date
    last: date | None


@dataclass(frozen=True)
class PersonResult:
    """``hundredths``: the mean of the pairings' totals weighted by ``days``, rounded once. ``days``: pairing to the days
    of the year on which the person held a post there, a day counted once; ``posts``: pairing to the posts held.
    """

    person: str
    hundredths: int
    days: Mapping[str, int]
    posts: Mapping[str, tuple[str, ...]]


def person_results(
    terms: Iterable[Term], totals: Mapping[str, int], first_day: date, last_day: date
) -> list[PersonResult]:
    """Everybody who held a post of an assessed pairing on some day of the year, by reference.

    ``totals``: pairing to its total in hundredths; terms of other pairings are left out.
    """
    days: dict[str, dict[str, set[int]]] = defaultdict(lambda: defaultdict(set))
    posts: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for term in terms:
        first, last = max(term.first, first_day), min(term.last or last_day, last_day)
        if term.pairing not in totals or first > last:
            continue
        days[term.person][term.pairing].update(range(first.toordinal(), last.toordinal() + 1))
        posts[term.person][term.pairing].add(term.post)
    return [
        PersonResult(
            person,
            half_up(
                Fraction(
                    sum(totals[pairing] * len(own) for pairing, own in held.items()),
                    100 * sum(len(own) for own in held.values()),
                )
            ),
            {pairing: len(own) for pairing, own in sorted(held.items())},
            {pairing: tuple(sorted(own)) for pairing, own in sorted(posts[person].items())},
        )
        for person, held in sorted(days.items())
    ]
