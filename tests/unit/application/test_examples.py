"""The example of every field reads; every question and field has words."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from application.acting import DOABLE
from application.input.reading import read
from application.question import Question
from application.questions.answers import QUESTIONS
from application.verb import Verb
from domain.kernel.person import PersonRef
from interface.words import field_words
from interface.words.pages.examples import example
from interface.words.pages.questions import TITLES, question_words


def nobody(name: str) -> PersonRef:
    return PersonRef(ref=name, commitment="")


@pytest.mark.parametrize("verb", DOABLE.values(), ids=lambda verb: verb.name)
def test_the_examples_of_a_verb_are_read(verb: Verb[Any, Any]) -> None:
    written = {field.name: example(field, field_words(verb.name, field.name)) for field in verb.fields}
    assert read(verb.fields, written, today=date(2026, 1, 1), person=nobody, strict=True).faults == {}


@pytest.mark.parametrize("question", QUESTIONS.values(), ids=lambda question: question.name)
def test_the_examples_of_a_question_are_read_and_it_has_words(question: Question[..., Any]) -> None:
    assert TITLES[question.name].zh and TITLES[question.name].en
    written = {
        field.name: example(field, question_words(question.name, field.name)) for field in question.fields
    }
    assert read(question.fields, written, today=date(2026, 1, 1), person=nobody, strict=True).faults == {}
