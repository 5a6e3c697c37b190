"""Pairings begun, replaced, renewed and ended outside a ledger; one at a time with imports, since both look up who is paired."""

from __future__ import annotations

from datetime import date, timedelta

from application.eventlog import Batch
from application.ledgers.matching.known import read_parties
from application.ledgers.one_at_a_time import alone
from application.system import Services, System
from domain.kernel.decisions import demand
from domain.kernel.recorded import By
from domain.pairing import clauses
from projections.boards.registry import name_book


def start_pairing(system: System, branch: str, village: str, *, started_on: date, by: By) -> str:
    """Pair a unit with a village; the pairing's id. ``Rejected`` where they are paired on that day or later already."""
    with alone(system):
        return _start(system, system.services, branch, village, started_on, by)


def replace_pairing(
    system: System, pairing_id: str, branch: str, *, replaced_on: date, because: str, by: By
) -> str:
    """Let another unit take the village over from a day on; the id of its pairing. The former ends the day before."""
    with alone(system):
        batch = Batch(system.log)
        services = system.services_on(batch)
        with batch.row():
            services.pairings.end_pairing(
                pairing_id,
                ended_on=replaced_on - timedelta(days=1),
                because=because,
                today=system.today(),
                by=by,
            )
            with system.reading() as connection:
                names = name_book(connection)
            village = names.standing(services.pairings.pairing(pairing_id).village, replaced_on)
            started = _start(system, services, branch, village, replaced_on, by)
        batch.finish()
        return started


def _start(system: System, services: Services, branch: str, village: str, started_on: date, by: By) -> str:
    today = system.today()
    services.registry.branch(branch).demand_there(started_on, today)
    services.registry.village(village).demand_there(started_on, today)
    with system.reading() as connection:
        known = read_parties(connection).goes_on([branch], [village], started_on)
    demand(known is None, clauses.PAIRED_ONCE, known.pairing_id if known else "")
    return services.pairings.start_pairing(
        branch=branch, village=village, started_on=started_on, today=today, by=by
    )
