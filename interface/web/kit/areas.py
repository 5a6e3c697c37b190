"""Where things are: the areas of work and their sections, in the order of the navigation, and where a page stands."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from interface.web.kit.page.page import Page
from interface.words.pages import areas as words
from interface.words.phrase import Phrase


@dataclass(frozen=True)
class Section:
    """A page of the navigation, for those who may ``verb``. ``also``: paths beneath which pages belong to it, too."""

    title: Phrase
    path: str
    verb: str
    also: tuple[str, ...] = ()


@dataclass(frozen=True)
class Area:
    """Sections that belong to one kind of work; it leads to the first that its reader may see."""

    title: Phrase
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class Entry:
    """A link of the navigation."""

    title: Phrase
    path: str
    current: bool


AREAS = (
    Area(
        words.MY_WORK,
        (
            Section(words.MY_WORK, "/", "read_duties"),
            Section(words.COMPLAINTS, "/complaints", "read_complaints"),
        ),
    ),
    Area(
        words.SUPERVISION,
        (
            Section(words.FINDINGS, "/findings", "read_findings", ("/documents/order",)),
            Section(words.SLIPS, "/slips", "read_findings"),
            Section(words.CIRCULARS, "/circulars", "read_findings"),
            Section(words.STATISTICS, "/findings/statistics", "read_findings"),
            Section(words.BURDEN, "/burden", "read_burden"),
        ),
    ),
    Area(
        words.PAIRINGS,
        (
            Section(
                words.PAIRED,
                "/pairings",
                "read_pairings",
                (
                    "/activities",
                    "/campaigns",
                    "/likenesses",
                    "/needs",
                    "/projects",
                    "/agreements",
                    "/proposals",
                    "/pairing-lists",
                    "/resources",
                    "/persons",
                ),
            ),
            Section(words.PLANS, "/plans", "read_pairings", ("/plan-templates",)),
            Section(words.POLICIES, "/policies", "read_policies"),
            Section(words.CADENCE, "/cadence", "read_pairings"),
            Section(words.CASES, "/cases", "read_pairings", ("/meetings", "/nominations")),
            Section(words.COVERAGE, "/coverage", "read_villages"),
            Section(words.UNITS, "/units", "read_registry"),
            Section(words.VILLAGES, "/villages", "read_villages"),
        ),
    ),
    Area(
        words.ASSESSMENT,
        (
            Section(
                words.SCORES,
                "/ranking",
                "read_ranking",
                ("/scores", "/matrix", "/indicators", "/ranking.csv"),
            ),
            Section(words.COURSE, "/assessment", "read_assessment", ("/turns",)),
            Section(words.OVERVIEW, "/overview", "read_overview", ("/facts",)),
            Section(words.TREND, "/trend", "read_trend"),
            Section(
                words.VERIFICATION, "/verification", "read_verification", ("/self-scores", "/score-sheets")
            ),
            Section(words.EVIDENCE, "/evidence", "read_evidence", ("/samples", "/evidence-items")),
            Section(words.LATE, "/late", "read_late", ("/cut-offs",)),
            Section(words.RUNS, "/runs", "read_runs", ("/results/", "/grades", "/exclusions")),
            Section(words.NOTICE, "/notice", "read_notice", ("/objections",)),
            Section(words.RESULTS, "/results", "read_results", ("/reports", "/documents/")),
            Section(words.DOCUMENTS, "/documents", "read_documents"),
            Section(words.USES, "/result-uses", "read_result_uses"),
            Section(words.SCHEMES, "/schemes", "read_schemes"),
        ),
    ),
    Area(words.APPEALS, (Section(words.APPEALS, "/appeals", "read_appeals", ("/documents/receipt",)),)),
    Area(
        words.TRACING,
        (
            Section(words.TRAIL, "/trail", "read_trail", ("/events", "/ledgers", "/attachments")),
            Section(words.COMPARISON, "/compare", "compare_moments"),
            Section(words.ANOMALIES, "/anomalies", "read_trail"),
            Section(words.ACCESSES, "/accesses", "read_accesses"),
        ),
    ),
    Area(words.DATA, (Section(words.DATA, "/data", "read_data"),)),
    Area(
        words.ACCOUNTS, (Section(words.ACCOUNTS, "/accounts", "keep_accounts", ("/calendars", "/deputies")),)
    ),
)


def section_of(path: str) -> tuple[Area, Section] | None:
    """The area and the section that a page belongs to: the one whose path begins it with the most letters."""
    found = [
        (len(begun), area, section)
        for area in AREAS
        for section in area.sections
        for begun in (section.path, *section.also)
        if path == begun or (begun != "/" and path.startswith(begun if begun.endswith("/") else f"{begun}/"))
    ]
    _, area, section = max(found, key=lambda each: each[0], default=(0, None, None))
    return (area, section) if area is not None and section is not None else None


def seen(page: Page) -> list[Section]:
    """The sections that the reader may see."""
    return [each for area in AREAS for each in _seen(page, area)]


def section_at(address: str) -> Section | None:
    """The section of a page of ours, by its address."""
    here = section_of(urlsplit(address).path)
    return here[1] if here else None


def areas_of(page: Page) -> list[Entry]:
    """The areas in which the reader may see anything."""
    here = section_of(page.request.url.path)
    seen = [(area, _seen(page, area)) for area in AREAS]
    return [
        Entry(area.title, page.link(sections[0].path), here is not None and here[0] is area)
        for area, sections in seen
        if sections
    ]


def sections_of(page: Page) -> list[Entry]:
    """The sections of the page's area that the reader may see; none where there is but one."""
    here = section_of(page.request.url.path)
    sections = _seen(page, here[0]) if here is not None else []
    if here is None or len(sections) < 2:
        return []
    return [Entry(each.title, page.link(each.path), each is here[1]) for each in sections]


def _seen(page: Page, area: Area) -> list[Section]:
    """What other offices see only of the county at large is not in the way of a unit's or a village's clerk."""
    own = bool(page.actor.branch or page.actor.village)
    return [
        each
        for each in area.sections
        if page.sees(each.verb) and not (own and each.verb == "compare_moments")
    ]
