"""A county whose year end was played, and the address of every page with something on it."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from fastapi import FastAPI
from filelock import FileLock

from application.settings import Settings
from application.system import System
from application.things import key_of_sheet
from domain.assessment.scheme_file.moving_on import moved_on
from domain.assessment.schemes import scheme_text
from domain.kernel.ids import SeededIds
from interface.composition import build
from tests.kit.demo_ids import BRANCH, PAIRING
from tests.kit.manual_scheme import manual_scheme
from tests.kit.numbers import finding_id
from tests.kit.prepared import prepared, shelf
from tests.kit.serving import Visitor, app_of
from tests.kit.yearend import open_notice, publish, run_named, sign_off

NEXT = moved_on(scheme_text(2025), 2025, 2026)
Pages = dict[str, tuple[str, str]]
"""A page's name to who looks at it, and its path."""
PAGES = "pages.json"
"""Beside the databases: the day of the county, and its pages."""


class Calendar:
    """The clock of a county, turned by hand: no two readings are the same."""

    def __init__(self, day: date) -> None:
        self.turn_to(day)

    def __call__(self) -> datetime:
        self.now += timedelta(microseconds=1)
        return self.now

    def turn_to(self, day: date) -> None:
        """Nine in the morning of this day, in the county."""
        self.now = datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


def year_end(folder: Path) -> tuple[System, FastAPI, Pages]:
    """The county after its year end, and its pages: name to who looks and where. Played once for all tests of a run.

    2025-1, with one pairing excluded and one grade adjusted, is published with all that follows; 2025-2, which would
    replace it, is on notice with an objection.
    The scheme of 2026 is approved, the one of 2027 has an error in its draft.
    """
    kept = shelf() / "played"
    with FileLock(f"{kept}.lock"):
        if not kept.exists():
            # Only what is complete gets the name.
            _played(Path(tempfile.mkdtemp(prefix="new-", dir=kept.parent))).rename(kept)
    shutil.copytree(kept, folder, dirs_exist_ok=True)
    day, pages = json.loads((folder / PAGES).read_text(encoding="utf-8"))
    system = build(Settings(folder=folder), Calendar(date.fromisoformat(day)), ids=SeededIds("played"))
    return system, app_of(system), {name: (who, path) for name, (who, path) in pages.items()}


def _played(folder: Path) -> Path:
    calendar = Calendar(date(2026, 4, 6))
    system = prepared(folder, None, calendar)
    pages = play(system, calendar)
    system.close()
    (folder / PAGES).write_text(json.dumps([system.today().isoformat(), pages]), encoding="utf-8")
    return folder


