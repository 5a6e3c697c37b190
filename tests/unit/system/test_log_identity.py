"""Opening, rotating, witnessing, restoring: what the log says of itself."""

from __future__ import annotations

from datetime import date

import pytest

from domain.system import clauses
from domain.system.events import LogKeyChanged, LogOpened, LogRestored, PersonalDataErased, WitnessNamed
from domain.system.identity import Identity
from domain.system.person import PersonalData
from tests.kit.given import Given, given

DAY = date(2026, 1, 9)
OPENED = LogOpened(
    log_id="ab" * 16,
    origin="county.local/lianjian/ab",
    leaf_format="lianjian/leaf/v1",
    digests=("sha256",),
    key="key 1",
    zone="Asia/Shanghai",
    software="lianjian 1",
    opened_on=DAY,
)
CHANGED = LogKeyChanged(key="key 2", signature="line", because="yearly", changed_on=DAY)
NAMED = WitnessNamed(key="their key", office="州督查室", named_on=DAY)


def opened(*events: object) -> Given:
    return given(Identity(), OPENED, *events)  # type: ignore[arg-type]


def opening(state: Identity) -> LogOpened:
    values = {
        name: getattr(OPENED, name) for name in ("log_id", "origin", "key", "digests", "zone", "software")
    }
    return state.open_log(**values, opened_on=DAY)


def restoring(state: Identity) -> LogRestored:
    return state.restore_log(
        size=9, root="00", lost_note="note", key="key 3", signature="line", because="disk", restored_on=DAY
    )


def test_a_log_is_opened_once() -> None:
    given(Identity()).when(opening).then(OPENED)
    opened().when(opening).refused(clauses.OPENED_ONCE, "county.local")


def test_the_key_changes() -> None:
    def change(key: str = "key 2", because: str = "yearly"):  # type: ignore[no-untyped-def]
        return lambda s: s.change_key(key=key, signature="line", because=because, changed_on=DAY)

    opened().when(change()).then(CHANGED)
    opened(CHANGED).when(change("key 1")).refused(clauses.KEY_IS_NEW, "key 1")
    opened().when(change(because=" ")).refused(clauses.REASON_GIVEN)
    given(Identity()).when(change()).refused(clauses.OPENED_FIRST)
    assert opened(CHANGED).state.key == "key 2"


def test_a_witness_is_another_office_with_a_key_of_its_own() -> None:
    def name(key: str = "their key", office: str = "州督查室"):  # type: ignore[no-untyped-def]
        return lambda s: s.name_witness(key=key, office=office, named_on=DAY)

    opened().when(name()).then(NAMED)
    opened(NAMED).when(name()).refused(clauses.WITNESSED_BY_ANOTHER, "their key")
    opened().when(name("key 1")).refused(clauses.WITNESSED_BY_ANOTHER, "key 1")
    opened().when(name(office="")).refused(clauses.REASON_GIVEN)
    given(Identity()).when(name()).refused(clauses.OPENED_FIRST)


@pytest.mark.parametrize("epoch", [2, 3])
def test_each_restore_begins_an_epoch_of_its_own(epoch: int) -> None:
    state = opened().state
    for n in range(2, epoch + 1):
        event = restoring(state)
        assert (event.epoch, event.origin) == (n, f"county.local/lianjian/ab/e{n}")
        state = state.after(event)
        state = Identity(**{**state.__dict__, "keys": state.keys[:1]})
    assert state.origin_of_epoch(1) == OPENED.origin
    opened().when(
        lambda s: s.restore_log(
            size=1, root="", lost_note="", key="k", signature="", because="", restored_on=DAY
        )
    ).refused(clauses.REASON_GIVEN)


def test_a_name_is_erased_once_on_a_ground_by_somebody() -> None:
    erased = PersonalDataErased(ref="p-1", ground="retention ended", decided_by="县联建办", erased_on=DAY)

    def erase(ground: str = "retention ended", decided_by: str = "县联建办"):  # type: ignore[no-untyped-def]
        return lambda s: s.erase_person(ref="p-1", ground=ground, decided_by=decided_by, erased_on=DAY)

    given(PersonalData()).when(erase()).then(erased)
    given(PersonalData(), erased).when(erase()).refused(clauses.ERASED_ONCE)
    given(PersonalData()).when(erase(ground="")).refused(clauses.REASON_GIVEN, "ground")
    given(PersonalData()).when(erase(decided_by=" ")).refused(clauses.REASON_GIVEN, "decided_by")
