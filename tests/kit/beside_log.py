"""Steps of stories that also write what no log holds, or that come through a door of their own; each calls the product's own
functions."""

from __future__ import annotations

import types
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import fields
from datetime import date
from functools import partial
from typing import Any, Union, get_args, get_origin, get_type_hints

from argon2 import PasswordHasher

from application.ledgers.importing import import_ledgers
from application.ledgers.ledgers import Ledgers, Workbook
from application.ledgers.recording.recorder import ORDER
from application.ledgers.rows import LedgerRow, RowSource
from application.look import look_of
from application.stores.accounts.keeping import NewAccount, accounts_of, record_account, reset_password
from application.stores.accounts.passwords import made_up
from application.system import System
from application.things import ACCOUNT
from domain.account.role import Role
from domain.assessment.year.result import YearResults
from domain.assessment.year.streams import stream_of_runs
from domain.kernel.errors import Rejected
from domain.kernel.person import PersonRef
from domain.kernel.recorded import By
from tests.kit.docs import all_clauses
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
        role=Role(written["role"]),
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
    return system.log.decide(
        stream_of_runs(int(year)),
        YearResults(),
        lambda results: results.rule_points(
            year=int(year),
            pairing_id=written["pairing_id"],
            indicator=written["indicator"],
            points_hundredths=0,
            appeal_id=written["appeal_no"],
            appeal_no=written["appeal_no"],
            ruled_on=system.today(),
        ),
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
    "results rule-points": _rule_points,
    **{_words_of_row(kind): partial(_import_row, kind) for kind in ORDER},
}
"""What also writes what no log holds, or follows of itself, by its words."""
TEXTS: dict[str, Any] = {
    "@two-lines": "联督〔2025〕1号\n联督〔2025〕2号",
    "@very-long": "很" * 501,
    "@a-number": 7,
    "@a-name-of-101": "南" * 101,
    "@a-name-with-a-tab": "南溪\t新村",
    "@1001-days": ["2026-01-01"] * 1001,
    **SCHEMES,
}
"""Values that do not fit into a step, by the word that stands for them."""
