"""Keeping accounts on the command line: the first administrators, and what nobody can do on a page."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Annotated

import typer
from sqlalchemy import Connection

from application.look import look_of
from application.stores.accounts import keeping
from application.stores.accounts.keeping import NewAccount, WeakPassword
from application.stores.accounts.passwords import made_up
from application.system import System
from application.verb import carry_out
from application.verbs.accounts import disable_account
from domain.account.names import normal
from domain.account.role import BY_TWO, Role
from domain.kernel.errors import Rejected
from domain.registry.events import EntryKind
from interface.cli.options import Data, Json, by_command, open_system
from interface.cli.output import answer, fail, say
from interface.cli.registry import entry_meant
from interface.cli.verb_command import VerbCommand, Written
from interface.words import LABELS
from projections.boards.people.accounts import AccountRow, account_list
from projections.boards.registry.names import townships_on

app = typer.Typer(
    help="Accounts: the first administrators, resetting a password, disabling.", no_args_is_help=True
)
Username = Annotated[str, typer.Argument(metavar="USERNAME")]
Ask = Annotated[
    bool, typer.Option("--ask", help="Ask for the password (or read a line); one is made up otherwise.")
]


@app.command()
def add(
    username: Username,
    name: Annotated[str, typer.Option("--name", help="Name of the person; it goes to the vault.")],
    office: Annotated[str, typer.Option("--office", help="Office or unit of the person.")],
    role: Annotated[
        Role | None, typer.Option("--role", help="What the account is for; admin by default.")
    ] = None,
    without_role: Annotated[
        bool,
        typer.Option("--without-role", help="For nothing yet: until two administrators grant it a role."),
    ] = False,
    first: Annotated[
        bool, typer.Option("--first", help="One of the first two administrators, whom nobody approves.")
    ] = False,
    unit: Annotated[str, typer.Option("--unit", help="Unit of a branch_clerk, by any name.")] = "",
    village: Annotated[str, typer.Option("--village", help="Village of a village_clerk, by any name.")] = "",
    township: Annotated[
        str | None,
        typer.Option(
            "--township",
            help="Township of a township_office; or of the village, where its name fits several.",
        ),
    ] = None,
    ask: Ask = False,
    data: Data = None,
) -> None:
    """Open an account. Its password is shown once and changed at the first sign-in.

    The first two administrators are made here. A role that signs or decides is granted by two of them, on the pages or by
    tokens: open the account --without-role, then lianjian do account propose-role, and approve-role by the other.

    Exit status: 0 opened, 1 refused by a rule, 2 it could not be done.

    Example: lianjian account add zhangsan --name 张三 --office 县联建办 --first
    """
    if without_role and (role or first):
        fail(
            "--without-role opens an account for nothing yet; leave out --role and --first, or --without-role"
        )
    granted = None if without_role else role or Role.ADMIN
    if granted in BY_TWO and not first:
        fail(_how_two_grant(granted, username), 1)
    system = open_system(data, begin=first)
    with system.reading() as connection:
        branch = entry_meant(connection, unit, None, EntryKind.BRANCH).entry if unit else ""
        of_village = entry_meant(connection, village, township, EntryKind.VILLAGE).entry if village else ""
        there = townships_on(connection, system.today())
    of_township = (township or "").strip() if granted in (None, Role.TOWNSHIP_OFFICE) and not village else ""
    if of_township and of_township not in there:
        fail(f"--township {of_township}: no village is registered there; townships: {', '.join(there)}")
    new = NewAccount(
        username=username,
        person=name,
        display_name=LABELS["role"][granted.value].zh if granted else normal(username),
        office=office,
        role=granted,
        branch=branch,
        village=of_village,
        township=of_township,
    )
    password = _password(ask)
    accounts = keeping.accounts_of(system)
    with _refused_by_rules():
        keeping.open_account(system, accounts, new, password, by=by_command("account add"), first=first)
    _tell(normal(username), password, ask)


def _how_two_grant(role: Role, username: str) -> str:
    how = f"{role.value} is granted by two administrators: "
    if role is Role.ADMIN:
        how += "give --first for one of the first two; any other "
    return (
        f"{how}open it --without-role, then lianjian do account propose-role {username} --role {role.value}, "
        f"and approve-role {username} by the other; or both on the page /accounts"
    )


@app.command("list")
def list_(data: Data = None, as_json: Json = False) -> None:
    """All accounts with role, office and person.

    Example: lianjian account list --json
    """
    system = open_system(data)
    with system.reading() as connection:
        rows = account_list(connection, system.today())
    names = system.vault.names(row.person for row in rows)
    lines = (_line(row, names.get(row.person, "(erased)")) for row in rows)
    answer(as_json, [{**vars(row), "name": names.get(row.person, "")} for row in rows], lines)


def _line(account: AccountRow, name: str) -> str:
    state = "disabled" if account.disabled else account.role or "no role"
    if account.proposed_role:
        state += f" ({account.proposed_role} to be approved)"
    return f"{account.username:20} {state:16} {name} · {account.office}"


@app.command()
def reset(username: Username, ask: Ask = False, data: Data = None) -> None:
    """Give an account a new password; its sessions end, and it is changed at the next sign-in.

    Exit status: 0 reset, 1 refused by a rule, 2 it could not be done.

    Example: lianjian account reset zhangsan
    """
    system = open_system(data)
    password = _password(ask)
    accounts = keeping.accounts_of(system)
    by = by_command("account reset")
    with _refused_by_rules():
        keeping.reset_password(system, accounts, username, password, by=by, by_keeper=True)
    _tell(normal(username), password, ask)


def _disable(command: VerbCommand, username: Username, data: Data = None, *, written: Written) -> None:
    """Nobody signs in as this any more; its sessions end."""
    system = open_system(data)
    stated = command.read(system, disable_account, written, {})
    with _refused_by_rules():
        carry_out(look_of(system), disable_account, username, by_command(command.name), stated)
    keeping.accounts_of(system).end_sessions(username)
    say(f"{normal(username)} is disabled")


VerbCommand(
    "account disable",
    (disable_account,),
    {"because": "--because"},
    "Let nobody sign in as this any more; its sessions end.\n\n"
    "Exit status: 0 disabled, 1 refused by a rule (such as the last administrator), 2 it could not be done.",
    "zhangsan --because 调离",
).add_to(app, _disable)


def administrators(connection: Connection, today: date) -> int:
    """How many accounts are administrators in use."""
    return sum(row.role == Role.ADMIN.value for row in account_list(connection, today))


def say_how_to_begin(system: System) -> None:
    """Tell whoever serves the pages that nobody can sign in, or that one administrator alone cannot grant."""
    with system.reading() as connection:
        count = administrators(connection, system.today())
    if count < 2:
        few = (
            "nobody can grant accounts"
            if count == 0
            else "one administrator alone cannot grant a role that signs"
        )
        say(f"{few}: lianjian account add USERNAME --name NAME --office OFFICE --first")


def _password(ask: bool) -> str:
    if not ask:
        return made_up()
    if sys.stdin.isatty():
        entered: str = typer.prompt("Password", hide_input=True, confirmation_prompt=True)
        return entered
    return sys.stdin.readline().rstrip("\r\n")


@contextmanager
def _refused_by_rules() -> Iterator[None]:
    """Ends the command with status 1 where a rule refuses, or a password is too easily guessed."""
    try:
        yield
    except Rejected as error:
        fail(str(error), 1)
    except WeakPassword as error:
        fail(LABELS["password_problem"][error.problem].en, 1)


def _tell(username: str, password: str, asked: bool) -> None:
    say(f"account {username}; the password is changed at the first sign-in")
    if not asked:
        say(f"password: {password}")
