"""Every verb and every field of a verb has words in both languages, and no words are left over."""

from __future__ import annotations

from typing import Any

import pytest

from application.fields import fields_of_row
from application.verb import Verb
from application.verbs import VERBS
from domain.kernel.values import Rows
from interface.words.phrase import Phrase
from interface.words.verbs import FIELDS, field_words, words_of
from interface.words.verbs import VERBS as WORDS


def is_chinese(phrase: Phrase) -> bool:
    return any("一" <= each <= "鿿" for each in phrase.zh)


def fields_and_columns(verb: Verb[Any, Any]) -> list[str]:
    """What a form of the verb has words for: its fields, and the columns of its tables."""
    tables = [each.kind.row for each in verb.fields if isinstance(each.kind, Rows)]
    columns = [column.name for row in tables for column in fields_of_row(row)]
    return [each.name for each in verb.fields] + columns


@pytest.mark.parametrize("verb", VERBS.values(), ids=lambda verb: verb.name)
def test_a_verb_and_its_fields_have_words(verb: Verb[Any, Any]) -> None:
    words = [words_of(verb.name).title, words_of(verb.name).done]
    for name in fields_and_columns(verb):
        said = field_words(verb.name, name)
        words += [said.label] + ([said.hint] if said.hint else [])
    for phrase in words:
        assert is_chinese(phrase) and phrase.en.strip(), phrase


def test_no_words_are_left_over() -> None:
    assert set(WORDS) <= set(VERBS)
    used = {name for verb in VERBS.values() for name in fields_and_columns(verb)}
    for context, words in FIELDS.items():
        for name in words:
            verb, _, field = name.rpartition(".")
            known = field in fields_and_columns(VERBS[verb]) if verb else field in used
            assert known, f"{context}: {name}"
