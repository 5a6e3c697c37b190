"""Complaints: who reads them, who never does, and how one is answered anew."""

from __future__ import annotations

import re

from fastapi import FastAPI

from application.system import System
from tests.kit.serving import Visitor

SAID = "督查员一周三次来村里要照片"


def filed(who: Visitor, **stated: str) -> str:
    said = {"subject": "burden", "content": SAID, "wants_answer": "yes", "thing": "", "against": "", **stated}
    made = who.post("/complaints/file-complaint", **said)
    found = re.search(r"/complaints/cp-[0-9a-f]+", str(made.url))
    assert found is not None, made.text
    return found[0]


def test_whom_it_is_about_never_reads_it(county: tuple[System, FastAPI]) -> None:
    _, app = county
    people = {name: Visitor(app, name) for name in ("cun", "danwei", "ducha", "fuhe", "kaohe", "shenji")}
    path = filed(people["cun"], subject="conduct", against="ducha")
    for name, reads in {"cun": 1, "danwei": 0, "ducha": 0, "fuhe": 1, "kaohe": 0, "shenji": 1}.items():
        who = people[name]
        assert (who.get(path).status_code == 200) == bool(reads), name
        assert (SAID[:20] in who.get("/complaints").text) == bool(reads), name
        assert (SAID in who.get("/complaints/export?format=csv").text) == bool(reads), name
        assert (SAID in who.get("/").text) == (name in ("cun", "fuhe")), name
    # The trail, which every office reads, says that there is one and no word of it.
    trail = people["ducha"].get("/trail").text
    assert "提出一件投诉建议" in trail
    assert SAID not in trail
    found = re.search(r"/events/\d+", people["ducha"].get("/trail?name=complaint.ComplaintFiled").text)
    assert found is not None
    assert SAID not in people["ducha"].get(found[0]).text
    refused = people["ducha"].post(f"{path}/answer-complaint", answer="没有此事")
    assert refused.status_code == 403
    assert "没有此事" not in people["cun"].get(path).text
    answered = people["fuhe"].post(f"{path}/answer-complaint", answer="已经约谈").text
    assert "已经约谈" in answered
    assert "已经约谈" in people["cun"].get(path).text


def test_what_does_not_satisfy_is_answered_anew_by_another(county: tuple[System, FastAPI]) -> None:
    _, app = county
    unit, office, review = (Visitor(app, name) for name in ("danwei", "ducha", "fuhe"))
    path = filed(unit, content="台账要求重复填报两套")
    assert "台账要求重复填报两套" in office.get("/complaints?subject=burden&state=waiting").text
    office.post(f"{path}/accept-complaint")
    office.post(f"{path}/answer-complaint", answer="正在研究")
    shown = unit.post(f"{path}/rate-answer", satisfied="no", because="没有期限").text
    assert "是否满意：否" in shown
    assert "复核组" in shown, "the one supervisor has answered it"
    assert "answer-complaint" not in office.get(path).text
    assert "下月起只填一套" in review.post(f"{path}/answer-complaint", answer="下月起只填一套").text
    last = unit.get(path).text
    assert "下月起只填一套" in last and "rate-answer" not in last.partition("现在不能办理的事项")[0]


def test_of_conduct_in_a_matter_everybody_who_acted_in_it_is_left_out(
    county: tuple[System, FastAPI],
) -> None:
    _, app = county
    unit, office = Visitor(app, "danwei"), Visitor(app, "ducha")
    listed = unit.get("/findings?year=2025").text
    found = re.search(r"/findings/(f-[0-9a-f]+)", listed)
    assert found is not None
    page = unit.get(f"/findings/{found[1]}").text
    assert f"/complaints/file-complaint?thing=finding-{found[1]}" in page
    office.post(f"/findings/{found[1]}/remind-unit", reminded_on="2026-01-12", because="请抓紧整改")
    path = filed(unit, subject="conduct", content="检查时不听说明", thing=f"finding-{found[1]}")
    assert office.get(path).status_code == 403
    assert f"/findings/{found[1]}" in unit.get(path).text


def test_a_form_that_would_be_refused_is_not_shown_to_its_reader(county: tuple[System, FastAPI]) -> None:
    _, app = county
    unit, office, review = (Visitor(app, name) for name in ("danwei", "ducha", "fuhe"))
    path = filed(unit, content="同一张表报了三遍")

    def shown(who: Visitor, step: str) -> tuple[bool, str]:
        page = who.get(f"{path}/{step}")
        assert page.status_code == 200
        return f'action="{path}/{step}"' in page.text, page.text

    assert shown(office, "answer-complaint")[0] and shown(office, "accept-complaint")[0]
    for step in ("answer-complaint", "accept-complaint"):
        drawn, said = shown(review, step)
        assert not drawn and "由受理的一方办理" in said
        assert f"{path}/{step}" not in review.get(path).text
    assert shown(review, "forward-complaint")[0], "reviewers may forward it wherever it lies"
    assert not shown(review, "withdraw-complaint")[0] and shown(unit, "withdraw-complaint")[0]
    office.post(f"{path}/answer-complaint", answer="正在研究")
    assert not shown(office, "rate-answer")[0] and shown(unit, "rate-answer")[0]
