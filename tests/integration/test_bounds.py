"""Bounds on work in flight and on attachments: read from the environment, and kept to by what is put together."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from application.look import look_of
from application.settings import Settings
from application.stores.attaching import attach
from domain.attachment.attachments import Quota
from domain.kernel.errors import Rejected
from domain.kernel.recorded import By, Source
from interface.composition import build
from interface.http.desk import Busy
from interface.settings import from_environment
from tests.kit.serving import app_of

MB = 1 << 20


def test_bounds_are_set_in_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIANJIAN_AT_ONCE", "3")
    monkeypatch.setenv("LIANJIAN_WAITING", "7")
    monkeypatch.setenv("LIANJIAN_ATTACHED_MB", "1,2,30")
    found = from_environment(tmp_path)
    assert (found.at_once, found.waiting) == (3, 7)
    assert found.quota == Quota(of_thing=MB, of_day=2 * MB, of_all=30 * MB)


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("LIANJIAN_AT_ONCE", "0", "from 1 to 32"),
        ("LIANJIAN_WAITING", "1e3", "from 1 to 10000"),
        ("LIANJIAN_ATTACHED_MB", "200,400", "such as 200,400,51200"),
        ("LIANJIAN_ATTACHED_MB", "200,400,much", "such as 200,400,51200"),
    ],
)
def test_a_bound_that_cannot_be_read_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(ValueError, match=name) as error:
        from_environment(tmp_path)
    assert says in str(error.value)


def test_what_is_put_together_keeps_to_its_bounds(tmp_path: Path) -> None:
    system = build(Settings(folder=tmp_path, at_once=1, waiting=2, quota=Quota(files=0)))
    desk = app_of(system).state.desk
    with desk.reading(), desk.reading(), pytest.raises(Busy), desk.reading():
        pass
    with pytest.raises(Rejected, match="THING_HAS_ROOM"):
        attach(
            look_of(system),
            io.BytesIO(b"%PDF-1.7 an order"),
            name="order.pdf",
            pairing_id="p",
            branch="b",
            village="v",
            finding_id="WT1",
            by=By(actor="ducha", source=Source(kind="page")),
        )
    system.close()
