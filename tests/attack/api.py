"""What the API's description allows, and what it does not, sent by every role: no answer may be an error of ours.

    python -m tests.attack.api --count 5000 --seed 1

The county is the lived one, where there is something of almost every kind. Schemathesis makes the cases of the description;
every second one bears keys of things that there are, so that operations are reached and not only answered 404. Every answer is
held against the description. At the end stands which share of the operations was answered 2xx at least once.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import cached_property
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import quote

import httpx2 as httpx
import schemathesis
from hypothesis import HealthCheck, Phase, Verbosity, given, seed, settings
from hypothesis.errors import Unsatisfiable
from hypothesis.strategies import SearchStrategy, randoms
from schemathesis import Case, GenerationMode
from schemathesis.checks import CheckFunction, not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from application.acting import DOABLE, NAMES
from application.input.fields import Field
from application.look import look_of
from application.question import Question
from application.questions.answers import QUESTIONS
from application.stores.accounts.keeping import NewAccount, record_account
from application.verb import Thing, Verb
from domain.account.role import Role
from domain.assessment.scheme_file.moving_on import moved_on
from domain.assessment.schemes import scheme_text
from domain.kernel.errors import Unknown
from domain.kernel.recorded import By, Source
from domain.kernel.values import Day, KeyOf, Text
from interface.api.openapi import description_of_api
from interface.words import field_words
from interface.words.pages.examples import example
from interface.words.pages.questions import question_words
from tests.kit.lived import lived
from tests.kit.scripts import WHO, Api, Script, api_over, keys_of

SECOND = {Role.ADMIN: "guanli", Role.ASSESSOR: "fukao", Role.APPROVER: "lingdao"}
"""Others of the same role, for what two or three do."""
SPARED = {*WHO.values(), *SECOND.values()}
"""Accounts that the cases do not act on: nobody could send the rest otherwise."""
CHECKS: list[CheckFunction] = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
FIGURE = "agreements"
"""A figure of the year, which is no thing with an id."""
KEYS = 6
"""So many things are tried until a verb is done on one."""
LOOKED_AT = 100
"""So many things, those that something was done with last, are looked at for some on which a verb may be done."""


@dataclass
class Tally:
    """What came of it: answers by status, the operations that were answered 2xx, and what must not be."""

    statuses: Counter[int] = field(default_factory=Counter)
    reached: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)

    @property
    def share(self) -> float:
        """Of the operations, those answered 2xx at least once."""
        return len(self.reached) / len(NAMES)


class Campaign:
    """All operations of the API over the demo county, by an account of every role."""

    def __init__(self, api: Api, number: int, keys: int = KEYS) -> None:
        """On so many things, ``keys``, a verb is tried until it is done on one."""
        self.api = api
        self._tries = keys
        self.tally = Tally()
        self._random = Random(number)
        self._keys: dict[str, list[str]] = {}
        self._number = number
        _open_others(api)
        self._scripts = {role: api.script(username) for role, username in WHO.items()}
        self._second = {role: api.script(username) for role, username in SECOND.items()}
        self._schema = schemathesis.openapi.from_dict(description_of_api("/api/v1"))

    @cached_property
    def _operations(self) -> dict[str, Any]:
        found = (each.ok() for each in self._schema.get_all_operations())
        return {each.definition.raw["operationId"]: each for each in found}

    def keys(self, thing: Thing[Any]) -> list[str]:
        """The keys of things of this kind that there are, what something was done with last first."""
        if thing.kind not in self._keys:
            self._keys[thing.kind] = [key for key in keys_of(self.api.system, thing) if key not in SPARED]
        return self._keys[thing.kind]

    # ------------------------------------------------------------ reaching

    def reach(self, rounds: int = 3) -> None:
        """Try the examples on things whose state allows it, by whoever may, until each operation is done once.

        A further round reaches what rests on what an earlier one did.
        """
        for question in QUESTIONS.values():
            self._ask(question)
        for _ in range(rounds):
            for verb in DOABLE.values():
                if verb.name not in self.tally.reached:
                    self._reach(verb)
            self._keys.clear()

    def _ask(self, question: Question[..., Any]) -> None:
        words = {each.name: question_words(question.name, each.name) for each in question.fields}
        query = {each.name: example(each, words[each.name]) for each in question.fields if each.required}
        things = [question.on.kind] if question.on is not None else ["run"]
        keys = [key for kind in things for key in self.keys(_THINGS[kind])[:1]] if question.keyed else [""]
        if question.path.startswith("/figures/"):
            keys = [FIGURE]
        for key in keys:
            path = question.path.replace("{key}", quote(key, safe=""))
            for role in sorted(question.roles, key=lambda role: role.value):
                answer = self._scripts[role].get(path, **query)
                self._note(question.name, answer, f"{path} {query}")
                if answer.status_code == 200:
                    return

    def _reach(self, verb: Verb[Any, Any]) -> None:
        for role in sorted(verb.roles, key=lambda role: role.value):
            for script in (self._second.get(role), self._scripts[role]):
                for key in [""] if verb.begins else self._likely(verb, script):
                    if script is not None and self._done(verb, script, key):
                        return

    def _done(self, verb: Verb[Any, Any], script: Script, key: str) -> bool:
        """Whether it was done; tried first, so that what is refused in part is refused before."""
        path = _address(verb, key)
        for body in self._bodies(verb):
            for dry_run in ("?dry_run=true", ""):
                answer = script.post(path + dry_run, body)
                self._note(verb.name, answer, f"{path} {body}")
                if answer.status_code >= 300:
                    break
            else:
                return True
        return False

    def _likely(self, verb: Verb[Any, Any], script: Script | None) -> list[str]:
        """Some keys of things of somebody's own on which nothing forbids the verb."""
        look, keys, found = look_of(self.api.system), self.keys(verb.on)[:LOOKED_AT], list[str]()
        bearer = self.api.accounts.tokens.bearer(script.token) if script is not None else None
        if bearer is None:
            return []
        for key in keys:
            try:
                may = verb.may(bearer.actor, verb.on.owner(look, key))
            except (Unknown, ValueError):
                continue
            if may and verb.guard(verb.on.state(look, key), key) is None:
                found.append(key)
            if len(found) == self._tries:
                break
        return found

    def _bodies(self, verb: Verb[Any, Any]) -> Iterator[dict[str, Any]]:
        """The example, and the same today: what happened, just now; what is due, in three weeks."""
        words = {each.name: field_words(verb.name, each.name) for each in verb.fields}
        body = {each.name: self._real(each, example(each, words[each.name])) for each in verb.fields}
        due = (self.api.system.today() + timedelta(days=21)).isoformat()
        yield body
        days = {each.name: each.kind for each in verb.fields if isinstance(each.kind, Day)}
        yield {
            name: due if name in days else value
            for name, value in body.items()
            if name not in days or not days[name].happened
        }
        yield {each.name: body[each.name] for each in verb.fields if each.required}

    def _real(self, asked: Field, otherwise: Any) -> Any:
        kind = asked.kind
        if asked.name == "text" and isinstance(kind, Text) and kind.limit > 10_000:
            return moved_on(scheme_text(2025), 2025, self.api.system.today().year)
        if not isinstance(kind, KeyOf) or kind.thing == "pairing":
            return otherwise
        keys = self.keys(_THINGS[kind.thing]) if kind.thing in _THINGS else []
        return self._random.choice(keys) if keys else otherwise

    # ------------------------------------------------------------ all the rest

    def send(self, count: int) -> None:
        """At least ``count`` cases, spread over roles, operations, and what is in the description or against it."""
        modes = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
        rounds = [(role, name, mode) for name in self._operations for role in WHO for mode in modes]
        self._random.shuffle(rounds)
        each, more = divmod(count, len(rounds))
        for place, (role, name, mode) in enumerate(rounds):
            examples = each + (place < more)
            if examples:
                self._some(role, name, mode, examples, self._number + place)

    def _some(self, role: Role, name: str, mode: GenerationMode, examples: int, number: int) -> None:
        cases: SearchStrategy[Case] = self._operations[name].as_strategy(generation_mode=mode)

        @seed(number)
        @settings(
            max_examples=examples,
            database=None,
            deadline=None,
            phases=[Phase.generate],
            verbosity=Verbosity.quiet,
            suppress_health_check=list(HealthCheck),
        )
        @given(cases, randoms(use_true_random=False))
        def one(case: Case, random: Random) -> None:
            self._send(role, name, case, random)

        try:
            one()
        except Unsatisfiable:
            # Nothing can be against the description of this operation.
            return

    def _send(self, role: Role, name: str, case: Case, random: Random) -> None:
        keys = self.keys(DOABLE[name].on) if name in DOABLE else self._keys_of_question(name)
        if keys and case.path_parameters and random.random() < 0.5:
            case.path_parameters["key"] = quote(random.choice(keys), safe="")
        wanted = case.as_transport_kwargs(base_url="http://127.0.0.1/api/v1")
        wanted["headers"] = {**wanted.get("headers", {}), **self._scripts[role].headers}
        wanted = {
            name: value
            for name, value in wanted.items()
            if name not in ("allow_redirects", "timeout", "cookies")
        }
        if isinstance(wanted.get("data"), bytes | str):
            wanted["content"] = wanted.pop("data")
        told = f"{role.value} {wanted['method']} {wanted['url']} {str(wanted)[:600]}"
        try:
            answer = self._scripts[role].http.request(**wanted)
        except (httpx.InvalidURL, httpx.LocalProtocolError, UnicodeEncodeError, ValueError):
            # No client sends this.
            return
        except Exception:
            self.tally.wrong.append(f"{told}\n{traceback.format_exc(limit=-6)}")
            return
        self._note(name, answer, told, case)

    def _keys_of_question(self, name: str) -> list[str]:
        thing = QUESTIONS[name].on if name in QUESTIONS else None
        return self.keys(thing) if thing is not None else []

    def _note(self, name: str, answer: httpx.Response, told: str, case: Case | None = None) -> None:
        self.tally.statuses[answer.status_code] += 1
        if answer.status_code < 300:
            self.tally.reached.add(name)
        if answer.status_code == 503 and "retry-after" in answer.headers:
            return
        if answer.status_code >= 500:
            self.tally.wrong.append(f"{told}\n{answer.text[:500]}")
        elif case is not None:
            try:
                case.validate_response(answer, checks=CHECKS)
            except BaseExceptionGroup as error:
                self.tally.wrong.append(
                    f"{told}\n{answer.status_code} {answer.text[:300]}\n{error.exceptions}"
                )


