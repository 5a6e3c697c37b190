"""A page asks a question: what its address states is read as the API reads it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from starlette.datastructures import FormData, QueryParams

from application.input.fields import Field
from application.input.reading import read
from application.question import Question
from interface.web.kit.forms.form_fields import written_in
from interface.web.kit.page.page import Page
from interface.web.kit.values import Malformed

A = TypeVar("A")
AFTER = "after"
"""The field that says where a page of a list goes on."""


def answer_of(page: Page, asked: Question[..., A], **known: object) -> A:
    """The answer, with the fields that the page does not know itself taken from its address. A list begins with its first row
    where nothing can be told from the place at which it was to go on: whoever turns a page is never turned away.

    Raises ``Malformed`` for the first other field that cannot be read, ``Unknown`` or ``Forbidden``.
    """
    fields = [field for field in asked.fields if field.name not in known and field.name != "known_at"]

    def answer() -> A:
        stated: dict[str, Any] = {**stated_in(page, fields, page.request.query_params), **known}
        return page.ask(asked, **stated)

    try:
        return answer()
    except Malformed as error:
        if error.field != AFTER or AFTER in known or page.begun_anew:
            raise
    page.begun_anew = True
    fields, known = [field for field in fields if field.name != AFTER], {**known, AFTER: None}
    return answer()


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
