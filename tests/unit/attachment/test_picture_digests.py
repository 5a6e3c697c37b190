"""How pictures look is kept beside the log, and follows from the files alone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PIL import Image
from sqlalchemy import delete, func, select

from application.look import look_of
from application.settings import Settings
from application.stores.attaching import attach, look_at_missing
from application.stores.picture_files import digest_of
from application.stores.pictures import MOST_NEAR, nears, pictures
from application.system import System
from domain.attachment import clauses
from domain.kernel.errors import Rejected
from domain.kernel.recorded import By, Source
from interface.composition import build
from tests.kit.drawn import photograph, scene, written

BY = By(actor="danwei", source=Source(kind="page"))
OF = {"pairing_id": "pr-1", "branch": "b", "village": "v"}


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    system = build(Settings(folder=tmp_path), lambda: datetime(2026, 1, 9, 1, tzinfo=UTC))
    yield system
    system.close()


def add(system: System, activity: str, content: bytes, name: str = "现场.jpg") -> str:
    file, of = io.BytesIO(content), {**OF, "activity_id": f"a-{activity}"}
    return attach(look_of(system), file, name=name, by=BY, **of).digest


def rows(system: System) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    with system.pictures.engine.connect() as connection:
        return (
            {(one, looks) for one, looks in connection.execute(select(pictures.c.digest, pictures.c.looks))},
            {(one, other) for one, other in connection.execute(select(nears.c.one, nears.c.other))},
        )


def test_what_looks_the_same_is_found_and_found_again_where_the_table_is_lost(system: System) -> None:
    one = add(system, "1", photograph(1))
    copy = add(system, "2", written(scene(1).resize((300, 225)), "WEBP", quality=60), "微信图片.webp")
    other = add(system, "3", photograph(2))
    add(system, "4", written(Image.new("RGB", (90, 90), "white"), "PNG"), "白纸.png")
    near = {one: frozenset({copy}), copy: frozenset({one})}
    assert system.pictures.near() == near
    before = rows(system)
    assert look_at_missing(system) == 0
    with system.pictures.engine.begin() as connection:
        connection.execute(delete(pictures))
        connection.execute(delete(nears))
    system.store.path(other).unlink()
    assert look_at_missing(system) == 3, "a file that is missing cannot be looked at"
    found, nearer = rows(system)
    assert found == {each for each in before[0] if each[0] != other} and nearer == before[1]


def test_another_way_of_looking_looks_at_all_anew(system: System, monkeypatch: pytest.MonkeyPatch) -> None:
    one = add(system, "1", photograph(1))
    monkeypatch.setattr("application.stores.pictures.WAY", 2)
    assert look_at_missing(system) == 1 and look_at_missing(system) == 0
    assert rows(system)[0] == {(one, digest_of(system.store.path(one)))}


def test_a_broken_picture_is_refused_and_nothing_of_it_is_kept(system: System) -> None:
    before = system.log.position()
    for content, name in ((photograph(1)[:8000], "现场.jpg"), (b"RIFF\x00\x00\x00\x00WAVEfmt ", "现场.webp")):
        with pytest.raises(Rejected) as refused:
            add(system, "1", content, name)
        wanted = clauses.PICTURE_READS if name.endswith("jpg") else clauses.TYPE_ALLOWED
        assert refused.value.clause == wanted and name in str(refused.value)
    assert system.log.position() == before and rows(system) == (set(), set())
    assert not [each for each in system.settings.folder.glob("attachments/**/*") if each.is_file()]


def test_one_picture_attached_again_and_again_is_near_to_so_many(system: System) -> None:
    for quality in range(30, 60):
        add(system, str(quality), written(scene(1), quality=quality))
    with system.pictures.engine.connect() as connection:
        counted = select(func.count()).select_from(nears)
        assert 0 < connection.execute(counted).scalar_one() <= 2 * 30 * MOST_NEAR


def test_a_copy_goes_with_its_file(system: System) -> None:
    digest = add(system, "1", photograph(1))
    path = system.store.path(digest)
    size = path.stat().st_size
    small = system.pictures.copy(digest, size, "small")
    assert small is not None and small.stat().st_size < size
    assert system.pictures.copy(digest, size, "small") == small
    content = path.read_bytes()
    path.unlink()
    assert system.pictures.copy(digest, size, "small") is None and not small.exists()
    path.write_bytes(content[:-1] + b"!")
    assert system.pictures.copy(digest, size, "small") is None, "nothing is made of a changed file"
