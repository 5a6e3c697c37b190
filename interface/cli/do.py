"""``lianjian do``: any verb, by an account's token, with the words and refusals of the pages and the API."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand

from application.acting import DOABLE, Deed, act, done_of
from application.input.fields import Field
from application.stores.accounts.keeping import accounts_of
from application.stores.accounts.tokens import Bearer
from application.system import System
from application.verb import Verb
from domain.kernel.errors import Forbidden
from domain.kernel.recorded import By, Source
from domain.kernel.values import Rows, Tick
from interface.cli.options import Data, Json, open_system
from interface.cli.output import at_end, fail, say, say_json
from interface.words import field_words, words_of
from interface.words.common import NOTHING_NEW
from interface.words.pages.examples import example
from interface.words.problems import INNER, Problem, not_of_the_token, problem_of
from interface.words.sources import source_of

TOKEN = "LIANJIAN_TOKEN"
TokenFile = Annotated[
    Path | None,
    typer.Option("--token-file", help=f"File that holds the account's token (default: {TOKEN})."),
]
Input = Annotated[
    Path | None, typer.Option("--input", help="File with the fields as one JSON object, tables too.")
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Judge everything; record nothing.")]
ANY = {"allow_extra_args": True, "ignore_unknown_options": True}


class Words(TyperCommand):
    """Keeps the words as they were written, before this command's own options are taken out of them."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        ctx.obj = list(args)
        return super().parse_args(ctx, args)


def do(
    ctx: typer.Context,
    data: Data = None,
    token_file: TokenFile = None,
    input_file: Input = None,
    dry_run: DryRun = False,
    as_json: Json = False,
    wants_help: Annotated[bool, typer.Option("--help", help="What there is to do, with an example.")] = False,
) -> None:
    """Do something as the account whose token is given, by the same rules as on the pages."""
    kind, name = [*ctx.args, "", ""][:2]
    verb = _verb(kind, name)
    if verb is None or wants_help:
        _help(kind, verb)
        raise typer.Exit(0 if wants_help else 2)
    _demand_values(verb, ctx.obj, {name for each in ctx.command.params for name in each.opts})
    key, written = _stated(verb, ctx.args[2:])
    of_file = _of_file(input_file)
    for twice in sorted(written.keys() & of_file.keys()):
        fail(f"--input {input_file} states {twice}, which is also given as an option: state it once")
    written |= of_file
    system = open_system(data)
    bearer = bearer_of(system, token_file)
    by = By(
        actor=bearer.actor.username,
        office=bearer.actor.office,
        source=Source(kind="command", name=f"do {_called(verb)}"),
    )
    try:
        demand_use(bearer, verb, as_json)
        outcome = act(system, verb, key, written, bearer.actor, by, dry_run=dry_run)
    except INNER as error:
        refuse(problem_of(system, error), as_json)
    _tell(verb, done_of(system, verb, outcome, dry_run), as_json)


def _verb(kind: str, name: str) -> Verb[Any, Any] | None:
    found = DOABLE.get(name.replace("-", "_"))
    return found if found is not None and found.on.kind == kind.replace("-", "_") else None


def _called(verb: Verb[Any, Any]) -> str:
    return f"{verb.on.kind} {verb.name}".replace("_", "-")


def option(field: Field) -> str:
    """``--due-on``"""
    return "--" + field.name.replace("_", "-")


def _demand_values(verb: Verb[Any, Any], words: Sequence[str], own: Collection[str]) -> None:
    """End the command where one of its own options stands in the place of a value: nobody knows which is meant."""
    takes = {option(field) for field in verb.fields if not isinstance(field.kind, Tick)}
    for name, value in pairwise(words):
        if name in takes and value.partition("=")[0] in own:
            fail(f"{name} has no value; if {value} is its value, write {name}={value}")


def _stated(verb: Verb[Any, Any], words: Sequence[str]) -> tuple[str, dict[str, Any]]:
    """The key, and by field what follows its option; more than one value where it is given again. Ends the command."""
    kinds = {option(field): field for field in verb.fields}
    key, written, waiting = "", dict[str, Any](), list(words)
    if not verb.begins:
        if not waiting or waiting[0].startswith("--"):
            fail(f"lianjian do {_called(verb)} KEY: give the key of the {verb.on.kind} first")
        key = waiting.pop(0)
    while waiting:
        name, has_value, value = waiting.pop(0).partition("=")
        if not name.startswith("--"):
            fail(f"{name!r} follows no option; lianjian do {_called(verb)} --help tells them")
        field = kinds.get(name)
        if not has_value:
            if field is not None and isinstance(field.kind, Tick):
                value = "yes"
            elif not waiting or waiting[0].partition("=")[0] in kinds:
                fail(f"{name} has no value")
            else:
                value = waiting.pop(0)
        if field is not None and isinstance(field.kind, Rows):
            if field.name in written:
                fail(f"{name} is given twice; its rows stand in one list")
            written[field.name] = _json(name, value)
        else:
            written.setdefault(name[2:].replace("-", "_"), []).append(value)
    return key, written


