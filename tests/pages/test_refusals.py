"""What is refused: said in the reader's language beside the field, with everything that was entered; nothing recorded."""

from __future__ import annotations

import re

import pytest
from fastapi import FastAPI

from application.system import System
from tests.kit.demo_ids import PAIRING
from tests.kit.serving import Visitor

FINDING = {
    "number": "WT2026-900",
    "pairing_id": PAIRING,
    "found_on": "2026-02-30",
    "method": "on_site",
    "inspector": "",
    "description": "台账缺 2 次活动记录",
    "finding_type": "record_keeping",
    "severity": "minor",
}


def test_a_refused_form_comes_back_with_what_was_entered(county: tuple[System, FastAPI]) -> None:
    system, app = county
    inspector = Visitor(app, "ducha")
    before = system.log.position()
    answer = inspector.post("/findings/raise-finding", **FINDING)
    assert answer.status_code == 422
    assert "检查日期" in answer.text and "“2026-02-30”不是日期" in answer.text
    assert "台账缺 2 次活动记录</textarea>" in answer.text
    assert '<option value="on_site" selected>' in answer.text
    assert system.log.position() == before
    english = inspector.http.get("/language?to=en&next=/")
    assert english.status_code == 200
    answer = inspector.post("/findings/raise-finding", **FINDING)
    assert "“2026-02-30” is not a date such as 2026-01-31" in answer.text
    assert "Inspected on" in answer.text


def test_what_a_clause_refuses_comes_back_too(county: tuple[System, FastAPI]) -> None:
    system, app = county
    inspector = Visitor(app, "ducha")
    before = system.log.position()
    answer = inspector.post(
        "/findings/raise-finding", **{**FINDING, "found_on": "2199-01-01", "inspector": "督查员甲"}
    )
    assert answer.status_code == 409
    assert "supervision.NOT_IN_THE_FUTURE" in answer.text
    assert 'value="2199-01-01"' in answer.text
    assert system.log.position() == before


def test_a_refused_freeze_comes_back_with_the_box_that_its_clause_asks_for(
    county: tuple[System, FastAPI],
) -> None:
    """Seen: the remedy was to tick a box, and the form shown again had none."""
    system, app = county
    assessor, at = Visitor(app, "kaohe"), system.log.position()
    refused = assessor.post("/results/2025/freeze-run", because="年底再核", known_at="")
    assert refused.status_code == 409 and "未审核的得分项 " in refused.text
    assert "年底再核</textarea>" in refused.text and 'name="known_at"' in refused.text
    box = refused.text.partition('name="acknowledged" value="1" required')
    assert box[1] and '<input type="checkbox"' in box[0][-60:]
    assert "未审核的得分项 " in box[2] and "已知悉，仍要办理" in box[2]
    assessor.get("/language?to=en&next=/")
    english = assessor.post("/results/2025/freeze-run", because="年底再核").text
    assert "lines not verified " in english and "I know, and go on." in english
    for text in (refused.text, english):
        assert not re.search(r"lines \d|cut_off", text), "no codes"
    form = {"because": "x", "acknowledged": "1"}
    for known_at in ("yesterday", "2026-02-30"):
        malformed = assessor.post("/results/2025/freeze-run", known_at=known_at, **form)
        assert malformed.status_code == 422 and f'value="{known_at}"' in malformed.text
        assert re.search(r'name="acknowledged" value="1" required[^>]* checked>', malformed.text)
    assert system.log.position() == at


def test_a_password_is_never_shown_again(county: tuple[System, FastAPI]) -> None:
    administrator = Visitor(county[1], "guanli")
    answer = administrator.post(
        "/accounts",
        username="new",
        person="未新人",
        display_name="New",
        office="Office",
        role="branch_clerk",
        branch="b-0000000000000000",
        village="",
        password="a secret of ten",
    )
    assert answer.status_code == 422
    assert "没有登记“b-0000000000000000”" in answer.text
    assert "a secret of ten" not in answer.text


@pytest.mark.parametrize(
    "path",
    [
        "/?at=999999999999999999999999",
        "/?at=²",
        "/?at=-1",
        "/?at=2026-13-01",
        "/?year=20x5",
        "/?year=٢٠٢٥",
        "/trail?occurred_from=yesterday",
    ],
)
def test_an_address_that_cannot_be_read_is_said(county: tuple[System, FastAPI], path: str) -> None:
    assert Visitor(county[1], "shenji").get(path).status_code == 422


@pytest.mark.parametrize(
    "path",
    ["/events/0", "/events/99999999999999999999999", "/findings/none", "/pairings/none", "/scores/none"],
)
def test_what_is_not_there_is_not_found(county: tuple[System, FastAPI], path: str) -> None:
    answer = Visitor(county[1], "shenji").get(path)
    assert answer.status_code == 404
    assert "没有这一" in answer.text


def test_the_source_of_a_clause_is_told_in_the_language_of_the_page(county: tuple[System, FastAPI]) -> None:
    _, app = county
    inspector = Visitor(app, "ducha")
    raised = inspector.post(
        "/findings/raise-finding",
        **FINDING | {"found_on": "2025-05-06", "inspector": "甲督衡", "number": "WT2025-901"},
    )
    address = f"{raised.url.path}/close-finding"
    assert "政府督查工作条例第十八条；通行做法：复查通过后销号" in inspector.get(address).text
    inspector.http.get("/language?to=en&next=/")
    (source,) = re.findall(r"CLOSE_AFTER_PASSED · ([^<]+)<", inspector.get(address).text)
    assert (
        source.startswith("Regulations on Government Supervision, art. 18; practice: ") and source.isascii()
    )
