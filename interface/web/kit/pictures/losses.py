"""Where a sheet lost its points: the lines that lost any, the greatest loss first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from application.questions.answers.scoring.score_matrix import degree_lost
from domain.assessment.scoring.sheet import Sheet
from interface.web.kit.pictures.picture import WHOLE, Mark, Note, Picture, Rule, Say, said, share_of

TALL, BAR = 46.0, 14.0
"""Pixels of a line, and of its bar."""


@dataclass(frozen=True)
class LineOfSheet:
    """What a line came to, in points; it leads to ``href``."""

    code: str
    title: str
    points: float
    most: float
    href: str

    @property
    def loss(self) -> float:
        return self.most - self.points


def lines_of(sheet: Sheet, language: str) -> Iterator[LineOfSheet]:
    """The lines that can lose points: those with a maximum that is no bonus, and those that take points off."""
    groups = {each.group.code: each.group for each in sheet.groups}
    for line in sheet.lines:
        group, indicator = groups[line.indicator.group], line.indicator
        if line.final is None or group.bonus or (line.most is None and group.sign > 0):
            continue
        takes_off = group.sign < 0
        yield LineOfSheet(
            code=indicator.code,
            title=said(indicator.title, language),
            points=group.sign * line.final / 100,
            most=0.0 if takes_off else float(line.most or 0),
            href=f"#{indicator.code}",
        )


def losses(lines: Iterable[LineOfSheet], say: Say) -> Picture:
    """A bar as long as a line's maximum, all on one scale: what was earned, and what was lost, the darker the more of it."""
    lost = sorted((each for each in lines if each.loss > 0), key=lambda each: (-each.loss, each.code))
    widest = max((max(each.most, each.loss) for each in lost), default=0.0)
    marks, notes, rules = [], [], []
    for n, each in enumerate(lost):
        y = n * TALL
        of = max(each.most, each.loss)
        long = WHOLE * share_of(of, widest)
        lacking = long * share_of(each.loss, of)
        lacks = f"−{each.loss:.2f}"
        cells = (f"{each.code} {each.title}", lacks, f"{each.points:.2f}", f"{each.most:.2f}")
        notes.append(Note(0, y + 20, f"{each.code} {each.title}", "start", "name"))
        notes.append(Note(WHOLE, y + 20, f"{lacks} · {each.points:g}/{each.most:g}", "end", "loss"))
        if long > lacking:
            rules.append(Rule(0, y + 27 + BAR / 2, long - lacking, y + 27 + BAR / 2, "earned"))
        tone = f"lost-{degree_lost(share_of(each.loss, of))}"
        marks.append(Mark(long - lacking, y + 27, lacking, BAR, tone, each.href, cells))
    return Picture(
        title=say("分丢在哪里"),
        height=len(lost) * TALL,
        head=(say("指标"), say("丢分"), say("得分"), say("满分")),
        marks=tuple(marks),
        notes=tuple(notes),
        rules=tuple(rules),
        told=say("按丢分多少排列，条长为满分；丢得越多颜色越深，得零分的最深。"),
    )
