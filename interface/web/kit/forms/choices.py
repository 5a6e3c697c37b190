"""What can be chosen where a field holds the id of a thing; kinds that are not listed here are typed."""

from __future__ import annotations

from collections.abc import Callable

from application.actors.actor import Owner, admits
from domain.account.role import Role
from interface.web.kit.page.page import Page
from interface.web.kit.page.year import year_of
from projections.figures.overview import pairing_rows

Choices = list[tuple[str, str]]


def choices_of_key(page: Page, kind: str) -> Choices:
    """Ids and what people call them, of what this reader may see; empty where there is no such list."""
    listed = LISTS.get(kind)
    return listed(page) if listed else []


def _pairings(page: Page) -> Choices:
    actor = page.actor
    return [
        (row.pairing_id, f"{row.name} × {row.unit_name}")
        for row in pairing_rows(page.connection, page.of_year or year_of(page), page.at)
        if admits(frozenset(Role), actor, Owner(row.branch, row.village))
    ]


def _units(page: Page) -> Choices:
    return sorted(page.units.items(), key=lambda each: each[1])


def _villages(page: Page) -> Choices:
    own = {
        entry: name
        for entry, name in page.villages.items()
        if admits(frozenset(Role), page.actor, Owner(village=entry))
    }
    return sorted(own.items(), key=lambda each: each[1])


def _grades(page: Page) -> Choices:
    scheme = page.system.scoring.scheme(page.connection, page.of_year or year_of(page), page.at)
    return [(band.id, band.label.en if page.language == "en" else band.label.zh) for band in scheme.bands]


LISTS: dict[str, Callable[[Page], Choices]] = {
    "pairing": _pairings,
    "branch": _units,
    "village": _villages,
    "grade": _grades,
}
