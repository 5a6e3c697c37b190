"""How figures are spread, one below the other: from the least to the greatest, the middle half as a box."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from application.questions.answers.scoring.score_matrix import SpreadShown
from interface.web.kit.pictures.picture import WHOLE, Mark, Note, Picture, Rule, Say, share_of

TALL, BOX = 44.0, 14.0
"""Pixels of a row, and of its box."""


@dataclass(frozen=True)
class Spreading:
    """What is spread, and where it leads."""

    name: str
    href: str
    spread: SpreadShown | None


def spreads(title: str, what: str, rows: Iterable[Spreading], say: Say) -> Picture:
    """Each on its own scale from 0 to its maximum. ``what``: the heading of the rows in the table."""
    marks, notes, rules, over = [], [], [], []
    y = 0.0
    for row in rows:
        of = row.spread
        if of is None:
            continue
        most = float(of.most)
        least, lower, median, upper, greatest = (
            WHOLE * share_of(float(value), most)
            for value in (of.least, of.lower, of.median, of.upper, of.greatest)
        )
        middle, top = y + 24 + BOX / 2, y + 24
        notes.append(Note(0, y + 18, row.name, "start", "name"))
        notes.append(Note(WHOLE, y + 18, f"{of.median} / {float(of.most):g}", "end"))
        rules.append(Rule(0, middle, WHOLE, middle, "track"))
        rules.append(Rule(least, middle, greatest, middle, "whisker"))
        rules += [Rule(x, middle - 4, x, middle + 4, "whisker") for x in (least, greatest)]
        over.append(Rule(median, top - 2, median, top + BOX + 2, "median"))
        width = max(upper - lower, 1.0)
        cells = (row.name, of.least, of.lower, of.median, of.upper, of.greatest, str(of.n))
        marks.append(Mark(min(lower, WHOLE - width), top, width, BOX, "box", row.href, cells))
        y += TALL
    return Picture(
        title=title,
        height=y,
        head=(
            what,
            say("最低"),
            say("下四分位"),
            say("中位"),
            say("上四分位"),
            say("最高"),
            say("得分表数"),
        ),
        marks=tuple(marks),
        notes=tuple(notes),
        rules=tuple(rules),
        over=tuple(over),
        told=say("框为中间一半，框中竖线为中位，细线由最低到最高；右侧为中位与满分。"),
    )
