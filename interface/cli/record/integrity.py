"""Commands that keep the record provable: verify, checkpoint, log, witness, tiles."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from application.integrity.anchors import Anchor, read_anchor
from application.integrity.report import KINDS, Report
from application.integrity.witness import Witness, WitnessRefused
from application.proof.verifying import verify_system
from domain.integrity.note import NoteError, read_checkpoint, read_key
from domain.integrity.tiles import WIDTH, entry_bundle, tile_path, tiles
from interface.cli.options import Data, Json, by_command, open_system, read_file
from interface.cli.output import answer, fail, progress_bar, say, say_json

log = typer.Typer(help="Who the log is, its key, its witnesses.", no_args_is_help=True)
witness = typer.Typer(
    help="Witness another office's log: hold its leaf hashes, cosign its growth.", no_args_is_help=True
)
Because = Annotated[str, typer.Option("--because", help="The reason; it is recorded.")]
Folder = Annotated[Path, typer.Option("--folder", help="Folder of the witness.")]
Out = Annotated[Path, typer.Option("-o", "--out", help="File to write.")]
Key = Annotated[str, typer.Argument(metavar="KEY", help="A verifier key: name+hash+base64.")]


def verify(
    data: Data = None,
    anchor: Annotated[
        list[Path] | None,
        typer.Option(
            "--anchor", help="A note, a .tlog-proof, the text of a QR code or a witness's export; any number."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Verify the whole record: events, tree, signatures, times, tables, runs, names, and what is known outside.

    Exit status: 0 nothing found, 1 something found (each line says what and what to do), 2 it could not be done.

    Example: lianjian verify --anchor witness.zip --anchor notice.txt --json
    """
    anchors: list[Anchor] = []
    for path in anchor or []:
        try:
            anchors.append(read_anchor(path.name, read_file(path)))
        except (NoteError, ValueError) as error:
            fail(f"{path} is no anchor: {error}")
    system = open_system(data)
    with progress_bar("verify") as advance:
        report = verify_system(system, anchors, advance)
    if as_json:
        say_json(report.as_dict())
    else:
        _say_report(report)
    raise typer.Exit(1 if report.problems else 0)


def _say_report(report: Report) -> None:
    say(f"{report.origin}: {report.size} leaves up to position {report.position}, root {report.root}")
    say("checked: " + ", ".join(f"{number} {what}" for what, number in report.checked.items()))
    for each in report.left_out:
        say(f"left out: {each}")
    for problem in report.problems:
        meaning, remedy = KINDS[problem.kind]
        where = ""
        if problem.first is not None:
            where = (
                f" [{problem.first}]"
                if problem.first == problem.last
                else f" [{problem.first} to {problem.last}]"
            )
        say(f"{problem.check} {meaning}{where}: {problem.message}. Next: {remedy}")
    good = report.anchor
    if good:
        seen = f", seen at {good.seen_at.isoformat()}" if good.seen_at else ""
        say(f"anchored up to position {good.position} by {good.name}{seen}")
    else:
        say("anchored by nothing outside: whoever owns the database could have rewritten all of it")
    say(f"{len(report.problems)} problems" if report.problems else "nothing was found to be changed")


def checkpoint(
    data: Data = None,
    out: Annotated[Path | None, typer.Option("-o", "--out", help="Also write the note to this file.")] = None,
    as_json: Json = False,
) -> None:
    """Sign what the log holds now. The note can be printed, sent and kept by anybody; it is an anchor.

    Example: lianjian checkpoint -o today.note
    """
    system = open_system(data)
    signed = system.custody.sign("on demand")
    if out is not None:
        out.write_text(str(signed.note), encoding="utf-8")
    made, note = signed.checkpoint, str(signed.note)
    told = {"origin": made.origin, "size": made.size, "root": made.root.hex(), "note": note}
    answer(as_json, told, [note.rstrip()])


