"""The search at the API: what is found, in which order, and by whom."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from interface.demo.accounts import UNIT, VILLAGE
from projections.boards.findings import findings
from projections.boards.pairing.pairings import terms
from projections.kit.columns import known
from tests.kit.demo_ids import BRANCH, PAIRING, VILLAGE_ID
from tests.kit.scripts import Api


def found(api: Api, who: str, q: str, **more: Any) -> list[dict[str, Any]]:
    answer = api.script(who).get("/search", q=q, **more)
    assert answer.status_code == 200, answer.text
    rows: list[dict[str, Any]] = answer.json()["rows"]
    return rows


def test_everything_of_a_village_is_found_by_its_name_and_its_pinyin(api: Api) -> None:
    rows = found(api, "ducha", VILLAGE)
    assert [(row["kind"], row["key"], row["how"]) for row in rows[:2]] == [
        ("village", VILLAGE_ID, "name"),
        ("pairing", PAIRING, "name"),
    ]
    assert rows[1]["title"] == f"{UNIT} × {VILLAGE}" and rows[1]["matched"] == VILLAGE
    for typed in ("nanxicun", "nxc"):
        assert [row["key"] for row in found(api, "ducha", typed)[:2]] == [VILLAGE_ID, PAIRING], typed
    assert PAIRING in [row["key"] for row in found(api, "ducha", "fayuan nanxi")]


def test_a_number_finds_what_bears_it_and_a_record(api: Api) -> None:
    (finding,) = found(api, "ducha", "wt2025-059")
    assert (finding["kind"], finding["how"], finding["found_by"]) == ("finding", "number", "WT2025-059")
    with api.system.views.connect() as connection:
        this = findings.c.finding_id == finding["key"], known(findings, None)
        document = connection.scalar(select(findings.c.document_no).where(*this))
    assert found(api, "ducha", str(document))[0] == {**finding, "found_by": document, "matched": document}
    (record,) = found(api, "shenji", "#500")
    assert (record["kind"], record["key"], record["title"]) == ("record", "500", "#500")
    assert found(api, "shenji", "#500", known_at=499) == []
    assert found(api, "danwei", "#500") == [], "a clerk reads no trail"


def test_a_clerk_finds_what_is_the_own_and_nothing_else(api: Api) -> None:
    own = {"danwei": BRANCH, "cun": VILLAGE_ID}
    with api.system.views.connect() as connection:
        owned = {row.finding_id: row for row in connection.execute(select(findings))}
    everything = found(api, "ducha", "WT2025", kind="finding", limit=200)
    assert len(everything) == len(owned)
    # Whatever is typed: a part of all numbers, a matter, a letter, a surname, a township, the name of another.
    for who, entry in own.items():
        for q in ("WT", "2025", "0", "登记", "n", "x", "wang", "镇", "村", "云岭县", "XQ", "#1"):
            for row in found(api, who, q, people=1, limit=200):
                assert row["kind"] in ("pairing", "finding", "need", "project"), (who, q, row)
                if row["kind"] == "finding":
                    assert entry in (owned[row["key"]].branch, owned[row["key"]].village), (who, q, row)
                else:
                    assert PAIRING in (row["key"], row["within"]), (who, q, row)
        assert [row["key"] for row in found(api, who, VILLAGE) if row["kind"] == "pairing"] == [PAIRING]
        counts = api.script(who).get("/search", q="WT2025").json()["counts"]
        assert counts == [{"kind": "finding", "found": len(found(api, who, "WT2025", limit=200))}]


def test_persons_are_found_by_those_who_may_read_names_and_that_is_noted(api: Api) -> None:
    with api.system.views.connect() as connection:
        refs = set(connection.scalars(select(terms.c.person_ref).where(terms.c.pairing_id == PAIRING)))
    ref, name = next(iter(api.system.vault.names(sorted(refs)).items()))
    assert found(api, "fuhe", name) == [], "nobody is looked for by name unless that is asked for"
    noted = len(api.system.accesses.list(username="fuhe", kind="name", thing=ref))
    rows = found(api, "fuhe", name, people=1, kind="person")
    (row,) = [row for row in rows if row["within"] == PAIRING]
    assert (row["kind"], row["title"], row["what"]) == ("person", name, f"{UNIT} × {VILLAGE}")
    (seen, *_) = api.system.accesses.list(username="fuhe", kind="name", thing=ref)
    assert seen.page == "/search"
    assert len(api.system.accesses.list(username="fuhe", kind="name", thing=ref)) == noted + 1
    for who in ("ducha", "danwei", "cun"):
        assert found(api, who, name, people=1) == [], who
        assert api.system.accesses.list(username=who, kind="name", thing=ref) == []


def test_a_list_is_read_on_behind_its_last_row(api: Api) -> None:
    whole = found(api, "ducha", "慰问", kind="finding", limit=200)
    first = api.script("ducha").get("/search", q="慰问", kind="finding", limit=2).json()
    behind = found(api, "ducha", "慰问", kind="finding", limit=200, after=first["next"])
    assert first["rows"] + behind == whole and len(whole) > 10
    assert api.script("ducha").get("/search", q="慰问", after="none").status_code == 422


def test_a_former_name_finds_what_bears_another_now(api: Api) -> None:
    before = api.system.log.position()
    named = {"name": "长乐新村", "renamed_on": "2026-01-01"}
    renamed = api.script("ducha").post(f"/villages/{VILLAGE_ID}/rename-village", named)
    assert renamed.status_code == 200, renamed.text
    for typed in ("nanxi", VILLAGE, "changle", "长乐新村"):
        row = next(row for row in found(api, "ducha", typed) if row["kind"] == "village")
        assert (row["key"], row["title"]) == (VILLAGE_ID, "长乐新村"), typed
    former = next(row for row in found(api, "ducha", VILLAGE) if row["kind"] == "village")
    assert (former["how"], former["found_by"]) == ("name", VILLAGE)
    assert found(api, "ducha", "长乐", known_at=before) == [], "as known before, nobody was called so"
    assert found(api, "ducha", VILLAGE, known_at=before)[0]["title"] == VILLAGE
