"""Words of all identifiers in both languages, one file per context: what may be chosen, verbs, events, fields."""

from __future__ import annotations

from typing import Any

from interface.words import (
    account,
    attachment,
    burden,
    common,
    complaint,
    document,
    livelihood,
    policy,
    registry,
    supervision,
    system,
)
from interface.words.assessment import appeal, evidence, result_uses, results, runs, schemes, year_work
from interface.words.pages import duties, figures
from interface.words.pairing import activity, agreement, pairing, pairing_list, plan
from interface.words.phrase import EventWords, FieldWords, Phrase, VerbWords

CONTEXTS = (
    registry,
    pairing,
    activity,
    plan,
    policy,
    pairing_list,
    agreement,
    livelihood,
    supervision,
    schemes,
    year_work,
    evidence,
    runs,
    results,
    result_uses,
    appeal,
    complaint,
    burden,
    attachment,
    document,
    account,
    system,
    figures,
    duties,
    common,
)


def _all(words: str) -> dict[str, Any]:
    return {name: each for context in CONTEXTS for name, each in getattr(context, words, {}).items()}


def _titles() -> dict[str, Phrase]:
    """A field's own title, else what its verbs call it, where all call it the same in Chinese."""
    found: dict[str, list[Phrase]] = {}
    for words in FIELDS.values():
        for name, each in words.items():
            found.setdefault(name, []).append(each.label)
    return {name: each[0] for name, each in found.items() if len({one.zh for one in each}) == 1} | _all(
        "TITLES"
    )


VERBS: dict[str, VerbWords] = _all("VERBS")
EVENTS: dict[str, EventWords] = _all("EVENTS")
FIELDS: dict[str, dict[str, FieldWords]] = {
    context.__name__: getattr(context, "FIELDS", {}) for context in CONTEXTS
}
"""By context: ``due_on`` for all its verbs, ``grant_extension.due_on`` for one."""
LABELS: dict[str, dict[str, Phrase]] = {
    **_all("CHOICES"),
    "event": {name: each.title for name, each in EVENTS.items()},
    "field": _titles(),
}
"""A group of identifiers to the identifiers with their words; ``field``: of events, forms and addresses."""
_OWN_FIELDS = {
    verb: FIELDS[context.__name__] for context in CONTEXTS for verb in getattr(context, "VERBS", ())
}
_OF_THEIR_NAME = """
category colour deed_kind desk entry_kind finding_type force_role known_by measure_unit method
number_verdict outcome paper photograph_verdict policy_area policy_kind post role service severity
side source step struck subject system unit_class use
"""
FIELD_GROUPS = {
    "category_before": ("category",),
    "colour_before": ("colour",),
    "desk_before": ("desk",),
    "kind": ("activity_kind", "circular", "target_kind", "document_kind", "numbered"),
    "level": ("level", "case_level"),
    "level_before": ("case_level",),
    "side_before": ("side",),
    "tags": ("activity_tag",),
    "verdict": ("verdict", "likeness_verdict"),
    **{name: (name,) for name in _OF_THEIR_NAME.split()},
}
"""A field of events to the groups in which its values have words."""
OF_THINGS = (
    "finding_id",
    "need_id",
    "project_id",
    "run_id",
    "carried_from",
    "appeal_id",
    "objection_id",
    "sample_id",
    "thing",
    "document_id",
    "replaces",
    "reference",
    "about",
)
"""Fields of events in which the id of a thing may stand that people know by its number."""


def label(group: str, identifier: str) -> Phrase:
    """The words of an identifier, or the identifier itself where there are none."""
    return LABELS.get(group, {}).get(identifier, Phrase(identifier, identifier))


def value_words(field: str, value: str) -> Phrase | None:
    """The words of what stands in a field of an event; ``None`` where it is no identifier that has words."""
    groups = FIELD_GROUPS.get(field, ())
    return next((LABELS[group][value] for group in groups if value in LABELS[group]), None)


def field_title(event: str, field: str) -> Phrase:
    """What a field of an event is called: in the event's context, where that says so (``account.successor``), else everywhere."""
    own = LABELS["field"].get(f"{event.partition('.')[0]}.{field}")
    return label("field", field) if own is None else own


def words_of(verb: str) -> VerbWords:
    """A verb's words. Raises ``KeyError`` for a verb without."""
    return VERBS[verb]


def field_words(verb: str, field: str) -> FieldWords:
    """The words of a verb's field: its own, or the context's. Raises ``KeyError`` for a field without."""
    words = _OWN_FIELDS[verb]
    own = words.get(f"{verb}.{field}")
    return words[field] if own is None else own
