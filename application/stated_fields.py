"""What people state of an event, by the verbs that it comes of: the rest is drawn, looked up or reckoned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, get_args, get_type_hints

from application.verbs import VERBS
from domain.kernel.event import Event


@cache
def stated_fields() -> Mapping[str, frozenset[str]]:
    """Name of an event to the fields of its verbs, read off once in a process; those of a decision that says no more than that
    it answers events are not known, and none."""
    found: dict[str, set[str]] = defaultdict(set)
    for verb in VERBS.values():
        if not verb.beside_log:
            for event in _events_in(get_type_hints(verb.decision).get("return")):
                found[event.NAME] |= {each.name for each in verb.fields}
    return MappingProxyType({name: frozenset(fields) for name, fields in found.items()})


def _events_in(answer: Any) -> Iterator[type[Event]]:
    if isinstance(answer, type) and issubclass(answer, Event):
        yield answer
    for part in get_args(answer):
        yield from _events_in(part)
