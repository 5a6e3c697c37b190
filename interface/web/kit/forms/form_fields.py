"""A verb's fields as a form draws them: with words, what was written, and what is wrong beside it."""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from starlette.datastructures import FormData, QueryParams

from application.input.fields import Field, fields_of_row
from application.input.reading import Fault, Written
from domain.assessment.scheme.points import two_decimals
from domain.assessment.year.left_behind import LeftBehind, told
from domain.kernel.clause import Clause
from domain.kernel.values import (
    Choice,
    Day,
    KeyOf,
    Kind,
    Many,
    Person,
    Points,
    Record,
    Rows,
    Text,
    Tick,
    Whole,
    YesNo,
)
from domain.registry.events import NumberedThing
from interface.web.kit.forms.choices import choices_of_key
from interface.web.kit.page.page import Page
from interface.web.kit.values import DAY
from interface.words import field_words
from interface.words.choices import choice_words
from projections.boards.numbers import next_number

COUNTED = {
    "raise_finding": NumberedThing.FINDING,
    "raise_need": NumberedThing.NEED,
    "open_project": NumberedThing.PROJECT,
}
"""What is begun with a number of its kind's register, of which the next one is offered."""
LONG = 2_000
"""A field that holds more characters than this holds a document, and is tall."""
SPARE_ROWS = 3
"""Empty rows of a table, for what is still to be entered."""
_NUMBER = re.compile(r"-?\d{1,18}", re.ASCII)
"""What a control for numbers shows."""
_PARTED = re.compile(r"[\s,，、;；]+")
"""What parts the values of a field that holds many."""


@dataclass(frozen=True)
class FormField:
    """``control``: text, lines, date, number, points, choice, choices, yes_no, tick, or rows. ``values``: what was written, or
    is proposed. ``bounds``: attributes of the control. ``rows``: the columns of each row of a table.
    ``place``: what its id begins with. ``nothing``: whether it must be filled in, and the page knows of nothing to choose.
    ``words``: of what could be chosen, were it not that the page knows better."""

    name: str
    control: str
    label: str
    hint: str
    required: bool
    values: Sequence[str]
    fault: str
    choices: Sequence[tuple[str, str]]
    bounds: Mapping[str, str]
    rows: Sequence[Sequence[FormField]] = ()
    place: str = ""
    nothing: bool = False
    words: Sequence[tuple[str, str]] = ()

    @property
    def gone(self) -> list[tuple[str, str]]:
        """What was chosen and is not offered, or not any more: it stays chosen, so that nothing that a person entered is lost,
        with its word where one is known."""
        if self.control not in ("choice", "choices"):
            return []
        offered, words = dict(self.choices), dict(self.words)
        # An address can state more than the one that a list to choose from can hold.
        stated = self.values[:1] if self.control == "choice" else self.values
        return [(each, words.get(each, "")) for each in dict.fromkeys(stated) if each and each not in offered]

    @property
    def id(self) -> str:
        """Of the control on its page, on which several forms may have a field of this name."""
        return f"{self.place}{self.name}"

    @property
    def typed(self) -> str:
        """The type of its input, if it has one: what is no day or no number is shown as it was typed, which a control for days
        or numbers would leave out."""
        if self.control == "date" and (not self.value or DAY.fullmatch(self.value)):
            return "date"
        if self.control == "number" and (not self.value or _NUMBER.fullmatch(self.value)):
            return "number"
        return ""

    @property
    def value(self) -> str:
        """The one value, empty where there is none."""
        return self.values[0] if self.values else ""

    def row_of(self, named: str) -> Mapping[str, FormField]:
        """The columns by name of the row that begins with this value; empty where there is no such row."""
        for row in self.rows:
            if row[0].value == named:
                return {column.name.rpartition(".")[2]: column for column in row}
        return {}


