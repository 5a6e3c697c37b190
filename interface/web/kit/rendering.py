"""Templates and what they may call."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_context
from jinja2.runtime import Context
from markupsafe import Markup
from sqlalchemy.exc import SQLAlchemyError

from application.look import look_of
from application.unseen import unseen
from domain.assessment.scheme.points import by_thousands, figure, half_up, number, two_decimals
from domain.assessment.year.left_behind import told
from domain.kernel.errors import Rejected
from interface.documents.common import written_day
from interface.locales import counted, translate
from interface.web.kit.areas import areas_of, section_at, sections_of
from interface.web.kit.grounds import cites, grounds_here
from interface.web.kit.listing import address_here, is_list, views_here
from interface.web.kit.page.opening import page_of_error
from interface.web.kit.page.page import Page, language_of
from interface.web.kit.page.sessions import session_of
from interface.web.kit.rules import rule_behind
from interface.web.kit.values import size_of_file
from interface.words import field_title, label
from interface.words.common import DATED, WEEKDAYS
from interface.words.problems import value_of
from interface.words.sources import source_of
from projections.boards.called import called
from projections.figures.year import in_hundredths

WRITTEN = re.compile(
    r'(?<![\w-])(?<!class="day">)(?:(\d{4}-\d\d-\d\d)|([A-Z]{2}\d{4}-\d+|\d{4}-\d\d?))(?![\w-])'
    r"(?=[^<>]*<(?!/(?:option|textarea|title|script|style|text|desc)\b|/?tspan\b))",
    re.ASCII,
)
"""A day, a number such as WT2026-111 or 2026-2, that stands in a text of a page, where an element may stand around it: not in
an attribute, a field, a picture."""
ELEMENT = re.compile(r'<time>([\d-]+)</time>|<span class="whole">([\w-]+)</span>', re.ASCII)
"""One that stands in an element."""

environment = Environment(
    loader=FileSystemLoader(Path(__file__).parents[1]),
    # An installed template does not change: nobody looks for that on every page.
    auto_reload=False,
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


PIECES = 500
"""Bits of a template that are sent together."""


@pass_context
def _translate(context: Context, text: str, /, **values: object) -> str:
    return translate(context["language"], text, **values)


@pass_context
def _counted(context: Context, text: str, number: int, /, **values: object) -> str:
    return counted(context["language"], text, number, **values)


@pass_context
def _label(context: Context, identifier: object, group: str) -> str:
    if identifier is None or identifier == "":
        return "—"
    value = identifier.value if isinstance(identifier, Enum) else identifier
    return translate(context["language"], label(group, str(value)))


@pass_context
def _in_language(context: Context, text: Any) -> str:
    """A ``Text`` of the domain in the reader's language."""
    return str(text.en if context["language"] == "en" else text.zh)


@pass_context
def _listed(context: Context, words: Iterable[object]) -> str:
    """Words one after the other, with the comma of the language."""
    return (", " if context["language"] == "en" else "、").join(map(str, words))


@pass_context
def _bracketed(context: Context, text: object) -> str:
    """Behind what stands before it, in the brackets of the language; nothing where there is nothing to say."""
    if text is None or text == "":
        return ""
    return Markup(" ({})" if context["language"] == "en" else "（{}）").format(text)


@pass_context
def _colon(context: Context) -> str:
    return ": " if context["language"] == "en" else "："


@pass_context
def _weekday(context: Context, day: date) -> str:
    """A day with its weekday, as one reads it."""
    name = translate(context["language"], WEEKDAYS[day.weekday()])
    return translate(context["language"], DATED, year=day.year, month=day.month, day=day.day, weekday=name)


@pass_context
def _numbered(context: Context, reference: str) -> str:
    """An id, or the reference of a fact, with the number by which people know what it names."""
    page: Page = context["page"]
    return page.numbers.shown(reference)


@pass_context
def _called(context: Context, text: str) -> str:
    """A text with numbers and names where ids stand, but for those of what the reader is not shown: anybody can write any id
    into an address or a field."""
    page: Page = context["page"]
    return called(page.connection, text, unseen(look_of(page.system), page.actor, text))


@pass_context
def _because(context: Context, rejected: Rejected) -> str:
    """The value that was refused, as people know it."""
    page: Page = context["page"]
    return _in_language(context, value_of(page.connection, rejected))


