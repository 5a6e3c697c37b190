"""What people wrote about a finding reaches those whom it concerns: on its page, in the order, in the timeline."""

from __future__ import annotations

import enum
import typing
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from sqlalchemy import select

from application.catalogue import CATALOGUE
from application.system import System
from application.verbs.supervision import (
    grant_extension,
    issue_circular,
    order_rectification,
    raise_finding,
    refuse_extension,
    reinspect,
    remind_unit,
    report_relapse,
    request_extension,
    return_rectification,
    serve_order,
    strike_step,
    submit_rectification,
    withdraw_finding,
)
from domain.kernel.event import Event
from domain.kernel.person import PersonRef
from domain.kernel.recorded import By, Source
from domain.supervision.events import (
    CircularKind,
    FindingType,
    Method,
    Severity,
)
from domain.supervision.finding import Finding
from interface.web.kit.sentences import WORDS
from interface.words import EVENTS, value_words
from projections.boards.pairing.pairings import pairings
from tests.kit.acts import act, carried
from tests.kit.demo_ids import BRANCH
from tests.kit.numbers import finding_id as found
from tests.kit.serving import Visitor

County = tuple[System, FastAPI]
BY = By(actor="ducha", office="县联建工作监督小组", source=Source(kind="page", name="/findings"))
CONCERNED = ("danwei", "ducha", "fuhe", "shenji")


def texts(event: type[Event]) -> list[str]:
    """The fields of an event that hold a text."""
    hints = typing.get_type_hints(event)
    return [name for name in event.__dataclass_fields__ if hints.get(name) is str]


class Texts(dict[str, str]):
    """``event.field`` to what is written there, made up when it is asked for."""

    def __missing__(self, name: str) -> str:
        event, _, field = name.partition(".")
        assert field in texts(CATALOGUE[f"supervision.{event}"])
        return self.setdefault(name, f"文字{event}之{field}")


@pytest.fixture(scope="module")
def said(county: County) -> dict[str, str]:
    """``event.field`` to a text nobody else wrote: a finding of the unit ``danwei`` with every step there is."""
    system, _ = county
    words = Texts()
    take_every_step(system, words)
    return words


def take_every_step(system: System, w: dict[str, str]) -> None:
    today = system.today()
    where = whose(system)
    on: dict[str, Any] = {"today": today, "by": BY}
    finding_id = carried(
        system,
        raise_finding,
        number="WZ2026-1",
        **where,
        found_on=today,
        method=Method.ON_SITE,
        inspector=PersonRef(ref="p1", commitment="c1"),
        description=w["FindingRaised.description"],
        finding_type=FindingType.DUTY,
        severity=Severity.MINOR,
        **on,
    )
    due = today + timedelta(days=9)
    order: dict[str, Any] = {
        "ordered_on": today,
        "due_on": due,
        "document_no": w["RectificationOrdered.document_no"],
        "measures": w["RectificationOrdered.measures"],
    }
    carried(system, order_rectification, finding_id, **order, **on)
    carried(system, serve_order, finding_id, served_on=today, served_to=w["OrderServed.served_to"], **on)
    act(system, remind_unit, finding_id, because=w["UnitReminded.because"])
    asked: dict[str, Any] = {
        "requested_on": today,
        "because": w["ExtensionRequested.because"],
        "interim_measures": w["ExtensionRequested.interim_measures"],
    }
    carried(system, request_extension, finding_id, due_on=due + timedelta(days=5), **asked, **on)
    carried(
        system, refuse_extension, finding_id, refused_on=today, because=w["ExtensionRefused.because"], **on
    )
    carried(system, request_extension, finding_id, due_on=due + timedelta(days=3), **asked, **on)
    carried(system, grant_extension, finding_id, granted_on=today, due_on=due + timedelta(days=3), **on)
    account = w["RectificationSubmitted.account"]
    other = system.vault.person("复查乙", "联建办")
    carried(system, submit_rectification, finding_id, submitted_on=today, account=account, **on)
    because = w["RectificationReturned.because"]
    carried(system, return_rectification, finding_id, returned_on=today, because=because, **on)
    carried(system, submit_rectification, finding_id, submitted_on=today, account=account, **on)
    carried(system, reinspect, finding_id, reinspected_on=today, inspector=other, passed=True, **on)
    because = w["FindingRelapsed.because"]
    carried(system, report_relapse, finding_id, relapsed_on=today, because=because, **on)
    order["document_no"] += "之二"
    order["due_on"] = due + timedelta(days=20)
    carried(system, order_rectification, finding_id, **order, **on)
    strike_a_closing(system, finding_id, w["StepStruck.because"])
    carried(
        system, withdraw_finding, finding_id, withdrawn_on=today, because=w["FindingWithdrawn.because"], **on
    )
    carried(
        system,
        issue_circular,
        **where,
        kind=CircularKind.CRITICISM,
        document_no=w["CircularIssued.document_no"],
        issued_on=today,
        **on,
    )
    system.runner.catch_up()


