"""Every event as a sentence in the reader's language."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any, Protocol

from sqlalchemy import Connection, Row

from application.questions.of_row import of_row
from application.questions.sentences import TrailRow
from domain.assessment.scheme.points import two_decimals
from interface.locales import Phrase, Wording, counted, translate
from interface.web.kit.in_words import (
    article_name,
    need_before,
    policy_taken_back,
    project_before,
    version_called,
)
from interface.web.kit.values import size_of_file
from interface.words import EVENTS, LABELS, OF_THINGS, label, value_words
from interface.words.common import UNNUMBERED
from projections.boards import trail
from projections.boards.called import called
from projections.boards.numbers import Numbers
from projections.boards.registry.names import Names

PERSONS = ("person", "inspector", "signer", "approver", "consenter", "teacher")
"""Fields of events that hold a reference to a person."""
WORDS = (
    "description",
    "measures",
    "account",
    "because",
    "interim_measures",
    "served_to",
    "signed_as",
    "copies_to",
    "contact",
    "ranking_basis",
    "retroactive_because",
    "others",
    "others_before",
    "wrong",
    "right",
)
"""Fields that hold what people wrote: what its sentence does not say of an event is told beneath it, in full."""
_GRADES = ("grade", "grade_before", "grade_after")
"""Fields with the id of a grade: one of the usual ids is named, any other is shown as the scheme has it."""
_ENTRIES = ("entry", "into", "other", "off")
"""Fields with the id of a unit or of a village."""
_PLACE = re.compile(r"%\((\w+)\)s")
Data = Mapping[str, Any]


class Reader(Protocol):
    """For whom it is told: a language, the names of units and villages on any day, and the numbers of things."""

    def people(self, refs: Iterable[str]) -> dict[str, str]: ...

    def units_on(self, day: date | None) -> Mapping[str, str]: ...

    def villages_on(self, day: date | None) -> Mapping[str, str]: ...

    @property
    def numbers(self) -> Numbers: ...

    @property
    def language(self) -> str: ...

    def t(self, text: Wording, /, **values: object) -> str: ...

    def counted(self, text: Wording, number: int, /, **values: object) -> str: ...


@dataclass(frozen=True)
class Narrator:
    """A reader without a page, such as one of a package."""

    language: str
    names: Names
    numbers: Numbers

    def units_on(self, day: date | None) -> Mapping[str, str]:
        """Branch id to the unit's name on a day."""
        return self.names.units(day)

    def villages_on(self, day: date | None) -> Mapping[str, str]:
        """Village id to its name on a day, without its township: what is told is about one pairing."""
        return self.names.villages(day, among=())

    def people(self, refs: Iterable[str]) -> dict[str, str]:
        """Nobody is named."""
        return dict.fromkeys(refs, self.t("（姓名未附）"))

    def t(self, text: Wording, /, **values: object) -> str:
        return translate(self.language, text, **values)

    def counted(self, text: Wording, number: int, /, **values: object) -> str:
        return counted(self.language, text, number, **values)


def bearer_called(page: Reader, connection: Connection, key: str) -> str:
    """What bears attachments, by its kind and its id (``project-<id>``), in the reader's language."""
    kind, _, thing = key.partition("-")
    space = " " if page.language == "en" else ""
    return f"{page.t(label('photographed', kind))}{space}{called(connection, thing)}"


def tell(page: Reader, rows: Iterable[Row[Any]]) -> list[TrailRow]:
    """The rows with their sentences; the names of all persons are read at once."""
    listed = list(rows)
    refs = {ref for row in listed for ref in _refs(row.data)}
    people = page.people(refs)
    page.numbers.read(str(row.data.get(name, "")) for row in listed for name in OF_THINGS)
    return [
        of_row(
            TrailRow,
            row,
            record=row.position,
            sentence=_sentence(page, row, people),
            words=tuple(_words(page, row.name, row.data)),
            changed=(),
        )
        for row in listed
    ]


def tell_records(page: Reader, connection: Connection, records: Iterable[int]) -> dict[int, TrailRow]:
    """Record number to its sentence."""
    events = trail.events_at(connection, set(records))
    return {each.record: each for each in tell(page, events.values())}


def in_chinese(connection: Connection, known_at: int, rows: Iterable[Row[Any]]) -> list[TrailRow]:
    """The rows for a reader without a page: `application.questions.sentences.Sentences`."""
    return tell(Narrator("zh", Names(connection, known_at), Numbers(connection)), rows)


