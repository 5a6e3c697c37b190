"""Every verb and every field of a verb has words in both languages, and no words are left over."""

from __future__ import annotations

from typing import Any

import pytest

from application.verb import Verb
from application.verbs import VERBS
from interface.words.phrase import Phrase
from interface.words.verbs import FIELDS, field_words, words_of
from interface.words.verbs import VERBS as WORDS


def is_chinese(phrase: Phrase) -> bool:
    return any("一" <= each <= "鿿" for each in phrase.zh)


@pytest.mark.parametrize("verb", VERBS.values(), ids=lambda verb: verb.name)
def test_a_verb_and_its_fields_have_words(verb: Verb[Any, Any]) -> None:
    words = [words_of(verb.name).title, words_of(verb.name).done]
    for field in verb.fields:
        said = field_words(verb.name, field.name)
        words += [said.label] + ([said.hint] if said.hint else [])
    for phrase in words:
        assert is_chinese(phrase) and phrase.en.strip(), phrase


def test_no_words_are_left_over() -> None:
    assert set(WORDS) <= set(VERBS)
    used = {each.name for verb in VERBS.values() for each in verb.fields}
    for context, words in FIELDS.items():
        for name in words:
            verb, _, field = name.rpartition(".")
            known = field in {each.name for each in VERBS[verb].fields} if verb else field in used
            assert known, f"{context}: {name}"
