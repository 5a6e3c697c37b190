"""The photographs of one thing that stand at another, too, and what they were judged to be."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from application.actors.actor import EVERYBODY, Owner
from application.question import Asker, question
from application.questions.answers.alike.photographed import Entry, Photographs
from application.things import ATTACHMENTS
from domain.attachment.events import PhotographVerdict
from domain.kernel.values import Key
from projections.boards.pairing.judged_photographs import judged_photographs
from projections.kit.columns import known


@dataclass(frozen=True)
class SharedPhotograph:
    """The thing and the other, with the picture of each; the other's where that is ``other_open`` to whoever asks.
    ``verdict``: as seen from the thing; ``None`` where nobody judged the two yet."""

    own: Entry
    other: Entry
    other_open: bool
    verdict: PhotographVerdict | None
    because: str
    judged_on: date | None


@question("/attachments/{key}/shared-photographs", EVERYBODY, on=ATTACHMENTS)
def list_shared_photographs(asker: Asker, *, key: Key) -> tuple[SharedPhotograph, ...]:
    """Whatever stands and has one of a thing's photographs (``key``: its kind and id, such as ``project-<id>``), those of
    the earliest day first. Clerks are shown what was judged; of two activities the entries are judged."""
    thing = key.partition("-")[2]
    photographs = Photographs(asker, thing)
    c = judged_photographs.c
    query = select(judged_photographs).where(known(judged_photographs, asker.known_at), c.thing == thing)
    judged = {row.other: row for row in asker.connection.execute(query)}
    rows, entry = photographs.entries.rows, photographs.entries.entry
    found = []
    for other in photographs.beside(thing):
        verdict = judged.get(other)
        if verdict is None and not asker.sees_all:
            continue
        theirs, own = photographs.pictures(other, thing)
        open_ = asker.sees(Owner(rows[other].branch, rows[other].village))
        found.append(
            SharedPhotograph(
                own=entry(thing, own),
                other=entry(other, theirs if open_ else None),
                other_open=open_,
                verdict=PhotographVerdict(verdict.photograph_verdict) if verdict else None,
                because=verdict.because if verdict else "",
                judged_on=verdict.judged_on if verdict else None,
            )
        )
    return tuple(found)
