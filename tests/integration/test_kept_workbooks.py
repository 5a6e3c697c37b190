"""Imported ledgers are kept by digest, once, before events cite them; what is erased is erased in them, too."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from importlib.resources import as_file, files
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from openpyxl import load_workbook

from application.eventlog import Batch
from application.eventlog.log import Entry
from application.look import look_of
from application.proof.verifying import verify_system
from application.settings import Settings
from application.stores.erasing import sweep
from application.stores.forgetting import erase_person
from application.stores.kept_workbooks import KeptWorkbooks
from application.stores.vault_tables import persons, workbooks
from application.system import System
from domain.kernel.recorded import By, Source
from interface.backups.making import back_up
from interface.backups.restoring import Restoring, restore
from interface.composition import build
from interface.ledgers.importing import import_folder
from interface.ledgers.kept import is_copy, sheets_of
from projections.boards.pairing.pairings import terms
from projections.figures.citations import cited_workbooks
from tests.kit.county import register
from tests.kit.databases import DatabaseCase

BY = By(actor="clerk", source=Source(kind="command", name="test"))
PAIRINGS = "结对台账.xlsx"
HEAD, ROWS = 2, 30
"""Rows of its title and its columns, and those that are kept below them."""
KEY = X25519PrivateKey.generate()


@pytest.fixture
def system(database: DatabaseCase) -> Iterator[System]:
    built = build(Settings(folder=database.folder / "data", database_url=database.url))
    yield built
    built.close()


@pytest.fixture(scope="module")
def ledger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The beginning of the demo county's ledger of pairings."""
    kept = tmp_path_factory.mktemp("ledger") / PAIRINGS
    with as_file(files("interface.demo").joinpath("ledgers")) as ledgers:
        book = load_workbook(ledgers / PAIRINGS)
    book.active.delete_rows(HEAD + ROWS + 1, book.active.max_row)
    book.save(kept)
    return kept


@pytest.fixture
def folder(ledger: Path, tmp_path: Path) -> Path:
    """A folder with the ledger."""
    target = tmp_path / "ledgers"
    target.mkdir()
    shutil.copyfile(ledger, target / PAIRINGS)
    return target


def digest_of(path: Path) -> str:
    return sha256(path.read_bytes()).hexdigest()


def kept(system: System) -> dict[str, bytes]:
    with system.vault._engine.connect() as connection:
        return {row.digest: bytes(row.content) for row in connection.execute(workbooks.select())}


def put(system: System, digest: str, content: bytes) -> None:
    with system.vault._engine.begin() as connection:
        connection.execute(workbooks.update().where(workbooks.c.digest == digest).values(content=content))


def kinds(system: System) -> list[tuple[str, str]]:
    return [(problem.check, problem.kind) for problem in verify_system(system).problems]


def somebody(system: System) -> tuple[str, str]:
    """The reference and the name of a person whom the ledger names."""
    with system.reading() as connection:
        ref = connection.execute(terms.select().order_by(terms.c.pairing_id)).first().person_ref  # type: ignore[union-attr]
    return ref, system.vault.names([ref])[ref]


def test_a_workbook_is_kept_once_and_every_event_opens_it_at_its_row(system: System, folder: Path) -> None:
    digest = digest_of(folder / PAIRINGS)
    import_folder(system, folder, year=2025, dry_run=True)
    assert kept(system) == {}, "a dry run keeps nothing"

    import_folder(system, folder, year=2025)
    assert kept(system) == {digest: (folder / PAIRINGS).read_bytes()}
    with system.reading() as connection:
        assert list(cited_workbooks(connection)) == [digest]
    sheets = {sheet.title: sheet for sheet in sheets_of(kept(system)[digest])}
    cited = 0
    for recorded in system.log.read(limit=5000):
        source = recorded.by.source
        assert (source.digest == digest) == (source.kind == "ledger")
        if recorded.event.NAME == "registry.VillageRegistered":
            assert source.row is not None
            assert recorded.event.values()["name"] in sheets[source.sheet].rows[source.row].values()
            cited += 1
    assert cited == ROWS

    again = import_folder(system, folder, year=2025)
    assert (again.events, len(kept(system))) == (0, 1)
    saved = load_workbook(folder / PAIRINGS)
    saved.properties.title = "saved again"
    saved.save(folder / PAIRINGS)
    assert digest_of(folder / PAIRINGS) != digest
    again = import_folder(system, folder, year=2025)
    assert (again.events, len(kept(system))) == (0, 1), "what no event cites is not kept"
    report = verify_system(system)
    assert (report.problems, report.checked["workbooks"]) == ([], 1)


def test_what_events_speak_of_is_in_its_place_before_they_are_recorded(system: System) -> None:
    told: list[tuple[int, int]] = []

    def before(entries: Sequence[Entry]) -> None:
        told.append((len(entries), system.log.position()))

    batch = Batch(system.log, before=before)
    with batch.row():
        register(batch, "甲村", BY)
    start = system.log.position()
    events = batch.finish()
    assert told == [(events, start)] and system.log.position() > start


def test_a_crash_before_the_events_leaves_a_file_too_many_and_no_event(system: System) -> None:
    class Crash(Exception):
        pass

    def crash(_: Sequence[Entry]) -> None:
        system.vault.keep_workbook("ab" * 32, b"a ledger")
        raise Crash

    start = system.log.position()
    batch = Batch(system.log, before=crash)
    with batch.row():
        register(batch, "甲村", BY)
    with pytest.raises(Crash):
        batch.finish()
    assert system.log.position() == start and list(kept(system)) == ["ab" * 32]
    assert verify_system(system).problems == []