def written_in(fields: Sequence[Field], form: FormData | QueryParams) -> dict[str, object]:
    """What a form or an address states for these fields; nothing for a field it does not have."""
    written: dict[str, object] = {}
    for field in fields:
        if isinstance(field.kind, Rows):
            written[field.name] = _rows_in(field.name, field.kind, form)
        elif isinstance(field.kind, Many):
            if field.name in form:
                values = [value for value in form.getlist(field.name) if isinstance(value, str)]
                written[field.name] = values if _is_chosen(field.kind) else _PARTED.split("\n".join(values))
        elif field.name in form:
            stated = form.getlist(field.name)
            written[field.name] = stated[0] if len(stated) == 1 else stated
    return written


def _is_chosen(kind: Many) -> bool:
    return isinstance(kind.each, Choice | KeyOf)


def _rows_in(name: str, kind: Rows, form: FormData | QueryParams) -> list[dict[str, object]]:
    """Rows stand as ``name.0.column``; a row of which nothing is filled in, but what it is of, is none, unless the form says
    by ``name.0.stood`` that something stood there."""
    columns = [column.name for column in fields_of_row(kind.row)]
    # What stood in a row that is emptied now is not left out: that it is empty is the reader's to judge.
    stood = {key.rpartition(".")[0] for key in form if key.startswith(f"{name}.") and key.endswith(".stood")}
    parts = [key.split(".") for key in form if key.startswith(f"{name}.")]
    places = sorted({int(part[1]) for part in parts if len(part) == 3 and part[1].isdecimal()})
    rows: dict[str, dict[str, object]] = {
        f"{name}.{place}": {
            column: form[f"{name}.{place}.{column}"]
            for column in columns
            if f"{name}.{place}.{column}" in form
        }
        for place in places
    }
    bare = {kind.once, *kind.carried}
    return [
        row
        for path, row in rows.items()
        if path in stood
        or any(value not in ("", None) for column, value in row.items() if column not in bare)
    ]


def form_fields(
    page: Page,
    verb: str,
    fields: Sequence[Field],
    written: Written,
    proposed: Mapping[str, object],
    faults: Mapping[str, Fault],
    refused_by: Clause | None = None,
    left: LeftBehind = (),
) -> list[FormField]:
    """All fields of a form in their order; a box that only a refusal asks for is drawn after that refusal, or once ticked.
    Where it is foreseen what is ``left`` behind, the box says what.
    """
    drawn = []
    for field in fields:
        asked_by = field.kind.asked_by if isinstance(field.kind, Tick) else ()
        asked = bool(left or written.get(field.name)) or (
            refused_by is not None and refused_by.id in asked_by
        )
        if asked_by and not asked:
            continue
        proposal = proposed.get(field.name)
        if proposal is None and field.name == "number" and verb in COUNTED and field.name not in written:
            proposal = next_number(page.connection, COUNTED[verb], page.today.year)
        # A correction begins with what is on record, never with today.
        begins = field.kind if not verb.startswith("correct_") else None
        stated = written[field.name] if field.name in written else _proposal(page, begins, proposal)
        if isinstance(field.kind, Rows) and isinstance(proposal, list):
            table = _Table(field.name, field.kind.once, proposal, written.get(field.name), faults)
            drawn.append(_form_field(page, verb, field, field.name, table.rows, table.faults, spare=0))
            continue
        one = _form_field(page, verb, field, field.name, stated, faults)
        if one.required and one.control == "choice" and len(one.choices) == 1 and field.name not in written:
            # Nobody is asked what can only be one thing.
            one = replace(one, values=[one.choices[0][0]])
        drawn.append(replace(one, label=_left(page, left), hint="") if asked_by and left else one)
    return drawn


def _left(page: Page, left: LeftBehind) -> str:
    words = told(left)
    what = words.en if page.language == "en" else words.zh
    return f"{page.t('尚未办结或已有变动：')}{what}{page.t('。已知悉，仍要办理。')}"


