"""Steps of stories that also write what no log holds, or that come through a door of their own; each calls the product's own
functions."""

from __future__ import annotations

import io
import types
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from dataclasses import fields, replace
from datetime import date
from functools import partial
from typing import Any, Union, get_args, get_origin, get_type_hints

from argon2 import PasswordHasher

from application.catalogue import CATALOGUE
from application.eventlog.log import EventLog
from application.eventlog.opening import open_log
from application.integrity.custody import Custody
from application.integrity.keys import SigningKey
from application.ledgers.importing import import_ledgers
from application.ledgers.ledgers import Ledgers, Workbook
from application.ledgers.recording.recorder import ORDER
from application.ledgers.recording.row_recorder import OFFICE as INSPECTORS
from application.ledgers.rows import LedgerRow, RowSource
from application.look import look_of
from application.stores.accounts.keeping import NewAccount, accounts_of, record_account, reset_password
from application.stores.accounts.passwords import made_up
from application.stores.attaching import attach, pairing_of
from application.stores.erasing import sweep
from application.stores.forgetting import erase_person
from application.system import System
from application.things import ACCOUNT, BEARERS
from application.verb import carry_out, perform
from application.verbs import system as verbs
from application.verbs.system import import_calendar
from domain.account.role import Role
from domain.assessment.year.events import PointsRuled
from domain.assessment.year.result import YearResults
from domain.assessment.year.streams import stream_of_runs
from domain.attachment.attachments import Quota
from domain.integrity.note import read_key
from domain.kernel.errors import Rejected
from domain.kernel.person import PersonRef
from domain.kernel.recorded import By
from domain.system.calendar_text import read_calendar
from domain.system.calendars import calendar_text
from domain.system.identity import STREAM, Identity
from tests.kit.docs import all_clauses
from tests.kit.drawn import photograph
from tests.kit.told_schemes import SCHEMES

KEEPER = "keeper"
"""Whoever is trusted: an import, or the keeper's commands; every value is taken as it is written."""
OFFICES = {Role.SUPERVISOR: "县联建工作监督小组", Role.ASSESSOR: "县联建工作考核组", Role.REVIEWER: "复核组"}
Written = Mapping[str, str]


def role_of(username: str) -> Role:
    """The role that the name of an account says: ``assessor2`` is another assessor."""
    return Role(username.rstrip("0123456789"))


def office_of(username: str) -> str:
    """The office of an account of the story ``county``."""
    return "县联建办" if username == KEEPER else OFFICES.get(role_of(username), "县联建办")


def _open_account(system: System, by: By, username: str, written: Written) -> str:
    """``account open-account NAME person=… [role=…]``; the keeper's command makes the first administrators."""
    new = NewAccount(
        username=username,
        person=written.get("person", ""),
        same_as=written.get("same_as", ""),
        display_name=username,
        office=written.get("office", office_of("admin")),
        role=Role(written["role"]) if "role" in written else None,
        branch=written.get("branch", ""),
        village=written.get("village", ""),
    )
    look = look_of(system)
    known = ACCOUNT.state(look, username).person_behind(new.same_as) if new.same_as else None
    people = system.vault.people([(new.person, new.office)] if new.person else [])
    person = known or next(iter(people.values()), PersonRef(ref="", commitment=""))
    record_account(look, new, person, by=by, first=by.actor == KEEPER and new.role is Role.ADMIN)
    return username


