"""What papers say that are printed of a finding or of a pairing's result: as they were issued, and what came after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated

from application.actors.actor import EVERYBODY
from application.question import Asker, question
from application.questions.history import steps_of
from application.questions.names_of_year import Paired
from application.questions.results.standing import computed_results, standing_results
from application.questions.sentences import HistoryStep
from application.things import FINDING, FINDING_DOCUMENTS, PAIRING
from domain.assessment.scheme.points import two_decimals
from domain.assessment.scheme.text import Text
from domain.document.events import Paper
from domain.kernel.errors import Unknown
from domain.kernel.values import Key, Ticked, Whole, Year
from domain.supervision.events import (
    ExtensionGranted,
    FindingClosed,
    FindingRaised,
    FindingRelapsed,
    FindingWithdrawn,
    RectificationOrdered,
)
from projections.boards import trail
from projections.boards.registry.names import Names
from projections.figures.overview import pairing_rows

RAISED, ORDERED = FindingRaised.NAME, RectificationOrdered.NAME
LATER = (ExtensionGranted.NAME, FindingClosed.NAME, FindingRelapsed.NAME, FindingWithdrawn.NAME, ORDERED)
"""What a reader of an order must know that came after it."""


@dataclass(frozen=True)
class OrderPaper:
    """An order to rectify as it was issued, by the names of its day. ``number``: of the order, empty while it has none;
    ``later``: what a reader must know that came after it, the oldest first."""

    finding_number: str
    found_on: date
    description: str
    severity: str
    unit_name: str
    village_name: str
    number: str
    measures: str
    ordered_on: date
    due_on: date
    office: str
    signer: str
    later: tuple[HistoryStep, ...]


@dataclass(frozen=True)
class GroupPoints:
    """A group of the scheme and what its lines came to, with two decimals."""

    code: str
    title: Text
    points: str


@dataclass(frozen=True)
class ResultPaper:
    """The result of a pairing. ``run_no`` and ``published_on``: empty and ``None`` where it is provisional."""

    pairing: Paired
    year: int
    run_no: str
    published_on: date | None
    groups: tuple[GroupPoints, ...]
    total: str
    grade_name: Text


@question("/findings/{key}/order", EVERYBODY, on=FINDING)
def show_order_paper(asker: Asker, *, key: Key, round: Annotated[int, Whole(0, 1000)] | None) -> OrderPaper:
    """The order of a round, the last where none is stated."""
    wanted = trail.TrailFilter(
        names=[RAISED, *LATER], thing_kind="finding_id", thing=key, known_at=asker.known_at
    )
    rows = trail.page(asker.connection, wanted, limit=1000)[::-1]
    orders = [row for row in rows if row.name == ORDERED]
    number = len(orders) if round is None else round
    if not 1 <= number <= len(orders):
        raise Unknown("order", key)
    raised, order = rows[0].data, orders[number - 1]
    # By the names of its day, as they were known when it was ordered.
    names = Names(asker.connection, order.position)
    owner = FINDING.owner(asker.look, key)
    return OrderPaper(
        finding_number=raised["number"],
        found_on=date.fromisoformat(raised["found_on"]),
        description=raised["description"],
        severity=raised["severity"],
        unit_name=names.units(order.occurred_on).get(owner.branch, owner.branch),
        village_name=names.villages(order.occurred_on, among=()).get(owner.village, owner.village),
        number=order.data["document_no"] or _issued_number(asker, key, order.version),
        measures=order.data["measures"],
        ordered_on=date.fromisoformat(order.data["ordered_on"]),
        due_on=date.fromisoformat(order.data["due_on"]),
        office=order.office,
        signer=order.actor,
        later=steps_of(asker, (row for row in rows if row.name in LATER and row.position > order.position)),
    )


def _issued_number(asker: Asker, finding_id: str, place: int) -> str:
    """The number of the document that was issued of an order, by the order's place in its stream; empty while none was."""
    issued = FINDING_DOCUMENTS.state(asker.look, finding_id).issued
    return next(
        (each.number for each in reversed(issued) if each.paper is Paper.ORDER and each.place == place), ""
    )


@question("/pairings/{key}/result", EVERYBODY, on=PAIRING)
def show_result_paper(asker: Asker, *, key: Key, year: Year, provisional: Ticked) -> ResultPaper:
    """The result of a pairing in the published run that stands; before any is public, or where it is asked for, as computed."""
    scoring, connection = asker.look.system.scoring, asker.connection
    if provisional:
        stands = computed_results(scoring, connection, year, asker.known_at)
    else:
        stands = standing_results(scoring, connection, year, asker.known_at, asker.newest)
    each, run = stands.of(key), stands.run
    on = None if run is None else run.published_on
    named = next(
        row for row in pairing_rows(connection, year, asker.known_at, on=on) if row.pairing_id == key
    )
    return ResultPaper(
        pairing=Paired(key, named.unit_name, named.name),
        year=year,
        run_no="" if run is None else run.run_no,
        published_on=on,
        groups=tuple(
            GroupPoints(group.group.code, group.group.title, two_decimals(group.hundredths))
            for group in each.result.sheet.groups
        ),
        total=two_decimals(each.result.sheet.total),
        grade_name=each.label,
    )