def play(system: System, calendar: Calendar) -> Pages:
    """Take a county that has the demo's ledgers through its year end; its pages."""
    app = app_of(system)

    def post(who: str, path: str, **values: str) -> str:
        answer = Visitor(app, who).post(path, **values)
        assert answer.status_code == 200, (path, answer.text.partition("<main")[2])
        return answer.text

    sheet = f"/score-sheets/{key_of_sheet(2025, PAIRING)}"
    own = (("A3", "11", "五月的活动漏登"), ("B1", "8", ""))
    columns = ("indicator", "points_hundredths", "note")
    scores = {
        f"scores.{place}.{column}": value
        for place, line in enumerate(own)
        for column, value in zip(columns, line, strict=True)
    }
    post("danwei", f"{sheet}/self-score", **scores)
    line = {"indicator": "A3", "points_hundredths": "10", "seen": "0", "because": "五月没有主题党日的记录"}
    post("kaohe", f"{sheet}/verify-lines", **{f"verifications.0.{k}": v for k, v in line.items()})
    post("kaohe", "/cut-offs/2025/set-cut-off", record_on="2026-04-06", because="")
    calendar.turn_to(date(2026, 4, 7))
    activity = {
        "kind": "themed_party_day",
        "held_on": "2025-12-20",
        "topic": "冬至走访",
        "participants": "12",
    }
    post("danwei", "/activities/record-activity", pairing_id=PAIRING, **activity)
    other = re.findall(
        r"/verification/(pr-[^\"?]+)", Visitor(app, "kaohe").get("/verification?year=2025").text
    )
    excluded = next(each for each in other if each != PAIRING)
    post(
        "lianban",
        "/results/2025/exclude-pairing",
        pairing_id=excluded,
        because="灾后重建",
        basis="县委纪要 3 号",
    )
    post("kaohe", "/results/2025/freeze-run", acknowledged="1", because="年终核定")
    adjust = {
        "pairing_id": PAIRING,
        "grade_after": "fair",
        "because": "年中被群众反映",
        "basis": "考核组会议纪要 3 号",
    }
    post("kaohe", "/runs/2025-1/propose-adjustment", **adjust)
    post("lianban", "/runs/2025-1/approve-adjustment", pairing_id=PAIRING, approver="联建办主任")
    calendar.turn_to(publish(system, "2025-1"))
    post(
        "danwei",
        "/appeals/file-appeal",
        year="2025",
        pairing_id=PAIRING,
        indicator="C2",
        finding_id="",
        grounds="第一季度活动漏登",
    )
    post(
        "kaohe",
        "/runs/2025-1/serve-result",
        branches=BRANCH,
        served_to="办公室",
        served_on=system.today().isoformat(),
    )
    use = {"use": "duty", "measure": "建立活动当月登记制度", "because": "漏登活动", "due_on": "2026-06-30"}
    ordered = Visitor(app, "kaohe").post(
        "/result-uses/order-result-use", run_id=run_named(system, "2025-1"), pairing_id=PAIRING, **use
    )
    assert ordered.status_code == 200, ordered.text
    post("danwei", f"{ordered.url.path}/report-result-use", account="已建立当月登记制度")
    post("kaohe", "/results/2025/freeze-run", acknowledged="1", because="更正")
    post("lingdao", "/runs/2025-2/consent-to-run", consenter="领导小组组长", because="更正漏登")
    # The adjustment of the run before waits in this one to be confirmed anew.
    post("lianban", "/runs/2025-2/approve-adjustment", pairing_id=PAIRING, approver="联建办主任")
    sign_off(system, "2025-2", system.today())
    open_notice(system, "2025-2", system.today())
    post("danwei", "/runs/2025-2/file-objection", pairing_id=PAIRING, grounds="五月的活动应予计入")
    post("kaohe", "/schemes/2026/draft-scheme", text=NEXT, based_on="0", because="新年度")
    broken = moved_on(NEXT, 2026, 2027).replace("max = 12", "max = 1200", 1).replace("kind =", "kin =", 1)
    post("kaohe", "/schemes/2027/draft-scheme", text=broken, based_on="0", because="新年度")
    form = dict(
        re.findall(
            r'name="(draft|seen_year|seen_moved)" value="(\d*)"',
            Visitor(app, "lingdao").get("/schemes/2026/draft").text,
        )
    )
    post("lingdao", "/schemes/2026/approve-scheme", **form, approver="领导小组组长")
    told = {"case_name": "院坝说事", "story": "每月一次院坝会，干部群众坐在一起。\n一年化解纠纷十二起。"}
    nominated = Visitor(app, "danwei").post("/nominations/nominate-case", pairing_id=PAIRING, **told)
    nomination = re.search(r"/nominations/no-[0-9a-f]+", str(nominated.url))
    assert nomination is not None, nominated.text.partition("<main")[2]
    appeal = re.search(r"/appeals/(ap-[^\"?]+)", Visitor(app, "fuhe").get("/appeals").text)
    assert appeal is not None
    pages: Pages = {
        "overview": ("kaohe", "/"),
        "overview-unit": ("danwei", "/"),
        "overview-head": ("lianban", "/"),
        "overview-village": ("cun", "/"),
        "overview-auditor": ("shenji", "/"),
        "overview-supervisor": ("ducha", "/"),
        "pairings": ("fuhe", "/pairings"),
        "pairing": ("fuhe", f"/pairings/{PAIRING}"),
        "pairing-unit": ("danwei", f"/pairings/{PAIRING}"),
        "cadence": ("fuhe", "/cadence?year=2025"),
        "findings": ("fuhe", "/findings?light=red"),
        "statistics": ("ducha", "/findings/statistics?year=2025"),
        "finding": ("fuhe", f"/findings/{finding_id(system)}"),
        "finding-new": ("ducha", "/findings/raise-finding"),
        "sheet": ("danwei", f"/scores/{PAIRING}"),
        "ranking": ("fuhe", "/ranking"),
        "matrix": ("kaohe", "/matrix?year=2025"),
        "indicators": ("kaohe", "/indicators?year=2025"),
        "trend": ("kaohe", "/trend"),
        "trail": ("fuhe", "/trail"),
        "event": ("fuhe", "/events/5000"),
        "assessment": ("kaohe", "/assessment?year=2025"),
        "assessment-unit": ("danwei", "/assessment?year=2025"),
        "schemes": ("kaohe", "/schemes"),
        "scheme": ("danwei", "/schemes/2025"),
        "scheme-approved": ("kaohe", "/schemes/2026/draft"),
        "scheme-broken": ("kaohe", "/schemes/2027/draft"),
        "scheme-to-approve": ("lingdao", "/schemes/2027/draft"),
        "self-scores": ("danwei", f"/self-scores/{PAIRING}"),
        "verification": ("kaohe", "/verification?year=2025"),
        "verification-sheet": ("kaohe", f"/verification/{PAIRING}"),
        "evidence": ("kaohe", "/evidence?year=2025"),
        "late": ("kaohe", "/late?year=2025"),
        "runs": ("kaohe", "/runs?year=2025"),
        "run": ("kaohe", "/runs/2025-1"),
        "run-reproduced": ("kaohe", "/runs/2025-1/reproduce"),
        "run-compare": ("kaohe", "/runs/compare?from=2025-1&to=2025-2"),
        "grades": ("lianban", "/runs/2025-2/grades"),
        "grades-published": ("kaohe", "/runs/2025-1/grades"),
        "simulation": ("kaohe", "/grades/simulation?year=2025"),
        "exclusions": ("lianban", "/exclusions?year=2025"),
        "notice": ("lianban", "/notice/2025-2"),
        "notice-unit": ("danwei", "/notice/2025-2"),
        "service": ("kaohe", "/runs/2025-1/service"),
        "persons": ("kaohe", "/runs/2025-1/persons"),
        "results": ("kaohe", "/results?year=2025"),
        "results-unit": ("danwei", "/results?year=2025"),
        "notice-of-unit": ("danwei", f"/documents/notice/2025-1/{BRANCH}"),
        "circular": ("kaohe", "/documents/circular/2025-1"),
        "notices": ("kaohe", "/documents/notices/2025-1"),
        "annual-report": ("kaohe", "/reports/annual?year=2025&run=2025-1"),
        "casebook": ("kaohe", "/reports/casebook?year=2025"),
        "result-uses": ("kaohe", "/result-uses?year=2025"),
        "result-use": ("lianban", ordered.url.path),
        "result-use-new": ("kaohe", f"/result-uses/new?run=2025-1&pairing={PAIRING}"),
        "facts": ("kaohe", "/facts?figure=forums&year=2025&by=pairing"),
        "nominations": ("ducha", "/nominations?year=2026"),
        "nomination": ("ducha", nomination[0]),
        "nomination-unit": ("danwei", nomination[0]),
        "appeals": ("fuhe", "/appeals"),
        "appeal": ("fuhe", f"/appeals/{appeal[1]}"),
        "appeal-new": (
            "danwei",
            f"/appeals/file-appeal?year=2025&pairing_id={PAIRING}&indicator=C2&finding_id=",
        ),
        "order": ("fuhe", f"/documents/order/{finding_id(system)}"),
        "result": ("fuhe", f"/documents/result/{PAIRING}"),
        "receipt": ("fuhe", f"/documents/receipt/{appeal[1]}"),
        "anomalies": ("fuhe", "/anomalies"),
        "search": ("fuhe", "/search?q=nx"),
        "accesses": ("fuhe", "/accesses"),
        "accounts": ("guanli", "/accounts"),
        "compare": ("fuhe", f"/compare?page=/pairings/{PAIRING}&from=4000"),
        "about": ("fuhe", "/?about=2025-06-30"),
        "late-trail": ("fuhe", "/trail?late=1"),
        "help": ("danwei", "/help"),
        "tutorial": ("danwei", "/help/branch_clerk"),
        "rule": ("danwei", "/help/rules/duties"),
        "past": ("fuhe", "/?at=4000"),
    }
    app.state.accounts.close()
    return pages


def by_hand(folder: Path) -> tuple[System, FastAPI, Pages]:
    """The county in December under a scheme that asks for everything people can enter, and the pages that show it."""
    system = prepared(folder, None, Calendar(date(2025, 12, 10)), scheme=manual_scheme(), year=2025)
    pages = {
        "by-hand-verification": ("kaohe", f"/verification/{PAIRING}"),
        "by-hand-overview": ("kaohe", "/"),
        "by-hand-assessment": ("kaohe", "/assessment?year=2025"),
        "by-hand-list": ("kaohe", "/verification?year=2025"),
        "by-hand-self-scores": ("danwei", f"/self-scores/{PAIRING}"),
        "still-to-gain": ("danwei", f"/scores/{PAIRING}"),
        "by-hand-evidence": ("kaohe", "/evidence?year=2025"),
    }
    return system, app_of(system), pages