def write_tiles(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Empty folder to write to.")],
    data: Data = None,
) -> None:
    """Export the log as C2SP tiles, for anybody's audit tool: checkpoint, hashes, and every event's bytes.

    Example: lianjian tiles public/
    """
    if folder.exists() and any(folder.iterdir()):
        fail(f"{folder} is not empty; give an empty folder")
    system = open_system(data)
    signed = system.custody.sign("for tiles")
    size = signed.checkpoint.size
    for path, content in tiles(system.log.tree.leaf_hashes(0, size)):
        _write(folder / path, content)
    for first in range(0, size, WIDTH):
        entries = system.log.tree.entries(first, min(first + WIDTH, size))
        _write(folder / tile_path(0, first // WIDTH, len(entries), "entries"), entry_bundle(entries))
    _write(folder / "checkpoint", str(signed.note).encode())
    say(f"{size} leaves")


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


@log.command("show")
def show_log(data: Data = None, as_json: Json = False) -> None:
    """Origin, fingerprint, key and witnesses; what belongs on paper.

    Example: lianjian log show --json
    """
    system = open_system(data)
    identity = system.custody.identity()
    seen = system.custody.anchored().witnessed
    shown = {
        "origin": identity.origin,
        "fingerprint": system.custody.fingerprint(),
        "key": identity.key,
        "key_fingerprint": read_key(identity.key).fingerprint,
        "witnesses": [{"key": key, "office": office} for key, office in identity.witnesses],
        "witnessed": {"position": seen.position, "office": seen.office, "seen_at": seen.seen_at.isoformat()}
        if seen
        else None,
    }
    answer(as_json, shown, (f"{name}: {value}" for name, value in shown.items()))


@log.command("change-key")
def change_key(because: Because, data: Data = None) -> None:
    """Sign with a new key from here on. The old key signs the new one; both sign the next checkpoint.

    Example: lianjian log change-key --because "yearly change"
    """
    say(str(open_system(data).custody.change_key(because, by_command("log change-key"))))


@log.command("name-witness")
def name_witness(
    key: Key,
    office: Annotated[str, typer.Option("--office", help="Name of the witnessing office.")],
    data: Data = None,
) -> None:
    """Accept cosignatures by another office's key. Compare its fingerprint with paper first.

    Example: lianjian log name-witness "$(cat witness.pub)" --office 州督查室
    """
    wanted = read_key(key)
    open_system(data).custody.name_witness(wanted, office, by_command("log name-witness"))
    say(wanted.fingerprint)


@log.command("request")
def make_request(
    out: Out,
    everything: Annotated[
        bool, typer.Option("--all", help="Send all leaf hashes, not only the new ones.")
    ] = False,
    data: Data = None,
) -> None:
    """Sign a checkpoint and write what a witness needs to cosign it.

    Example: lianjian log request -o to-witness.zip
    """
    out.write_bytes(open_system(data).custody.request(everything=everything))
    say(f"{out}")


@log.command("accept")
def accept(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The witness's answer.")], data: Data = None
) -> None:
    """Keep a witness's cosignature.

    Example: lianjian log accept from-witness.txt
    """
    seen = open_system(data).custody.accept(read_file(file).decode("utf-8", "replace"))
    say(f"anchored up to position {seen.position} by {seen.office}, seen at {seen.seen_at.isoformat()}")


@log.command("restored")
def restored(because: Because, data: Data = None) -> None:
    """Go on from a backup that holds less than was signed: the loss is recorded and a new epoch begins.

    Example: lianjian log restored --because "disk failed on 12 March; backup of 11 March"
    """
    say(str(open_system(data).custody.restored(because, by_command("log restored")).note).rstrip())


def _witness(folder: Path) -> Witness:
    try:
        return Witness(folder)
    except FileNotFoundError:
        fail(f"{folder} holds no witness; make one with lianjian witness init --folder {folder} --name NAME")


@witness.command("init")
def init_witness(
    folder: Folder,
    name: Annotated[str, typer.Option("--name", help="A name without spaces, such as a domain.")],
) -> None:
    """Make a witness with a key of its own; its public key goes to the log's office, on paper too.

    Example: lianjian witness init --folder witness --name supervision.prefecture.local
    """
    try:
        say(str(Witness.new(folder, name).key))
    except FileExistsError:
        fail(f"{folder} holds a witness already")


@witness.command("trust")
def trust(key: Key, folder: Folder) -> None:
    """Witness the log whose key this is. Compare the fingerprint with paper.

    Example: lianjian witness trust "$(cat county.pub)" --folder witness
    """
    wanted = read_key(key)
    _witness(folder).trust(wanted)
    say(wanted.fingerprint)


@witness.command("cosign")
def cosign(
    request: Annotated[Path, typer.Argument(metavar="REQUEST", help="What the log's office sent.")],
    out: Out,
    folder: Folder,
) -> None:
    """Check a request against what is held here, keep it, and answer with a cosignature; or refuse and say why.

    Exit status: 0 cosigned, 1 refused (the log is no extension of what is held), 2 the file is no request.

    Example: lianjian witness cosign to-witness.zip -o from-witness.txt --folder witness
    """
    try:
        line = _witness(folder).cosign(read_file(request), datetime.now(UTC))
    except WitnessRefused as refusal:
        fail(f"refused: {refusal}", code=1)
    except NoteError as error:
        fail(f"{request} is no request: {error}")
    out.write_text(line, encoding="utf-8")
    say(line.rstrip())


@witness.command("show")
def show_witness(folder: Folder, as_json: Json = False) -> None:
    """Its key and the logs it has cosigned.

    Example: lianjian witness show --folder witness
    """
    made = _witness(folder)
    logs = [read_checkpoint(note.text) for note in made.logs()]
    told = [{"origin": each.origin, "size": each.size, "root": each.root.hex()} for each in logs]
    lines = (f"{each.origin}: {each.size} leaves, root {each.root.hex()}" for each in logs)
    answer(as_json, {"key": str(made.key), "logs": told}, [str(made.key), *lines])


@witness.command("export")
def export(
    origin: Annotated[str, typer.Argument(metavar="ORIGIN", help="Origin of the log.")],
    out: Out,
    folder: Folder,
) -> None:
    """Write the anchor: the last cosigned checkpoint and all leaf hashes, for lianjian verify --anchor.

    Example: lianjian witness export county.local/lianjian/0123… -o anchor.zip --folder witness
    """
    try:
        out.write_bytes(_witness(folder).anchor(origin))
    except LookupError as error:
        fail(str(error))
    say(f"{out}")
