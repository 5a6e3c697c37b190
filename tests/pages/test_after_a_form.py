"""What stands around a form: what cannot be taken back is shown first, what is sent twice is done once, and afterwards it is said
what comes next and how a mistake is taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from fastapi import APIRouter, FastAPI

from application.system import System
from application.verbs import VERBS
from application.verbs.assessment.evidence import review_evidence
from domain.assessment.year.evidence import EvidenceReview
from domain.kernel.event import Event
from domain.kernel.values import OptionalWords, Today
from interface.web.evidence.evidence_queue import queue_of
from interface.web.kit.forms.at_once import add_at_once
from interface.web.kit.page.page import DRAFT
from interface.web.kit.page.posted import CARRIED
from interface.words.pages.irreversible import CONSEQUENCES
from tests.kit.demo_ids import PAIRING
from tests.kit.serving import Visitor, demo_app

Served = tuple[System, FastAPI]
FOUND = {
    "number": "WT2026-931",
    "pairing_id": PAIRING,
    "found_on": "2026-01-05",
    "method": "on_site",
    "inspector": "检查甲",
    "description": "慰问物资发放登记缺失",
    "finding_type": "record_keeping",
    "severity": "minor",
}


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    system, app = demo_app(tmp_path_factory.mktemp("forms"))
    yield system, app
    system.close()


def drawn_at(page: str) -> str:
    found = re.search(r'name="drawn_at" value="(\d+)"', page)
    assert found is not None
    return found[1]


def raised(county: Served, number: str) -> tuple[Visitor, str]:
    """A finding of this number, and the path of its page."""
    ducha = Visitor(county[1], "ducha")
    answer = ducha.post("/findings/raise-finding", **{**FOUND, "number": number})
    assert answer.status_code == 200, answer.text
    return ducha, answer.url.path


def test_what_cannot_be_taken_back_has_its_consequence_in_words() -> None:
    assert {name for name, verb in VERBS.items() if verb.irreversible} == CONSEQUENCES.keys()


def test_what_takes_back_or_follows_is_a_verb_of_the_same_thing() -> None:
    named = [(verb, VERBS[name]) for verb in VERBS.values() for name in (verb.then, verb.undone_by) if name]
    assert all(verb.on.kind == other.on.kind and not other.begins for verb, other in named)


def test_an_order_is_shown_before_it_is_issued(county: Served) -> None:
    system, _ = county
    ducha, path = raised(county, "WT2026-932")
    order = {
        "ordered_on": "2026-01-06",
        "due_on": "2026-02-06",
        "document_no": "督字〔2026〕32号",
        "measures": "补登记",
    }
    before = system.log.position()
    token = re.findall(r'name="csrf" value="([^"]+)"', ducha.get(path).text)[0]
    asked = ducha.post_raw(f"{path}/order-rectification", csrf=token, **order)
    assert asked.status_code == 200 and system.log.position() == before
    assert CONSEQUENCES["order_rectification"].zh in asked.text and "督字〔2026〕32号" in asked.text
    back = ducha.post_raw(f"{path}/order-rectification", csrf=token, confirmed="no", **order)
    assert 'value="督字〔2026〕32号"' in back.text and system.log.position() == before
    refused = ducha.post_raw(f"{path}/order-rectification", csrf=token, **{**order, "due_on": "2026-01-01"})
    assert refused.status_code == 409, "what would be refused is not confirmed first"
    done = ducha.post_raw(f"{path}/order-rectification", csrf=token, confirmed="yes", **order)
    assert done.status_code == 200 and system.log.position() > before


def test_a_form_says_what_it_is_about(county: Served) -> None:
    ducha, path = raised(county, "WT2026-937")
    key = path.rsplit("/", 1)[1]
    about = re.search(r'<p class="about">.*?</p>', ducha.get(f"{path}/withdraw-finding").text)
    assert about is not None and all(
        each in about[0] for each in (FOUND["description"], "南溪村", "WT2026-937")
    )
    said = re.sub("<[^>]+>", "", about[0])
    assert key not in said


def test_a_form_sent_twice_is_done_once(county: Served) -> None:
    system, app = county
    ducha = Visitor(app, "ducha")
    at = drawn_at(ducha.get("/findings/raise-finding").text)
    form = {**FOUND, "number": "WT2026-933", "drawn_at": at}
    first = ducha.post("/findings/raise-finding", **form)
    position = system.log.position()
    second = ducha.post("/findings/raise-finding", **form)
    assert second.status_code == 200 and second.url == first.url and system.log.position() == position
    other = ducha.post("/findings/raise-finding", **{**form, "description": "另一处"})
    assert other.status_code == 409 and "另一处" in other.text, "what is not the same is judged"


def test_whoever_comes_second_reads_who_was_first(county: Served) -> None:
    ducha, path = raised(county, "WT2026-934")
    at = drawn_at(ducha.get(f"{path}/withdraw-finding").text)
    assert (
        ducha.post(f"{path}/withdraw-finding", withdrawn_on="2026-01-07", because="重复登记").status_code
        == 200
    )
    late = {"withdrawn_on": "2026-01-07", "because": "我也要撤销", "drawn_at": at}
    second = Visitor(county[1], "ducha").post(f"{path}/withdraw-finding", **late)
    assert second.status_code == 409 and "我也要撤销" in second.text


def test_afterwards_the_next_step_and_the_way_back_are_offered(county: Served) -> None:
    ducha, path = raised(county, "WT2026-935")
    key = path.rsplit("/", 1)[1]
    done = ducha.get(f"{path}?done=raise_finding&of={key}").text.split('class="done')[1].split("</p>")[0]
    assert f'href="{path}/order-rectification"' in done and f'href="{path}/withdraw-finding"' in done
    assert (
        "order-rectification" not in ducha.get(f"{path}?done=raise_finding&of=nowhere").text.split("</p>")[0]
    )


def test_the_next_number_of_the_register_is_offered(county: Served) -> None:
    today, ducha = county[0].today(), Visitor(county[1], "ducha")
    form = {**FOUND, "number": f"WT{today.year}-940", "found_on": today.isoformat()}
    assert ducha.post("/findings/raise-finding", **form).status_code == 200
    offered = re.search(
        r'<input[^>]* name="number" value="([^"]*)"', ducha.get("/findings/raise-finding").text
    )
    assert offered is not None and offered[1] == f"WT{today.year}-941"


def test_a_draft_outlives_the_session(county: Served) -> None:
    _, app = county
    ducha = Visitor(app, "ducha")
    ducha.get("/findings/raise-finding")
    kept = ducha.post(
        "/me/drafts", **{**FOUND, "description": "写到一半", "draft_of": "/findings/raise-finding"}
    )
    assert kept.url.path == "/findings/raise-finding" and "写到一半" in kept.text
    assert "写到一半" in Visitor(app, "ducha").get("/findings/raise-finding?restored=1").text
    assert (
        "写到一半" in ducha.get("/me/drafts").text
        and "写到一半" not in Visitor(app, "kaohe").get("/me/drafts").text
    )
    ducha.post("/findings/raise-finding", **{**FOUND, "number": "WT2026-936"})
    assert "写到一半" not in ducha.get("/me/drafts").text
    assert ducha.post("/me/drafts", draft_of="//elsewhere/form").status_code == 422


def test_a_moment_before_the_log_offers_the_first_day(county: Served) -> None:
    ducha = Visitor(county[1], "ducha")
    early = ducha.get("/findings?at=1999-01-01")
    assert early.status_code == 404 and "系统自" in early.text
    first = re.findall(r'class="button" href="([^"]+)"', early.text)[0]
    assert ducha.get(first).status_code == 200


def test_what_a_form_carries_is_no_field_of_a_verb() -> None:
    """``?draft=1`` would have approved the first draft of a scheme."""
    assert not {field.name for verb in VERBS.values() for field in verb.fields} & {*CARRIED, DRAFT}


def test_what_was_undone_can_be_done_again_by_the_same_form(county: Served) -> None:
    """A form sent again leads to what it did, but not where that has been taken back since."""
    _, app = county
    clerk = Visitor(app, "danwei")
    drawn = re.search(
        r'name="drawn_at" value="(\d+)"', clerk.get(f"/activities/record-activity?pairing_id={PAIRING}").text
    )
    assert drawn is not None
    form = {
        "pairing_id": PAIRING,
        "held_on": "2025-12-08",
        "kind": "volunteering",
        "topic": "清扫村道",
        "participants": "9",
        "drawn_at": drawn[1],
    }
    first = clerk.post("/activities/record-activity", **form)
    again = clerk.post("/activities/record-activity", **form)
    assert first.status_code == 200 and again.url == first.url, "sent twice, done once"
    activity = re.search(r"of=([^&]+)", first.url.query.decode())
    assert activity is not None
    assert clerk.post(f"/activities/{activity[1]}/void-activity", because="填重了").status_code == 200
    anew = clerk.post("/activities/record-activity", **form)
    assert anew.status_code == 200 and f"of={activity[1]}" not in anew.url.query.decode()


def reviewed_already(_: EvidenceReview, *, because: OptionalWords, today: Today) -> Sequence[Event]:
    """Decides nothing, as whatever is on record already does."""
    return ()


def test_what_decides_nothing_leads_back_and_says_so(county: Served) -> None:
    _, app = county
    router = APIRouter()
    verb = replace(review_evidence, decision=reviewed_already, given={}, called=review_evidence.name)
    add_at_once(router, verb, shown_at=queue_of)
    app.router.routes[:0] = router.routes
    kaohe = Visitor(app, "kaohe")
    answer = kaohe.post("/evidence-items/review-evidence", key="1", because="")
    assert answer.status_code == 200, answer.text
    assert (answer.url.path, answer.url.query) == ("/evidence", b"done=nothing")


def test_the_same_code_twice_is_on_record_and_the_unit_is_shown(county: Served) -> None:
    ducha = Visitor(county[1], "ducha")
    address = ducha.get("/villages").url.path
    village = re.findall(rf'href="({address}/v-[0-9a-f]+)', ducha.get(address).text)[0]
    code = {"system": "division", "code": "532901100299"}
    said = [ducha.post(f"{village}/give-village-code", **code) for _ in range(2)]
    assert [(each.status_code, each.url.path) for each in said] == [(200, village)] * 2
    assert [b"done=nothing" in each.url.query for each in said] == [False, True]
