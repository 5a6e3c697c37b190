"""Commands that use a verb: each argument and option states a field, and is read as on the pages and by the API."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any

import typer

from application.input.fields import Field
from application.input.reading import read
from application.system import System
from application.verb import Verb
from domain.kernel.values import Choice, Day
from interface.cli.output import fail
from interface.words import field_words

Written = dict[str, str | None]
"""By argument or option what is written; ``None`` where it is left out."""


@dataclass(frozen=True)
class VerbCommand:
    """A command for one verb, or for the verbs that do the same to things of several kinds.

    ``words``: by field of the verbs how it is written: ``NAME`` for an argument, ``--from`` for an option, in brackets what
    may be left out. A field without is not stated but known. ``told`` and ``example`` are its help.
    """

    name: str
    verbs: tuple[Verb[Any, Any], ...]
    words: Mapping[str, str]
    told: str = ""
    example: str = ""

    def add_to(self, group: typer.Typer, run: Callable[..., None]) -> None:
        """``run`` is given the command, its own parameters by name, and what is ``Written``."""
        own = list(inspect.signature(run, eval_str=True).parameters.values())[1:-1]
        fields = {self.words[each.name]: each for each in self._fields() if each.name in self.words}

        def command(**given: Any) -> None:
            written = {word.strip("[]"): given.pop(field.name) for word, field in fields.items()}
            run(self, **given, written=written)

        parameters = [each.replace(kind=each.KEYWORD_ONLY) for each in own]
        parameters += [self._parameter(word, field) for word, field in fields.items()]
        command.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        told = f"{self.told}\n\nExample: lianjian {self.name} {self.example}"
        group.command(self.name.split()[1], help=told)(command)

    def _fields(self) -> list[Field]:
        return [field for verb in self.verbs for field in verb.fields]

    def _parameter(self, word: str, field: Field) -> inspect.Parameter:
        verb = next(each for each in self.verbs if field in each.fields)
        label, bare = field_words(verb.name, field.name).label, word.strip("[]")
        told = f"{label.zh} / {label.en}"
        if bare.startswith("--"):
            shown: Any = typer.Option(bare, help=told, metavar=_metavar(field))
        else:
            shown = typer.Argument(help=told, metavar=bare)
        default = None if word != bare else inspect.Parameter.empty
        return inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=default,
            annotation=Annotated[str if word == bare else str | None, shown],
        )

    def read(
        self, system: System, verb: Verb[Any, Any], written: Written, known: Mapping[str, object]
    ) -> Mapping[str, Any]:
        """The values of the verb's fields: as written, else as ``known``. Ends the command where one cannot be read, or is of
        another verb.
        """
        words = {
            each.name: self.words[each.name].strip("[]") for each in verb.fields if each.name in self.words
        }
        for word, text in written.items():
            if text is not None and word not in words.values():
                fail(f"{word} is not stated of a {verb.on.kind}")
        stated = {name: written[word] for name, word in words.items() if written.get(word) is not None}
        found = read(verb.fields, {**known, **stated}, today=system.today())
        if found.faults:
            wrong = (f"{words.get(name, name)}: {each.zh} / {each.en}" for name, each in found.faults.items())
            fail("\n".join(wrong))
        return found.values


def _metavar(field: Field) -> str:
    match field.kind:
        case Day():
            return "DAY"
        case Choice(kind):
            return "|".join(each.value for each in kind)
    return "TEXT"
