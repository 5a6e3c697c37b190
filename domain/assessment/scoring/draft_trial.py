"""Trying a draft out by itself: everything that is wrong with it, and whether its sample cases hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.assessment.scheme.reading import SchemeError
from domain.assessment.scheme.scheme import Scheme
from domain.assessment.scheme.text import Text
from domain.assessment.scheme_file.locating import locate
from domain.assessment.scheme_file.scheme_text import read
from domain.assessment.scoring.bench import Bench, run_cases

NOTHING_TRIED = Bench((), ())


@dataclass(frozen=True)
class DraftTrial:
    """``scheme`` is ``None`` where the text cannot be read as one, and nothing is on the ``bench`` then; a readable one may
    still have ``problems``, such as another year. ``lines``: where each case on the bench stands, counted from 1.
    """

    scheme: Scheme | None
    problems: tuple[SchemeError, ...]
    bench: Bench = NOTHING_TRIED
    lines: Mapping[str, int | None] = field(default_factory=dict)


def try_out(text: str, year: int | None = None, version: int | None = None) -> DraftTrial:
    """Read ``text``; with a year and a version it must be meant for them."""
    scheme, found = read(text)
    problems = list(found)
    if scheme is None:
        return DraftTrial(None, found)
    if year is not None and scheme.year != year:
        problems.append(_mistaken(text, "year", scheme.year, year))
    if version is not None and scheme.version != version:
        problems.append(_mistaken(text, "version", scheme.version, version))
    bench, places = run_cases(scheme), locate(text)
    return DraftTrial(
        scheme, tuple(problems), bench, {each.where: places.line(each.where) for each in bench.tried}
    )


def _mistaken(text: str, key: str, is_: int, wanted: int) -> SchemeError:
    line = next((n for n, each in enumerate(text.split("\n"), 1) if each.split("=")[0].strip() == key), None)
    word = {"year": "年度", "version": "版次"}[key]
    return SchemeError(
        key,
        Text(f"写的是{word} {is_}，本稿应为 {wanted}", f"{key} is {is_}, but this is the draft for {wanted}"),
        Text(f"写 {key} = {wanted}", f"write {key} = {wanted}"),
        line,
    )
