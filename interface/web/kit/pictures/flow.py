"""Findings by month: opened, closed, and still open at its end."""

from __future__ import annotations

from datetime import date

from application.questions.answers.finding_statistics import FindingStatistics, last_of
from interface.web.kit.pictures.columns import Series, columns
from interface.web.kit.pictures.picture import Link, Picture, Say


def flow(of: FindingStatistics, say: Say, link: Link) -> Picture:
    """Three columns a month; of months to come, none is open."""
    firsts = [date(of.year, month, 1) for month in range(1, 13)]
    spans = [(first.isoformat(), last_of(first).isoformat()) for first in firsts]
    opened = [link("/findings", found_from=first, found_to=last) for first, last in spans]
    closed = [link("/findings", closed_from=first, closed_to=last) for first, last in spans]
    stand = [link("/findings", open_on=last) for _, last in spans]
    return columns(
        say,
        say("%(year)s 年问题：发现、销号与未销", year=of.year),
        of.year,
        (
            Series(say("发现"), "opened", [each.opened for each in of.months], opened),
            Series(say("销号"), "closed", [each.closed for each in of.months], closed),
            Series(say("月末未销"), "open", [each.open or 0 for each in of.months], stand),
        ),
        say("按现在的登记：反弹的问题自发现之日起未销，撤销的不计。"),
    )
