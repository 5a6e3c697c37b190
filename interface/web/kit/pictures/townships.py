"""What is open in each township, by light, with how long the oldest has been."""

from __future__ import annotations

from application.questions.answers.finding_statistics import OPEN_LIGHTS, FindingStatistics
from domain.supervision.light import Light
from interface.web.kit.pictures.picture import WHOLE, Key, Link, Mark, Note, Picture, Say, fitting, share_of
from interface.words import label

TALL, BAR = 46.0, 22.0
"""Pixels of a township, and of its bar."""
SIGNS = {
    Light.RED: "■",
    Light.YELLOW: "▲",
    Light.GREEN: "●",
    Light.WAITING: "◔",
    Light.DONE: "✓",
    Light.WITHDRAWN: "–",
}


def townships(of: FindingStatistics, say: Say, link: Link) -> Picture:
    """A bar for each township, as long as it has findings open, in parts by light."""
    widest = max((sum(each.counts) for each in of.townships), default=0)
    marks, notes = [], []
    for n, each in enumerate(of.townships):
        y, x = n * TALL, 0.0
        oldest = say("最早的已 %(days)s 天", days=each.oldest)
        notes.append(Note(0, y + 16, each.township, "start", "name"))
        notes.append(Note(WHOLE, y + 16, f"{sum(each.counts)} · {oldest}", "end"))
        for light, count in zip(OPEN_LIGHTS, each.counts, strict=True):
            if not count:
                continue
            w = WHOLE * share_of(count, widest)
            query = {"open_on": of.today.isoformat(), "township": each.township, "light": light.value}
            cells = (each.township, say(label("light", light.value)), str(count), oldest)
            href = link("/findings", **query)
            marks.append(
                Mark(
                    x,
                    y + 21,
                    w,
                    BAR,
                    f"of-{light.value}",
                    href,
                    cells,
                    fitting(f"{SIGNS[light]}{count}", w) or fitting(str(count), w),
                )
            )
            x += w
    return Picture(
        title=say("未销号问题：各乡镇"),
        height=len(of.townships) * TALL,
        head=(say("乡镇"), say("亮灯"), say("数量"), say("最早")),
        marks=tuple(marks),
        notes=tuple(notes),
        keys=tuple(
            Key(f"of-{light.value}", SIGNS[light], say(label("light", light.value))) for light in OPEN_LIGHTS
        ),
    )
