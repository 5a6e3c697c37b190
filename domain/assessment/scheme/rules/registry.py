"""All kinds of rules. Every file in the room ``kinds`` is one, so that a new kind is a new file."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from domain.assessment.scheme.rules import kinds
from domain.assessment.scheme.rules.rule import Rule


def _kind(word: str) -> type[Rule]:
    module = import_module(f"{kinds.__name__}.{word}")
    own = [each for each in vars(module).values() if getattr(each, "__module__", "") == module.__name__]
    (found,) = (each for each in own if isinstance(each, type) and issubclass(each, Rule))
    return found


KINDS: dict[str, type[Rule]] = {file.name: _kind(file.name) for file in iter_modules(kinds.__path__)}
"""The word a scheme writes, which is the name of the file, to the kind; by that word."""
