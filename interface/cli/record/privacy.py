"""The command that erases a personal name."""

from __future__ import annotations

from typing import Annotated

import typer

from application.look import look_of
from application.stores.accounts.keeping import accounts_of
from application.stores.forgetting import erase_person
from interface.cli.options import Data, by_command, open_system
from interface.cli.output import say


def erase_name(
    ref: Annotated[
        str, typer.Argument(metavar="REF", help="Reference of the person, as events have it (p-…).")
    ],
    ground: Annotated[str, typer.Option("--ground", help="The legal ground; it is recorded.")],
    decided_by: Annotated[str, typer.Option("--decided-by", help="Office that decided it; it is recorded.")],
    data: Data = None,
) -> None:
    """Erase a person's name for good. The deeds stay, every proof holds, and a restored vault is swept at the next start.

    Example: lianjian erase-name p-0123456789abcdef --ground "retention ended" --decided-by 县联建办
    """
    system = open_system(data)
    by = by_command("erase-name")
    name = system.vault.names([ref]).get(ref, "")
    erase_person(look_of(system), ref, ground=ground, decided_by=decided_by, by=by)
    accounts = accounts_of(system)
    if name:
        accounts.drafts.forget(name)
        accounts.saved_views.forget(name)
    accounts.close()
    say(f"{ref} is erased")
