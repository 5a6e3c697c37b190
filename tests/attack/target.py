"""The county that is attacked, and what may not be answered."""

from __future__ import annotations

import re
import traceback
from pathlib import Path

import httpx2 as httpx
from fastapi import FastAPI

from application.system import System
from domain.assessment.scheme_file.moving_on import moved_on
from domain.assessment.schemes import scheme_text
from tests.attack.hostile import EVERYBODY, Attempt, Known
from tests.kit.demo_ids import BRANCH, PAIRING
from tests.kit.numbers import finding_id
from tests.kit.serving import TOKEN, Visitor, demo_app


class Target:
    """The demo county with a frozen run, behind its pages; everybody is signed in, and one stranger is not."""

    def __init__(self, folder: Path, url: str | None) -> None:
        self.name = "sqlite" if url is None else "postgresql"
        self.system, self.app = demo_app(folder, url)
        self._visitors = {who: _visitor(self.app, who) for who in EVERYBODY}
        office = self._visitors["kaohe"][0]
        office.post("/results/2025/freeze-run", acknowledged="1", because="年终核定")
        self.known = known(office, self.system)

    def send(self, wanted: Attempt) -> tuple[int, str]:
        """The status, and what is wrong with the answer: nothing where it may be so."""
        visitor, token = self._visitors[wanted.who]
        form = dict(wanted.form) if wanted.form is not None else None
        if form is not None and wanted.with_token:
            form["csrf"] = token
        headers = {name: value.encode("latin-1") for name, value in wanted.headers.items()}
        try:
            answer = visitor.http.request(
                wanted.method, wanted.path, data=form, content=wanted.body, headers=headers
            )
        except httpx.InvalidURL:
            return 0, ""
        except Exception:
            return 500, traceback.format_exc(limit=-6)
        return answer.status_code, wrong_with(answer)

    def close(self) -> None:
        """Let go of the databases."""
        self.system.close()


def wrong_with(answer: httpx.Response) -> str:
    """Why an answer may not be; empty where it may."""
    if answer.status_code >= 500 and not (answer.status_code == 503 and "retry-after" in answer.headers):
        return answer.text[:500]
    kind = answer.headers.get("content-type", "")
    if answer.status_code >= 400 and answer.status_code != 416 and not kind.startswith("text/html"):
        return f"refused by {kind}: {answer.text[:200]}"
    return ""


def _visitor(app: FastAPI, who: str | None) -> tuple[Visitor, str]:
    visitor = Visitor(app, who)
    visitor.http.follow_redirects = False
    token = ""
    for page in ("/findings", "/accounts", "/") if who else ():
        if found := TOKEN.search(visitor.get(page).text):
            token = found[1]
    return visitor, token


def known(office: Visitor, system: System) -> Known:
    """Good values by name."""
    pairings = re.findall(r"/pairings/(pr-[^\"?]+)", office.get("/pairings?year=2025").text)[:5]
    activities = [row.stream for row in system.log.read(limit=3000) if row.stream.startswith("activity-")]
    return {
        "pairing_id": [PAIRING, *pairings],
        "pairing": [PAIRING],
        "finding_id": [finding_id(system), finding_id(system, "WT2025-001"), "WT2026-900"],
        "number": ["WT2025-059", "WT2026-900"],
        "thing": [finding_id(system), "WT2025-059", PAIRING],
        "run_id": ["2025-1"],
        "run": ["2025-1"],
        "branch": [BRANCH],
        "year": ["2025", "2026", "2024"],
        "position": ["1", "100", "5000"],
        "at": ["1", "100", "4000", "2025-06-30"],
        "from": ["4000", "2025-06-30", "2025-1"],
        "to": ["5000", "2025-1"],
        "page": ["/findings", "/trail", f"/pairings/{PAIRING}", "/ranking.csv", "/trail/export?format=csv"],
        "kind": ["finding", "appeal", "score", "forum", "themed_party_day"],
        "about": [finding_id(system), "WT2025-059", PAIRING],
        "indicator": ["A3", "B1", "C2"],
        "held_on": ["2025-12-20", "2026-01-05"],
        "found_on": ["2025-12-20"],
        "due_on": ["2026-06-30"],
        "participants": ["9"],
        "method": ["on_site"],
        "finding_type": ["agreement"],
        "severity": ["minor"],
        "role": ["auditor", "branch_clerk"],
        "figure": ["forums", "activities"],
        "lang": ["zh", "en"],
        "format": ["csv", "xlsx"],
        "activity_id": [each.partition("-")[2] for each in activities[:3]] or ["none"],
        "points": ["8.50"],
        "score": ["90"],
        "use": ["duty"],
        "because": ["更正"],
        "grade_after": ["fair", "good"],
        "basis": ["会议纪要 3 号"],
        "person": ["联建办主任"],
        "step": ["scoring_group", "office"],
        "signer": ["考核组长"],
        "computed": ["1000", "0"],
        "seen": ["0", "1"],
        "outcome": ["upheld", "varied", "revoked"],
        "corrected_points_hundredths": ["7.00"],
        "reasons": ["佐证属实"],
        "grounds": ["漏登"],
        "measures": ["上墙"],
        "document_no": ["督〔2026〕1号"],
        "inspector": ["检查乙"],
        "passed": ["yes", "no"],
        "description": ["协议未上墙"],
        "topic": ["座谈"],
        "published_on": ["2026-02-02"],
        "record_on": ["2026-02-02"],
        "working_days": ["5"],
        "ballots": ["92 88.5"],
        "invited": ["3"],
        "issued": ["9"],
        "returned": ["8"],
        "valid": ["7"],
        "place": ["3"],
        "rated_on": ["2026-01-05"],
        "stated_on": ["2026-01-05"],
        "surveyed_on": ["2026-01-05"],
        "served_to": ["办公室"],
        "served_on": ["2026-01-05"],
        "measure": ["登记制度"],
        "account": ["已建立"],
        "verdict": ["sound", "unsound"],
        "username": ["neu"],
        "display_name": ["新人"],
        "office": ["县联建办"],
        "password": ["lianjian-2025"],
        "draft": ["1"],
        "based_on": ["0", "1"],
        "text": [scheme_text(2025), moved_on(scheme_text(2025), 2025, 2026)],
    }
