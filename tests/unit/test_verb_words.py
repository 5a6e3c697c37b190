"""Every verb, event and field has words in both languages, and no words are left over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields
from enum import Enum
from typing import Any

import pytest

from application import things
from application.catalogue import CATALOGUE
from application.input.fields import fields_of_row
from application.verb import Verb
from application.verbs import VERBS
from domain.kernel.values import Rows
from interface.web.accounts import opening
from interface.words import EVENTS, FIELDS, LABELS, field_words, words_of
from interface.words import VERBS as WORDS
from interface.words.choices import GROUPS
from interface.words.phrase import Phrase

PLACEHOLDER = re.compile(r"%\((\w+)\)s")


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
    # A password stands beside the log, so the form that sets it is no verb's alone.
    own = {"open_account": {each.name for each in opening.FIELDS}}
    for context, words in FIELDS.items():
        for name in words:
            verb, _, field = name.rpartition(".")
            known = field in own.get(verb, fields_and_columns(VERBS[verb])) if verb else field in used
            assert known, f"{context}: {name}"


def phrases() -> Iterator[Phrase]:
    for group in LABELS.values():
        yield from group.values()
    for words in EVENTS.values():
        yield words.sentence


def test_an_event_has_words_that_name_its_fields() -> None:
    assert set(EVENTS) == set(CATALOGUE)
    for name, words in EVENTS.items():
        assert is_chinese(words.title) and is_chinese(words.sentence), name
        assert bool(words.counts) == bool(words.sentence.one), name
        assert not words.counts or words.counts in {each.name for each in fields(CATALOGUE[name])}, name


def test_both_languages_name_the_same_values() -> None:
    for phrase in phrases():
        chinese, *english = (sorted(PLACEHOLDER.findall(each)) for each in (phrase.zh, phrase.en, phrase.one))
        assert english == [chinese, chinese if phrase.one else []], phrase


def test_english_holds_no_chinese() -> None:
    assert [each for each in phrases() if is_chinese(Phrase(each.en + each.one, ""))] == []


def test_a_text_that_counts_is_worded_for_one_and_for_more() -> None:
    for words in EVENTS.values():
        assert not words.counts or words.sentence.one != words.sentence.en
    counted = EVENTS["supervision.ReturnsStated"].sentence
    assert counted.said("en", 1) == counted.one and counted.said("en", 2) == counted.en
    assert counted.said("zh", 1) == counted.zh


def test_every_kind_of_thing_has_a_word() -> None:
    """Where there is none, the page says so in words: 推荐案例 2025, not nomination 2025."""
    kinds = {each.kind for each in vars(things).values() if isinstance(each, things.Thing)}
    assert len(kinds) > 20 and kinds <= set(LABELS["thing"])


@pytest.mark.parametrize("choice", GROUPS, ids=lambda choice: f"{choice.__module__}.{choice.__name__}")
def test_every_value_of_a_choice_has_words(choice: type[Enum]) -> None:
    # What is not there at all is unknown, whatever is asked of it.
    assert {str(each.value) for each in choice} - {"", "none"} <= set(LABELS[GROUPS[choice]])
