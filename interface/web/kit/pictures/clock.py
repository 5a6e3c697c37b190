"""The clock of an appeal: how long it has run, when it stopped, what is left, and its deadline."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from interface.web.kit.pictures.picture import WHOLE, Key, Mark, Note, Picture, Rule, Say, fitting, share_of

TOP, TALL = 24.0, 24.0


@dataclass(frozen=True)
class Term:
    """The days of an appeal. ``admitted_on``, ``due_on``: ``None`` until it is admitted; ``ended_on``: decided, refused or
    withdrawn, ``None`` while it runs."""

    filed_on: date
    admitted_on: date | None
    due_on: date | None
    ended_on: date | None
    today: date


def clock(term: Term, say: Say, here: str) -> Picture:
    """The days from filing to the deadline, or beyond it to today; its marks lead to the trail on the page ``here``."""
    until = term.ended_on or term.today
    first = term.filed_on
    last = max(until, term.due_on or until)
    whole = max((last - first).days, 1)

    def across(day: date) -> float:
        return WHOLE * share_of((day - first).days, whole)

    begun = term.admitted_on or until
    spans = [("wait", first, min(begun, until), say("受理前"))]
    if term.admitted_on is not None:
        due = term.due_on or until
        spans.append(("elapsed", begun, min(until, due), say("已用")))
        if until > due:
            spans.append(("over", due, until, say("超期")))
        elif until < due:
            ended = term.ended_on is not None
            spans.append(
                ("stopped", until, due, say("已停，未用")) if ended else ("left", until, due, say("剩余"))
            )
    marks = []
    for tone, begins, ends, said in spans:
        days = (ends - begins).days
        if days <= 0 and tone != "elapsed" and len(spans) > 1:
            continue
        x, w = across(begins), across(ends) - across(begins)
        cells = (said, begins.isoformat(), ends.isoformat(), str(days))
        sign = fitting(str(days), w)
        marks.append(Mark(min(x, WHOLE - 1), TOP, max(w, 1.0), TALL, tone, here, cells, sign))
    foot = TOP + TALL + 18
    notes = [Note(0, TOP - 8, say("提出 %(day)s", day=first), "start")]
    over = []
    if term.due_on is not None:
        x = across(term.due_on)
        notes.append(Note(WHOLE, TOP - 8, say("期限 %(day)s", day=term.due_on), "end", "due"))
        over.append(Rule(x, TOP - 4, x, TOP + TALL, "due"))
    x = across(until)
    stopped = say("结束 %(day)s", day=until) if term.ended_on else say("今天 %(day)s", day=until)
    notes.append(Note(x, foot, stopped, "start" if x < 25 else "end" if x > 75 else "middle"))
    over.append(Rule(x, TOP, x, TOP + TALL + 5, "own"))
    return Picture(
        title=say("办理时限"),
        height=foot + 4,
        head=(say("阶段"), say("自"), say("至"), say("天数")),
        marks=tuple(marks),
        notes=tuple(notes),
        over=tuple(over),
        keys=tuple(Key(tone, "", said) for tone, begins, ends, said in spans if ends > begins),
    )
