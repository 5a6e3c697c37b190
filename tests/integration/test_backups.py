"""A backup is one moment of everything, verified and sealed; a restore stands beside it and begins an epoch."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest
from argon2 import PasswordHasher
from click.testing import Result
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from filelock import FileLock, Timeout
from sqlalchemy import Connection, Inspector, inspect
from typer.testing import CliRunner

from application.actors.actor import Actor
from application.integrity.anchors import Anchor
from application.look import look_of
from application.proof.verifying import verify_system
from application.settings import Settings
from application.stores.accounts.keeping import NewAccount, accounts_of, open_account
from application.stores.attaching import attach
from application.stores.erasing import erased_refs
from application.stores.forgetting import erase_person
from application.stores.vault_tables import persons
from application.system import System
from application.verbs.pairing.pairings import (
    appoint_to_post,
    start_pairing,
)
from domain.account.role import Role
from domain.kernel.recorded import By, Source
from domain.pairing.events import Post
from interface.backups.making import Damaged, back_up
from interface.backups.moment import one_moment
from interface.backups.restoring import Restoring, restore
from interface.backups.sealing import Passphrase, SealError, open_sealed, seal
from interface.cli.main import app
from interface.composition import build
from tests.kit.acts import carried
from tests.kit.databases import DatabaseCase
from tests.kit.entries import registered_unit, registered_village
from tests.kit.insider import Insider

BY = By(actor="clerk", source=Source(kind="command", name="test"))
SECRET = Passphrase("twelve or more of them")
KEY = X25519PrivateKey.generate()
"""What most backups are sealed for: a passphrase is stretched for a quarter of a second each time."""
FOR_KEY = KEY.public_key()
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
SCOPE = "县联建办"
TODAY = date(2026, 1, 9)
_numbers = count(1)


def nothing(_: int) -> None:
    """No progress is shown."""


@pytest.fixture
def system(database: DatabaseCase) -> Iterator[System]:
    """Two pairings with named persons, one of whom is erased, an attachment, an account and an access."""
    system = build(Settings(folder=database.folder / "data", database_url=database.url))
    for n, name in enumerate(("甲某", "乙某")):
        appoint(system, f"村{n}", name)
    attach(
        look_of(system),
        io.BytesIO(b"%PDF-1.7 an order"),
        name="order.pdf",
        pairing_id="p",
        branch="b",
        village="v",
        finding_id="WT1",
        by=BY,
    )
    accounts = accounts_of(system, QUICK)
    new = NewAccount(username="lianban", person="丁办平", display_name="主任", office=SCOPE, role=Role.ADMIN)
    open_account(system, accounts, new, "dong-shan-3-he", by=BY, first=True)
    session = accounts.session(accounts.sign_in("lianban", "dong-shan-3-he").token)
    assert session is not None
    actor = session.actor
    accounts.close()
    system.accesses.note(actor, "name", ["p-1"], "/")
    erase_person(look_of(system), ref_of(system, "乙某"), ground="保管期满", decided_by=SCOPE, by=BY)
    yield system
    system.close()


def ref_of(system: System, name: str) -> str:
    return system.vault.person(name, SCOPE).ref


def appoint(system: System, village: str, name: str) -> None:
    code = registered_village(system, village, by=BY)
    branch = registered_unit(system, f"{village}的单位", "支部", by=BY)
    pairing = carried(
        system, start_pairing, branch=branch, village=code, started_on=date(2025, 1, 1), today=TODAY, by=BY
    )
    person = system.vault.person(name, SCOPE)
    carried(
        system,
        appoint_to_post,
        pairing,
        post=next(iter(Post)),
        person=person,
        began_on=date(2025, 1, 2),
        today=TODAY,
        by=BY,
    )


def elsewhere(settings: Settings, kind: str = "") -> Settings:
    """A new folder, and a new empty database where there was one (or none, for another ``kind``)."""
    url = settings.database_url
    if url is not None:
        name = f"restored_{next(_numbers)}"
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")  # type: ignore[call-overload]
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
        url = urlsplit(url)._replace(path=f"/{name}").geturl()
    return replace(settings, folder=settings.folder.parent / f"new{next(_numbers)}", database_url=url)


def until(system: System) -> date:
    return system.today() + timedelta(days=30)


def restored(source: Path, settings: Settings, **others: object) -> System:
    wanted = Restoring(source, settings, KEY, "disk failed", BY, lambda: datetime.now(UTC))
    restore(replace(wanted, **others), nothing)  # type: ignore[arg-type]
    return build(settings, begin=False)


@pytest.mark.both_databases
def test_everything_comes_back_and_the_log_goes_on_in_a_new_epoch(system: System, tmp_path: Path) -> None:
    target = tmp_path / "backup"
    made = back_up(system, target, FOR_KEY, until(system), nothing)
    for secret in ("甲某", "乙某", "PRIVATE+KEY"):
        inside = [
            path for path in target.rglob("*") if path.is_file() and secret.encode() in path.read_bytes()
        ]
        assert inside == [], "names and keys are sealed"
    lost = system.custody.sign("after the backup").note
    appoint(system, "丢失村", "丙某")
    lost_later = system.custody.sign("after the backup").note

    new = restored(target, elsewhere(system.settings))
    assert new.custody.identity().origin == f"{made['origin']}/e2"
    assert new.log.position() >= made["position"]
    assert verify_system(new).problems == []
    assert new.vault.names([ref_of(system, "甲某")]) != {} and "乙某" not in all_names(new)
    assert len(new.accesses.list()) == 1
    accounts = accounts_of(new, QUICK)
    assert accounts.sign_in("lianban", "dong-shan-3-he").token
    accounts.close()
    # What the old log signed after the backup is told as lost, not as a forgery; what it signed before agrees.
    before = Anchor("before.note", system.custody.checkpoints()[0].note)
    report = verify_system(new, [before, Anchor("later.note", lost_later)])
    assert [(each.check, each.kind) for each in report.problems] == [("V7", "log_cut")]
    assert verify_system(new, [before, Anchor("same size.note", lost)]).problems == []
    # It goes on: new facts, new signatures, new numbers.
    appoint(new, "新村", "戊某")
    assert new.custody.sign("goes on").checkpoint.origin.endswith("/e2")
    new.accesses.note(
        Actor(username="x", person="x", display_name="x", office="x", role=Role.APPROVER), "name", ["p"], "/"
    )
    assert verify_system(new).problems == []
    second = back_up(new, tmp_path / "second", FOR_KEY, until(new), nothing)
    again = restored(tmp_path / "second", elsewhere(new.settings))
    assert again.custody.identity().origin == f"{made['origin']}/e3" and second["origin"].endswith("/e2")
    for each in (again, new):
        each.close()


def all_names(system: System) -> set[str]:
    return set(system.vault.names(system.vault.commitments()).values())


def test_a_name_that_an_older_vault_brought_back_is_in_no_backup(system: System, tmp_path: Path) -> None:
    """As after a crash between the event of an erasure and the deletion, or a vault put back from elsewhere."""
    (ref,) = erased_refs(system.log)
    with system.vault._engine.begin() as connection:
        connection.execute(persons.insert().values(ref=ref, name="乙某", scope=SCOPE, salt=bytes(16)))
    back_up(system, tmp_path / "backup", FOR_KEY, until(system), nothing)
    sealed = open_sealed((tmp_path / "backup" / "names.sealed").read_bytes(), "names", KEY).content
    assert "甲某".encode() in sealed and "乙某".encode() not in sealed
    new = restored(tmp_path / "backup", elsewhere(system.settings))
    assert new.vault.names([ref]) == {} and "甲某" in all_names(new)
    new.close()


@pytest.mark.both_databases
def test_a_backup_is_of_one_moment_while_others_write(system: System, tmp_path: Path) -> None:
    stop = threading.Event()

    def write() -> None:
        for n in count(10):
            if stop.is_set():
                return
            appoint(system, f"村{n}", f"某{n}")
            if n % 3 == 0:
                ref = ref_of(system, f"某{n}")
                erase_person(look_of(system), ref, ground="x", decided_by=SCOPE, by=BY)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for n in range(3):
            back_up(system, tmp_path / f"backup{n}", FOR_KEY, until(system), nothing)
    finally:
        stop.set()
        writer.join()
    restored(tmp_path / "backup2", elsewhere(system.settings)).close()


@pytest.mark.both_databases
def test_nobody_signs_or_writes_in_the_instant_that_is_fixed(
    system: System, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Tried while the stores are looked at: what would be recorded then would be in one of them and not in another."""
    looks = 0

    def tried(connection: Connection) -> Inspector:
        nonlocal looks
        looks += 1
        with pytest.raises(Timeout), FileLock(system.settings.keys / "signer.lock", timeout=0):
            pass
        if system.settings.database_url is None:
            log = sqlite3.connect(system.settings.folder / "log.sqlite3", isolation_level=None, timeout=0)
            with closing(log), pytest.raises(sqlite3.OperationalError, match="locked"):
                log.execute("BEGIN IMMEDIATE")
        return inspect(connection)

    monkeypatch.setattr("interface.backups.moment.inspect", tried)
    with one_moment(system):
        assert looks > 0
    appoint(system, "后来村", "丁某")
    assert system.custody.sign("afterwards").note


