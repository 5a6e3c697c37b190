"""What verbs act on, and whose it is: looked up by key in the thing's own stream, never in a read model that may lag."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from sqlalchemy import select

from application.actors.actor import NOBODY, Actor, Owner
from application.actors.complaint_readers import reads
from application.look import Look
from application.verb import S, Thing, streams
from domain.account.names import normal
from domain.account.register import STREAM, AccountRegister
from domain.account.role import Role
from domain.appeal.appeal import Appeal
from domain.assessment.year.cut_off import CutOff
from domain.assessment.year.evidence import EvidenceReview, EvidenceSamples
from domain.assessment.year.pairing_lines import PairingLines
from domain.assessment.year.result import YearResults
from domain.assessment.year.result_use import ResultUsing
from domain.assessment.year.scheme_history import SchemeHistory
from domain.assessment.year.streams import stream_of_runs
from domain.assessment.year.turning import YearTurning
from domain.attachment.attachments import Attachments
from domain.burden.limit import MONTH, BurdenLimits
from domain.complaint.complaint import Complaint
from domain.document.issuing import IssuedDocuments
from domain.kernel.errors import Unknown
from domain.kernel.values import FIRST_YEAR, LAST_YEAR, Whole
from domain.livelihood.need import Need
from domain.livelihood.project import Project
from domain.livelihood.resource import Resource
from domain.pairing.activity import Activity
from domain.pairing.nomination import Nomination
from domain.pairing.pairing import Pairing
from domain.pairing.pairing_list import PairingList
from domain.pairing.plan import Plan
from domain.pairing.plan_template import PlanTemplate
from domain.pairing.proposal import Proposal
from domain.pairing.recognition import Meeting, ModelCase
from domain.policy.policy import Policy
from domain.registry.branch import Branch
from domain.registry.village import Village
from domain.supervision.finding import Finding
from domain.supervision.measure import Circular, Slip
from domain.system.calendar import ImportedCalendar
from domain.system.person import PersonalData
from projections.boards.assessment.runs import runs
from projections.kit.columns import known


class _OfPairing(Protocol):
    """The first event of what belongs to a branch and a village."""

    @property
    def branch(self) -> str: ...

    @property
    def village(self) -> str: ...


def _of(begun: _OfPairing | None) -> Owner | None:
    return None if begun is None else Owner(begun.branch, begun.village)


def _of_need(need: Need) -> Owner | None:
    branch = need.claim.branch if need.claim else need.branch
    return Owner(branch, need.village) if need.need_id else None


def _owned(
    kind: str, initial: S, path: str, drawn: str, belongs: Callable[[S], Owner | None], *, called: str = ""
) -> Thing[S]:
    """A thing with a stream of its own, which says whose it is: ``belongs`` answers ``None`` for what was never begun.

    ``called``: its word where there is none, if that is another.
    """
    stream = streams(kind.replace("_", "-"))

    def owner(look: Look, key: str) -> Owner:
        found = belongs(look.state(stream(look, key), initial))
        if found is None:
            raise Unknown(called or kind, key)
        return found

    return Thing(kind, initial, stream, owner, path, drawn)


def _owner_of_account(look: Look, key: str) -> Owner:
    if not ACCOUNT.state(look, key).has(key):
        raise Unknown("account", key)
    return NOBODY


def _own_account(look: Look, key: str) -> Owner:
    _owner_of_account(look, key)
    holder = normal(key)

    def may(actor: Actor) -> bool:
        return actor.role is Role.ADMIN or (actor.username == holder and not actor.acting_for)

    return Owner(only=may)


def _stream_of_burdens(_: Look, __: str) -> str:
    return "burden-limits"


def _stream_of_accounts(_: Look, __: str) -> str:
    return STREAM


def year_of_run(look: Look, key: str) -> int:
    """The year that a run is of. Raises ``Unknown`` where there is no such run."""
    with look.system.reading() as connection:
        year: int | None = connection.execute(
            select(runs.c.year).where(runs.c.run_id == key, known(runs, None))
        ).scalar()
    if year is None:
        raise Unknown("runs", key)
    return year


def _stream_of_run(look: Look, key: str) -> str:
    return stream_of_runs(year_of_run(look, key))


def _owner_of_run(look: Look, key: str) -> Owner:
    year_of_run(look, key)
    return NOBODY


def key_of_sheet(year: int, pairing_id: str) -> str:
    """The key of a pairing's sheet of a year; its stream is named by the two."""
    return f"{year}-{pairing_id}"


