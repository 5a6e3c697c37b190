"""The form of a verb as it is drawn, and why it comes back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from typing import Any
from urllib.parse import urlencode

from application.input.reading import Fault, Written
from application.questions.sentences import TrailRow
from application.things import RUN, YEAR, year_of_run
from application.verb import foreseen
from domain.assessment.year.clauses import LEFT_BEHIND_ACKNOWLEDGED
from domain.kernel.errors import Forbidden, Rejected, Unknown
from interface.web.kit.forms.about import on_record
from interface.web.kit.forms.confirming import consequence
from interface.web.kit.forms.files import (
    FILES,
    file_field,
)
from interface.web.kit.forms.forewarning import forewarned
from interface.web.kit.forms.form_fields import FormField, form_fields
from interface.web.kit.forms.of_verb import AnyVerb, address_of, look_at, title_of
from interface.web.kit.page.page import Page


@dataclass(frozen=True)
class Refusal:
    """Why a form comes back: what cannot be read, the clause that refuses, somebody who was faster, or a thing that it names
    and that is not there for the reader. ``since``: what others did with the thing after the form was opened."""

    faults: Mapping[str, Fault] = field(default_factory=dict)
    rejected: Rejected | None = None
    conflict: bool = False
    missing: Unknown | Forbidden | None = None
    since: Sequence[TrailRow] = ()

    @property
    def anything(self) -> bool:
        """Whether it comes back at all."""
        return bool(self.faults or self.rejected or self.conflict or self.missing)


@dataclass(frozen=True)
class DrawnVerb:
    """A verb's form. ``refused``: why the state refuses it, ``None`` where nothing does. ``told``: fields that the address
    states. ``danger``: it cannot be taken back; ``foretold``: what it does then, where the form says so; ``forewarned``: what
    speaks against it, which hinders nobody."""

    name: str
    title: str
    address: str
    fields: list[FormField]
    refused: Rejected | None = None
    told: Sequence[FormField] = ()
    danger: bool = False
    foretold: str = ""
    forewarned: Sequence[str] = ()

    def field(self, name: str) -> FormField:
        """The field of this name, for a page that places each itself."""
        return next(each for each in self.fields if each.name == name)

    @property
    def nothing_to_choose(self) -> bool:
        """Whether it cannot be sent, since there is nothing to choose in a field that must be filled in."""
        return any(each.nothing for each in self.fields)

    @property
    def takes_files(self) -> bool:
        """Whether files can be chosen in it."""
        return any(each.control == FILES for each in self.fields)

    @property
    def faulty(self) -> list[FormField]:
        """The fields, and columns of tables, with which something is wrong, in their order."""
        flat = [
            part for each in self.fields for part in (each, *(column for row in each.rows for column in row))
        ]
        return [each for each in flat if each.fault]

    def offering(self, **choices: Sequence[tuple[str, str]]) -> DrawnVerb:
        """The same where the page knows what can be chosen in a field, or in a column of a table, as (value, word). A field that
        need not be filled in, and for which there is nothing to choose, is not shown."""

        def offer(each: FormField) -> FormField:
            found = choices.get(each.name.rpartition(".")[2])
            if found is None:
                return replace(each, rows=[[offer(column) for column in row] for row in each.rows])
            if not found and not each.required and not each.value:
                return replace(each, control="hidden")
            return replace(
                each,
                control="choices" if each.control == "choices" else "choice",
                choices=found,
                nothing=not found and each.required and not each.value,
                words=each.choices,
            )

        return replace(
            self, fields=[offer(each) for each in self.fields], told=[offer(each) for each in self.told]
        )

    def with_known(self, **known: object) -> DrawnVerb:
        """The same where the page knows some values, which are then not shown."""
        fields = [
            replace(each, control="hidden", values=[str(known[each.name])]) if each.name in known else each
            for each in self.fields
        ]
        return replace(self, fields=fields)


def drawn(
    page: Page,
    verb: AnyVerb,
    key: str,
    state: Any,
    written: Written | None = None,
    refusal: Refusal | None = None,
    proposed: Mapping[str, object] | None = None,
    fixed: Written | None = None,
) -> DrawnVerb:
    """The form of a verb, to be filled in or as it was filled in. ``fixed`` stands in its address and is only told.
    ``proposed``: what a page offers that knows more than the state; rows that it proposes are those of the table."""
    refusal = refusal or Refusal()
    # What is stated wrongly can be entered.
    fixed = {name: value for name, value in (fixed or {}).items() if name not in refusal.faults}
    stands = verb.proposes(state) if verb.proposes else on_record(page, verb, key)
    proposed = {**stands, **(proposed or {})}
    clause = refusal.rejected.clause if refusal.rejected else None
    left = foreseen(look_at(page), verb, key, page.by) if clause in (None, LEFT_BEHIND_ACKNOWLEDGED) else ()
    page.of_year = _year_of(page, verb, key)
    fields = form_fields(
        page, verb.name, verb.fields, {**(written or {}), **fixed}, proposed, refusal.faults, clause, left
    )
    address = address_of(verb, key) + (f"?{urlencode(fixed, doseq=True)}" if fixed else "")
    if verb.takes_files:
        fields.append(file_field(page, refusal.faults.get(FILES)))
    fields = [placed(each, address) for each in fields]
    asked = [each for each in fields if each.name not in fixed]
    told = [each for each in fields if each.name in fixed and each.value]
    return DrawnVerb(
        verb.name,
        title_of(page, verb),
        address,
        asked,
        refusal.rejected,
        told,
        danger=verb.irreversible,
        foretold=consequence(page, verb, key) if verb.foretold else "",
        forewarned=forewarned(page, verb, key, {**(written or {}), **fixed}),
    )


def placed(field: FormField, address: str) -> FormField:
    """The field with an id that no other form of the page has: it begins with what stands for the form's address."""
    place = f"f{sha256(address.encode()).hexdigest()[:6]}-"
    return replace(field, place=place, rows=[[placed(each, address) for each in row] for row in field.rows])


def _year_of(page: Page, verb: AnyVerb, key: str) -> int | None:
    """The year that the thing is of, whose pairings and grades there are to choose from; ``None`` for the page's own."""
    if verb.on.kind == RUN.kind:
        return year_of_run(look_at(page), key)
    return int(key) if verb.on.key == YEAR and not verb.begins else None
