"""The pairings of a year, and the score sheet of one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from application.actor import EVERYBODY, Owner
from application.question import Asker, Limit, Listing, question
from application.questions.results.standing import standing_results
from application.reading import Fault, FaultCode, Malformed
from application.things import PAIRING
from domain.assessment.scheme.points import two_decimals
from domain.assessment.scheme.text import Text
from domain.kernel.values import Key, PairingKey, Year
from projections.figures.overview import pairing_rows


@dataclass(frozen=True)
class PairingOfYear:
    """A pairing of a year, with the names of the year's last day."""

    pairing_id: str
    branch: str
    unit_name: str
    village: str
    village_name: str
    township: str
    started_on: date
    ended_on: date | None
    agreement_no: str


@question("/pairings")
def list_pairings(
    asker: Asker, *, year: Year, after: PairingKey | None, limit: Limit | None
) -> Listing[PairingOfYear]:
    """The pairings of a year, by id; a clerk sees the own ones."""
    rows = (
        PairingOfYear(
            pairing_id=row.pairing_id,
            branch=row.branch,
            unit_name=row.unit_name,
            village=row.village,
            village_name=row.name,
            township=row.township,
            started_on=row.started_on,
            ended_on=row.ended_on,
            agreement_no=row.agreement_no,
        )
        for row in pairing_rows(asker.connection, year, asker.known_at)
        if asker.sees(Owner(row.branch, row.village))
    )
    return Listing.by_key(rows, lambda row: row.pairing_id, after, limit)


@dataclass(frozen=True)
class SheetLine:
    """An indicator's line. ``points`` and ``most`` with two decimals, ``None`` where it does not apply or has no limit;
    ``because``: how the points came about; ``records``: the events behind it, by their position in the log."""

    indicator: str
    title: Text
    clause: str
    points: str | None
    most: str | None
    because: Text
    records: tuple[int, ...]


@dataclass(frozen=True)
class ScoreSheet:
    """A pairing's sheet of a year: of the published ``run``, or provisional where ``run`` is ``None``."""

    pairing_id: str
    year: int
    run: str | None
    total: str
    grade: str
    grade_name: Text
    vetoed: bool
    lines: tuple[SheetLine, ...]
    rests_on: int


@question("/pairings/{key}/score-sheet", EVERYBODY, on=PAIRING)
def show_score_sheet(asker: Asker, *, key: Key, year: Year) -> ScoreSheet:
    """The sheet that stands: of the published run, before any is public as computed now."""
    system, connection = asker.look.system, asker.connection
    stands = standing_results(system.scoring, connection, year, asker.known_at, system.runner.position())
    if key not in stands.by_pairing:
        said = f"该结对在 {year} 年没有一天结对", f"it was paired on no day of {year}"
        raise Malformed({"year": Fault(FaultCode.NOT_THERE, *said)})
    mine = stands.of(key)
    told = system.scoring.explain_sheet(connection, year, key, stands.at)
    return ScoreSheet(
        pairing_id=key,
        year=year,
        run=stands.run.run_no if stands.run is not None else None,
        total=two_decimals(mine.result.sheet.total),
        grade=mine.grade,
        grade_name=mine.label,
        vetoed=mine.result.sheet.vetoed,
        lines=tuple(
            SheetLine(
                indicator=code,
                title=line.indicator.title,
                clause=line.clause_number,
                points=two_decimals(line.line.final) if line.line.final is not None else None,
                most=f"{float(line.indicator.most):.2f}" if line.indicator.most is not None else None,
                because=line.because,
                records=tuple(fact.position for fact in line.used),
            )
            for code, line in told.lines.items()
        ),
        rests_on=stands.at,
    )