def year_of_sheet(key: str, kind: str = "score sheet") -> int:
    """The year of a sheet's key. Raises ``Unknown`` for what is no such key; ``kind``: what is told of then."""
    year = key.partition("-")[0]
    if not (len(year) == 4 and year.isascii() and year.isdecimal()):
        raise Unknown(kind, key)
    return int(year)


def pairing_of_sheet(key: str) -> str:
    """The pairing of a sheet's key."""
    return key.partition("-")[2]


def _owner_of_sheet(look: Look, key: str) -> Owner:
    year_of_sheet(key)
    return PAIRING.owner(look, pairing_of_sheet(key))


def _owner_of_plan(look: Look, key: str) -> Owner:
    year_of_sheet(key, "work_plan")
    return PAIRING.owner(look, pairing_of_sheet(key))


def _nobodys(_: Look, __: str) -> Owner:
    return NOBODY


def _owner_of_attachments(look: Look, key: str) -> Owner:
    """Whose the thing is that bears them: what is attached to an appeal speaks for the side that filed it."""
    kind, _, thing = key.partition("-")
    if kind not in BEARERS:
        raise Unknown("attachment", key)
    return BEARERS[kind].owner(look, thing)


def _owner_of_person(look: Look, key: str) -> Owner:
    if not look.names([key]):
        raise Unknown("person", key)
    return NOBODY


@dataclass(frozen=True)
class _OfAccounts(Thing[AccountRegister]):
    """The accounts as they are today: an office goes over by its day, whether or not anybody does anything then."""

    def state(self, look: Look, key: str) -> AccountRegister:
        return super().state(look, key).on(look.today())


def register_of(look: Look) -> AccountRegister:
    """All accounts as they are."""
    return ACCOUNT.state(look, "")


def _owner_of_complaint(look: Look, key: str) -> Owner:
    """Its author's, those it lies with, and who oversees all; not of whom it is about."""
    its = COMPLAINT.state(look, key)
    if not its.complaint_id:
        raise Unknown("complaint", key)
    persons = register_of(look).persons
    return Owner(its.branch, its.village, only=lambda actor: reads(actor, its, its.desk, persons))


