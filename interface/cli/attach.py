"""``lianjian attach``: a file to a thing, by an account's token, as on its page."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from application.acting import attached
from application.verbs.attachments import add_attachment
from domain.kernel.recorded import By, Source
from interface.cli.do import TokenFile, bearer_of, demand_use, refuse
from interface.cli.options import Data, Json, open_system
from interface.cli.output import answer, fail
from interface.words import words_of
from interface.words.problems import INNER, problem_of


def attach(
    kind: Annotated[
        str, typer.Argument(metavar="THING", help="finding, appeal, activity, need, project, ...")
    ],
    key: Annotated[str, typer.Argument(metavar="KEY", help="The thing's key.")],
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="PDF, picture or Office document, 20 MB at most.")
    ],
    data: Data = None,
    token_file: TokenFile = None,
    as_json: Json = False,
) -> None:
    """Attach a file to a thing as the account whose token is given, by the same rules as on the pages.

    Exit status: 0 attached, 1 refused, 2 it could not be done.

    Example: lianjian attach activity a-0123456789abcdef 现场照片.jpg --token-file token.txt
    """
    system = open_system(data)
    bearer = bearer_of(system, token_file)
    actor = bearer.actor
    by = By(actor=actor.username, office=actor.office, source=Source(kind="command", name="attach"))
    try:
        content = file.open("rb")
    except OSError as error:
        fail(f"{file} could not be read: {error}")
    with content:
        try:
            demand_use(bearer, add_attachment, as_json)
            done = attached(system, actor, kind, key, content, file.name, by)
        except INNER as error:
            refuse(problem_of(system, error), as_json)
    said = words_of(add_attachment.name).done
    answer(as_json, asdict(done), [f"{done.key} {said.zh} {said.en}"])
