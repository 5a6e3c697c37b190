"""Units and villages over their names: through the service, on both databases, as known at any position; and the commands."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from sqlalchemy import select
from typer.testing import CliRunner

from application.look import look_of
from application.settings import Settings
from application.system import System
from application.things import VILLAGE as VILLAGE_THING
from application.verb import Verb
from application.verbs.registry.units_and_villages import (
    give_branch_code,
    give_village_code,
    learn_village_alias,
    merge_village,
    move_village,
    reclassify_branch,
    reclassify_village,
    rename_branch,
    rename_village,
    retire_village,
    take_branch_code_back,
    take_village_alias_back,
)
from domain.kernel.errors import Rejected
from domain.kernel.recorded import By, Source
from domain.registry import clauses
from domain.registry.events import CodeSystem, EntryKind, TargetKind, UnitClass, UnitLevel
from interface.cli.main import app
from interface.composition import build
from projections.boards.registry.listing import listed
from projections.boards.registry.names import names_on
from projections.boards.registry.units_and_villages import (
    class_on,
    entry_classes,
    found_by_name,
    name_book,
    unit_classes,
)
from tests.kit.acts import carried
from tests.kit.entries import registered_unit, registered_village

BY = By(actor="kaohe", source=Source(kind="command", name="test"))
VILLAGE, UNIT = EntryKind.VILLAGE, EntryKind.BRANCH
FIRST, DAY, NEXT, TODAY = date(2025, 6, 1), date(2026, 1, 1), date(2026, 3, 1), date(2026, 6, 1)
CREDIT = "91350100M000100Y43"


@pytest.fixture
def system(database: object, tmp_path: Path) -> Iterator[System]:
    (tmp_path / "data").mkdir()
    opened = build(Settings(folder=tmp_path / "data", database_url=getattr(database, "url", None)))
    yield opened
    assert opened.runner.check() == [], "rebuilt, the tables are the same"
    opened.close()


def village(system: System, name: str, township: str = "青山镇", **more: Any) -> str:
    return registered_village(system, name, township, by=BY, **more)


def unit(system: System, name: str, since: date | None = None) -> str:
    return registered_unit(system, name, since=since, by=BY)


def is_new(system: System, verb: Verb[Any, Any], key: str, /, **stated: object) -> bool:
    """Whether something is recorded."""
    before = system.log.position()
    carried(system, verb, key, by=BY, **stated)
    return system.log.position() > before


def renamed(system: System, of: str, name: str, on: date) -> None:
    carried(system, rename_village, of, name=name, renamed_on=on, today=TODAY, by=BY)


def meant(system: System, written: str, **how: Any) -> set[str]:
    with system.reading() as connection:
        return {each.entry for each in found_by_name(connection, VILLAGE, written, **how).meant}


def test_a_renamed_village_is_one_village_with_a_name_for_each_day(system: System) -> None:
    south, other = village(system, "南溪村"), village(system, "北溪村")
    before = system.log.position()
    renamed(system, south, "南溪新村", DAY)
    with system.reading() as connection:
        assert names_on(connection, VILLAGE, date(2025, 12, 31)) == {south: "南溪村", other: "北溪村"}
        assert names_on(connection, VILLAGE, DAY) == {south: "南溪新村", other: "北溪村"}
        assert names_on(connection, VILLAGE, DAY, before) == {south: "南溪村", other: "北溪村"}
        assert list(names_on(connection, EntryKind.VILLAGE).items()) == [
            (south, "南溪新村"),
            (other, "北溪村"),
        ]
        assert names_on(connection, EntryKind.VILLAGE, FIRST)[south] == "南溪村"
    assert meant(system, "南溪村") == meant(system, "南溪新村") == {south}, "a former name finds it"
    assert meant(system, "南⻄村") == set()


def test_a_name_is_one_villages_in_its_township_on_any_day(system: System) -> None:
    south = village(system, "南溪村")
    with pytest.raises(Rejected) as refused:
        village(system, "南 溪村")
    assert refused.value.clause is clauses.NAME_OF_ONE and south in refused.value.because
    elsewhere = village(system, "南溪村", "白水镇")
    assert meant(system, "南溪村") == {south, elsewhere}, "a bare name that fits both is asked about"
    assert meant(system, "南溪村", township="白⽔镇") == {elsewhere}
    with pytest.raises(Rejected) as refused:
        carried(system, move_village, elsewhere, township="青山镇", moved_on=DAY, today=TODAY, by=BY)
    assert refused.value.clause is clauses.NAME_OF_ONE
    renamed(system, south, "南溪新村", DAY)
    carried(system, move_village, elsewhere, township="青山镇", moved_on=DAY, today=TODAY, by=BY)
    assert meant(system, "南溪村", on=FIRST, township="青山镇") == {south}
    assert meant(system, "南溪村", on=DAY, township="青山镇") == {elsewhere}
    with system.reading() as connection:
        found = found_by_name(connection, VILLAGE, "南溪村", on=NEXT, township="红岩镇")
    assert found.meant == () and {each.entry for each in found.elsewhere} == {south, elsewhere}


def test_a_units_name_is_its_own_in_the_county_and_its_branch_finds_it(system: System) -> None:
    water = unit(system, "水利局")
    with pytest.raises(Rejected) as refused:
        unit(system, "⽔利局")
    assert refused.value.clause is clauses.NAME_OF_ONE
    names = {"unit_name": "水务局", "branch_name": "水务局党支部"}
    carried(system, rename_branch, water, **names, renamed_on=DAY, today=TODAY, by=BY)
    with system.reading() as connection:
        for written in ("水利局", "水务局", "水利局党支部", "水务局 党支部"):
            one = found_by_name(connection, UNIT, written).one
            assert one is not None and one.entry == water
        assert names_on(connection, EntryKind.BRANCH, FIRST) == {water: "水利局"}
    again = unit(system, "水利局", DAY)
    with system.reading() as connection:
        found = found_by_name(connection, UNIT, "水利局", on=FIRST), found_by_name(connection, UNIT, "水利局")
    assert [each.one.entry for each in found if each.one] == [water, again], "whose name it was on the day"


def test_an_alias_finds_its_village_until_it_is_taken_back(system: System) -> None:
    south, other = village(system, "南溪村"), village(system, "北溪村")
    assert is_new(system, learn_village_alias, south, alias="溪村", because="简称")
    assert not is_new(system, learn_village_alias, south, alias="溪 村", because="简称")
    assert meant(system, "溪村") == {south}
    carried(system, learn_village_alias, other, alias="溪村", because="简称", by=BY)
    assert meant(system, "溪村") == {south, other}, "asked about"
    with pytest.raises(Rejected) as refused:
        carried(system, learn_village_alias, south, alias="北溪村", because="误写", by=BY)
    assert refused.value.clause is clauses.ALIAS_OF_NO_OTHER
    known = system.log.position()
    carried(system, take_village_alias_back, other, alias="溪村", because="另有所指", by=BY)
    assert meant(system, "溪村") == {south}
    assert meant(system, "溪村", known_at=known) == {south, other}
    carried(system, move_village, south, township="白水镇", moved_on=DAY, today=TODAY, by=BY)
    assert meant(system, "溪村", township="白水镇") == {south}, "an alias goes where its village goes"
    carried(system, learn_village_alias, other, alias="溪村", because="还是它", by=BY)
    assert meant(system, "溪村") == {south, other}


def test_a_merged_village_is_the_other_from_that_day(system: System) -> None:
    south, north, west = (village(system, name) for name in ("南溪村", "北溪村", "西溪村"))
    carried(system, merge_village, south, into=north, merged_on=DAY, today=TODAY, by=BY)
    with system.reading() as connection:
        assert names_on(connection, EntryKind.VILLAGE) == {south: "北溪村", north: "北溪村", west: "西溪村"}
        assert names_on(connection, EntryKind.VILLAGE, FIRST)[south] == "南溪村"
        one = found_by_name(connection, VILLAGE, "南溪村").one
        assert one is not None and (one.entry, one.standing) == (south, north)
        then = found_by_name(connection, VILLAGE, "南溪村", on=FIRST).one
        assert then is not None and then.standing == south
    carried(system, merge_village, north, into=west, merged_on=NEXT, today=TODAY, by=BY)
    with system.reading() as connection:
        book = name_book(connection)
        assert [book.standing(south, on) for on in (FIRST, DAY, NEXT, None)] == [south, north, west, west]
        assert names_on(connection, VILLAGE, DAY)[south] == "北溪村"
    for ended in (south, north):
        with pytest.raises(Rejected) as refused:
            carried(system, merge_village, west, into=ended, merged_on=NEXT, today=TODAY, by=BY)
        assert refused.value.clause is clauses.STILL_THERE
    with pytest.raises(Rejected) as refused:
        carried(system, merge_village, west, into="v-nobody", merged_on=NEXT, today=TODAY, by=BY)
    assert refused.value.clause is clauses.REGISTERED_FIRST
    assert village(system, "南溪村", since=DAY) not in (south, north, west), "its name is free"


def test_a_part_of_a_village_is_of_its_own_from_that_day(system: System) -> None:
    south = village(system, "南溪村")
    off = village(system, "南溪新区", since=DAY, split_from=south)
    with system.reading() as connection:
        assert names_on(connection, EntryKind.VILLAGE) == {south: "南溪村", off: "南溪新区"}
    assert [event.NAME for event in system.log.load(f"village-{south}")] == [
        "registry.VillageRegistered",
        "registry.EntrySplit",
    ]
    with pytest.raises(Rejected) as refused:
        village(system, "南溪二区", since=DAY, split_from="v-nobody")
    assert refused.value.clause is clauses.REGISTERED_FIRST


def test_a_retired_village_frees_its_name_and_is_still_found(system: System) -> None:
    south = village(system, "南溪村")
    carried(system, retire_village, south, retired_on=DAY, because="整村搬迁", today=TODAY, by=BY)
    assert meant(system, "南溪村") == {south}
    again = village(system, "南溪村", since=NEXT)
    assert meant(system, "南溪村") == {again} and meant(system, "南溪村", on=FIRST) == {south}
    with pytest.raises(Rejected) as refused:
        renamed(system, south, "某村", NEXT)
    assert refused.value.clause is clauses.STILL_THERE
    for verb in (rename_village, move_village, reclassify_village, merge_village, retire_village):
        why = verb.guard(VILLAGE_THING.state(look_of(system), south))
        assert why is not None and why.clause is clauses.STILL_THERE
        assert verb.guard(VILLAGE_THING.state(look_of(system), again)) is None


def test_a_code_is_one_entrys_of_either_kind(system: System) -> None:
    water, south = unit(system, "水利局"), village(system, "南溪村")
    credit: dict[str, Any] = {"system": CodeSystem.CREDIT}
    assert is_new(system, give_branch_code, water, code=CREDIT, **credit)
    assert not is_new(system, give_branch_code, water, code=CREDIT.lower(), **credit)
    with pytest.raises(Rejected) as refused:
        carried(system, give_village_code, south, code=CREDIT, **credit)
    assert refused.value.clause is clauses.CODE_OF_ONE and water in refused.value.because
    carried(system, take_branch_code_back, water, because="录错", **credit)
    assert is_new(system, give_village_code, south, code=CREDIT, **credit)
    with system.reading() as connection:
        assert {each.entry: dict(each.codes) for each in listed(connection)} == {
            water: {},
            south: {"credit": CREDIT},
        }


def test_a_reclassified_unit_is_of_another_class(system: System) -> None:
    water, south = unit(system, "水利局"), village(system, "南溪村")
    before = system.log.position()
    carried(
        system,
        reclassify_branch,
        water,
        level=UnitLevel.PREFECTURE,
        unit_class=UnitClass.INSTITUTION,
        reclassified_on=DAY,
        today=TODAY,
        by=BY,
    )
    carried(
        system, reclassify_village, south, kind=TargetKind.COMMUNITY, reclassified_on=DAY, today=TODAY, by=BY
    )
    with system.reading() as connection:
        assert [dict(each.classes) for each in listed(connection)] == [
            {"level": "prefecture", "unit_class": "institution"},
            {"kind": "community"},
        ]
        for on, of_water, of_south in ((FIRST, "agency", "village"), (DAY, "institution", "community")):
            assert unit_classes(connection, None, on) == {water: of_water}
            kinds = select(entry_classes.c.of_class).where(class_on(on), entry_classes.c.entry == south)
            assert list(connection.execute(kinds).scalars()) == [of_south]
        assert unit_classes(connection, before, DAY) == {water: "agency"}, "as was known before"


def run(*words: str) -> Result:
    return CliRunner(env={"LIANJIAN_DATABASE_URL": None, "LIANJIAN_DATA": None}).invoke(
        app, ["registry", *words]
    )


@pytest.fixture
def data(tmp_path: Path) -> list[str]:
    opened = build(Settings(folder=tmp_path / "data"))
    village(opened, "南溪村")
    village(opened, "南溪村", "白水镇")
    village(opened, "北溪村")
    unit(opened, "水利局")
    opened.close()
    return ["--data", str(tmp_path / "data")]


def test_the_commands_do_what_they_say(data: list[str]) -> None:
    def done(*words: str) -> Any:
        answer = run(*words, *data, "--json")
        assert answer.exit_code == 0, answer.output
        return json.loads(answer.stdout)

    there = ("--township", "青山镇")
    since = ("--from", "2025-03-01")
    assert [each["name"] for each in done("list")["entries"]] == ["水利局", "南溪村", "南溪村", "北溪村"]
    assert done("rename", "南溪村", "南溪新村", *there, *since)["name"] == "南溪新村"
    assert done("alias", "南溪新村", "新村", "--because", "简称")["names"][0]["name"] == "新村"
    assert len(done("unalias", "新村", "新村", "--because", "误")["names"]) == 2
    assert done("move", "南溪新村", "红岩镇", *since)["township"] == "红岩镇"
    assert done("reclassify", "南溪新村", "--kind", "community", *since)["classes"] == {"kind": "community"}
    assert done("reclassify", "水利局", "--class", "institution", *since)["classes"] == {
        "level": "county",
        "unit_class": "institution",
    }
    names = done("rename", "水利局", "水务局", "--branch-name", "水务局党支部", *since)["names"]
    assert ("水利局", "2025-03-01") in [(each["name"], each["until_on"]) for each in names]
    assert done("code", "水务局", "credit", CREDIT)["codes"] == {"credit": CREDIT}
    assert done("show", CREDIT.lower())["name"] == "水务局"
    assert done("code", "水务局", "credit", "--take-back", "--because", "误")["codes"] == {}
    done("split", "南溪新村", "南溪三村", *since)
    done("split", "水务局", "河长办", "--branch-name", "河长办党支部", *since)
    survivor = done("show", "北溪村")["entry"]
    assert done("merge", "南溪新村", "北溪村", *since)["standing"] == survivor
    assert done("retire", "南溪三村", "--because", "撤村", *since)["ended_on"] == "2025-03-01"
    assert "南溪三村" in run("list", *data).stdout
    shown = run("show", "水利局", *data).stdout
    assert "水务局" in shown and "until before 2025-03-01" in shown


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "南溪村"], "means several.*白水镇"),
        (["show", "东溪村"], "no unit or village is or was called"),
        (["rename", "北溪村", "某村", "--from", "三月"], "--from: .*is not a date"),
        (["rename", "北溪村", "某村", "--from", "2099-01-01"], "registry.NOT_IN_THE_FUTURE"),
        (
            ["rename", "北溪村", "某村", "--from", "2025-01-01", "--branch-name", "某支部"],
            "is not stated of a village",
        ),
        (["move", "水利局", "红岩镇", "--from", "2025-01-01"], "is a branch, not a village"),
        (["merge", "水利局", "北溪村", "--from", "2025-01-01"], "no branch is or was called"),
        (["reclassify", "水利局", "--from", "2025-01-01"], "registry.CLASS_CHANGES"),
        (["split", "水利局", "河长办", "--from", "2025-01-01"], "--branch-name: .*must be filled in"),
        (["code", "水利局", "credit"], "say either the CODE or --take-back"),
        (["alias", "水利局", "水利", "--because", ""], "--because: .*must be filled in"),
    ],
)
def test_what_cannot_be_done_is_said_in_one_line(data: list[str], words: list[str], said: str) -> None:
    answer = run(*words, *data)
    assert answer.exit_code == 2
    assert re.search(said, answer.stderr, re.S), answer.stderr
