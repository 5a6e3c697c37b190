"""Every file in the room of rule kinds is one kind, which can do all that a rule must."""

from __future__ import annotations

import inspect
from pathlib import Path

import pytest

from domain.assessment.scheme.rules import kinds
from domain.assessment.scheme.rules.registry import KINDS
from domain.assessment.scheme.rules.rule import Rule


def test_every_file_is_a_kind_and_named_as_a_scheme_writes_it() -> None:
    files = {path.stem for path in Path(kinds.__path__[0]).glob("*.py")} - {"__init__"}
    assert files == set(KINDS)
    assert len({each.__name__ for each in KINDS.values()}) == len(files)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_a_kind_has_everything_in_its_file(kind: type[Rule]) -> None:
    assert not inspect.isabstract(kind)
    assert {"ACCEPTS", "SCHEMA", "read", "value", "terms", "in_words", "outlook"} <= set(vars(kind))