def strike_a_closing(system: System, finding_id: str, because: str) -> None:
    """A ledger states the closing of what was never re-inspected; an assessor strikes it."""
    today = system.today()
    stream = f"finding-{finding_id}"
    system.log.decide(stream, Finding(), lambda f: f.state_closing(closed_on=today, today=today), BY)
    (step,) = system.log.read(after=system.log.position() - 1)
    act(system, strike_step, finding_id, record=str(step.position), because=because, by=BY)


def whose(system: System) -> dict[str, str]:
    """A pairing of the unit that ``danwei`` fills in for."""

    with system.reading() as connection:
        query = select(pairings).where(pairings.c.branch == BRANCH, pairings.c.known_to.is_(None))
        row = connection.execute(query).first()
    assert row is not None
    return {"pairing_id": row.pairing_id, "branch": row.branch, "village": row.village}


def test_every_text_of_a_finding_stands_on_its_page(county: County, said: dict[str, str]) -> None:
    system, app = county
    for username in CONCERNED:
        visitor = Visitor(app, username)
        shown = visitor.get("/findings/WZ2026-1").text
        shown += visitor.get(f"/pairings/{whose(system)['pairing_id']}").text
        assert [name for name, text in said.items() if text not in shown] == [], username


def test_what_is_demanded_stands_on_the_list_and_in_the_order(county: County, said: dict[str, str]) -> None:
    system, app = county
    clerk = Visitor(app, "danwei")
    measures = said["RectificationOrdered.measures"]
    assert measures in clerk.get(f"/findings?year={system.today().year}").text
    order = clerk.get(f"/documents/order/{found(system, 'WZ2026-1', 2026)}").text.partition("此后的变化")[0]
    for text in (
        "FindingRaised.description",
        "RectificationOrdered.document_no",
        "RectificationOrdered.measures",
    ):
        assert said[text] in order, text


def test_each_text_stands_in_the_card_of_the_finding_from_the_step_that_gave_it(county: County) -> None:
    """The timeline below repeats them all; who opens the page sees at once what is asked and what was answered."""
    system, app = county
    today = system.today()
    due = today + timedelta(days=9)
    on: dict[str, Any] = {"today": today, "by": BY}
    finding_id = carried(
        system,
        raise_finding,
        number="WZ2026-2",
        **whose(system),
        found_on=today,
        method=Method.ON_SITE,
        inspector=PersonRef(ref="p1", commitment="c1"),
        description="问题之文",
        finding_type=FindingType.DUTY,
        severity=Severity.MINOR,
        **on,
    )

    def card_says(*texts: str) -> None:
        for username in CONCERNED:
            card = Visitor(app, username).get(f"/findings/{finding_id}").text
            card = card.split('<dl class="facts">')[1].split("</dl>")[0]
            assert [text for text in texts if text not in card] == [], username

    order: dict[str, Any] = {
        "ordered_on": today,
        "due_on": due,
        "document_no": "文书之号",
        "measures": "要求之文",
    }
    wanted: dict[str, Any] = {"due_on": due + timedelta(days=3), "requested_on": today}
    carried(system, order_rectification, finding_id, **order, **on)
    carried(system, serve_order, finding_id, served_on=today, served_to="签收之人", **on)
    card_says("问题之文", "文书之号", "要求之文", "签收之人")
    carried(
        system, request_extension, finding_id, because="延期之由", interim_measures="期间之措", **wanted, **on
    )
    card_says("要求之文", "延期之由", "期间之措")
    carried(system, refuse_extension, finding_id, refused_on=today, because="不准之由", **on)
    card_says("不准之由")
    carried(system, submit_rectification, finding_id, submitted_on=today, account="整改之文", **on)
    card_says("要求之文", "整改之文")
    carried(system, return_rectification, finding_id, returned_on=today, because="退回之由", **on)
    card_says("整改之文", "退回之由")
    carried(system, submit_rectification, finding_id, submitted_on=today, account="再改之文", **on)
    someone = system.vault.person("复查丙", "联建办")
    carried(system, reinspect, finding_id, reinspected_on=today, inspector=someone, passed=True, **on)
    carried(system, report_relapse, finding_id, relapsed_on=today, because="反弹之由", **on)
    card_says("问题之文", "反弹之由")
    carried(system, withdraw_finding, finding_id, withdrawn_on=today, because="撤销之由", **on)
    card_says("撤销之由")


