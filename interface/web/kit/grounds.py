"""What pages are done by: policies shown in place, and citations of policies as links to the article in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from markupsafe import Markup, escape

from domain.policy.citing import citations
from domain.policy.events import PolicyArea
from interface.web.kit.in_words import article_name
from interface.web.kit.page.page import Page
from projections.boards.policies import Cited, Ground, grounds

AREAS: dict[str, PolicyArea] = {
    "pairings": PolicyArea.PAIRINGS,
    "proposals": PolicyArea.PAIRINGS,
    "pairing-lists": PolicyArea.PAIRINGS,
    "coverage": PolicyArea.PAIRINGS,
    "agreements": PolicyArea.AGREEMENTS,
    "activities": PolicyArea.ACTIVITIES,
    "campaigns": PolicyArea.ACTIVITIES,
    "likenesses": PolicyArea.ACTIVITIES,
    "cadence": PolicyArea.ACTIVITIES,
    "needs": PolicyArea.NEEDS,
    "resources": PolicyArea.NEEDS,
    "projects": PolicyArea.PROJECTS,
    "plans": PolicyArea.PLANS,
    "plan-templates": PolicyArea.PLANS,
    "cases": PolicyArea.CASES,
    "nominations": PolicyArea.CASES,
    "meetings": PolicyArea.CASES,
    "findings": PolicyArea.FINDINGS,
    "slips": PolicyArea.FINDINGS,
    "circulars": PolicyArea.FINDINGS,
    "assessment": PolicyArea.ASSESSMENT,
    "scores": PolicyArea.ASSESSMENT,
    "verification": PolicyArea.ASSESSMENT,
    "schemes": PolicyArea.ASSESSMENT,
    "appeals": PolicyArea.APPEALS,
}
"""What an address begins with to the area that its page belongs to."""


@dataclass(frozen=True)
class GroundShown:
    """A policy on a page: ``called``: itself with the articles that are shown; ``articles``: each by name and address, with its
    words."""

    called: str
    address: str
    articles: tuple[tuple[str, str, str], ...]


def grounds_here(page: Page) -> list[GroundShown]:
    """What a page is done by on the day that it shows."""
    area = AREAS.get(page.request.url.path.split("/")[1])
    if area is None or not page.sees("read_policies"):
        return []
    found = grounds(page.connection, page.at, area, page.about or page.today)
    return [_shown(page, list(each)) for _, each in groupby(found, key=lambda ground: ground.policy_id)]


def _shown(page: Page, found: list[Ground]) -> GroundShown:
    at, articles = f"/policies/{found[0].policy_id}", [each.article for each in found if each.article]
    names = [article_name(page, each.number) for each in articles]
    title = page.t("《%(title)s》", title=found[0].title)
    called = f"{title}{page.t('、').join(names)}"
    told = (
        (name, f"{page.link(at)}#article-{each.number}", each.text)
        for name, each in zip(names, articles, strict=True)
    )
    return GroundShown(called, page.link(at), tuple(told))


def cited_on(page: Page, last: date) -> date:
    """The day by which a citation is judged: the last on which what cites it holds, or the day that the page shows."""
    return min(last, page.about or page.today)


def cites(page: Page, text: str, last: date) -> str:
    """A text with a link wherever it cites a policy. ``last``: the last day on which the text holds."""
    if "《" not in text:
        return text
    return Markup("").join(_linked(page, text, cited_on(page, last)))


def _linked(page: Page, text: str, on: date) -> Iterator[str]:
    done = 0
    for each in citations(text):
        cited = page.policies.meant(each.title, each.article, on)
        if cited is None:
            continue
        anchor = f"#article-{each.article}" if each.article is not None else ""
        address = page.link(f"/policies/{cited.policy.policy_id}", on=on.isoformat()) + anchor
        yield escape(text[done : each.begin])
        yield Markup('<a href="{}">{}</a>').format(address, text[each.begin : each.end])
        if wrong := _wrong(page, cited, each.article):
            yield Markup(' <span class="tag light-yellow">{}</span>').format(wrong)
        done = each.end
    yield escape(text[done:])


def _wrong(page: Page, cited: Cited, article: int | None) -> str:
    """What is the matter with a citation, empty for nothing."""
    if cited.text is None:
        return page.t("当日无效")
    return page.t("当日文本无此条") if article is not None and cited.article is None else ""