_THINGS = {each.on.kind: each.on for each in (*DOABLE.values(), *QUESTIONS.values()) if each.on is not None}


def _open_others(api: Api) -> None:
    """Accounts that administrators act on, while nobody sends anything as them."""
    look, by = look_of(api.system), By(actor="guanli", source=Source(kind="command", name="test"))
    for number in range(1, 5):
        username = f"shenji{number}"
        new = NewAccount(username=username, display_name=username, office="县审计局", role=Role.AUDITOR)
        record_account(look, new, api.system.vault.person(username, "县审计局"), by=by)


def _address(verb: Verb[Any, Any], key: str) -> str:
    name = verb.name.replace("_", "-")
    return f"{verb.on.path}/{name}" if verb.begins else f"{verb.on.path}/{quote(key, safe='')}/{name}"


def main(words: Sequence[str] | None = None) -> int:
    """0 where every answer may be so."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args(words)
    with tempfile.TemporaryDirectory() as scratch:
        api = api_over(lived(Path(scratch)))
        campaign = Campaign(api, asked.seed)
        campaign.reach()
        campaign.send(asked.count)
        api.close()
    tally = campaign.tally
    for each in tally.wrong:
        print(each, "\n")
    missing = sorted(NAMES - tally.reached)
    print(f"{tally.statuses.total()} answers: {dict(sorted(tally.statuses.items()))}")
    print(
        f"{tally.share:.0%} of the operations were answered 2xx; not reached: {', '.join(missing) or 'none'}"
    )
    print(f"{len(tally.wrong)} answers that must not be" if tally.wrong else "every answer may be so")
    return 1 if tally.wrong else 0


if __name__ == "__main__":
    sys.exit(main())
