"""A page asks a question: what its address states is read as the API reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from starlette.datastructures import FormData, QueryParams

from application.fields import Field
from application.question import Question
from application.reading import read
from interface.web.kit.context import Page
from interface.web.kit.form_fields import written_in
from interface.web.kit.values import Malformed

A = TypeVar("A")


def answer_of(page: Page, asked: Question[..., A], **known: object) -> A:
    """The answer, with the fields that the page does not know itself taken from its address.

    Raises ``Malformed`` for the first field that cannot be read, ``Unknown`` or ``Forbidden``.
    """
    fields = [field for field in asked.fields if field.name not in known and field.name != "known_at"]
    read_here = stated_in(page, fields, page.request.query_params)
    stated: dict[str, Any] = {**read_here, **known}
    return page.ask(asked, **stated)


def usual_answer(page: Page, asked: Question[..., A], **known: object) -> A:
    """The answer with nothing stated but what the page knows, whatever its address says. Raises ``Unknown`` or ``Forbidden``."""
    fields = [field for field in asked.fields if field.name not in known and field.name != "known_at"]
    usual: dict[str, Any] = dict(read(fields, {}, today=page.today).values)
    return page.ask(asked, **{**usual, **known})


def stated_in(page: Page, fields: Sequence[Field], form: FormData | QueryParams) -> Mapping[str, Any]:
    """What a form or an address states, typed. Raises ``Malformed`` for the first field that cannot be read."""
    reading = read(fields, written_in(fields, form), today=page.today)
    for name, fault in reading.faults.items():
        raise Malformed(name, fault.en if page.language == "en" else fault.zh)
    return reading.values
