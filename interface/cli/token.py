"""Tokens on the command line: issued, listed, revoked."""

from __future__ import annotations

from typing import Annotated

import typer

from application.acting import DOABLE, NAMES
from application.questions.answers import QUESTIONS
from application.stores.accounts.accounts import Accounts
from application.stores.accounts.keeping import accounts_of
from application.stores.accounts.tokens import LASTS, LONGEST, IssuedToken
from interface.cli.options import Data, Json, open_system
from interface.cli.output import answer, at_end, fail, say, tell

app = typer.Typer(help="Tokens, with which scripts act as an account.", no_args_is_help=True)


@app.command()
def issue(
    username: Annotated[str, typer.Argument(metavar="USERNAME")],
    purpose: Annotated[str, typer.Option("--for", help="What it is for; it is shown in the list.")],
    only: Annotated[
        list[str] | None,
        typer.Option(
            "--only", help="A verb or a question it is good for, any number; all of the role by default."
        ),
    ] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Good for questions only.")] = False,
    days: Annotated[int, typer.Option("--days", min=1, max=LONGEST, help="How long it is good.")] = LASTS,
    data: Data = None,
) -> None:
    """Issue a token for an account. It is shown once; only a hash of it is kept.

    It acts with the account's role, unit and village, and lapses as soon as any of these changes.

    Exit status: 0 issued, 2 it could not be done.

    Example: lianjian token issue ducha --for 夜间导出 --only list_findings --days 30
    """
    questions = set(QUESTIONS) if read_only else None
    wanted = questions if only is None else {each.replace("-", "_") for each in only}
    unknown = sorted((wanted or set()) - NAMES)
    if unknown:
        fail(f"--only {unknown[0]} is neither a verb nor a question; there are {', '.join(sorted(NAMES))}")
    if read_only and wanted and wanted & DOABLE.keys():
        fail("--read-only is for questions only, and --only names a verb: give one of them")
    purpose = purpose.strip()
    if not 1 <= len(purpose) <= 120:
        fail("--for says in at most 120 characters what the token is for")
    token, token_id = _accounts(data).tokens.issue(username, purpose=purpose, only=wanted, days=days)
    tell(f"token {token_id}, good for {days} days; it is shown this once:")
    say(token)


@app.command("list")
def list_(
    account: Annotated[str | None, typer.Option("--account", help="Only those of this account.")] = None,
    data: Data = None,
    as_json: Json = False,
) -> None:
    """The tokens there are, with what they are for, when they were used last, and whether they are good.

    Example: lianjian token list --account ducha
    """
    found = _accounts(data).tokens.all(account)
    days = ("issued_at", "expires_at", "seen_at")
    told = [
        {**vars(each), **{name: (at := getattr(each, name)) and str(at) for name in days}} for each in found
    ]
    answer(as_json, told, map(_line, found))


def _line(token: IssuedToken) -> str:
    used = f"used {token.seen_at:%Y-%m-%d %H:%M}Z" if token.seen_at else "never used"
    scope = "all of the role" if token.only is None else ", ".join(token.only)
    good = f"{token.state:8} until {token.expires_at:%Y-%m-%d}"
    return f"{token.id} {token.username:20} {good} · {used} · {token.purpose} · {scope}"


@app.command()
def revoke(
    token_id: Annotated[str, typer.Argument(metavar="ID", help="As token list shows it.")], data: Data = None
) -> None:
    """End a token at once.

    Exit status: 0 revoked, 2 there is no such token.

    Example: lianjian token revoke 1f0c2b3a
    """
    _accounts(data).tokens.revoke(token_id)
    say(f"{token_id} is revoked")


def _accounts(data: Data) -> Accounts:
    accounts = accounts_of(open_system(data))
    at_end.callback(accounts.close)
    return accounts
