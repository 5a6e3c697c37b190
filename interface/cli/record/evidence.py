"""Commands for evidence: package, verify-package."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from application.proof.packaging import package
from application.questions.results.explaining import pairing_of
from domain.integrity import evidence
from interface.cli.options import Data, Json, by_command, open_system
from interface.cli.output import answer, fail, say


def make_package(
    out: Annotated[Path, typer.Option("-o", "--out", help="File to write; it must not exist.")],
    appeal: Annotated[str | None, typer.Option("--appeal", help="Number of an appeal.")] = None,
    finding: Annotated[str | None, typer.Option("--finding", help="Number or id of a finding.")] = None,
    score: Annotated[str | None, typer.Option("--score", help="YEAR/VILLAGE, e.g. 2025/南溪村.")] = None,
    data: Data = None,
) -> None:
    """Pack an appeal, a finding or a score with all it rests on and the proofs of it, for somebody who trusts nobody.

    Example: lianjian package --score 2025/南溪村 -o evidence.zip
    """
    wanted = {
        kind: each for kind, each in (("appeal", appeal), ("finding", finding), ("score", score)) if each
    }
    if len(wanted) != 1:
        fail("give one of --appeal, --finding and --score")
    if out.exists():
        fail(f"{out} exists; give another file")
    ((kind, about),) = wanted.items()
    year = 0
    system = open_system(data)
    if kind == "score":
        of_year, _, village = about.partition("/")
        if not (of_year.isascii() and of_year.isdecimal() and village):
            fail(f"--score {about!r} is not YEAR/VILLAGE, such as 2025/南溪村")
        year = int(of_year)
        with system.reading() as connection:
            about = pairing_of(connection, year, village, None, system.runner.position())
    made = package(system, kind, about, by_command("package"), year)
    out.write_bytes(made)
    say(f"{out}: {len(made)} bytes; the fingerprint to compare with is {system.custody.fingerprint()}")


def verify_package(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The package.")],
    key: Annotated[
        list[str] | None,
        typer.Option(
            "--key", help="The log's key or its fingerprint, from paper or from the witness; any number."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Check an evidence package; no database is needed. The package's own verify.py does the same.

    Exit status: 0 proved, 1 proved but no key was given to compare with, 2 changed, 3 not in the log, 4 incomplete,
    5 unreadable.

    Example: lianjian verify-package evidence.zip --key 3d93cc93…
    """
    code, member, why, told = evidence.PROVED, "", "", []
    try:
        found = evidence.check(_package(file), key or [])
        code = evidence.PROVED if found.key_known else evidence.KEY_UNKNOWN
        told = evidence.told(found)
    except evidence.Failed as failure:
        code, member, why = failure.code, failure.member, str(failure)
        told = [evidence.VERDICTS[code], why]
    document = {"code": code, "verdict": evidence.VERDICTS[code], "member": member, "why": why, "told": told}
    answer(as_json, document, told)
    raise typer.Exit(code)


def _package(file: Path) -> bytes:
    """The file's bytes. Raises ``Failed`` as for one that is no package: status 2 would say that it was changed."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise evidence.Failed(evidence.UNREADABLE, "", f"{file} cannot be read: {error.strerror}") from None
