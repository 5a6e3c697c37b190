"""A number that two agreements bear: said before it is recorded, judged by a person, ended by a correction."""

from __future__ import annotations

import pytest
from fastapi import FastAPI

from application.system import System
from tests.kit.demo_ids import BRANCH
from tests.kit.entries import registered_village
from tests.kit.results import BY
from tests.kit.serving import TOKEN, Visitor

County = tuple[System, FastAPI]
SIGNED = {"signed_on": "2025-02-10"}


class Doubled:
    """Two pairings: the first one's agreement bears a number, and the second one's is to be signed under it, spelt otherwise."""

    def __init__(self, county: County, serial: int) -> None:
        self.system, app = county
        self.office, self.unit = Visitor(app, "ducha"), Visitor(app, "danwei")
        self.number, self.respelt = f"双〔2025〕{serial}号", f"双[2025]第0{serial}号"
        self.first, self.second = (self._paired(f"同号{name}村{serial}") for name in "甲乙")
        assert not self.is_asked(self.sign(self.first, self.number))

    def _paired(self, name: str) -> str:
        village = registered_village(self.system, name, "丙镇", by=BY)
        start = {"branch": BRANCH, "village": village, "started_on": "2025-02-01"}
        return str(self.office.post("/pairings/start-pairing", **start).url.path)

    def send(self, path: str, **values: str) -> str:
        """The page that follows, as it is: nothing is confirmed that is not said."""
        token = TOKEN.search(self.office.get(path).text)
        assert token is not None
        return self.office.post_raw(path, csrf=token[1], **values).text

    def sign(self, path: str, number: str, **values: str) -> str:
        return self.send(f"{path}/sign-agreement", agreement_no=number, **SIGNED, **values)

    def correct(self, path: str, number: str) -> str:
        right = {"signed_before": SIGNED["signed_on"], "because": "录错", **SIGNED}
        return self.send(f"{path}/correct-agreement", agreement_no=number, **right)

    @staticmethod
    def is_asked(page: str) -> bool:
        return "请确认" in page and "此编号已用于 1 份协议" in page

    def is_listed(self, at: str = "") -> bool:
        page = self.office.get(f"/likenesses?year=2025{at}").text
        return self.number in page and self.respelt in page


def test_a_number_that_another_bears_is_said_before_and_judged_after(county: County) -> None:
    case = Doubled(county, 1)
    before = case.system.log.position()
    asked = case.sign(case.second, case.respelt)
    assert case.is_asked(asked) and "同号甲村1" in asked
    assert case.system.log.position() == before, "nothing is recorded until somebody says so"
    back = case.sign(case.second, case.respelt, confirmed="no")
    assert case.respelt in back and "此编号已用于" in back and not case.is_asked(back)
    case.sign(case.second, case.respelt, confirmed="yes")
    listed = case.office.get("/likenesses?year=2025").text
    assert case.is_listed() and case.first in listed and f"{case.second}/judge-number?" in listed
    assert case.unit.get("/likenesses").status_code == 403
    other = case.first.rpartition("/")[2]
    said = {"other": other, "agreement_no": case.respelt, "because": "两村合签一份", "verdict": "same"}
    assert "已认定" in case.office.post(f"{case.second}/judge-number", **said).text
    assert not case.is_listed(), "what was judged does not come back"
    assert case.is_listed(f"&at={case.system.log.position() - 1}")


@pytest.mark.parametrize("serial", [2, 3])
def test_a_correction_of_either_ends_it(county: County, serial: int) -> None:
    case = Doubled(county, serial)
    case.sign(case.second, case.respelt, confirmed="yes")
    assert case.is_listed()
    wrong, taken = (case.first, case.respelt) if serial == 2 else (case.second, case.number)
    assert not case.is_asked(case.correct(wrong, f"改〔2025〕{serial}号"))
    assert not case.is_listed()
    # Its own number, spelt otherwise, is none that another bears; that of the other is.
    assert not case.is_asked(case.correct(wrong, f"改[2025]第0{serial}号"))
    assert case.is_asked(case.correct(wrong, taken))


def test_a_signed_scan_is_not_sent_twice(county: County) -> None:
    """With files nothing is asked once more; the doubling is listed all the same."""
    case = Doubled(county, 4)
    path = f"{case.second}/sign-agreement"
    token = TOKEN.search(case.office.get(path).text)
    assert token is not None
    form = {"csrf": token[1], "agreement_no": case.respelt, **SIGNED}
    scan = {"files": ("扫描件.pdf", b"%PDF-1.4 signed", "application/pdf")}
    assert "请确认" not in case.office.http.post(path, data=form, files=scan).text
    assert "扫描件.pdf" in case.office.get(case.second).text and case.is_listed()


CIRCULAR = {"kind": "criticism", "issued_on": "2025-06-02"}


def issue(case: Doubled, number: str, **more: str) -> str:
    pairing = case.first.rpartition("/")[2]
    return case.send("/circulars/issue-circular", pairing_id=pairing, document_no=number, **CIRCULAR, **more)


def test_the_number_of_a_document_is_said_before_and_judged_after(county: County) -> None:
    case = Doubled(county, 5)
    asked = issue(case, case.respelt)
    assert "此编号已用于 1 份协议" in asked and "同号甲村5" in asked
    issue(case, case.respelt, confirmed="yes")
    assert case.is_listed(), "the agreement first, the circular later"
    said = case.sign(case.second, case.respelt)
    assert "请确认" in said and "此编号已是通报的文号（2025-06-02）" in said
    before = case.system.log.position()
    assert case.correct(case.first, f"改〔2025〕{before}号") and not case.is_listed(), "corrected"
    assert "此编号已是通报的文号" in case.correct(case.first, case.number), "and corrected back"
    form = {"other": "", "agreement_no": case.number, "because": "协议附于通报", "verdict": "same"}
    assert case.office.post(f"{case.second}/judge-number", **form).status_code == 409, "it bears none"
    again = {"signed_before": SIGNED["signed_on"], "because": "录错", **SIGNED, "confirmed": "yes"}
    case.send(f"{case.first}/correct-agreement", agreement_no=case.number, **again)
    assert case.is_listed()
    assert "已认定" in case.office.post(f"{case.first}/judge-number", **form).text
    assert not case.is_listed()


def test_a_circular_that_was_voided_bears_no_number(county: County) -> None:
    case = Doubled(county, 6)
    issue(case, case.respelt, confirmed="yes")
    assert case.is_listed()
    (circular,) = {
        each.event
        for each in case.system.log.read(after=case.system.log.position() - 3)
        if each.event.NAME == "supervision.CircularIssued"
    }
    key = circular.values()["circular_id"]
    assert case.office.post(f"/circulars/{key}/void-circular", because="误发").status_code == 200
    assert not case.is_listed()
    form = {"other": "", "agreement_no": case.number, "because": "协议附于通报", "verdict": "same"}
    assert case.office.post(f"{case.first}/judge-number", **form).status_code == 409, "so nobody judges it"
    assert "此编号已是" not in case.sign(case.second, case.number)
