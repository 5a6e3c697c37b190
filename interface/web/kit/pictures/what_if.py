"""Before and after of what is tried: how many have each grade."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from interface.web.kit.pictures.picture import WHOLE, Key, Mark, Note, Picture, Say, fitting, share_of

TALL, BAR = 62.0, 18.0


@dataclass(frozen=True)
class GradeTried:
    """A grade with how many have it before and after; who has it now is found at ``href``, who moves at ``moves``."""

    name: str
    before: int
    after: int
    href: str
    moves: str


def what_if(grades: Sequence[GradeTried], say: Say) -> Picture:
    """Two bars for each grade, one below the other, and by how many they differ."""
    most = max((max(each.before, each.after) for each in grades), default=0)
    named = (("before", say("按细则")), ("after", say("按试算")))
    marks, notes = [], []
    for n, each in enumerate(grades):
        y = n * TALL
        change = each.after - each.before
        notes.append(Note(0, y + 16, each.name, "start", "name"))
        moved = f"{change:+d}".replace("-", "−") if change else "="
        notes.append(Note(WHOLE, y + 16, f"{each.before} → {each.after} ({moved})", "end"))
        bars = ((each.before, each.href), (each.after, each.moves))
        for place, ((tone, said), (count, href)) in enumerate(zip(named, bars, strict=True)):
            w = max(WHOLE * share_of(count, most), 0.6)
            cells = (each.name, said, str(count))
            sign = fitting(str(count), w)
            marks.append(Mark(0, y + 21 + place * (BAR + 1), w, BAR, tone, href, cells, sign))
    return Picture(
        title=say("试算前后"),
        height=len(grades) * TALL,
        head=(say("等次"), say("情况"), say("个数")),
        marks=tuple(marks),
        notes=tuple(notes),
        keys=tuple(Key(tone, "", said) for tone, said in named),
    )