def _words(page: Reader, name: str, data: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    said = EVENTS[name].sentence.zh if name in EVENTS else ""
    for field in WORDS:
        if data.get(field) and f"%({field})s" not in said:
            yield page.t(label("field", field)), str(data[field])


def _refs(data: Mapping[str, Any]) -> list[str]:
    person: Mapping[str, Any] = next((data[name] for name in PERSONS if data.get(name)), {})
    return [ref for ref in (person.get("ref"), data.get("person_ref")) if ref]


def _names_of(page: Reader, row: Row[Any]) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Units and villages as they were called on the day that the row tells of."""
    day = row.occurred_on
    if day is not None and row.name.startswith("registry."):
        # What changes from a day on is called as it was until then.
        day -= timedelta(days=1)
    return page.units_on(day), page.villages_on(day)


def _sentence(page: Reader, row: Row[Any], people: Mapping[str, str]) -> str:
    words, data = EVENTS.get(row.name), row.data
    told: str = row.name
    if words is not None:
        values = _values(page, row, people)
        values |= {name: _PARTS[name](page, data) for name in _places(words.sentence) & _PARTS.keys()}
        told = page.counted(words.sentence, data.get(words.counts) or 0, **values)
    return told + "".join(
        page.t("（不合程序：%(what)s）", what=page.t(label("procedure", broken)))
        for broken in data.get("irregular") or ()
    )


@cache
def _places(sentence: Phrase) -> frozenset[str]:
    """What is filled in, in either language."""
    return frozenset(_PLACE.findall(sentence.zh + sentence.en))


def _values(page: Reader, row: Row[Any], people: Mapping[str, str]) -> dict[str, Any]:
    """The fields of the event, each as its reader calls it."""
    data: Data = row.data
    units, villages = _names_of(page, row)
    values = {name: _value(page, name, value) for name, value in data.items()}
    values["branch"] = units.get(str(data.get("branch", "")), data.get("branch", ""))
    values["village"] = villages.get(str(data.get("village", "")), data.get("village", ""))
    for name in _ENTRIES:
        if name in data:
            values[name] = units.get(str(data[name])) or villages.get(str(data[name]), data[name])
    if "parent" in data:
        parent = units.get(str(data["parent"]), "")
        values["parent"] = parent or page.t("无")
        values["under"] = page.t("，上级单位：%(parent)s", parent=parent) if parent else ""
    refs = _refs(data)
    named = people.get(refs[0], page.t("（姓名已删除）")) if refs else ""
    return values | dict.fromkeys(("person", "signer", "teacher"), named)


def _value(page: Reader, name: str, value: Any) -> Any:
    if value is None:
        return "—"
    if isinstance(value, bool):
        return page.t("是") if value else page.t("否")
    if (words := value_words(name, str(value))) is not None:
        return page.t(words)
    if name == "document_no" and value == "":
        return page.t(UNNUMBERED)
    if name in _GRADES and str(value) in LABELS["usual_grade"]:
        return page.t(label("usual_grade", str(value)))
    return page.numbers.shown(str(value)) if name in OF_THINGS else value


def _labelled(group: str, field: str) -> Callable[[Reader, Data], str]:
    """The words of a field that has others in each kind of events."""
    return lambda page, data: page.t(label(group, str(data.get(field, ""))))


def _hundredths(field: str) -> Callable[[Reader, Data], str]:
    return lambda _, data: two_decimals(int(data[field]))


_PARTS: Mapping[str, Callable[[Reader, Data], str]] = {
    "target_kind": _labelled("target_kind", "kind"),
    "activity_kind": _labelled("activity_kind", "kind"),
    "numbered": _labelled("numbered", "kind"),
    "document_kind": _labelled("document_kind", "kind"),
    "circular": _labelled("circular", "kind"),
    "unit_level": _labelled("level", "level"),
    "case_level": _labelled("case_level", "level"),
    "points": _hundredths("points_hundredths"),
    "score": _hundredths("score_hundredths"),
    "hours": _hundredths("hours_hundredths"),
    "amount_yuan": _hundredths("amount_cents"),
    "budget_yuan": _hundredths("budget_cents"),
    "total_yuan": _hundredths("total_cents"),
    "passed": lambda page, data: page.t("通过") if data["passed"] else page.t("不通过"),
    "article": lambda page, data: article_name(page, data["article"]),
    "template_version": lambda page, data: version_called(page, data["template_version"]),
    "version_before": lambda page, data: version_called(page, data["version_before"]),
    "project_before": lambda page, data: project_before(page, str(data["before"])),
    "need_before": need_before,
    "taken_back": policy_taken_back,
    "size_of_file": lambda _, data: size_of_file(int(data["size"])),
    "other_thing": lambda page, data: bearer_called(page, page.numbers.connection, str(data["other_thing"])),
    "other_id": lambda page, data: called(page.numbers.connection, str(data["other_id"])),
}
"""Parts of sentences that are no field as it is: by the name that the sentence has for it, how it is told."""
