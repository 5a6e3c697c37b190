"""Schemes that come with the software, as dated data; a county publishes its own beside them."""

from __future__ import annotations

from importlib.resources import files

from domain.assessment.scheme.scheme import Scheme
from domain.assessment.scheme_file.scheme_text import parse_scheme


def scheme_text(year: int) -> str:
    """The text of the scheme for ``year``. Raises ``FileNotFoundError`` for a year without one."""
    return files(__package__).joinpath(f"{year}.toml").read_text(encoding="utf-8")


def shipped_scheme(year: int) -> Scheme:
    """The scheme for ``year``. Raises ``FileNotFoundError`` for a year without one."""
    return parse_scheme(scheme_text(year))


def shipped_texts() -> dict[str, str]:
    """Every scheme and every template that comes with the software, by name."""
    here = files(__package__)
    found = [*here.iterdir(), *here.joinpath("templates").iterdir()]
    return {
        each.name.removesuffix(".toml"): each.read_text(encoding="utf-8")
        for each in sorted(found, key=lambda each: each.name)
        if each.name.endswith(".toml")
    }
