"""What verbs act on, and whose it is: looked up by key in the thing's own stream, never in a read model that may lag."""

from __future__ import annotations

from sqlalchemy import select

from application.actor import NOBODY, Owner
from application.look import Look
from application.verb import Thing, streams
from domain.account.names import normal
from domain.account.register import STREAM, AccountRegister
from domain.appeal.appeal import Appeal
from domain.assessment.year.cut_off import CutOff
from domain.assessment.year.evidence import EvidenceReview, EvidenceSamples
from domain.assessment.year.pairing_lines import PairingLines
from domain.assessment.year.result import YearResults
from domain.assessment.year.result_use import ResultUsing
from domain.assessment.year.scheme_history import SchemeHistory
from domain.assessment.year.streams import stream_of_runs
from domain.attachment.attachments import Attachments
from domain.kernel.errors import Unknown
from domain.kernel.values import FIRST_YEAR, LAST_YEAR, Whole
from domain.livelihood.need import Need
from domain.livelihood.project import Project
from domain.livelihood.resource import Resource
from domain.pairing.activity import Activity
from domain.pairing.pairing import Pairing
from domain.pairing.recognition import Meeting, ModelCase
from domain.registry.branch import Branch
from domain.registry.village import Village
from domain.supervision.finding import Finding
from domain.supervision.measure import Circular, Slip
from domain.system.calendar import ImportedCalendar
from domain.system.person import PersonalData
from projections.boards.assessment import runs
from projections.kit.columns import known


def _owner_of_branch(look: Look, key: str) -> Owner:
    if not BRANCH.state(look, key).entry:
        raise Unknown("branch", key)
    return Owner(branch=key)


def _owner_of_village(look: Look, key: str) -> Owner:
    if not VILLAGE.state(look, key).entry:
        raise Unknown("village", key)
    return Owner(village=key)


def _owner_of_pairing(look: Look, key: str) -> Owner:
    pairing = PAIRING.state(look, key)
    if not pairing.pairing_id:
        raise Unknown("pairings", key)
    return Owner(pairing.branch, pairing.village)


def _owner_of_activity(look: Look, key: str) -> Owner:
    activity = ACTIVITY.state(look, key)
    if not activity.activity_id:
        raise Unknown("activities", key)
    return Owner(activity.branch, activity.village)


def _owner_of_case(look: Look, key: str) -> Owner:
    published = CASE.state(look, key).published
    if published is None:
        raise Unknown("case", key)
    return Owner(published.branch, published.village)


def _owner_of_meeting(look: Look, key: str) -> Owner:
    hosted = MEETING.state(look, key).hosted
    if hosted is None:
        raise Unknown("meeting", key)
    return Owner(hosted.branch, hosted.village)


def _owner_of_resource(look: Look, key: str) -> Owner:
    resource = RESOURCE.state(look, key)
    if not resource.branch:
        raise Unknown("resource", key)
    return Owner(resource.branch)


def _owner_of_need(look: Look, key: str) -> Owner:
    """The branch that matched it, of nobody's until then; the village that raised it."""
    need = NEED.state(look, key)
    if not need.need_id:
        raise Unknown("needs", key)
    return Owner(need.branch, need.village)


def _owner_of_project(look: Look, key: str) -> Owner:
    opened = PROJECT.state(look, key).opened
    if opened is None:
        raise Unknown("project", key)
    return Owner(opened.branch, opened.village)


def _owner_of_finding(look: Look, key: str) -> Owner:
    raised = FINDING.state(look, key).raised
    if raised is None:
        raise Unknown("findings", key)
    return Owner(raised.branch, raised.village)


def _owner_of_slip(look: Look, key: str) -> Owner:
    issued = SLIP.state(look, key).issued
    if issued is None:
        raise Unknown("slip", key)
    return Owner(issued.branch, issued.village)


def _owner_of_circular(look: Look, key: str) -> Owner:
    issued = CIRCULAR.state(look, key).issued
    if issued is None:
        raise Unknown("circular", key)
    return Owner(issued.branch, issued.village)


def _owner_of_account(look: Look, key: str) -> Owner:
    if not ACCOUNT.state(look, key).has(key):
        raise Unknown("account", key)
    return NOBODY


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


def _owner_of_result_use(look: Look, key: str) -> Owner:
    ordered = RESULT_USE.state(look, key).ordered
    if ordered is None:
        raise Unknown("result_use", key)
    return Owner(ordered.branch, ordered.village)


def key_of_sheet(year: int, pairing_id: str) -> str:
    """The key of a pairing's sheet of a year; its stream is named by the two."""
    return f"{year}-{pairing_id}"


def year_of_sheet(key: str) -> int:
    """The year of a sheet's key. Raises ``Unknown`` for what is no such key."""
    year = key.partition("-")[0]
    if not (len(year) == 4 and year.isascii() and year.isdecimal()):
        raise Unknown("score sheet", key)
    return int(year)