def _reset_password(system: System, by: By, username: str, _: Written) -> str:
    """``account reset-password NAME``; the keeper's command resets the administrators'."""
    accounts = accounts_of(system, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    with closing(accounts):
        reset_password(system, accounts, username, made_up(), by=by, by_keeper=by.actor == KEEPER)
    return username


def _rule_points(system: System, by: By, year: str, written: Written) -> object:
    """``results rule-points YEAR …``: what an appeal ruled, without the run that follows it; so a server may stop."""
    ruling = PointsRuled(
        year=int(year),
        pairing_id=written["pairing_id"],
        indicator=written["indicator"],
        points_hundredths=0,
        appeal_id=written["appeal_no"],
        appeal_no=written["appeal_no"],
        ruled_on=system.today(),
    )
    stream = stream_of_runs(int(year))
    return system.log.decide(stream, YearResults(), lambda results: results.take_ruling(ruling), by)


def _add_attachment(system: System, by: By, about: str, written: Written) -> object:
    """``attachment add-attachment finding-… name=… content=…``, or ``scene=…`` for a photograph; ``megabytes`` make it longer,
    ``at_most_of_day`` and the like are the limits that the settings state."""
    kind, _, thing = about.partition("-")
    owner = BEARERS[kind].owner(look_of(system), thing)
    limits = {
        name.removeprefix("at_most_"): int(n) for name, n in written.items() if name.startswith("at_most_")
    }
    limited = replace(system, settings=replace(system.settings, quota=Quota(**limits)))
    content = written.get("content", "%PDF-1.4").encode() + bytes(int(written.get("megabytes", 0)) << 20)
    if "scene" in written:
        content = photograph(int(written["scene"]))
    return attach(
        look_of(limited),
        io.BytesIO(content),
        name=written["name"],
        pairing_id=pairing_of(look_of(system), kind, thing),
        branch=owner.branch,
        village=owner.village,
        by=by,
        **{f"{kind}_id": thing},
    )


def _import_calendar(system: System, by: By, _: str, written: Written) -> object:
    """``calendar import-file text=…``"""
    found = read_calendar(written["text"])
    stated = {"off_days": found.off_days, "work_days": found.work_days, "source": found.source}
    return carry_out(look_of(system), import_calendar, str(found.year), by, stated)


# ------------------------------------------------------------ the end of a name


def _record_erasure(system: System, by: By, name: str, _: Written) -> object:
    """``person record-erasure NAME``: the process ended between the event and the vault."""
    ref = system.vault.person(name, INSPECTORS).ref
    stated = {"ref": ref, "ground": "保存期满", "decided_by": "县联建办", "erased_on": system.today()}
    return perform(look_of(system), verbs.erase_person, ref, by, **stated)


def _erase_person(system: System, by: By, name: str, _: Written) -> str:
    """``person erase-person NAME``"""
    ref = system.vault.person(name, INSPECTORS).ref
    erase_person(look_of(system), ref, ground="保存期满", decided_by="县联建办", by=by)
    return ref


def _sweep(system: System, _: By, __: str, ___: Written) -> object:
    """``person sweep``: what every start does."""
    return sweep(system.log, system.vault)


# ------------------------------------------------------------ custody of the log


@contextmanager
def _custody(system: System, key: str) -> Iterator[tuple[EventLog, Custody]]:
    """Of the county's log; with a key, of another log in a folder of that name, which nobody may have opened."""
    if not key:
        yield system.log, system.custody
        return
    folder = system.settings.folder / key
    folder.mkdir(exist_ok=True)
    log = open_log(CATALOGUE, database_url=None, folder=folder, clock=system.log.clock)
    with closing(log):
        yield log, Custody(log, folder, system.log.clock, system.settings.zone)


def _begin_log(system: System, by: By, key: str, _: Written) -> object:
    """``log begin [FOLDER]``: where there is none."""
    with _custody(system, key) as (_log, custody):
        return custody.open("county.local", "story", by)


def _open_again(system: System, by: By, _: str, __: Written) -> object:
    """``log open-again``: the event itself, which ``begin`` does not make twice."""
    said = {"log_id": "0" * 32, "origin": "other", "key": "", "digests": (), "zone": "", "software": ""}
    return system.log.decide(
        STREAM, Identity(), lambda its: its.open_log(**said, opened_on=system.today()), by
    )


def _sign(system: System, _: By, __: str, ___: Written) -> object:
    """``log sign``"""
    return system.custody.sign("story")


def _name_witness(system: System, by: By, key: str, written: Written) -> object:
    """``log name-witness [FOLDER] office=… [own_key=yes]``"""
    with _custody(system, key) as (_, custody):
        witness = SigningKey.new("witness.example").verifier
        named = read_key(custody.identity().key) if "own_key" in written else witness
        custody.name_witness(named, written["office"], by)
    return named


def _change_key(system: System, by: By, _: str, written: Written) -> object:
    """``log change-key because=… [own_key=yes]``; the command always makes a key, the log refuses one that it knows."""
    because = written["because"]
    if "own_key" not in written:
        return system.custody.change_key(because, by)
    today = system.today()
    return system.log.decide(
        STREAM,
        Identity(),
        lambda its: its.change_key(key=its.key, signature="", because=because, changed_on=today),
        by,
    )


# ------------------------------------------------------------ rows of ledgers

OF_ROWS: Mapping[str, str] = {
    "branch": "云州法院党支部",
    "category": "public_services",
    "circular_type": "criticism",
    "colour": "blue",
    "description": "台账记录不全",
    "finding_type": "record_keeping",
    "inspector": "甲督衡",
    "kind": "forum",
    "level": "county",
    "method": "on_site",
    "post": "part_time_secretary",
    "severity": "minor",
    "target_kind": "village",
    "theme": "座谈",
    "township": "南溪镇",
    "unit": "云州法院",
    "unit_class": "agency",
    "unit_level": "county",
    "village": "南溪村",
}
"""What a row says where a step leaves it out; numbers are 0 then, and what may be left empty is empty."""
FILE = "台账.xlsx"


def _import_row(kind: type[LedgerRow], system: System, by: By, _: str, written: Written) -> object:
    """``ledger import-finding-row FIELD=VALUE …``: a ledger of one row. Raises ``Rejected`` where the row is refused."""
    hints = get_type_hints(kind)
    values = {
        each.name: _cell(hints[each.name], written.get(each.name, OF_ROWS.get(each.name)))
        for each in fields(kind)
        if each.name != "source"
    }
    row = kind(source=RowSource(FILE, "台账", 3), **values)
    ledgers = Ledgers(rows=[row], files=[FILE], workbooks={FILE: Workbook("0" * 64, b"")})
    done = import_ledgers(system, lambda _: ledgers, by, year=system.today().year)
    for refused in done.refused:
        clause = next(each for each in all_clauses() if each.id == refused.code)
        raise Rejected(clause, refused.value)
    assert not done.asked, done.asked
    return done


def _cell(hint: Any, written: str | None) -> Any:
    """A cell as its field is typed."""
    if get_origin(hint) in (Union, types.UnionType):
        hint = None if written is None else next(each for each in get_args(hint) if each is not type(None))
    if hint is None:
        return None
    if hint is date:
        return date.fromisoformat(written or "")
    return hint(written or 0) if hint in (int, bool) else written or ""


def _words_of_row(kind: type[LedgerRow]) -> str:
    return f"ledger import-{kind.__name__.removesuffix('Row').lower()}-row"


BESIDE_LOG: dict[str, Callable[[System, By, str, Written], object]] = {
    "account open-account": _open_account,
    "account reset-password": _reset_password,
    "attachment add-attachment": _add_attachment,
    "calendar import-file": _import_calendar,
    "results rule-points": _rule_points,
    "log begin": _begin_log,
    "log change-key": _change_key,
    "log name-witness": _name_witness,
    "log open-again": _open_again,
    "log sign": _sign,
    "person erase-person": _erase_person,
    "person record-erasure": _record_erasure,
    "person sweep": _sweep,
    **{_words_of_row(kind): partial(_import_row, kind) for kind in ORDER},
}
"""What also writes what no log holds, or follows of itself, by its words."""
TEXTS: dict[str, Any] = {
    "@two-lines": "联督〔2025〕1号\n联督〔2025〕2号",
    "@very-long": "很" * 501,
    "@a-number": 7,
    "@a-name-of-101": "南" * 101,
    "@a-name-with-a-tab": "南溪\t新村",
    "@calendar-of-2026": calendar_text(2026),
    "@calendar-of-2026-misspelt": calendar_text(2026).replace("[[holiday]]", "[[holidays]]"),
    "@1001-days": ["2026-01-01"] * 1001,
    **SCHEMES,
}
"""Values that do not fit into a step, by the word that stands for them."""
