"""The second tree, with SM3: from the first event or begun later, signed under an origin of its own, and verified."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from application.eventlog.tree import SM3
from application.integrity.custody import Refused
from application.integrity.verifying import verify_log
from domain.integrity.leaf import leaf_data
from domain.integrity.note import VerifierKey, read_key, read_note, verify_note
from domain.integrity.tree import leaf_hash, root_of, sm3
from tests.kit.county import BY, County
from tests.kit.databases import DatabaseCase
from tests.kit.insider import Insider


@pytest.fixture
def county(database: DatabaseCase, tmp_path: Path) -> Iterator[County]:
    county = County(database, tmp_path / "keys", with_sm3=True)
    yield county
    for log in county.logs:
        log.close()


def naive_root(county: County) -> bytes:
    notifications = county.log.recorder.select_notifications(start=None, limit=1000)
    return root_of(
        [
            leaf_hash(leaf_data(n.id, n.originator_version, str(n.originator_id), n.topic, n.state), sm3)
            for n in notifications
        ],
        sm3,
    )


def test_sm3_is_that_of_the_standard() -> None:
    assert sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert sm3(b"abcd" * 16).hex() == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"


def test_both_trees_grow_and_are_signed(county: County) -> None:
    county.register("甲村", "乙村", "丙村")
    signed = county.custody.sign("on demand")
    first, second = county.log.trees
    assert (first.size(), second.size()) == (4, 4)
    assert second.root(4) == naive_root(county) != first.root(4) == signed.checkpoint.root
    (note,) = second.database.query("SELECT note FROM checkpoints_sm3")[0]
    key = read_key(county.custody.identity().key)
    verify_note(read_note(note.encode()), VerifierKey(key.name + "/sm3", key.kind, key.public))
    county.register("丁村")
    county.custody.change_key("yearly", BY)
    county.custody.sign("on demand")
    memory = county.custody.remembered("/sm3")
    report = verify_log(second.database, memory=memory, kind=SM3)
    assert (report.problems, report.size, report.checked["checkpoints"]) == ([], 6, 3)
    assert report.origin.endswith("/sm3")
    assert verify_log(first.database).problems == []


def test_it_is_begun_over_old_rows_and_kept_on(database: DatabaseCase, tmp_path: Path) -> None:
    county = County(database, tmp_path / "keys")
    county.register("甲村", "乙村")
    assert len(county.log.trees) == 1
    county.with_sm3 = True
    county.open()
    county.register("丙村")
    county.with_sm3 = False
    county.open()
    county.register("丁村")
    assert county.log.trees[1].size() == 5
    assert county.log.trees[1].root(5) == naive_root(county)
    assert verify_log(county.log.tree.database, kind=SM3).problems == []
    for log in county.logs:
        log.close()


def test_whoever_forgets_the_second_tree_is_found_by_it(county: County) -> None:
    county.register("甲村", "乙村", "丙村")
    county.custody.sign("on demand")
    insider = Insider(county.database)
    with insider.inside():
        insider.edit(3, lambda state: state.replace("镇".encode(), "乡".encode()))
        insider.rebuild_tree()
        insider.forget_signatures()
    (county.keys / "signed.note").unlink()
    database = county.log.tree.database
    assert verify_log(database).problems == []
    assert [(p.check, p.first) for p in verify_log(database, kind=SM3).problems] == [("V2", 3)]
    with insider.inside():
        insider.run("DELETE FROM leaves_sm3 WHERE leaf_index = 3")
    checks = {p.check for p in verify_log(database, kind=SM3).problems}
    assert checks == {"V1", "V2", "V6"}
    with pytest.raises(Refused, match="3 leaves, but 4 were signed"):
        county.custody.sign("on demand")


def test_the_database_refuses_to_change_the_second_tree(county: County) -> None:
    county.register("甲村")
    for table in ("leaves_sm3", "checkpoints_sm3"):
        county.custody.sign("on demand")
        with pytest.raises(Exception, match="append-only"):
            county.log.tree.database.query(f"DELETE FROM {table}")
