"""What waits for the reader, with the page on which it is shown and the form that does the next step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from application.questions.answers.duties.duty import Duty, DutyGroup
from application.questions.answers.duties.listing import Duties, list_duties
from application.things import pairing_of_sheet
from application.verbs import VERBS
from interface.web.kit.asking import answer_of
from interface.web.kit.forms.of_verb import address_of, title_of
from interface.web.kit.page.page import Page

ROWS = 25
"""Of the first page."""
PATHS: Mapping[str, str] = {
    "score_sheet": "/scores/{pairing}?year={year}",
    "nomination": "/nominations/{key}",
    "work_plan": "/plans/{key}",
    "evidence": "/evidence?year={year}&state=open",
    "results": "/assessment?year={year}",
    "scheme": "/schemes/{key}/draft",
    "finding": "/findings/{key}",
    "proposal": "/proposals/{key}",
    "vacancy": "/coverage#vacant",
    "run": "/runs/{key}",
    "appeal": "/appeals/{key}",
    "complaint": "/complaints/{key}",
    "result_use": "/result-uses/{key}",
    "need": "/needs/{key}",
    "project": "/projects/{key}",
    "pairing": "/pairings/{key}?year={year}",
    "activity": "/activities/{key}",
    "account": "/accounts/{key}",
}
"""Kind of thing to the page that shows it."""


@dataclass(frozen=True)
class DutyShown:
    """``path``: of the thing's page, ``step`` and ``address``: what the next step is called and where its form is; empty for
    none."""

    duty: Duty
    path: str
    step: str
    address: str


@dataclass(frozen=True)
class DutiesShown:
    """A page of the duties, those of a group together, or only of the one ``wanted``."""

    answer: Duties
    groups: Mapping[DutyGroup, list[DutyShown]]
    wanted: DutyGroup | None

    @property
    def counts(self) -> list[tuple[DutyGroup, int]]:
        """The groups in which there is something, on all pages."""
        return [(each, n) for each in DutyGroup if (n := self.count(each))]

    def count(self, group: DutyGroup) -> int:
        """How many there are in a group, on all pages."""
        return int(getattr(self.answer, group.value))


def duties(page: Page) -> DutiesShown | None:
    """What waits, nothing on a page of the past."""
    if page.is_past:
        return None
    wanted = next((each for each in DutyGroup if each.value == page.asked("group")), None)
    answer = answer_of(page, list_duties, group=wanted, limit=ROWS)
    groups: dict[DutyGroup, list[DutyShown]] = {}
    for each in answer.rows:
        groups.setdefault(each.group, []).append(_shown(page, each))
    return DutiesShown(answer, groups, wanted)


def _shown(page: Page, each: Duty) -> DutyShown:
    path = PATHS.get(each.thing, "").format(key=each.key, year=each.year, pairing=pairing_of_sheet(each.key))
    step = VERBS[each.step] if each.step else None
    return DutyShown(
        each,
        path if path and page.opens(path) else "",
        title_of(page, step) if step else "",
        _address(each) if step else "",
    )


def _address(each: Duty) -> str:
    address = address_of(VERBS[each.step], each.key)
    return f"{address}?{urlencode(each.stated)}" if each.stated else address