@pass_context
def _written_day(context: Context, day: date | None) -> str:
    """A day as papers write it."""
    return written_day(context["page"], day)


@pass_context
def _cites(context: Context, text: str, last: date) -> str:
    """A text with a link wherever it cites a policy; ``last``: the last day on which the text holds."""
    return cites(context["page"], text, last)


def amount(value: int | str, *names: str) -> int | str:
    """What a figure, or a fact of a kind, comes to: in yuan where it is an amount of money, in hours where it is of trainings.
    A median may lie between two numbers, and is told as a text."""
    return two_decimals(half_up(Fraction(value) / 100)) if any(map(in_hundredths, names)) else value


def _read_amount(value: int | str, *names: str) -> int | str:
    """The same as people read it, by thousands; a file has it without, so that one can reckon with it."""
    told = amount(value, *names)
    return by_thousands(str(told)) if any(map(in_hundredths, names)) else told


environment.globals["_"] = _translate
environment.globals["counted"] = _counted
environment.globals["colon"] = _colon
environment.globals["field_title"] = field_title
environment.globals["rule_behind"] = rule_behind
environment.globals["areas"] = areas_of
environment.globals["sections"] = sections_of
environment.globals["section_at"] = section_at
environment.globals["views_here"] = views_here
environment.globals["address_here"] = address_here
environment.globals["grounds_here"] = grounds_here
environment.globals["is_list"] = is_list
environment.filters["source"] = source_of
environment.filters["weekday"] = _weekday
environment.filters["listed"] = _listed
environment.filters["bracketed"] = _bracketed
environment.filters["label"] = _label
environment.filters["numbered"] = _numbered
environment.filters["called"] = _called
environment.filters["because"] = _because
environment.filters["left_behind"] = told
environment.filters["said"] = _in_language
environment.filters["cites"] = _cites
environment.filters["yuan"] = lambda cents: by_thousands(two_decimals(cents))
environment.filters["points"] = lambda hundredths: "—" if hundredths is None else two_decimals(hundredths)
environment.filters["number"] = number
environment.filters["figure"] = figure
environment.filters["hundredths"] = lambda value: two_decimals(half_up(Fraction(value) / 100))
environment.filters["amount"] = _read_amount
environment.filters["size"] = size_of_file
environment.filters["percent"] = lambda share: f"{half_up(Fraction(share))}%"
environment.filters["written_day"] = _written_day
environment.tests["day"] = lambda text: re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None
environment.filters["day"] = lambda day: "—" if day is None else day.isoformat()


def answer_of(html: str, status: int) -> HTMLResponse:
    """The page as it is sent: a browser would end a line within 2026-11-26 or WT2026-111, whoever wrote it, so each is an
    element."""
    return HTMLResponse(_whole(html), status_code=status)


def _whole(html: str) -> str:
    return WRITTEN.sub(
        lambda each: f"<time>{each[1]}</time>" if each[1] else f'<span class="whole">{each[2]}</span>', html
    )


def without_elements(html: str) -> str:
    """The page as it was written: what is an element only so that it stands on one line is a text again."""
    return ELEMENT.sub(lambda each: each[1] or each[2], html)


def render(page: Page, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """The template with the page and ``values``."""
    return answer_of(environment.get_template(template).render(**_known(page), **values), status)


def streamed(page: Page, template: str, **values: Any) -> Iterator[str]:
    """The same bit by bit while it is sent. Nothing is looked up any more by then: the template takes all from ``values``."""
    stream = environment.get_template(template).stream(**_known(page), **values)
    stream.enable_buffering(PIECES)
    return map(_whole, stream)


def _known(page: Page) -> dict[str, Any]:
    return {"page": page, "language": page.language, "actor": page.actor, "csrf": page.session.csrf}


def error_page(request: Request, status: int, template: str, **values: Any) -> HTMLResponse:
    """An error as a page of the site in the reader's language; without what the site offers where nobody can look up who is
    reading, or where looking anything up is what failed."""
    try:
        session = session_of(request)
    except SQLAlchemyError:
        session = request.state.session = None
    with ExitStack() as held:
        html = environment.get_template(template).render(
            page=page_of_error(request, session, held) if session and status < 500 else None,
            language=language_of(request),
            actor=session.actor if session else None,
            csrf=session.csrf if session else "",
            status=status,
            **values,
        )
    return answer_of(html, status)