def test_an_erased_name_is_in_no_kept_workbook(system: System, folder: Path) -> None:
    import_folder(system, folder, year=2025)
    digest = digest_of(folder / PAIRINGS)
    original = kept(system)[digest]
    ref, name = somebody(system)
    texts = [text for sheet in sheets_of(original) for row in sheet.rows.values() for text in row.values()]
    named = sum(text == name for text in texts)
    assert named >= 1
    erase_person(look_of(system), ref, ground="保管期满", decided_by="县联建办", by=BY)
    copy = kept(system)[digest]
    assert is_copy(copy) and name not in copy.decode()
    assert copy.decode().count("■■") >= named and system.workbooks.state(digest) == "blanked"
    assert kinds(system) == []

    other, _ = somebody_else(system, ref)
    erase_person(look_of(system), other, ground="保管期满", decided_by="县联建办", by=BY)
    newer = kept(system)[digest]
    assert newer != copy and kinds(system) == []
    import_folder(system, folder, year=2025)
    assert kept(system)[digest] == newer, "importing the same file again brings nothing back"


@pytest.mark.parametrize("ended", ["erased", "killed between"])
@pytest.mark.both_databases
def test_an_erased_name_is_in_no_file_of_the_vault_while_the_service_runs(
    system: System, folder: Path, ended: str
) -> None:
    """Seen: the name stayed in ``vault.sqlite3-wal``. PostgreSQL keeps its own files (docs/postgresql.md)."""
    if system.settings.database_url is not None:
        pytest.skip("the vault has files of its own on SQLite only")
    import_folder(system, folder, year=2025)
    ref, name = somebody(system)
    with system.vault._engine.connect() as connection:
        (same,) = connection.execute(persons.select().where(persons.c.ref == ref)).all()
    with system.vault._engine.begin() as connection:
        connection.execute(persons.delete().where(persons.c.name == name))
        connection.execute(persons.insert(), [{**same._mapping, "name": "无重名者某"}])
    written = "无重名者某".encode()
    assert any(written in each for each in files_of_the_vault(system)), "it was there"

    if ended == "erased":
        erase_person(look_of(system), ref, ground="保管期满", decided_by="县联建办", by=BY)
    else:
        with pytest.MonkeyPatch.context() as patched:
            patched.setattr(type(system.vault), "forget_journal", lambda _: None)
            erase_person(look_of(system), ref, ground="保管期满", decided_by="县联建办", by=BY)
        assert any(written in each for each in files_of_the_vault(system))
        assert sweep(system.log, system.vault) == 0
    assert not any(written in each for each in files_of_the_vault(system))


def files_of_the_vault(system: System) -> list[bytes]:
    """What is on the disk of it now, the journal beside it as well."""
    return [each.read_bytes() for each in sorted(system.settings.folder.glob("vault.sqlite3*"))]


def somebody_else(system: System, ref: str) -> tuple[str, str]:
    with system.reading() as connection:
        refs = [row.person_ref for row in connection.execute(terms.select().order_by(terms.c.pairing_id))]
    names = system.vault.names(refs)
    return next((each, names[each]) for each in refs if each in names and each != ref)


def test_a_vault_put_back_is_swept_to_the_very_copy_that_the_log_states(system: System, folder: Path) -> None:
    import_folder(system, folder, year=2025)
    digest = digest_of(folder / PAIRINGS)
    original = kept(system)[digest]
    first, _ = somebody(system)
    second, _ = somebody_else(system, first)
    with system.vault._engine.connect() as connection:
        rows = [
            row._mapping
            for row in connection.execute(persons.select().where(persons.c.ref.in_([first, second])))
        ]
    for ref in (first, second):
        erase_person(look_of(system), ref, ground="保管期满", decided_by="县联建办", by=BY)
    copy = kept(system)[digest]
    put(system, digest, original)
    assert kinds(system) == [("V11", "workbook_restored")]
    with system.vault._engine.begin() as connection:
        connection.execute(persons.insert(), [dict(row) for row in rows])
    assert sweep(system.log, system.vault) == 2
    assert kept(system)[digest] == copy and kinds(system) == []


def test_a_changed_or_missing_workbook_is_found(system: System, folder: Path) -> None:
    import_folder(system, folder, year=2025)
    digest = digest_of(folder / PAIRINGS)
    put(system, digest, kept(system)[digest] + b"x")
    assert kinds(system) == [("V11", "workbook_changed")]
    put(system, digest, b'{"sheets":[]}')
    assert kinds(system) == [("V11", "workbook_changed")], "a copy that no erasure speaks of is none"
    with system.vault._engine.begin() as connection:
        connection.execute(workbooks.delete())
    assert kinds(system) == [("V11", "workbook_missing")]
    assert KeptWorkbooks(system.log, system.vault).state("00" * 32) == "missing"


def test_a_backup_carries_the_workbooks_with_the_names(system: System, folder: Path, tmp_path: Path) -> None:
    import_folder(system, folder, year=2025)
    until = system.today() + timedelta(days=30)
    back_up(system, tmp_path / "backup", KEY.public_key(), until, lambda _: None)
    _, name = somebody(system)
    for path in (tmp_path / "backup").rglob("*"):
        assert path.is_dir() or name.encode() not in path.read_bytes()
    wanted = Restoring(
        tmp_path / "backup",
        Settings(folder=tmp_path / "again"),
        KEY,
        "disk failed",
        BY,
        lambda: datetime.now(UTC),
    )
    restore(wanted, lambda _: None)
    again = build(wanted.settings, begin=False)
    assert kept(again) == kept(system) and verify_system(again).problems == []
    again.close()
