"""Names and codes that belong to one unit or village only: what taking and leaving them claims.

docs/decisions/0018-identity.md
"""

from __future__ import annotations

from datetime import date
from functools import partial

from application.eventlog.pending import Claim
from domain.kernel.folding import folded
from domain.kernel.ids import digest_id
from domain.registry.code import Code, code_form
from domain.registry.entry import Entry
from domain.registry.events import CodeSystem, EntryKind
from domain.registry.name import Name


def _name_stream(kind: EntryKind, township: str, name: str) -> str:
    return digest_id("name", kind.value, folded(township), folded(name))


def taking(kind: EntryKind, entry: str, township: str, name: str, on: date | None) -> Claim:
    """The entry bears the name from a day, or since ever. ``township``: empty for a unit's."""
    take = partial(Name.take_name, entry_kind=kind, entry=entry, township=township, name=name, from_on=on)
    return Claim(_name_stream(kind, township, name), Name(), take)


def leaving(state: Entry, on: date) -> list[Claim]:
    """From the day the entry's name is free."""
    free = partial(
        Name.free_name,
        entry_kind=state.KIND,
        entry=state.entry,
        township=state.township,
        name=state.name,
        until_on=on,
    )
    return [Claim(_name_stream(state.KIND, state.township, state.name), Name(), free)]


def taking_again(state: Entry) -> list[Claim]:
    """The name that the entry let go of when it ended is its own again from that day."""
    return [taking(state.KIND, state.entry, state.township, state.name, state.ended_on)]


def renaming(state: Entry, on: date, *, name: str | None = None, township: str | None = None) -> list[Claim]:
    """The former name is free from the day, the new one taken; nothing where only the spelling changes."""
    name, township = name or state.name, township or state.township
    taken = taking(state.KIND, state.entry, township, name, on)
    left = leaving(state, on)
    return [] if taken.stream == left[0].stream else [*left, taken]


def lending(state: Entry, alias: str) -> list[Claim]:
    """No other bears the alias as its name."""
    lend = partial(Name.lend_name, entry=state.entry, name=alias)
    return [Claim(_name_stream(state.KIND, state.township, alias), Name(), lend)]


def _code_stream(system: CodeSystem, code: str) -> str:
    return digest_id("code", system.value, code)


def coding(state: Entry, system: CodeSystem, code: str) -> list[Claim]:
    """The code is the entry's, the one it bore of that system is free."""
    form = code_form(code)
    take = partial(Code.take_code, system=system, code=form, entry=state.entry)
    return [*uncoding(state, system), Claim(_code_stream(system, form), Code(), take)]


def uncoding(state: Entry, system: CodeSystem) -> list[Claim]:
    """The code it bears of that system is free."""
    if system not in state.codes:
        return []
    code = state.codes[system]
    free = partial(Code.free_code, system=system, code=code, entry=state.entry)
    return [Claim(_code_stream(system, code), Code(), free)]