def _of_file(path: Path | None) -> dict[str, Any]:
    if path is None:
        return {}
    try:
        found = _json(f"--input {path}", path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        fail(f"--input {path} could not be read: {error}")
    if not isinstance(found, dict):
        fail(f"--input {path} holds no JSON object")
    return found


def _json(name: str, text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError) as error:
        fail(f"{name} is no JSON: {error}")


def bearer_of(system: System, token_file: Path | None) -> Bearer:
    """Who acts. Ends the command where no good token is given: none is implied."""
    if token_file is not None:
        try:
            token = token_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            fail(f"--token-file {token_file} could not be read: {error}")
    else:
        token = os.environ.get(TOKEN, "").strip()
    if not token:
        fail(f"who acts? give a token with --token-file or {TOKEN}; lianjian token issue makes one")
    accounts = accounts_of(system)
    at_end.callback(accounts.close)
    bearer = accounts.tokens.bearer(token)
    if bearer is None:
        fail("the token is not good: it may have expired or been revoked, or its account may have changed", 1)
    return bearer


def demand_use(bearer: Bearer, verb: Verb[Any, Any], as_json: bool) -> None:
    """Raise ``Forbidden`` where the role may not use a verb. Ends the command where the token may not."""
    if bearer.actor.role not in verb.roles:
        raise Forbidden(verb.name, bearer.actor.role.value)
    if not bearer.is_for(verb.name):
        refuse(not_of_the_token(verb.name), as_json)


def refuse(problem: Problem, as_json: bool) -> NoReturn:
    """Say what is refused. Ends the command: with 2 for what cannot be read, with 1 for the rest."""
    if as_json:
        say_json(problem.as_dict())
    lines = [f"{problem.title.zh}：{problem.detail.zh}", f"{problem.title.en}: {problem.detail.en}"]
    for name, fault in problem.faults.items():
        written = "KEY" if name == "key" else f"--{name.replace('_', '-')}"
        lines += [f"{written}: {fault.zh} / {fault.en}"]
    if problem.clause is not None:
        clause = problem.clause
        lines += [each for each in (clause.remedy_zh, clause.remedy_en) if each]
        source = source_of(clause)
        lines += [f"{clause.id} · {source.zh} / {source.en}"]
    fail("\n".join(lines), 2 if problem.faults else 1)


def _tell(verb: Verb[Any, Any], done: Deed, as_json: bool) -> None:
    if as_json:
        say_json(asdict(done))
        return
    said = words_of(verb.name).done if done.events else NOTHING_NEW
    tried = "（试算，未作记录） (a dry run, nothing is recorded)" if done.dry_run else ""
    say(f"{done.key or _called(verb)} {said.zh} {said.en}{tried}")


def _help(kind: str, verb: Verb[Any, Any] | None) -> None:
    for line in _of_verb(verb) if verb is not None else _of_all(kind):
        say(line)


def _of_all(kind: str) -> Iterator[str]:
    wanted = [each for each in DOABLE.values() if each.on.kind == kind.replace("-", "_")]
    yield "Usage: lianjian do THING VERB [KEY] --field value ... [--dry-run] [--json] [--token-file FILE] [--data FOLDER]"
    yield f"The account is that of the token ({TOKEN} or --token-file). Exit status: 0 done, 1 refused, 2 not understood."
    for each in wanted or DOABLE.values():
        title = words_of(each.name).title
        yield f"  {_called(each):44} {title.zh} / {title.en}"
    yield "Example: lianjian do finding order-rectification --help"


def _of_verb(verb: Verb[Any, Any]) -> Iterator[str]:
    title = words_of(verb.name).title
    yield f"Usage: lianjian do {_called(verb)}{'' if verb.begins else ' KEY'} --field value ..."
    yield f"{title.zh} / {title.en}"
    for field in verb.fields:
        words = field_words(verb.name, field.name)
        hint = f"（{words.hint.zh} / {words.hint.en}）" if words.hint is not None else ""
        wanted = "" if field.required else " [optional]"
        yield f"  {option(field):28} {words.label.zh} / {words.label.en}{hint}{wanted}"
    yield f"Example: lianjian {shlex.join(example_words(verb))}"


def example_words(verb: Verb[Any, Any]) -> list[str]:
    """The words of a command that does it, as after ``lianjian``."""
    words = ["do", *_called(verb).split(), *([] if verb.begins else ["KEY"])]
    for field in verb.fields:
        if field.required:
            words += _example_of(field, example(field, field_words(verb.name, field.name)))
    return words


def _example_of(field: Field, value: Any) -> Iterator[str]:
    if isinstance(field.kind, Rows):
        yield from (option(field), json.dumps(value, ensure_ascii=False))
        return
    for each in value if isinstance(value, list) else [value]:
        yield from (option(field), "yes" if each is True else str(each))
