"""Schemes that come with the software, as dated data; a county publishes its own beside them."""

from __future__ import annotations

from importlib.resources import files

from domain.assessment.scheme import Scheme


def scheme_text(year: int) -> str:
    """The text of the scheme for ``year``. Raises ``FileNotFoundError`` for a year without one."""
    return files(__package__).joinpath(f"{year}.toml").read_text(encoding="utf-8")


def shipped_scheme(year: int) -> Scheme:
    """The scheme for ``year``. Raises ``FileNotFoundError`` for a year without one."""
    return Scheme.parse(scheme_text(year))