@pytest.mark.both_databases
def test_a_backup_of_either_database_is_restored_into_the_other(
    system: System, database: DatabaseCase, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    made = back_up(system, tmp_path / "backup", FOR_KEY, until(system), nothing)
    other = replace(system.settings, folder=tmp_path / "other", database_url=None)
    if database.url is None:
        server = request.getfixturevalue("postgres_server")
        with psycopg.connect(server.get_uri(), autocommit=True) as connection:
            connection.execute("DROP DATABASE IF EXISTS other_kind WITH (FORCE)")
            connection.execute("CREATE DATABASE other_kind")
        other = replace(other, database_url=server.get_uri("other_kind"))
    new = restored(tmp_path / "backup", other)
    assert new.log.tree.root(made["size"]).hex() == made["root"]
    appoint(new, "新村", "戊某")
    assert verify_system(new).problems == []
    new.close()


def test_a_restore_never_writes_over_anything(system: System, tmp_path: Path) -> None:
    target = tmp_path / "backup"
    back_up(system, target, FOR_KEY, until(system), nothing)
    with pytest.raises(Exception, match="exists"):
        back_up(system, target, FOR_KEY, until(system), nothing)
    with pytest.raises(Exception, match="holds something"):
        restored(target, system.settings)
    if system.settings.database_url is not None:
        with pytest.raises(Exception, match="holds tables"):
            restored(target, replace(system.settings, folder=tmp_path / "fresh"))
    assert verify_system(system).problems == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["backup", "data"], "nothing is left behind"


CHANGES: dict[str, Callable[[Path], None]] = {
    "log changed": lambda folder: flip(folder / "log.sqlite3"),
    "accounts gone": lambda folder: (folder / "accounts.sqlite3").unlink(),
    "names changed": lambda folder: flip(folder / "names.sealed"),
    "keys changed": lambda folder: flip(folder / "keys.sealed"),
    "attachment changed": lambda folder: flip(next((folder / "attachments").rglob("*/*"))),
    "manifest believed": lambda folder: forge(folder),
}


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[-3] ^= 1
    path.write_bytes(content)


def forge(folder: Path) -> None:
    """A row edited, and the manifest made to fit."""
    import hashlib

    shutil.copyfile(folder / "log.sqlite3", folder / "x")
    insider = Insider(DatabaseCase("sqlite", None, folder))
    with insider.inside():
        insider.edit(2, lambda state: state.replace("村0".encode(), "村9".encode()))
    (folder / "x").unlink()
    manifest = json.loads((folder / "backup.json").read_text())
    digest = hashlib.sha256((folder / "log.sqlite3").read_bytes()).hexdigest()
    manifest["parts"]["log.sqlite3"]["sha256"] = digest
    (folder / "backup.json").write_text(json.dumps(manifest))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_changed_backup_is_not_restored(system: System, tmp_path: Path) -> None:
    back_up(system, tmp_path / "backup", FOR_KEY, until(system), nothing)
    for what, change in CHANGES.items():
        copy = tmp_path / "copy"
        shutil.copytree(tmp_path / "backup", copy)
        change(copy)
        with pytest.raises(Damaged):
            restored(copy, elsewhere(system.settings))
        shutil.rmtree(copy)
        assert sorted(path.name for path in tmp_path.iterdir()) == ["backup", "data"], what


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_log_that_does_not_verify_is_not_backed_up(system: System, tmp_path: Path) -> None:
    insider = Insider(DatabaseCase("sqlite", None, system.settings.folder))
    with insider.inside():
        insider.edit(2, lambda state: state.replace("村0".encode(), "村9".encode()))
    with pytest.raises(Damaged) as damaged:
        back_up(system, tmp_path / "backup", FOR_KEY, until(system), nothing)
    assert {problem.check for problem in damaged.value.problems} >= {"V2"}
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
    assert not list(system.settings.folder.glob(".backup-*"))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_names_are_not_restored_after_their_day(system: System, tmp_path: Path) -> None:
    back_up(system, tmp_path / "backup", FOR_KEY, system.today(), nothing)
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    with pytest.raises(Exception, match="to be kept until"):
        restored(tmp_path / "backup", elsewhere(system.settings), clock=lambda: tomorrow)
    (tmp_path / "backup" / "names.sealed").unlink()
    manifest = tmp_path / "backup" / "backup.json"
    said = json.loads(manifest.read_text())
    del said["parts"]["names.sealed"]
    manifest.write_text(json.dumps(said))
    new = restored(tmp_path / "backup", elsewhere(system.settings), clock=lambda: tomorrow, names=False)
    assert all_names(new) == set()
    new.close()


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_keys_that_survived_stay_and_what_they_remember_is_named_as_lost(
    system: System, tmp_path: Path
) -> None:
    back_up(system, tmp_path / "backup", FOR_KEY, until(system), nothing)
    appoint(system, "丢失村", "丙某")
    lost = system.custody.sign("after the backup").note
    kept = tmp_path / "keys"
    shutil.copytree(system.settings.keys, kept)
    new = restored(tmp_path / "backup", replace(elsewhere(system.settings), key_folder=kept))
    assert str(lost) in {
        str(getattr(each.event, "lost_note", "")) for each in new.log.named("system.LogRestored")
    }
    assert verify_system(new).problems == []
    new.close()


def test_a_part_is_opened_by_its_passphrase_or_its_key_alone() -> None:
    key, another = X25519PrivateKey.generate(), X25519PrivateKey.generate()
    by_word = seal(b"content", "names", SECRET, date(2026, 3, 1))
    by_key = seal(b"content", "names", key.public_key())
    assert open_sealed(by_word, "names", SECRET).expires_on == date(2026, 3, 1)
    assert open_sealed(by_key, "names", key).content == b"content"
    assert seal(b"content", "names", SECRET) != seal(b"content", "names", SECRET)
    refused = [
        (by_word, "names", Passphrase("another one of them")),
        (by_word, "keys", SECRET),
        (by_word, "names", key),
        (by_key, "names", another),
        (by_key, "names", SECRET),
        (by_word.replace(b"2026-03-01", b"2099-03-01"), "names", SECRET),
        (by_word[:-1], "names", SECRET),
        (b"something else", "names", SECRET),
        (b"", "names", SECRET),
    ]
    for sealed, part, opener in refused:
        with pytest.raises(SealError):
            open_sealed(sealed, part, opener)
    with pytest.raises(SealError, match="at least 12"):
        Passphrase("short")


def run(*words: str, **env: str) -> Result:
    clean = {
        "LIANJIAN_DATABASE_URL": None,
        "LIANJIAN_DATA": None,
        "LIANJIAN_KEYS": None,
        "LIANJIAN_PASSPHRASE": None,
    }
    return CliRunner(env={**clean, **env}).invoke(app, list(words))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_commands_with_a_key_and_with_a_passphrase(system: System, tmp_path: Path) -> None:
    key = X25519PrivateKey.generate()
    private, public = tmp_path / "private.pem", tmp_path / "public.pem"
    private.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    data = str(system.settings.folder)
    target, new = str(tmp_path / "backup"), str(tmp_path / "new")
    made = run("backup", target, "--recipient", str(public), "--data", data, "--json")
    assert made.exit_code == 0 and json.loads(made.stdout)["verified"] is True, made.output
    again = run("backup", target, "--recipient", str(public), "--data", data)
    assert again.exit_code == 2 and "exists" in again.stderr
    wrong = run("restore", target, "--because", "x", "--data", new, LIANJIAN_PASSPHRASE="of another backup")
    assert wrong.exit_code == 2 and "--identity" in wrong.stderr
    silent = run("restore", target, "--because", "x", "--data", new)
    assert silent.exit_code == 2 and "LIANJIAN_PASSPHRASE" in silent.stderr
    done = run("restore", target, "--because", "disk", "--identity", str(private), "--data", new, "--json")
    assert done.exit_code == 0 and json.loads(done.stdout)["origin"].endswith("/e2"), done.output
    assert run("verify", "--data", new).exit_code == 0
    twice = run("restore", target, "--because", "disk", "--identity", str(private), "--data", new)
    assert twice.exit_code == 2 and "holds something" in twice.stderr
    nowhere = run("restore", str(tmp_path), "--because", "x", "--data", new, LIANJIAN_PASSPHRASE="x" * 12)
    assert nowhere.exit_code == 2 and "is no backup" in nowhere.stderr
    word = tmp_path / "word"
    word.write_text("a passphrase in a file\n")
    told = run("backup", str(tmp_path / "b2"), "--passphrase-file", str(word), "--data", data)
    assert told.exit_code == 0 and "verified" in told.stdout
    flip(tmp_path / "b2" / "log.sqlite3")
    broken = run(
        "restore",
        str(tmp_path / "b2"),
        "--because",
        "x",
        "--passphrase-file",
        str(word),
        "--data",
        str(tmp_path / "n2"),
    )
    assert broken.exit_code == 1 and "log.sqlite3 is not what was written" in broken.stderr