def test_an_order_printed_again_says_what_it_said(county: County, said: dict[str, str]) -> None:
    system, app = county
    order = Visitor(app, "danwei").get(f"/documents/order/{found(system, 'WZ2026-1', 2026)}?round=1").text
    original, _, later = order.partition("此后的变化")
    due = system.today() + timedelta(days=9)
    extended = due + timedelta(days=3)
    written = [f"{each.year}年{each.month}月{each.day}日" for each in (due, extended)]
    assert written[0] in original and written[1] not in original
    assert extended.isoformat() in later and said["FindingWithdrawn.because"] in later
    assert "县联建工作监督小组" in original


def test_a_receipt_printed_again_says_what_it_said(county: County) -> None:
    system, app = county
    pairing = whose(system)["pairing_id"]
    clerk, reviewer = Visitor(app, "danwei"), Visitor(app, "fuhe")
    answer = clerk.post(
        "/appeals/file-appeal",
        year="2025",
        finding_id=found(system),
        pairing_id=pairing,
        indicator="",
        grounds="与事实不符",
    )
    assert answer.status_code == 200, answer.text
    appeal_id = answer.url.path.rsplit("/", 1)[1]
    receipt = f"/documents/receipt/{appeal_id}"
    at_once = clerk.get(receipt).text
    assert "此后的变化" not in at_once and "与事实不符" in original(at_once)
    reviewer.post(f"/appeals/{appeal_id}/admit-appeal")
    again = clerk.get(receipt).text
    assert original(again) == original(at_once)
    later = again.partition("此后的变化")[2]
    assert "受理申诉" in later


def original(paper: str) -> str:
    """What a paper says above its seal, without what was noted when it was printed."""
    said = paper.partition('<article class="document">')[2].partition('<section class="seal">')[0]
    return said.partition("<aside")[0].strip()


CODES = {
    *("agreement_no", "case_name", "document_no", "basis", "indicator", "reference", "kind", "office"),
    *("person_ref", "seed", "calendar_version", "software", "receipts_root", "text", "media_type"),
    *(
        "pairing_before",
        "split_from",
        "carried_from",
        "branch_name",
        "key",
        "signature",
        "leaf_format",
        "zone",
        "origin",
        "root",
        "lost_note",
    ),
    *(
        "branch",
        "parent",
        "party",
        "thing",
        "village",
        "digest",
        "facts_digest",
        "appeal_no",
        "number",
        "contested",
        "text_digest",
        "scheme_digest",
        "results_digest",
        "group",
        "log_id",
        "substance",
        "model",
        "page",
        "pdf",
        "replaces",
        "batch",
        "deed",
        "newest_no",
        "person_before",
        "successor",
        "merged_into",
        "other_pairing",
        "issuing_body",
    ),
}
"""Texts that nobody writes as words: numbers, names, codes; the text of a scheme has a page of its own."""
ELSEWHERE = {
    ("assessment.SelfScored", "note"),
    ("account.AccountOpened", "township"),
    ("registry.NameTaken", "township"),
    ("registry.NameFreed", "township"),
    ("complaint.ComplaintFiled", "content"),
    ("complaint.ComplaintAnswered", "answer"),
    ("livelihood.NeedCorrected", "before"),
    ("livelihood.ProjectCorrected", "before"),
}
"""Complaints: told only to those who may read them, on their page. Own scores: told only to those who may see them, on their
page and that of verification. Townships of accounts: told on their
page, as units and villages are. Townships of names: told by what happened to the village, which the event stands beside. What a
corrected need or project was before: told in words, value by value."""


def _untold() -> Iterator[tuple[str, str]]:
    for name in CATALOGUE:
        for field in texts(CATALOGUE[name]):
            numbers = field in CODES or field.endswith(("_id", "_by"))
            told = f"%({field})s" in EVENTS[name].sentence.zh or field in WORDS
            if not (numbers or told or (name, field) in ELSEWHERE):
                yield name, field


def test_every_text_of_every_event_is_told_where_the_event_is() -> None:
    """So a new event needs no line above: its sentence says its texts, or they stand beneath it on every page."""
    assert list(_untold()) == []


def _chosen(event: type[Event]) -> Iterator[tuple[str, str]]:
    """Fields of an event with each value that may be chosen for them."""
    for field, hint in typing.get_type_hints(event).items():
        for kind in (hint, *typing.get_args(hint)):
            if isinstance(kind, type) and issubclass(kind, enum.Enum):
                yield from ((field, each.value) for each in kind if each.value)


def test_no_sentence_says_an_identifier_where_there_are_words() -> None:
    """What was chosen is told as the form called it: 统一社会信用代码, not credit."""
    said = [
        (name, field, value)
        for name in CATALOGUE
        for field, value in _chosen(CATALOGUE[name])
        if f"%({field})s" in EVENTS[name].sentence.zh
    ]
    assert len(said) > 50
    assert [each for each in said if value_words(*each[1:]) is None] == []
