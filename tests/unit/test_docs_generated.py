"""The pages of docs/ that are made from the code say what the code says."""

from __future__ import annotations

from pathlib import Path

from application.access import ROLES, may
from application.actors.actor import BOUNDED, NOBODY, Actor, Owner
from application.questions.answers import QUESTIONS
from application.verbs import VERBS
from domain.account.role import Role
from tests.kit.docs import ALL, OWN, PAGES, main, outdated, text_of


def actor(role: Role) -> Actor:
    of = {"branch": "b", "village": "v", "villages": frozenset({"v"})}
    return Actor(username="a", person="p", display_name="", office="", role=role, **of)  # type: ignore[arg-type]


def test_every_generated_page_is_as_the_code_is() -> None:
    assert outdated() == [], "run: make docs"
    assert main(["--check"]) == 0


def test_a_page_that_is_missing_or_changed_by_hand_is_noticed(tmp_path: Path) -> None:
    assert outdated(tmp_path) == list(PAGES)
    for page in PAGES:
        (tmp_path / page).write_text(text_of(page), encoding="utf-8")
    assert outdated(tmp_path) == []
    changed = (tmp_path / "access.md").read_text(encoding="utf-8").replace(ALL, OWN, 1)
    (tmp_path / "access.md").write_text(changed, encoding="utf-8")
    assert outdated(tmp_path) == ["access.md"]


def test_the_table_of_access_says_what_is_judged() -> None:
    rows = {
        cells[1].strip(" `"): [cell.strip() for cell in cells[4:-1]]
        for cells in (line.split("|") for line in text_of("access.md").splitlines())
        if cells[1:] and cells[1].startswith(" `")
    }
    assert set(rows) == {*ROLES, *VERBS, *QUESTIONS}
    for name in ROLES:
        for role, mark in zip(Role, rows[name], strict=True):
            who = actor(role)
            admitted = (
                may(who, name, NOBODY),
                may(who, name, Owner("b", "v")),
                may(who, name, Owner("other", "other")),
            )
            assert admitted == {"": (False,) * 3, OWN: (True, True, False), ALL: (True,) * 3}[mark], (
                name,
                role,
            )
    for name, question in QUESTIONS.items():
        marks = ["" if role not in question.roles else OWN if role in BOUNDED else ALL for role in Role]
        assert rows[name] == marks, name


def test_every_verb_stands_on_its_page_once() -> None:
    verbs = text_of("verbs.md")
    assert [name for name in VERBS if verbs.count(f"| `{name}` |") != 1] == []
