"""Rows of the pairing ledger: units and villages entered, pairings begun or renewed, agreements, posts, endings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Final

from application.ledgers.matching.name_index import NameIndex
from application.ledgers.matching.organisations import Couple, NameMeaning
from application.ledgers.matching.pairing_index import PairingDays
from application.ledgers.recording.registering import RegisteringRows
from application.ledgers.recording.stating import RefusedStep, Step, state_steps
from application.ledgers.rows import PairingRow, PostChangeRow, RowSource
from application.things import PAIRING
from application.verb import Verb
from application.verbs.pairing.pairings import (
    end_pairing,
    sign_agreement,
    start_pairing,
    state_appointment,
    state_pairing_day,
)
from application.verbs.registry.units_and_villages import (
    learn_branch_alias,
    learn_village_alias,
    move_village,
    register_village,
    rename_branch,
    rename_village,
)
from domain.kernel.decisions import demand
from domain.kernel.errors import Rejected
from domain.kernel.person import PersonRef
from domain.kernel.recorded import By
from domain.pairing import clauses as pairing_clauses
from domain.pairing.events import Post
from domain.pairing.pairing import Pairing
from domain.pairing.posts import Term
from domain.registry import clauses as registry_clauses
from domain.registry.events import TargetKind

BY_ANSWER: Final = "导入台账时确认"
# A row whose end is refused has begun all the same, so its two steps are recorded one after the other.
_STATE_BEGINNING: Final = Verb(PAIRING, Pairing.state_beginning, state_appointment.roles)


@dataclass(eq=False)
class PairingRows(RegisteringRows):
    """Records rows of the pairing ledger, and changes of posts."""

    _couples: Mapping[RowSource, Couple]
    paired_anew: list[RowSource] = field(default_factory=list)
    """Rows that began a pairing."""

    def pairing(self, row: PairingRow, by: By) -> list[RefusedStep]:
        """A couple with its agreement, its posts and its end."""
        self._begin_row()
        branch, village = self._entered(row, by)
        known = self._lookups.goes_on(row, self._couples[row.source])
        if known is None:
            pairing_id = self._look.ids(PAIRING.drawn)
            self._perform(
                start_pairing,
                pairing_id,
                by,
                pairing_id=pairing_id,
                branch=branch,
                village=village,
                started_on=row.paired_on,
                paired="",
                today=self._today,
            )
            self.paired_anew.append(row.source)
        else:
            pairing_id = known.pairing_id
            self._perform(state_pairing_day, pairing_id, by, paired_on=row.paired_on, today=self._today)
        # The branch that sends somebody is the pairing's own, whatever that was merged into since.
        sends = self._know(pairing_id).branch
        # Agreement and posts do not rest on each other: what is wrong with one refuses only that one.
        chains: list[list[Step]] = [[("agreement_signed_on", partial(self._agreement, pairing_id, row, by))]]
        for post, name, began_on, ended_on in (
            (
                Post.PART_TIME_SECRETARY,
                row.part_time_secretary,
                row.part_time_secretary_began_on,
                row.part_time_secretary_ended_on,
            ),
            (
                Post.INVITED_MEMBER,
                row.invited_member,
                row.invited_member_began_on,
                row.invited_member_ended_on,
            ),
        ):
            if name and began_on:
                term = _Term(pairing_id, post, self._people.person(name, sends), began_on, ended_on)
                chains.append(self._term(term, by, f"{post.value}_"))
        # What ended is ended after all else that the row states of it.
        chains.append([("ended_on", partial(self._ending, pairing_id, row, by))])
        return [refused for steps in chains for refused in state_steps(steps)]

    def _know(self, pairing_id: str) -> PairingDays:
        """How the pairing stands now, taken in for the rows to come."""
        now = PAIRING.state(self._look, pairing_id)
        paired = PairingDays(pairing_id, now.branch, now.village, now.started_on, now.ended_on)
        self._lookups.parties.put(paired)
        return paired

    def _entered(self, row: PairingRow, by: By) -> tuple[str, str]:
        """What the row's unit and village are on the pairing day, entered in the registry as far as they are new there."""
        couple = self._couples[row.source]
        self._enter_unit(couple.unit, row, by)
        self._enter_village(couple.village, row, by)
        of = self._lookups.organisations
        return (
            _there(of.units, row.unit, couple.unit.thing, row.paired_on),
            _there(of.villages, row.village, couple.village.thing, row.paired_on),
        )

    def _enter_unit(self, unit: NameMeaning, row: PairingRow, by: By) -> None:
        if not self._lookups.organisations.is_there(unit.thing):
            self._register_unit(unit.thing, by, row.unit, row.branch, row.unit_level, row.unit_class)
        elif not unit.adds or not self._settles(unit.thing, row.unit):
            return
        elif unit.adds == "is":
            self._perform(learn_branch_alias, unit.thing, by, alias=row.unit, because=BY_ANSWER)
        elif unit.adds == "renamed" and unit.on is not None:
            self._perform(
                rename_branch,
                unit.thing,
                by,
                unit_name=row.unit,
                branch_name=row.branch,
                renamed_on=unit.on,
                today=self._today,
            )

    def _enter_village(self, village: NameMeaning, row: PairingRow, by: By) -> None:
        if not self._lookups.organisations.is_there(village.thing):
            self._perform(
                register_village,
                village.thing,
                by,
                village=village.thing,
                name=row.village,
                kind=TargetKind(row.target_kind),
                township=row.township,
                since=None,
                split_from="",
                today=self._today,
            )
            self._enter(village.thing)
        elif not village.adds or not self._settles(village.thing, row.village):
            return
        elif village.adds == "is":
            self._perform(learn_village_alias, village.thing, by, alias=row.village, because=BY_ANSWER)
        elif village.adds == "renamed" and village.on is not None:
            self._perform(
                rename_village, village.thing, by, name=row.village, renamed_on=village.on, today=self._today
            )
        elif village.adds == "moved" and village.on is not None:
            self._perform(
                move_village, village.thing, by, township=row.township, moved_on=village.on, today=self._today
            )

    def _ending(self, pairing_id: str, row: PairingRow, by: By) -> None:
        if row.ended_on is None:
            return
        pairing = PAIRING.state(self._look, pairing_id)
        if pairing.ended_on is None:
            self._perform(
                end_pairing,
                pairing_id,
                by,
                ended_on=row.ended_on,
                because=row.end_reason or "",
                today=self._today,
            )
            self._know(pairing_id)
        else:
            differs = f"{pairing.ended_on} / {row.ended_on}"
            demand(pairing.ended_on == row.ended_on, pairing_clauses.LEDGER_DIFFERS, differs)

    def _agreement(self, pairing_id: str, row: PairingRow, by: By) -> None:
        signed_on = row.agreement_signed_on
        known = PAIRING.state(self._look, pairing_id).agreements
        if signed_on is None or any(each.signed_on == signed_on for each in known):
            return
        try:
            self._perform(
                sign_agreement,
                pairing_id,
                by,
                agreement_no=row.agreement_number or "",
                signed_on=signed_on,
                today=self._today,
            )
        except Rejected as rejected:
            if rejected.clause is not pairing_clauses.SIGNED_ONCE:
                raise
            of_year = [str(each.signed_on) for each in known if each.signed_on.year == signed_on.year]
            raise Rejected(
                pairing_clauses.LEDGER_DIFFERS, f"{', '.join(of_year)} / {signed_on}"
            ) from rejected

    def _term(self, term: _Term, by: By, prefix: str = "") -> list[Step]:
        return [
            (f"{prefix}began_on", partial(self._appointment, term, by)),
            (f"{prefix}ended_on", partial(self._leaving, term, by)),
        ]

    def _appointment(self, term: _Term, by: By) -> None:
        others = [each for each in self._terms(term) if each.person_ref != term.person.ref]
        same_day = any(each.began_on == term.began_on for each in others)
        if same_day and self._on_record(term) is None:
            raise Rejected(pairing_clauses.LEDGER_DIFFERS, term.began_on.isoformat())
        self._state(_STATE_BEGINNING, term, by)

    def _leaving(self, term: _Term, by: By) -> None:
        if term.ended_on is not None:
            self._state(state_appointment, term, by)

    def _state(self, verb: Verb[Pairing, ...], term: _Term, by: By) -> None:
        self._perform(
            verb,
            term.pairing_id,
            by,
            post=term.post,
            person=term.person,
            began_on=term.began_on,
            ended_on=term.ended_on,
            today=self._today,
        )

    def _terms(self, term: _Term) -> list[Term]:
        """Everybody's time in the post, as recorded."""
        terms = PAIRING.state(self._look, term.pairing_id).terms
        return [each for each in terms if each.post is term.post]

    def _on_record(self, term: _Term) -> Term | None:
        """The recorded term of this person that has this day in it."""
        mine = [each for each in self._terms(term) if each.person_ref == term.person.ref]
        return next((each for each in mine if each.includes(term.began_on)), None)

    def post_change(self, row: PostChangeRow, by: By) -> list[RefusedStep]:
        """A further person in a post."""
        paired = self._pairing_of(row, row.unit, row.village, row.began_on)
        person = self._people.person(row.person, paired.branch)
        term = _Term(paired.pairing_id, Post(row.post), person, row.began_on, row.ended_on)
        self._appointment(term, by)
        return state_steps([("ended_on", partial(self._leaving, term, by))])


def _there(names: NameIndex, name: str, thing: str, on: date) -> str:
    """What a thing that a row names is on a day. ``Rejected`` where it was not there yet, or not any more."""
    bearers = [each for each in names.bearers(name) if names.standing(each) == names.standing(thing)]
    there = names.standing(next(iter(bearers), thing), on)
    demand(names.is_there(there, on), registry_clauses.THERE_BY_THEN, f"{names.label(there)}, {on}")
    return there


@dataclass(frozen=True)
class _Term:
    """What a row states about somebody's time in a post."""

    pairing_id: str
    post: Post
    person: PersonRef
    began_on: date
    ended_on: date | None
