"""Every event as a sentence in the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Protocol

from sqlalchemy import Connection, Row

from application.questions.of_row import of_row
from application.questions.sentences import TrailRow
from domain.assessment.scheme.points import two_decimals
from interface.locales import Wording, counted, translate
from interface.web.kit.in_words import (
    article_name,
    need_before,
    policy_taken_back,
    project_before,
    version_called,
)
from interface.web.kit.values import size_of_file
from interface.words import EVENTS, FIELD_GROUPS, LABELS, OF_THINGS, label
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
_GROUPS = (
    "post",
    "method",
    "severity",
    "category",
    "colour",
    "service",
    "outcome",
    "verdict",
    "number_verdict",
    "photograph_verdict",
    "paper",
    "step",
    "use",
    "role",
    "struck",
    "side",
    "side_before",
    "force_role",
    "deed_kind",
    "policy_area",
    "source",
)


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


def _sentence(
    page: Reader,
    row: Row[Any],
    people: Mapping[str, str],
) -> str:
    name, data = row.name, row.data
    units, villages = _names_of(page, row)
    values: dict[str, Any] = {}
    for key, value in data.items():
        values[key] = "—" if value is None else value
        if isinstance(value, bool):
            values[key] = page.t("是") if value else page.t("否")
        if key in _GROUPS and value is not None:
            groups = FIELD_GROUPS.get(key, ())
            group = next((each for each in groups if str(value) in LABELS[each]), key.removesuffix("_before"))
            values[key] = page.t(label(group, str(value)))
        elif key == "document_no" and value == "":
            values[key] = page.t(UNNUMBERED)
        elif key in _GRADES and str(value) in LABELS["usual_grade"]:
            values[key] = page.t(label("usual_grade", str(value)))
        elif key in OF_THINGS:
            values[key] = page.numbers.shown(str(value))
    values["branch"] = units.get(str(data.get("branch", "")), data.get("branch", ""))
    values["village"] = villages.get(str(data.get("village", "")), data.get("village", ""))
    for key in ("entry", "into", "other", "off"):
        if key in data:
            values[key] = units.get(str(data[key])) or villages.get(str(data[key]), data[key])
    if name == "livelihood.ProjectCorrected":
        values["before"] = project_before(page, str(data["before"]))
    if name == "policy.PolicyCorrected":
        values["taken_back"] = policy_taken_back(page, data)
    if name == "livelihood.NeedCorrected":
        values["before"] = need_before(page, data)
    if "article" in data:
        values["article"] = article_name(page, data["article"])
    if "template_version" in data:
        followed = {key: data[key] for key in ("template_version", "version_before") if key in data}
        values |= {key: version_called(page, number) for key, number in followed.items()}
    if "parent" in data:
        parent = units.get(str(data["parent"]), "")
        values["parent"] = parent or page.t("无")
        values["under"] = page.t("，上级单位：%(parent)s", parent=parent) if parent else ""
    kind, level = str(data.get("kind", "")), str(data.get("level", ""))
    values["target_kind"] = page.t(label("target_kind", kind))
    values["unit_level"] = page.t(label("level", level))
    values["activity_kind"] = page.t(label("activity_kind", kind))
    values["numbered"] = page.t(label("numbered", kind))
    values["document_kind"] = page.t(label("document_kind", kind))
    values["circular"] = page.t(label("circular", kind))
    values["case_level"] = page.t(label("case_level", level))
    values["points"] = two_decimals(int(data.get("points_hundredths", 0)))
    values |= {
        key.replace("_cents", "_yuan"): two_decimals(value)
        for key, value in data.items()
        if key.endswith("_cents")
    }
    values["score"] = two_decimals(int(data.get("score_hundredths", 0)))
    values["hours"] = two_decimals(int(data.get("hours_hundredths", 0)))
    if name == "attachment.AttachmentAdded":
        values["size"] = size_of_file(int(data["size"]))
    if "other_thing" in data:
        values["other_thing"] = bearer_called(page, page.numbers.connection, str(data["other_thing"]))
    if "other_id" in data:
        values["other_id"] = called(page.numbers.connection, str(data["other_id"]))
    refs = _refs(data)
    named = people.get(refs[0], page.t("（姓名已删除）")) if refs else ""
    values.update(dict.fromkeys(("person", "signer", "approver", "consenter", "teacher"), named))
    if "passed" in data:
        values["passed"] = page.t("通过") if data["passed"] else page.t("不通过")
    words = EVENTS.get(name)
    told = page.counted(words.sentence, data.get(words.counts) or 0, **values) if words else name
    return told + "".join(
        page.t("（不合程序：%(what)s）", what=page.t(label("procedure", broken)))
        for broken in data.get("irregular") or ()
    )
