"""What stands beside the read models is asked once for a page, and anew for the next one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from application.look import Look, look_of
from application.settings import Settings
from application.system import System
from domain.registry.village import Village
from domain.system.identity import STREAM, Identity
from interface.composition import build
from tests.kit.county import register
from tests.kit.statements import Statements


@pytest.fixture
def listening() -> Iterator[Statements]:
    with pytest.MonkeyPatch.context() as patch:
        yield Statements(patch)


@pytest.fixture
def system(listening: Statements, tmp_path: Path) -> Iterator[System]:
    made = build(Settings(folder=tmp_path))
    yield made
    made.close()


@contextmanager
def looked(system: System) -> Iterator[Look]:
    """Whoever looks at a page."""
    with system.remembering() as seen:
        assert seen.newest
        yield look_of(replace(system, seen=seen))


def test_how_far_the_log_is_signed_comes_with_the_first_stream(system: System, listening: Statements) -> None:
    village = f"village-{register(system.log, '甲村')}"
    with looked(system) as look, listening.heard() as heard:
        assert look.state(village, Village()).name == "甲村"
        assert look.anchored() == system.custody.anchored()
        asked = len(heard) - 1
        assert look.state(STREAM, Identity()) == system.custody.identity()
        assert asked == 1
        assert len(heard) == asked + 2, "what is compared with, and nothing else"


def test_what_is_signed_on_a_page_is_said_on_it(system: System) -> None:
    register(system.log, "甲村")
    with looked(system) as look:
        assert look.anchored().signed < system.log.position()
        look.sign("served document")
        assert look.anchored().signed == system.log.position()


def test_names_are_asked_once_for_a_page_and_again_for_the_next(
    system: System, listening: Statements
) -> None:
    one, other = (each.ref for each in system.vault.people([("甲某", "甲局"), ("乙某", "")]).values())
    with looked(system) as look, listening.heard() as heard:
        assert look.names([one]) == {one: "甲某"}
        assert look.persons([one, other, "p-0"]) == {one: ("甲某", "甲局"), other: ("乙某", "")}
        assert look.names([one, other, "p-0"]) == {one: "甲某", other: "乙某"}
        assert len(heard) == 2
    system.vault.erase(one)
    with looked(system) as look:
        assert look.names([one, other]) == {other: "乙某"}


def test_sign_ins_and_refused_ones_are_one_statement(system: System, listening: Statements) -> None:
    system.accesses.note_refusal("192.0.2.1", "kaohe")
    system.accesses.note_refusal("192.0.2.1", "fuhe")
    with listening.heard() as heard:
        done, refused = system.accesses.sign_ins("kaohe", 20)
    assert len(heard) == 1
    assert done == system.accesses.list(username="kaohe", kind="sign_in", limit=20) == []
    assert refused == system.accesses.refused("kaohe", 20)
    assert [each.count for each in refused] == [1]
