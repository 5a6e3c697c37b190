"""Whatever is done, by whom and in whatever order: every open thing waits for one role in one office, and can be done there."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any, ClassVar

from hypothesis import Phase, given, note
from hypothesis import strategies as st

from application import things
from application.actors.actor import Actor, Owner
from application.look import look_of
from application.question import Question, ask, typed
from application.questions.answers.duties.duty import Duty, DutyGroup, DutyKind
from application.questions.answers.duties.listing import PROCESSES, list_duties
from application.questions.answers.scoring.score_sheets import (
    list_score_sheets,
    show_self_scores,
    show_verification,
)
from application.questions.answers.year_end.evidence import list_evidence
from application.questions.answers.year_end.result_uses import list_proposed_uses
from application.settings import Settings
from application.verbs import VERBS
from application.verbs.pairing.activities import (
    record_activity,
)
from application.verbs.pairing.pairings import (
    start_pairing,
)
from application.verbs.registry.units_and_villages import fix_party_day
from domain.account.role import Role
from domain.appeal.events import AppealFiled
from domain.assessment.scheme_file.moving_on import moved_on
from domain.assessment.schemes import scheme_text
from domain.assessment.year.events import (
    FindingRuledOut,
    ObjectionAnswered,
    PairingExcluded,
    PairingIncluded,
    PointsRuled,
    ResultUseOrdered,
    RunFrozen,
)
from domain.assessment.year.result_use import UseStatus
from domain.assessment.year.scheme_history import DraftStatus
from domain.complaint.complaint import OPEN, ComplaintState
from domain.complaint.events import ComplaintFiled
from domain.kernel.errors import Conflict, Rejected, Unknown
from domain.kernel.event import Event
from domain.kernel.parties import Side
from domain.livelihood.events import NeedRaised, ProjectOpened
from domain.pairing.activity import HEARD_WITHIN_DAYS, Attestation
from domain.pairing.events import (
    ActivityHeld,
    ActivityKind,
    CaseNominated,
    PairingProposed,
    PairingStarted,
    Post,
)
from domain.pairing.nomination import NominationState
from domain.pairing.proposal import Answer
from domain.registry.party_day import reminded_from
from domain.supervision.events import FindingRaised
from domain.supervision.finding_history import Status
from interface.composition import build
from interface.demo.accounts import UNIT, VILLAGE, record_demo_accounts
from tests.kit.acts import adopt, carried, open_for, use_as
from tests.kit.entries import registered_unit, registered_village
from tests.kit.examples import FRESH, examples
from tests.kit.manual_scheme import manual_scheme
from tests.kit.played import Calendar
from tests.kit.yearend import by

YEAR, FIRST_DAY = 2025, date(2026, 1, 12)
SPARE = "beiyong"
NEXT = moved_on(scheme_text(YEAR), YEAR, YEAR + 1)
MINE = {each for each in DutyGroup if each is not DutyGroup.OTHERS}
OTHERWISE = {
    DutyKind.REPORT_SUBMITTED: ("ducha", "return_rectification"),
    DutyKind.EXTENSION_REQUESTED: ("ducha", "refuse_extension"),
    DutyKind.SCHEME_DRAFTED: ("lingdao", "return_scheme"),
    DutyKind.ADJUSTMENT_PROPOSED: ("lianban", "refuse_adjustment"),
    DutyKind.FINDING_ACCEPTED: ("ducha", "report_relapse"),
    DutyKind.NEED_RAISED: ("cun", "claim_need"),
    DutyKind.NEED_CLAIMED: ("cun", "decline_claim"),
    DutyKind.NEED_MATCHED: ("danwei", "release_need"),
    DutyKind.NEED_MET: ("cun", "return_need"),
    DutyKind.PAIRING_PROPOSED: ("lingdao", "refuse_proposal"),
    DutyKind.PROPOSAL_APPROVED: ("danwei", "withdraw_proposal"),
    DutyKind.CASE_NOMINATED: ("ducha", "return_nomination"),
    DutyKind.COMPLAINT_TO_SUPERVISOR: ("ducha", "forward_complaint"),
    DutyKind.COMPLAINT_TO_REVIEWER: ("fuhe", "forward_complaint"),
    DutyKind.PROJECT_COMPLETED: ("cun", "refuse_project"),
    DutyKind.TASK_OF_UNIT: ("danwei", "drop_task"),
    DutyKind.ACTIVITY_RECORDED: ("cun", "dispute_activity"),
    DutyKind.ACTIVITY_DISPUTED: ("danwei", "void_activity"),
}
"""Another step than the one that is offered first."""
Thing = tuple[str, ...]
"""A process and the key of what it is about, with what is meant within that."""
STEPS = 80 if FRESH else 40


@cache
def begun() -> tuple[Path, str, str]:
    """A county of one pairing with the demo's accounts, once for all histories; the folder, the pairing, and a village that
    nobody is paired with."""
    folder = Path(tempfile.mkdtemp(prefix="duties_"))
    system = build(Settings(folder=folder), Calendar(FIRST_DAY))
    # With few points one is fair, and may be lowered.
    adopt(system, manual_scheme().replace("at_least = 60\n", "at_least = 1\n"), by=by("kaohe"))
    branch, village = registered_unit(system, UNIT), registered_village(system, VILLAGE, "丙镇")
    pairing = carried(
        system,
        start_pairing,
        branch=branch,
        village=village,
        started_on=date(YEAR, 1, 1),
        today=FIRST_DAY,
        by=by("ducha"),
    )
    for month in (3, 5):
        carried(
            system,
            record_activity,
            near="",
            pairing_id=pairing,
            kind=ActivityKind.THEMED_PARTY_DAY,
            topic=f"{month} 月",
            held_on=date(YEAR, month, 6),
            participants=9,
            persons_visited=None,
            reported_on=date(YEAR, month, 7),
            today=FIRST_DAY,
            by=by("danwei"),
        )
    carried(
        system, fix_party_day, branch, day_of_month=1, from_month=FIRST_DAY, today=FIRST_DAY, by=by("danwei")
    )
    record_demo_accounts(system)
    unpaired = registered_village(system, "丁村", "丙镇")
    system.close()
    return folder, pairing, unpaired


class Walk:
    """Accounts of every role do what waits for them, and whatever else they may."""

    taken: ClassVar[Counter[DutyKind]] = Counter()
    """How often each was done, in all histories: what is rare comes first, so that every one is come to."""

    def __init__(self) -> None:
        kept, self.pairing, self.unpaired = begun()
        self.folder = Path(tempfile.mkdtemp(prefix="duties_"))
        shutil.copytree(kept, self.folder, dirs_exist_ok=True)
        self.clock = Calendar(FIRST_DAY)
        self.system = build(Settings(folder=self.folder), self.clock)
        self.actors = {each.username: each for each in record_demo_accounts(self.system)}
        self.waiting: list[tuple[str, Duty]] = []
        self.n = 0
        for n in range(5):
            self.raise_something(n, well=n % 2 == 0)
        self.use("danwei", "adopt_plan", self.plan, adopted_on=FIRST_DAY.isoformat())
        for n in range(2):
            self.go_on_with_the_plan(n, True)

    def close(self) -> None:
        self.system.close()
        shutil.rmtree(self.folder)

    # ------------------------------------------------------------ doing

    def use(self, who: str, verb: str, key: str = "", /, **written: object) -> None:
        """Refused is refused; that somebody may not, or that it cannot be read, is a fault of this test."""
        self.n += 1
        stated = {**self.usual(verb, key), **written}
        names = {each.name for each in VERBS[verb].fields}
        wanted = {name: value for name, value in stated.items() if name in names}
        with suppress(Rejected, Unknown, Conflict):
            use_as(self.system, self.actors[who], VERBS[verb], key, **wanted)
            note(f"{who} {verb} {key} {wanted}")

    def usual(self, verb: str, key: str) -> dict[str, object]:
        """What stands in the fields of all verbs."""
        today = self.system.today().isoformat()
        later = (self.system.today() + timedelta(days=3)).isoformat()
        return {
            "pairing_id": self.pairing,
            "number": f"{self.n:03}",
            "topic": f"座谈 {self.n}",
            "kind": "forum",
            "held_on": today,
            "participants": "9",
            "persons_visited": "",
            "due_on": later,
            "planned_end_on": later,
            "record_on": today,
            "started_on": today,
            "starts_on": today,
            "document_no": f"县字〔2026〕{self.n}号",
            "inspector": f"检查人{'乙' if verb == 'reinspect' else '甲'}",
            "signer": f"签署人{verb}",
            "approver": "批准人",
            "consenter": "同意人",
            "method": "on_site",
            "person": f"任职人{self.n}",
            "began_on": today,
            "finding_type": "duty",
            "severity": "minor",
            "category": "industry",
            "level": "county",
            "published_on": today,
            "case_name": f"案例 {self.n}",
            "story": f"经过 {self.n}",
            "subject": ("burden", "conduct")[self.n % 2],
            "wants_answer": ("yes", "yes", "no")[self.n % 3],
            "against": ("ducha", "fuhe", "kaohe")[self.n % 3] if verb == "file_complaint" else "",
            "desk": ("assessor", "approver", "supervisor", "reviewer")[self.n % 4],
            "satisfied": ("no", "yes")[self.n % 2],
            "passed": "yes",
            "use": "duty",
            "verdict": "accepted",
            "outcome": "upheld",
            "upheld": "no",
            "acknowledged": "yes",
            "working_days": "1",
            "year": str(YEAR),
            "role": "reviewer",
            "village": self.actors["cun"].village,
            "issued": "1",
            "returned": "1",
            "valid": "1",
            "invited": "1",
            "ballots": ["10"],
            "place": "1",
            "percent": "50",
            "rating": "",
            "budget_cents": "1",
            "beneficiaries": "1",
            "interim_measures": "",
            **{
                name: f"{name}{self.n}"
                for name in (
                    *("because", "account", "measures", "measure", "served_to", "description", "content"),
                    *(
                        "name",
                        "answer",
                        "grounds",
                        "opinion",
                        "basis",
                        "contact",
                        "reasons",
                        "issuer",
                        "seed",
                    ),
                    "survey_id",
                )
            },
        }

    def do_what_waits(self, n: int, well: bool) -> None:
        """The next step of something that was seldom done; not always well."""
        offered = [(who, each) for who, each in self.waiting if each.step and each.group in MINE]
        rare = sorted({each.kind for _, each in offered}, key=lambda kind: (self.taken[kind], kind.value))
        if DutyKind.RUN_LACKING in rare and n % 5:
            # What is frozen is not worked on any more.
            rare.remove(DutyKind.RUN_LACKING)
        if not rare:
            return
        kind = rare[n % min(len(rare), 3)]
        self.taken[kind] += 1
        if not well and n % 2 and kind in OTHERWISE:
            who, step = OTHERWISE[kind]
            duty = next(each for _, each in offered if each.kind is kind)
            self.take(who, replace(duty, step=step), well)
            return
        of_kind = [(who, each) for who, each in offered if each.kind is kind]
        self.take(*of_kind[n % len(of_kind)], well)

    def take(self, who: str, duty: Duty, well: bool) -> None:
        more = dict(duty.stated)
        match duty.step:
            case "reinspect" if not well:
                more["passed"] = "no"
            case "link_task":
                more["deed"] = self.begun(ActivityHeld, "activity_id")[0]
            case "settle_dispute":
                more["stands"] = "yes" if well else "no"
            case "grant_extension":
                more["due_on"] = (self.system.today() + timedelta(days=60)).isoformat()
            case "grant_role":
                more["role"] = "auditor"
            case "answer_objection" if not well:
                more["upheld"] = "yes"
            case "review_evidence" if not well:
                more["verdict"] = "rejected"
            case "decide_appeal" if not well:
                finding = things.APPEAL.state(look_of(self.system), duty.key).filed
                assert finding is not None
                if finding.finding_id:
                    more["outcome"] = "revoked"
                else:
                    more |= {"outcome": "varied", "corrected_points_hundredths": "10"}
            case "approve_scheme":
                trial = self.system.back_testing.trial(self.draft_text, YEAR + 1, self.drafts + 1)
                more |= {"draft": str(self.drafts), "seen_moved": str(trial.moved)}
                more["seen_year"] = "" if trial.back_test_year is None else str(trial.back_test_year)
            case "publish_scheme" | "return_scheme":
                more["draft"] = str(self.drafts)
                if things.SCHEME.state(look_of(self.system), duty.key).version:
                    more["in_force_on"] = self.system.today().isoformat()
            case "draft_scheme":
                more |= {"text": self.draft_text + f"# {self.n}\n", "based_on": str(self.drafts)}
            case "serve_result":
                more["branches"] = [self.actors["danwei"].branch]
            case "self_score" | "verify_lines":
                more |= self.scores(who, duty)
            case "record_ratings" | "record_survey" | "record_superior_score":
                more |= self.entered(who, duty)
        self.use(who, duty.step, "" if VERBS[duty.step].begins else duty.key, **more)
        if duty.step == "freeze_run" and not well:
            self.propose_another_grade()

    @property
    def drafts(self) -> int:
        return things.SCHEME.state(look_of(self.system), str(YEAR + 1)).draft

    @property
    def draft_text(self) -> str:
        return things.SCHEME.state(look_of(self.system), str(YEAR + 1)).draft_text or NEXT

    def scores(self, who: str, duty: Duty) -> Mapping[str, object]:
        lines = self.asked(show_self_scores, who, duty.key).lines
        if duty.step == "self_score":
            found = [each for each in lines if each.scorable and each.own is None and each.verified is None]
            return {
                "scores": [
                    {"indicator": each.indicator, "points_hundredths": "0", "note": ""} for each in found
                ]
            }
        found = [
            each
            for each in lines
            if (each.by_hand or each.computed is not None) and (each.verified is None or each.moved)
        ]
        return {
            "verifications": [
                {
                    "indicator": each.indicator,
                    "points_hundredths": each.computed or "1",
                    "because": "核实",
                    "seen": str(each.seen),
                }
                for each in found
            ]
        }

    def entered(self, who: str, duty: Duty) -> Mapping[str, object]:
        shown = self.asked(show_verification, who, duty.key)
        line = next(each for each in shown.sheet.lines if each.indicator == duty.stated["indicator"])
        rated = {each.group for each in shown.ratings if each.indicator == line.indicator}
        group = next((each.id for each in line.groups if each.id not in rated), "")
        options = [
            {"option": each.id, "count": str(int(place == 0))} for place, each in enumerate(line.options)
        ]
        return {"group": group, "options": options, "score_hundredths": "1"}

    def do_something_else(self, n: int, well: bool) -> None:
        """What nobody waits for."""
        acts = (
            *(self.raise_something, self.ask_for_more_time, self.go_back_on_a_finding, self.appeal),
            *(self.time_passes, self.end_an_appeal, self.freeze, self.decide_who_is_graded),
            *(self.draft_a_scheme, self.end_an_appeal, self.appeal, self.propose_another_grade),
            *(self.propose_another_grade, self.object, self.draft_a_scheme, self.keep_accounts),
            *(self.raise_something, self.freeze, self.time_passes, self.take_a_use_back),
            *(self.complain, self.complain, self.leave_a_post),
            *(self.go_back_on_a_need, self.go_back_on_a_need, self.go_on_with_the_plan),
        )
        acts[n % len(acts)](n, well)

    def time_passes(self, n: int, _: bool) -> None:
        self.clock.turn_to(self.system.today() + timedelta(days=1 + n % 4))

    def raise_something(self, n: int, well: bool) -> None:
        match n % 5:
            case 0:
                self.use("ducha", "raise_finding")
            case 4:
                own = {"branch": self.actors["danwei"].branch, "village": self.unpaired}
                self.use("danwei", "propose_pairing", **own)
            case 3:
                self.record_an_activity(well)
            case 1:
                self.use("cun", "raise_need", **({} if well else {"pairing_id": ""}))
            case _:
                self.use("danwei", "open_project")

    def record_an_activity(self, well: bool) -> None:
        """Or correct, dispute or void the last, as its side wishes."""
        last = self.begun(ActivityHeld, "activity_id")[-1:]
        if well or not last:
            self.use("danwei", "record_activity")
        for key in () if well else last:
            who, step = (("cun", "dispute_activity"), ("danwei", "correct_activity"))[self.n % 2]
            self.use(who, step, key)

    def complain(self, n: int, well: bool) -> None:
        """Anybody may; or whoever did takes up, rates or withdraws the last."""
        if well or not self.begun(ComplaintFiled, "complaint_id"):
            self.use(("cun", "danwei", "ducha", "fuhe", "lingdao", "shenji")[n % 6], "file_complaint")
            return
        last = self.begun(ComplaintFiled, "complaint_id")[-1]
        its = things.COMPLAINT.state(look_of(self.system), last)
        step = ("rate_answer", "withdraw_complaint", "accept_complaint")[n % 3]
        hears = [who for who, each in self.waiting if each.key == last and each.step == "answer_complaint"]
        for who in hears[:1] if step == "accept_complaint" else [its.written_by]:
            self.use(who, step, last)

    def go_back_on_a_need(self, n: int, _: bool) -> None:
        steps = (
            ("danwei", "claim_need"),
            ("cun", "withdraw_need"),
            ("cun", "revise_need"),
            ("cun", "return_need"),
        )
        who, step = steps[n % len(steps)]
        for key in self.begun(NeedRaised, "need_id")[-2:]:
            self.use(who, step, key)

    def go_on_with_the_plan(self, n: int, _: bool) -> None:
        """A task is overdue as soon as it is planned; what did it may fall away; a case is nominated."""
        self.use("danwei", "nominate_case")
        self.use("danwei", "plan_task", self.plan, due_on=f"{YEAR}-12-31", side=("unit", "village")[n % 2])
        self.use("cun", "unlink_task", self.plan, task=str(1 + n % 3))
        for key in self.begun(ActivityHeld, "activity_id")[: n % 5 == 4]:
            self.use("danwei", "void_activity", key)

    def leave_a_post(self, n: int, _: bool) -> None:
        for post in Post if n % 2 else ():
            self.use(
                "ducha", "leave_post", self.pairing, post=post.value, ended_on=self.system.today().isoformat()
            )

    def go_back_on_a_finding(self, n: int, _: bool) -> None:
        steps = ("return_rectification", "report_relapse", "withdraw_finding", "refuse_extension")
        for key in self.begun(FindingRaised, "finding_id")[-2:]:
            self.use("ducha", steps[n % len(steps)], key)

    def ask_for_more_time(self, *_: object) -> None:
        later = (self.system.today() + timedelta(days=30)).isoformat()
        for key in self.begun(FindingRaised, "finding_id"):
            self.use("danwei", "request_extension", key, due_on=later)

    def appeal(self, n: int, finding: bool) -> None:
        of = self.begun(FindingRaised, "finding_id")[-1:] if finding else [""]
        for each in of:
            self.use(("danwei", "cun")[n % 2], "file_appeal", finding_id=each, indicator="" if each else "C2")

    def end_an_appeal(self, _: int, taken_back: bool) -> None:
        """Or take away what it contests."""
        for key in self.begun(AppealFiled, "appeal_id")[-1:]:
            filed = things.APPEAL.state(look_of(self.system), key).filed
            assert filed is not None
            if taken_back:
                self.use("danwei" if filed.side is Side.UNIT else "cun", "withdraw_appeal", key)
            elif filed.finding_id:
                self.use("ducha", "withdraw_finding", filed.finding_id)

    def freeze(self, _: int, again: bool) -> None:
        """For comparing; or anew, once there are results."""
        position = self.system.log.position()
        if again and self.newest_run():
            self.use("kaohe", "freeze_run", str(YEAR))
        elif not again:
            self.use("kaohe", "freeze_run", str(YEAR), known_at=str(position - 1))

    def decide_who_is_graded(self, n: int, out: bool) -> None:
        if n % 3 == 0:
            self.use("lianban", "exclude_pairing" if out else "include_pairing", str(YEAR))

    def propose_another_grade(self, *_: object) -> None:
        for key in self.newest_run():
            self.use("kaohe", "propose_adjustment", key, grade_after="poor")

    def object(self, n: int, of_pairing: bool) -> None:
        who = ("danwei", "cun", "kaohe")[n % 3]
        whom = {
            "pairing_id": self.pairing if of_pairing else "",
            "on_behalf_of": "群众" if n % 3 == 2 else "",
        }
        for key in self.newest_run():
            self.use(who, "file_objection", key, **whom)

    def draft_a_scheme(self, n: int, next_: bool) -> None:
        in_force = things.SCHEME.state(look_of(self.system), str(YEAR + 1)).text
        text = NEXT + f"# {self.n}\n" if next_ or not in_force else in_force
        stated = {"year": str(YEAR + 1), "text": text, "based_on": str(self.drafts)}
        self.use(("kaohe", "fukao")[n % 2], "draft_scheme", str(YEAR + 1), **stated)

    def take_a_use_back(self, *_: object) -> None:
        for key in self.begun(ResultUseOrdered, "use_id")[-1:]:
            self.use("lianban", "withdraw_result_use", key)

    def keep_accounts(self, n: int, first: bool) -> None:
        if SPARE not in self.register.accounts:
            self.open_spare()
            return
        steps = ("propose_role", "refuse_role", "propose_role", "disable_account", "enable_account")
        self.use("guanli" if first else "guanli2", steps[n % len(steps)], SPARE)

    def open_spare(self) -> None:
        person = self.system.vault.person("备用人", "备用科")
        open_for(self.system, SPARE, person, "备用科", by=by("guanli"))

    # ------------------------------------------------------------ what is known otherwise

    @property
    def plan(self) -> str:
        return things.key_of_sheet(YEAR, self.pairing)

    @property
    def register(self) -> Any:
        return things.ACCOUNT.state(look_of(self.system), "")

    def begun(self, event: type[Event], name: str) -> list[str]:
        found = (getattr(each.event, name) for each in self.system.log.named(event.NAME))
        return list(dict.fromkeys(found))

    def newest_run(self) -> list[str]:
        newest = self.results().newest
        return [newest] if newest else []

    def results(self) -> Any:
        return things.RESULTS.state(look_of(self.system), str(YEAR))

    def asked(self, question: Question[..., Any], who: str, key: str = "", **written: object) -> Any:
        stated = typed(question, written, self.system.today())
        return ask(self.system, question, self.actors[who], key, stated)

    def duties(self, who: str) -> tuple[Duty, ...]:
        answer = self.asked(list_duties, who, limit="200")
        assert answer.next is None
        counted = Counter(each.group for each in answer.rows)
        assert counted == Counter({each: n for each in DutyGroup if (n := getattr(answer, each.value))})
        found: tuple[Duty, ...] = answer.rows
        return found

    def open_things(self) -> Iterator[Thing]:
        """What is open, by the states themselves."""
        look = look_of(self.system)

        def states(kind: Any, event: type[Event], name: str) -> Iterator[tuple[str, Any]]:
            return ((key, kind.state(look, key)) for key in self.begun(event, name))

        ended = (Status.CLOSED, Status.WITHDRAWN)
        yield from (
            ("finding", key)
            for key, its in states(things.FINDING, FindingRaised, "finding_id")
            if its.status not in ended
        )
        asked_since = self.system.today() - timedelta(days=HEARD_WITHIN_DAYS)
        waiting = (Attestation.DISPUTED, Attestation.MAINTAINED)
        yield from (
            ("activity", key)
            for key, its in states(things.ACTIVITY, ActivityHeld, "activity_id")
            if not its.voided
            and (
                its.attestation in waiting
                or (its.attestation is Attestation.UNHEARD and its.reported_on >= asked_since)
            )
        )
        today = self.system.today()
        themed = {
            (its.held.held_on.year, its.held.held_on.month)
            for _, its in states(things.ACTIVITY, ActivityHeld, "activity_id")
            if not its.voided and its.held.kind is ActivityKind.THEMED_PARTY_DAY
        }
        if (today.year, today.month) not in themed and today >= reminded_from(today.replace(day=1)):
            yield "party_day", self.pairing
        proposed = (Answer.OPEN, Answer.APPROVED)
        yield from (
            ("proposal", key)
            for key, its in states(things.PROPOSAL, PairingProposed, "proposal_id")
            if its.answer in proposed
        )
        if any(self.vacant()):
            yield ("vacancy",)
        yield from (
            ("nomination", key)
            for key, its in states(things.NOMINATION, CaseNominated, "nomination_id")
            if its.state is not NominationState.PUBLISHED
        )
        stand = {key for key, its in states(things.ACTIVITY, ActivityHeld, "activity_id") if not its.voided}
        yield from (
            ("work_plan", self.plan, str(n))
            for n, task in things.WORK_PLAN.state(look, self.plan).tasks.items()
            if task.deed not in stand
        )
        yield from (
            ("need", key)
            for key, its in states(things.NEED, NeedRaised, "need_id")
            if its.confirmed_on is None and its.withdrawn_on is None
        )
        yield from (
            ("project", key)
            for key, its in states(things.PROJECT, ProjectOpened, "project_id")
            if its.accepted_on is None
        )
        yield from (
            ("appeal", key) for key, its in states(things.APPEAL, AppealFiled, "appeal_id") if its.is_open
        )
        yield from (
            ("complaint", key)
            for key, its in states(things.COMPLAINT, ComplaintFiled, "complaint_id")
            if its.state in OPEN and (its.state is not ComplaintState.ACCEPTED or its.wants_answer)
        )
        going = (UseStatus.ORDERED, UseStatus.REPORTED)
        yield from (
            ("result_use", key)
            for key, its in states(things.RESULT_USE, ResultUseOrdered, "use_id")
            if its.status in going
        )
        if things.SCHEME.state(look, str(YEAR + 1)).status not in (DraftStatus.NONE, DraftStatus.PUBLISHED):
            yield "scheme", str(YEAR + 1)
        for username, account in self.register.accounts.items():
            if not account.disabled and (account.role is None or account.proposed):
                yield "account", username
        yield from self.open_of_year()

    def vacant(self) -> Iterator[tuple[str, Post]]:
        """Posts of lasting pairings in which nobody is or will be, by the states themselves."""
        look, today = look_of(self.system), self.system.today()
        for key in self.begun(PairingStarted, "pairing_id"):
            pairing = things.PAIRING.state(look, key)
            if pairing.pairing_id and pairing.span.includes(today):
                for post in Post:
                    own = (each for each in pairing.terms if each.post is post)
                    if all(each.ended_on is not None and each.ended_on < today for each in own):
                        yield key, post

    def open_of_year(self) -> Iterator[Thing]:
        results = self.results()
        newest = results.runs.get(results.newest)
        if newest is None:
            yield "results", str(YEAR)
            (sheet,) = self.asked(list_score_sheets, "kaohe", year=str(YEAR)).rows
            if sheet.verified < sheet.lines or sheet.missing or sheet.moved:
                yield "score_sheet", things.key_of_sheet(YEAR, self.pairing)
        else:
            overtaken = self.overtaken()
            unpublished = newest.published_on is None
            if overtaken:
                yield "results", str(YEAR)
            elif unpublished:
                yield from (("adjustment", results.newest, each) for each in newest.proposed)
                if not self.waits_for_others(newest):
                    yield "run", results.newest
        for key, run in results.runs.items():
            for id_, each in run.objections.items():
                if each.answered is None and not run.closed:
                    yield "objection", key, id_
        public = results.newest_published
        if public and self.actors["danwei"].branch not in results.runs[public].served:
            yield "run", public
        if public and self.asked(list_proposed_uses, "kaohe", year=str(YEAR)).rows:
            yield "called_for", public

    def overtaken(self) -> bool:
        """Read off the log: whether anything was decided after the newest run that it does not have."""
        excluded, since = False, False
        at_freezing = False
        for each in self.system.log.load(f"runs-{YEAR}"):
            match each:
                case RunFrozen() as run if not run.for_comparison:
                    since, at_freezing = False, excluded
                case PointsRuled() | FindingRuledOut():
                    since = True
                case ObjectionAnswered() as answered if answered.upheld:
                    since = True
                case PairingExcluded():
                    excluded = True
                case PairingIncluded():
                    excluded = False
        return since or excluded != at_freezing

    def waits_for_others(self, run: Any) -> bool:
        """For adjustments before it is signed, for objections once its notice is over, for appeals before it is public."""
        results = self.results()
        if results.replaces(run.frozen.run_id) and not run.consented:
            return False
        if len(run.signatures) < 3:
            return bool(run.proposed)
        if run.notice is None:
            return False
        if not run.closed:
            return bool(run.open_objections) and self.system.today() > run.notice.closes_on
        look = look_of(self.system)
        appeals = [things.APPEAL.state(look, key) for key in self.begun(AppealFiled, "appeal_id")]
        objections = any(each.open_objections for each in results.runs.values())
        # One against a finding of the year after is of that year's results.
        return objections or any(each.is_open for each in appeals if each.filed and each.filed.year == YEAR)

    # ------------------------------------------------------------ what holds after each

    def every_open_thing_waits_for_one(self) -> None:
        self.waiting = []
        seen: dict[Thing, set[tuple[Role, str]]] = {}
        done_by: dict[Thing, set[str]] = {}
        looked_at: Counter[str] = Counter()
        for who, actor in self.actors.items():
            mine: Counter[Thing] = Counter()
            for duty in self.duties(who):
                self.waiting.append((who, duty))
                thing = _thing(duty)
                mine[thing] += 1
                seen.setdefault(thing, set()).add((duty.role, duty.seat.value))
                if duty.group in MINE:
                    assert actor.role is duty.role
                    done_by.setdefault(thing, set()).add(who)
                self.step_can_be_taken(actor, duty)
                if who == "kaohe" and thing[0] == "evidence":
                    looked_at[thing[1]] = duty.count
            assert set(mine.values()) <= {1}, mine
        assert all(len(each) == 1 for each in seen.values()), seen
        expected = set(self.open_things())
        assert {each for each in seen if each[0] != "evidence"} == expected
        assert done_by.keys() == seen.keys(), "for each there is somebody who may"
        if not self.results().newest:
            waiting = [
                each
                for each in self.asked(list_evidence, "kaohe", year=str(YEAR), limit="200").rows
                if each.state.waits
            ]
            assert sum(looked_at.values()) == len(waiting)

    def step_can_be_taken(self, actor: Actor, duty: Duty) -> None:
        if not duty.step:
            return
        verb, look = VERBS[duty.step], look_of(self.system)
        key = "" if verb.begins else duty.key
        assert verb.may(actor, Owner(duty.branch, duty.village) if verb.begins else verb.on.owner(look, key))
        if not verb.begins:
            refused = verb.guard(verb.on.state(look, key), key)
            assert refused is None, (duty, refused)


def _thing(duty: Duty) -> Thing:
    """The process is that in whose table the way of standing is; vacant posts are one thing together."""
    process = next(each for each in PROCESSES if duty.kind in {row.kind for row in each.table})
    if process.name == "vacancy":
        return ("vacancy",)
    part = {"adjustment": "pairing_id", "objection": "objection_id", "work_plan": "task"}.get(process.name)
    return (process.name, duty.key, duty.stated[part]) if part else (process.name, duty.key)


# A history that fails is told as it was: to find a shorter one takes minutes.
@examples(40, quick=1, phases=(Phase.generate,))
@given(st.integers(0, 2**32))
def test_every_open_thing_waits_for_one_who_can_act(seed: int) -> None:
    chance, walk = Random(seed), Walk()
    try:
        for _ in range(STEPS):
            walk.every_open_thing_waits_for_one()
            n, well = chance.randrange(100), chance.random() < 0.5
            (walk.do_what_waits if chance.randrange(4) else walk.do_something_else)(n, well)
        walk.every_open_thing_waits_for_one()
    finally:
        walk.close()


def test_every_way_of_standing_is_in_one_table_with_a_step_of_its_role() -> None:
    rows = [row for process in PROCESSES for row in process.table]
    assert sorted(row.kind.value for row in rows) == sorted(kind.value for kind in DutyKind)
    for row in rows:
        assert row.role in VERBS[row.step].roles, row.kind
        assert row.role not in row.meanwhile, row.kind
        assert [role for role, step in row.meanwhile.items() if step and role not in VERBS[step].roles] == []
    assert {row.role for row in rows} == set(Role) - {Role.AUDITOR, Role.TOWNSHIP_OFFICE}