class _Table:
    """A table whose rows are proposed: each as it was filled in where it was sent, with what is wrong with it."""

    def __init__(
        self,
        name: str,
        once: str,
        proposed: Sequence[Mapping[str, object]],
        written: object,
        faults: Mapping[str, Fault],
    ) -> None:
        sent = list(written) if isinstance(written, list | tuple) else []
        places = {str(row.get(once)): place for place, row in enumerate(sent)}
        self.rows: list[Mapping[str, object]] = []
        self.faults: dict[str, Fault] = {}
        left = {each: fault for each, fault in faults.items() if each.partition(".")[0] == name}
        for place, row in enumerate(proposed):
            before = places.get(str(row[once]))
            self.rows.append(row if before is None else {**row, **sent[before]})
            for column in row:
                if (fault := left.pop(f"{name}.{before}.{column}", None)) is not None:
                    self.faults[f"{name}.{place}.{column}"] = fault
        # What is wrong with the table, or with a row that it does not show, is said of the table.
        for fault in left.values():
            self.faults.setdefault(name, fault)


def _proposal(page: Page, kind: Kind | None, proposed: object) -> object:
    if proposed is None and kind == Day(happened=True):
        return page.today.isoformat()
    return proposed


def _form_field(
    page: Page,
    verb: str,
    field: Field,
    name: str,
    stated: object,
    faults: Mapping[str, Fault],
    spare: int = SPARE_ROWS,
) -> FormField:
    words = field_words(verb, field.name)
    fault, choices = faults.get(name), _choices(page, field)
    rows: list[list[FormField]] = []
    if isinstance(field.kind, Rows):
        given = list(stated) if isinstance(stated, list | tuple) else []
        for place, row in enumerate([*given, *({} for _ in range(spare))]):
            columns = [
                _form_field(page, verb, column, f"{name}.{place}.{column.name}", row.get(column.name), faults)
                for column in fields_of_row(field.kind.row)
            ]
            # A spare row may stay empty.
            spared = place >= len(given)
            rows.append([replace(each, required=False) for each in columns] if spared else columns)
    return FormField(
        name=name,
        control=_control(field.kind),
        label=words.label.said(page.language),
        # Where a list is offered, nobody asks what a value looks like.
        hint=words.hint.said(page.language)
        if words.hint and not (choices and isinstance(field.kind, Text))
        else "",
        required=field.required or (isinstance(field.kind, Tick) and bool(field.kind.asked_by)),
        values=_values(
            two_decimals(stated) if isinstance(field.kind, Points) and isinstance(stated, int) else stated
        ),
        fault="" if fault is None else fault.en if page.language == "en" else fault.zh,
        choices=choices,
        bounds=_bounds(page, field.kind),
        rows=rows,
    )


def _values(stated: object) -> list[str]:
    if stated is None or isinstance(stated, Mapping):
        return []
    if isinstance(stated, list | tuple):
        return [text for each in stated for text in _values(each)]
    return [str(stated.value) if isinstance(stated, enum.Enum) else str(stated)]


def _control(kind: Kind) -> str:
    match kind:
        case Text(lines=True):
            return "lines"
        case Text() | Person() | Record():
            return "text"
        case KeyOf() | Choice():
            return "choice"
        case Whole():
            return "number"
        case Points():
            return "points"
        case Day():
            return "date"
        case YesNo():
            return "yes_no"
        case Tick():
            return "tick"
        case Many() as many:
            return "choices" if _is_chosen(many) else "many"
        case Rows():
            return "rows"


def _choices(page: Page, field: Field) -> list[tuple[str, str]]:
    """What can be chosen; nothing where an id is typed, since there is no list of such things."""
    kind = field.kind.each if isinstance(field.kind, Many) else field.kind
    if isinstance(kind, Choice):
        return [(str(member.value), page.t(choice_words(member))) for member in kind.kind if member.value]
    if isinstance(kind, KeyOf):
        return choices_of_key(page, kind.thing)
    return []


def _bounds(page: Page, kind: Kind) -> dict[str, str]:
    match kind:
        case Text(limit=limit, lines=True) if limit > LONG:
            return {"maxlength": str(limit), "rows": "18"}
        case Text():
            return {"maxlength": str(kind.limit)}
        case Person():
            return {"maxlength": str(kind.limit)}
        case Whole():
            return {"min": str(kind.low), "max": str(kind.high)}
        case Day(happened=True):
            return {"max": page.today.isoformat()}
    return {}
