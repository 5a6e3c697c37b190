"""Words of all verbs and their fields, one file per context; a field is called the same in every context unless a verb has
another word for it."""

from __future__ import annotations

from importlib import import_module
from pkgutil import iter_modules

from interface.words.phrase import FieldWords, VerbWords

VERBS: dict[str, VerbWords] = {}
FIELDS: dict[str, dict[str, FieldWords]] = {}
"""By context: ``due_on`` for all its verbs, ``grant_extension.due_on`` for one."""
for _module in iter_modules(__path__, f"{__name__}."):
    _words = import_module(_module.name)
    VERBS.update(_words.VERBS)
    FIELDS[_module.name.rpartition(".")[2]] = _words.FIELDS
_CONTEXTS = {verb: context for context in FIELDS for verb in import_module(f"{__name__}.{context}").VERBS}


def words_of(verb: str) -> VerbWords:
    """A verb's words. Raises ``KeyError`` for a verb without."""
    return VERBS[verb]


def field_words(verb: str, field: str) -> FieldWords:
    """The words of a verb's field: its own, or the context's. Raises ``KeyError`` for a field without."""
    words = FIELDS[_CONTEXTS[verb]]
    own = words.get(f"{verb}.{field}")
    return words[field] if own is None else own
