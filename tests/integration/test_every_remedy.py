"""Every refusal is brought about, and its remedy carried out: tests/refusals/README.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from socket import create_server

import pytest

from application.input.reading import FaultCode
from application.verb import Outcome
from interface.words.problems import INNER
from tests.kit.commands import SERVES, CommandRefused, refusals_of_commands, run, says
from tests.kit.docs import all_clauses
from tests.kit.refusal_words import words_of
from tests.kit.refusals import called, ledger_problems
from tests.kit.stories import Story, entries, golden, read_book
from tests.kit.telling import LedgerProblems, Shelf, Teller

BOOK, SAID = read_book(), golden()
LONG = {"command.no_demo"}
"""Its remedy lives the whole year, which test_lived_demo sees done every time."""


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shelf]:
    yield Shelf(BOOK, tmp_path_factory.mktemp("shelf"))


@pytest.fixture
def tell(shelf: Shelf, tmp_path: Path) -> Iterator[Callable[[Story], Teller]]:
    told: list[Teller] = []

    def at(refusal: Story) -> Teller:
        told.append(shelf.county(refusal.after, tmp_path / "county"))
        return told[-1]

    yield at
    for teller in told:
        teller.system.close()


@pytest.mark.parametrize(
    ("entry", "refusal"),
    [
        pytest.param(*each, id=each[0], marks=[pytest.mark.long] if each[0] in LONG else [])
        for each in entries(BOOK.refusals)
    ],
)
def test_a_refusal_and_its_remedy(entry: str, refusal: Story, tell: Callable[[Story], Teller]) -> None:
    teller = tell(refusal)
    for step in refusal.steps:
        if not step.refused:
            done = teller.take(step)
            assert done.events if isinstance(done, Outcome) else done, step.written
            continue
        before = teller.system.log.position()
        with pytest.raises((*INNER, LedgerProblems, CommandRefused)) as refused:
            teller.take(step)
        if isinstance(refused.value, CommandRefused):
            assert refusal.told and says(refusal.told, refused.value.said), refused.value.said
            continue
        assert refusal.name in called(refused.value), step.written
        assert words_of(teller.system, refusal.name, refused.value) == SAID.get(entry), (
            "tests.kit.refusal_words"
        )
        if isinstance(refused.value, INNER):
            assert teller.system.log.position() == before


def test_nothing_is_refused_without_an_entry() -> None:
    told = {each.name for each in BOOK.refusals}
    known = {
        *(each.id for each in all_clauses()),
        *(f"fault.{each}" for each in FaultCode),
        *ledger_problems(),
    }
    assert known - told == set()


def test_no_command_says_that_it_cannot_be_done_without_an_entry() -> None:
    told = [*(each.told for each in BOOK.refusals if each.told), SERVES]
    places = dict(refusals_of_commands())
    assert len(places) > 40
    missing = [
        f"{place} {pattern.pattern}"
        for place, pattern in places.items()
        if not any(map(pattern.search, told))
    ]
    assert missing == []


def test_what_is_said_is_said_in_both_languages() -> None:
    assert all(each.zh and each.en and each.zh != each.en for each in SAID.values())
    assert SAID.keys() == {name for name, each in entries(BOOK.refusals) if not each.told}


def test_a_port_that_is_taken_is_told(shelf: Shelf, tmp_path: Path) -> None:
    teller = shelf.county("county", tmp_path / "county")
    with create_server(("127.0.0.1", 0)) as taken, pytest.raises(CommandRefused) as refused:
        run(tmp_path / "county", ["serve", "--port", str(taken.getsockname()[1])], "")
    assert says(SERVES, refused.value.said)
    teller.system.close()


def test_a_folder_that_is_no_demo_is_told_and_kept(tmp_path: Path) -> None:
    (told,) = (each.told for each in BOOK.refusals if each.name == "command.no_demo")
    folder = tmp_path / "demo"
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(CommandRefused) as refused:
        run(tmp_path, ["demo", "--no-serve", "--data", str(folder)], "")
    assert told and says(told, refused.value.said)
    assert (folder / "thesis.txt").read_text(encoding="utf-8") == "mine"