BRANCH = _owned("branch", Branch(), "/units", "b", lambda its: Owner(branch=its.entry) if its.entry else None)
VILLAGE = _owned(
    "village", Village(), "/villages", "v", lambda its: Owner(village=its.entry) if its.entry else None
)
PAIRING = _owned(
    "pairing",
    Pairing(),
    "/pairings",
    "pr",
    lambda its: _of(its if its.pairing_id else None),
    called="pairings",
)
PROPOSAL = _owned(
    "proposal", Proposal(), "/proposals", "pp", lambda its: _of(its if its.proposal_id else None)
)
"""A pairing that is proposed; the pairing itself begins once that is approved."""
ACTIVITY = _owned(
    "activity",
    Activity(),
    "/activities",
    "a",
    lambda its: _of(its if its.activity_id else None),
    called="activities",
)
CASE = _owned("case", ModelCase(), "/cases", "c", lambda its: _of(its.published))
NOMINATION = _owned(
    "nomination", Nomination(), "/nominations", "no", lambda its: _of(its if its.nomination_id else None)
)
MEETING = _owned("meeting", Meeting(), "/meetings", "m", lambda its: _of(its.hosted))
RESOURCE = _owned(
    "resource", Resource(), "/resources", "rs", lambda its: Owner(its.branch) if its.branch else None
)
NEED = _owned("need", Need(), "/needs", "n", _of_need, called="needs")
"""Of the village that raised it, and of the branch that matched it, or whose claim waits: of nobody's until then."""
PROJECT = _owned("project", Project(), "/projects", "pj", lambda its: _of(its.opened))
FINDING = _owned("finding", Finding(), "/findings", "f", lambda its: _of(its.raised), called="findings")
FINDING_DOCUMENTS = Thing(
    FINDING.kind, IssuedDocuments(), streams("documents-of"), FINDING.owner, FINDING.path
)
"""The documents issued of a finding, by the finding."""
POLICY = _owned("policy", Policy(), "/policies", "po", lambda its: NOBODY if its.policy_id else None)
SLIP = _owned("slip", Slip(), "/slips", "s", lambda its: _of(its.issued))
CIRCULAR = _owned("circular", Circular(), "/circulars", "ci", lambda its: _of(its.issued))
ACCOUNT = _OfAccounts(
    "account", AccountRegister(), _stream_of_accounts, _owner_of_account, "/accounts", normal=normal
)
"""All accounts are one stream; the key is the user name."""
DEPUTY = _OfAccounts(
    "deputy", AccountRegister(), _stream_of_accounts, _own_account, "/deputies", normal=normal
)
"""Who acts for an account, by that account's user name: its holder's own affair, and the administrators'."""
PERSON_LINKS = _OfAccounts("person", AccountRegister(), _stream_of_accounts, _owner_of_person, "/persons")
"""Which references into the vault are one person, by one of them; kept with the accounts, whose rules ask for persons."""
YEAR = Whole(FIRST_YEAR, LAST_YEAR)
SCHEME = Thing("scheme", SchemeHistory(), streams("scheme"), _nobodys, "/schemes", key=YEAR)
"""The scheme of a year, by the year."""
CALENDAR = Thing("calendar", ImportedCalendar(), streams("calendar"), _nobodys, "/calendars", key=YEAR)
"""The working days of a year, by the year."""
PAIRING_LIST = Thing(
    "pairing_list", PairingList(), streams("pairing-list"), _nobodys, "/pairing-lists", key=YEAR
)
"""The list of a year's pairings, by the year."""
RUN = Thing("run", YearResults(), _stream_of_run, _owner_of_run, "/runs")
"""A run; its state is that of all runs of its year, so that no two decisions on them pass each other by."""
RUN_DOCUMENTS = Thing(RUN.kind, IssuedDocuments(), streams("documents-of"), _owner_of_run, RUN.path)
"""The documents issued of a run, by the run."""
RESULTS = Thing("results", YearResults(), streams("runs"), _nobodys, "/results", key=YEAR)
"""The results of a year, by the year."""
ATTACHMENTS = Thing(
    "attachment", Attachments(), streams("attachments"), _owner_of_attachments, "/attachments"
)
"""All that is attached to one thing; the key is its kind and its id, such as ``finding-<id>``."""
PERSON = Thing("person", PersonalData(), streams("person"), _owner_of_person, "/persons")
"""A person, by the reference into the vault."""
RESULT_USE = _owned("result_use", ResultUsing(), "/result-uses", "u", lambda its: _of(its.ordered))
CUT_OFF = Thing("cut_off", CutOff(), streams("runs"), _nobodys, "/cut-offs", key=YEAR)
"""The cut-off of a year, by the year."""
TURN = Thing("turn", YearTurning(), streams("runs"), _nobodys, "/turns", key=YEAR)
"""The turn of a year, by the year."""
EVIDENCE = Thing("evidence", EvidenceReview(), streams("evidence"), _nobodys, "/evidence-items", key=Whole(1))
"""What was recorded at a position, by the position. That it is evidence is asked by whoever reviews it."""
SAMPLES = Thing("samples", EvidenceSamples(), streams("evidence-samples"), _nobodys, "/samples", key=YEAR)
"""The samples of a year's evidence, by the year."""
SHEET = Thing("score_sheet", PairingLines(), streams("assessment"), _owner_of_sheet, "/score-sheets")
"""What people say of a pairing's lines of a year, by year and pairing."""
WORK_PLAN = Thing("work_plan", Plan(), streams("work-plan"), _owner_of_plan, "/plans")
"""A pairing's work plan of a year, by year and pairing."""
PLAN_TEMPLATE = Thing(
    "plan_template", PlanTemplate(), streams("plan-template"), _nobodys, "/plan-templates", key=YEAR
)
"""The county's template of the plans of a year, by the year."""
APPEAL = _owned(
    "appeal",
    Appeal(),
    "/appeals",
    "ap",
    lambda its: Owner(its.filed.branch, its.filed.village, its.filed.side.value) if its.filed else None,
)
"""Of the side that filed it."""
COMPLAINT = Thing("complaint", Complaint(), streams("complaint"), _owner_of_complaint, "/complaints", "cp")
"""A complaint or a suggestion."""
BURDEN_LIMIT = Thing("burden_limit", BurdenLimits(), _stream_of_burdens, _nobodys, "/burden", key=MONTH)
"""What a village bears at most from a month on, by the month; all in one stream."""
ABOUT: dict[str, Thing[Any]] = {
    each.kind: each for each in (FINDING, ACTIVITY, NEED, PROJECT, PAIRING, SLIP, CIRCULAR)
}
"""What a complaint may be about, by kind."""
BEARERS: dict[str, Thing[Any]] = {
    each.kind: each for each in (FINDING, APPEAL, ACTIVITY, NEED, PROJECT, NOMINATION, PAIRING, POLICY)
}
"""What bears attachments, by kind: a pairing bears the scans of its agreements, a policy that of the signed paper."""