def pairing_of_sheet(key: str) -> str:
    """The pairing of a sheet's key."""
    return key.partition("-")[2]


def _owner_of_sheet(look: Look, key: str) -> Owner:
    year_of_sheet(key)
    return PAIRING.owner(look, pairing_of_sheet(key))


def _owner_of_appeal(look: Look, key: str) -> Owner:
    filed = APPEAL.state(look, key).filed
    if filed is None:
        raise Unknown("appeal", key)
    return Owner(filed.branch, filed.village, filed.side.value)


def _nobodys(_: Look, __: str) -> Owner:
    return NOBODY


def _owner_of_attachments(look: Look, key: str) -> Owner:
    """Whose the finding is, or the appeal: what is attached to an appeal speaks for the side that filed it."""
    kind, _, thing = key.partition("-")
    if kind == "finding":
        return FINDING.owner(look, thing)
    filed = APPEAL.state(look, thing).filed
    if filed is None:
        raise Unknown("attachment", key)
    return Owner(filed.branch, filed.village, filed.side.value)


def _owner_of_person(look: Look, key: str) -> Owner:
    if not look.system.vault.names([key]):
        raise Unknown("person", key)
    return NOBODY


BRANCH = Thing("branch", Branch(), streams("branch"), _owner_of_branch, "/units", "b")
VILLAGE = Thing("village", Village(), streams("village"), _owner_of_village, "/villages", "v")
PAIRING = Thing("pairing", Pairing(), streams("pairing"), _owner_of_pairing, "/pairings", "pr")
ACTIVITY = Thing("activity", Activity(), streams("activity"), _owner_of_activity, "/activities", "a")
CASE = Thing("case", ModelCase(), streams("case"), _owner_of_case, "/cases", "c")
MEETING = Thing("meeting", Meeting(), streams("meeting"), _owner_of_meeting, "/meetings", "m")
RESOURCE = Thing("resource", Resource(), streams("resource"), _owner_of_resource, "/resources", "rs")
NEED = Thing("need", Need(), streams("need"), _owner_of_need, "/needs", "n")
PROJECT = Thing("project", Project(), streams("project"), _owner_of_project, "/projects", "pj")
FINDING = Thing("finding", Finding(), streams("finding"), _owner_of_finding, "/findings", "f")
SLIP = Thing("slip", Slip(), streams("slip"), _owner_of_slip, "/slips", "s")
CIRCULAR = Thing("circular", Circular(), streams("circular"), _owner_of_circular, "/circulars", "ci")
ACCOUNT = Thing(
    "account", AccountRegister(), _stream_of_accounts, _owner_of_account, "/accounts", normal=normal
)
"""All accounts are one stream; the key is the user name."""
YEAR = Whole(FIRST_YEAR, LAST_YEAR)
SCHEME = Thing("scheme", SchemeHistory(), streams("scheme"), _nobodys, "/schemes", key=YEAR)
"""The scheme of a year, by the year."""
CALENDAR = Thing("calendar", ImportedCalendar(), streams("calendar"), _nobodys, "/calendars", key=YEAR)
"""The working days of a year, by the year."""
RUN = Thing("run", YearResults(), _stream_of_run, _owner_of_run, "/runs")
"""A run; its state is that of all runs of its year, so that no two decisions on them pass each other by."""
RESULTS = Thing("results", YearResults(), streams("runs"), _nobodys, "/results", key=YEAR)
"""The results of a year, by the year."""
ATTACHMENTS = Thing(
    "attachment", Attachments(), streams("attachments"), _owner_of_attachments, "/attachments"
)
"""All that is attached to one finding or appeal; the key is ``finding-<id>`` or ``appeal-<id>``."""
PERSON = Thing("person", PersonalData(), streams("person"), _owner_of_person, "/persons")
"""A person, by the reference into the vault."""
RESULT_USE = Thing(
    "result_use", ResultUsing(), streams("result-use"), _owner_of_result_use, "/result-uses", "u"
)
CUT_OFF = Thing("cut_off", CutOff(), streams("runs"), _nobodys, "/cut-offs", key=YEAR)
"""The cut-off of a year, by the year."""
EVIDENCE = Thing("evidence", EvidenceReview(), streams("evidence"), _nobodys, "/evidence-items", key=Whole(1))
"""What was recorded at a position, by the position. That it is evidence is asked by whoever reviews it."""
SAMPLES = Thing("samples", EvidenceSamples(), streams("evidence-samples"), _nobodys, "/samples", key=YEAR)
"""The samples of a year's evidence, by the year."""
SHEET = Thing("score_sheet", PairingLines(), streams("assessment"), _owner_of_sheet, "/score-sheets")
"""What people say of a pairing's lines of a year, by year and pairing."""
APPEAL = Thing("appeal", Appeal(), streams("appeal"), _owner_of_appeal, "/appeals", "ap")
