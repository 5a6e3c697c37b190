"""A pairing's year on one axis: posts, agreement, activities, findings and needs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from application.questions.answers.pairing.pairings import PairingShown
from domain.pairing.events import ActivityKind
from interface.web.kit.pictures.picture import (
    WHOLE,
    Key,
    Link,
    Mark,
    Note,
    Picture,
    Rule,
    Say,
    fitting,
    packed,
    placed,
    share_of,
)
from interface.web.kit.pictures.townships import SIGNS
from interface.words import label

TOP, NAME, BAR, BETWEEN = 20.0, 20.0, 20.0, 8.0
"""Pixels for the months, a lane's name, a row of it, and below the lane."""
THINNEST = 3.2
"""Percent of the width that the shortest span takes."""


@dataclass(frozen=True)
class Span:
    """Something that lasted, or happened on the day it ``begins`` where it has no end."""

    begins: date
    ends: date | None
    tone: str
    sign: str
    cells: tuple[str, ...]
    href: str


def timeline(of: PairingShown, year: int, today: date, say: Say, link: Link) -> Picture:
    """A lane for each kind; what lasts is drawn within the year, up to today where it still does."""
    lanes = [
        each
        for each in _lanes(
            of,
            min(today, date(year, 12, 31)),
            say,
            link(f"/pairings/{of.pairing.pairing_id}", year=year),
            link,
        )
        if each[1]
    ]
    marks: list[Mark] = []
    months = placed(12)
    notes = [Note(x + w / 2, TOP - 7, str(n + 1)) for n, (x, w) in enumerate(months)]
    y = TOP
    for name, spans in lanes:
        notes.append(Note(0, y + NAME - 5, name, "start", "name"))
        drawn = [(_from_to(each, year), each) for each in sorted(spans, key=lambda each: each.begins)]
        rows = packed(span for span, _ in drawn)
        for row, ((x, ends), each) in zip(rows, drawn, strict=True):
            cells = (name, *each.cells)
            top = y + NAME + row * (BAR + 2)
            shown = fitting(f"{each.sign} {each.cells[0]}".strip(), ends - x) if each.ends else ""
            marks.append(Mark(x, top, ends - x, BAR, each.tone, each.href, cells, shown or each.sign))
        y += NAME + (max(rows) + 1) * (BAR + 2) + BETWEEN
    rules = [Rule(x, TOP - 3, x, y, "faint") for x, _ in months[1:]]
    return Picture(
        title=say("%(year)s 年时间线", year=year),
        height=y,
        head=(say("类别"), say("事项"), say("自"), say("至")),
        marks=tuple(marks),
        notes=tuple(notes),
        rules=tuple(rules),
        keys=tuple(
            Key(tone, sign, said)
            for tone, sign, said in (("party-day", "●", say("主题党日")), ("activity", "○", say("其他活动")))
            if any(mark.tone == tone for mark in marks)
        ),
    )


def _from_to(span: Span, year: int) -> tuple[float, float]:
    """Where it begins and ends, in percent; what has no end is as wide as its sign."""
    first = date(year, 1, 1)
    days = (date(year + 1, 1, 1) - first).days
    x = WHOLE * share_of((span.begins - first).days, days)
    ends = x if span.ends is None else WHOLE * share_of((span.ends - first).days + 1, days)
    ends = min(max(ends, x + THINNEST), WHOLE)
    return min(x, ends - THINNEST), ends


def _lanes(
    of: PairingShown, until: date, say: Say, here: str, link: Link
) -> Iterable[tuple[str, list[Span]]]:
    def span(begins: date, ends: date | None, tone: str, sign: str, what: str, href: str) -> Span:
        said = (what, begins.isoformat(), "—" if ends is None else ends.isoformat())
        return Span(begins, ends or max(until, begins), tone, sign, said, href)

    def day(on: date, tone: str, sign: str, what: str, href: str) -> Span:
        return Span(on, None, tone, sign, (what, on.isoformat(), ""), href)

    yield (
        say("职务"),
        [
            span(each.began_on, each.ended_on, "term", "", say(label("post", each.post)), f"{here}#posts")
            for each in of.terms
        ],
    )
    signed = of.pairing.signed_on
    yield (
        say("协议"),
        (
            [day(signed, "signed", "✎", of.pairing.agreement_no or say("签订"), f"{here}#posts")]
            if signed is not None and signed.year == until.year
            else []
        ),
    )
    yield (
        say("活动"),
        [
            day(
                each.held_on,
                "party-day" if each.kind == ActivityKind.THEMED_PARTY_DAY.value else "activity",
                "●" if each.kind == ActivityKind.THEMED_PARTY_DAY.value else "○",
                say(label("activity_kind", each.kind)),
                link(
                    "/activities",
                    year=until.year,
                    pairing_id=of.pairing.pairing_id,
                    month=each.held_on.month,
                ),
            )
            for each in of.activities
            if each.status != "voided"
        ],
    )
    yield (
        say("问题"),
        [
            span(
                each.found_on,
                each.closed_on,
                f"of-{each.light.value}",
                SIGNS[each.light],
                f"{each.number} {say(label('light', each.light.value))}",
                link(f"/findings/{each.finding_id}"),
            )
            for each in of.findings
        ],
    )
    yield (
        say("需求"),
        [
            span(
                each.raised_on,
                each.confirmed_on,
                "need-done" if each.confirmed_on else "need-open",
                "✓" if each.confirmed_on else "",
                f"{each.number} {each.content}",
                f"{here}#needs",
            )
            for each in of.needs
        ],
    )
