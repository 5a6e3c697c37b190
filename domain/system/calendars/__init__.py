"""Holidays that come with the software, as dated data with their source; a county imports newer ones beside them."""

from __future__ import annotations

from functools import lru_cache
from importlib.resources import files

from domain.kernel.working_days import WorkingDays, YearDays
from domain.system.calendar_text import read_calendar

EDITION = "shipped-2026.1"
"""Names what is in this folder: the newest year, and how often its files were changed since."""
YEARS = (2024, 2025, 2026)


def calendar_text(year: int) -> str:
    """The file of a year. Raises ``FileNotFoundError`` for a year without one."""
    return files(__package__).joinpath(f"{year}.toml").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def shipped() -> WorkingDays:
    """What serves where nothing was imported."""
    read = tuple(read_calendar(calendar_text(year)) for year in YEARS)
    return WorkingDays(
        tuple(
            YearDays(each.year, frozenset(each.off_days), frozenset(each.work_days), each.source)
            for each in read
        ),
        EDITION,
    )


def with_imported(imported: tuple[YearDays, ...]) -> WorkingDays:
    """The imported years, and what was shipped for the others."""
    if not imported:
        return shipped()
    known = {each.year for each in imported}
    rest = tuple(each for each in shipped().years if each.year not in known)
    names = [f"{each.year}v{each.version}" for each in sorted(imported, key=lambda each: each.year)]
    years = tuple(sorted((*imported, *rest), key=lambda each: each.year))
    return WorkingDays(years, ",".join([*names, *([EDITION] if rest else [])]))
