"""What is done with findings, slips and circulars, and by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import partial

from application.claims.document import number_claimed, under_number
from application.claims.number import number_freed, number_taken
from application.eventlog.pending import Claim
from application.look import Look
from application.look_ups import branch_of_pairing, span_of_pairing, village_of_pairing
from application.things import CIRCULAR, FINDING, PAIRING, SLIP
from application.verb import Verb
from domain.account.role import Role
from domain.burden.events import Burden
from domain.document.register import StatedNumber
from domain.kernel.span import Span
from domain.kernel.values import Key, OptionalLine, Position
from domain.registry.events import DocumentKind, NumberedThing
from domain.supervision.finding import Finding, Number
from domain.supervision.measure import Circular, Slip

_SUPERVISOR = frozenset({Role.SUPERVISOR})
_CLERK = frozenset({Role.BRANCH_CLERK})
_OF_PAIRING = {
    "branch": branch_of_pairing,
    "village": village_of_pairing,
    "within": span_of_pairing,
}
_PAIRED = ("pairing_id", PAIRING)


def _finding_number(look: Look, *, number: Number, found_on: date, key: Key) -> Sequence[Claim]:
    voided = number_freed(look, FINDING, NumberedThing.FINDING, found_on.year, number)
    return number_taken(NumberedThing.FINDING, found_on.year, number, key, voided=voided)


def _order_number(look: Look, *, document_no: OptionalLine, ordered_on: date, key: Key) -> Sequence[Claim]:
    """The document may cover several findings of the branch, until it is issued."""
    branch = FINDING.owner(look, key).branch
    claims = number_claimed(document_no, DocumentKind.ORDER, party=branch, dated_on=ordered_on, reference=key)
    if not claims:
        return []
    return [*claims, under_number(document_no, partial(StatedNumber.cover_more, number=document_no))]


def _circular_number(_: Look, *, document_no: OptionalLine, issued_on: date, key: Key) -> Sequence[Claim]:
    return number_claimed(document_no, DocumentKind.CIRCULAR, dated_on=issued_on, reference=key)


def _place_of_step(look: Look, *, record: Position, key: Key) -> int:
    """The place in the finding's stream of what stands at a position of the log."""
    return look.version_of(FINDING.stream(look, key), record)


def _span_of_slip(look: Look, *, key: Key) -> Span:
    return span_of_pairing(look, pairing_id=SLIP.state(look, key).correct_slip_allowed().pairing_id)


def _span_of_circular(look: Look, *, key: Key) -> Span:
    issued = CIRCULAR.state(look, key).correct_circular_allowed()
    return span_of_pairing(look, pairing_id=issued.pairing_id)


def _begun_on(look: Look) -> date:
    """The day on which the system came into use; until then, today."""
    first = next(iter(look.system.log.read(limit=1)), None)
    return first.recorded_at.astimezone(look.system.settings.zone).date() if first else look.today()


_STATED = {"begun_on": _begun_on}


def _wanted_day(finding: Finding) -> Mapping[str, object]:
    """The day that the branch asks for."""
    return {"due_on": finding.extension_wanted}


raise_finding = Verb(
    FINDING,
    Finding.raise_finding,
    _SUPERVISOR,
    given=_OF_PAIRING,
    claims=_finding_number,
    begins=True,
    within=_PAIRED,
    undone_by="withdraw_finding",
    then="order_rectification",
    takes_files=True,
    burdens=(Burden.VISITS,),
)
order_rectification = Verb(
    FINDING,
    Finding.order_rectification,
    _SUPERVISOR,
    claims=_order_number,
    irreversible=True,
    foretold=True,
    burdens=(Burden.REQUESTS,),
    bears="document_no",
)
serve_order = Verb(FINDING, Finding.serve_order, _SUPERVISOR)
remind_unit = Verb(FINDING, Finding.remind_unit, _SUPERVISOR)
acknowledge_order = Verb(FINDING, Finding.acknowledge_order, _CLERK, then="submit_rectification")
request_extension = Verb(FINDING, Finding.request_extension, _CLERK, takes_files=True)
grant_extension = Verb(FINDING, Finding.grant_extension, _SUPERVISOR, proposes=_wanted_day)
refuse_extension = Verb(FINDING, Finding.refuse_extension, _SUPERVISOR)
submit_rectification = Verb(FINDING, Finding.submit_rectification, _CLERK, takes_files=True)
return_rectification = Verb(FINDING, Finding.return_rectification, _SUPERVISOR, takes_files=True)
reinspect = Verb(
    FINDING,
    Finding.reinspect,
    _SUPERVISOR,
    then="close_finding",
    takes_files=True,
    burdens=(Burden.VISITS,),
)
close_finding = Verb(FINDING, Finding.close_finding, _SUPERVISOR)
report_relapse = Verb(
    FINDING, Finding.report_relapse, _SUPERVISOR, then="order_rectification", takes_files=True
)
withdraw_finding = Verb(FINDING, Finding.withdraw_finding, _SUPERVISOR, irreversible=True)
strike_step = Verb(
    FINDING,
    Finding.strike_step,
    frozenset({Role.ASSESSOR}),
    given={"version": _place_of_step},
    irreversible=True,
)
# What a paper ledger states about steps that were taken before anybody recorded them.
state_extension = Verb(FINDING, Finding.state_extension, _SUPERVISOR, given=_STATED, aside=True)
state_returns = Verb(FINDING, Finding.state_returns, _SUPERVISOR, given=_STATED, aside=True)
state_reinspection = Verb(FINDING, Finding.state_reinspection, _SUPERVISOR, given=_STATED, aside=True)
state_closing = Verb(FINDING, Finding.state_closing, _SUPERVISOR, given=_STATED, aside=True)
state_relapse = Verb(FINDING, Finding.state_relapse, _SUPERVISOR, given=_STATED, aside=True)
issue_slip = Verb(
    SLIP,
    Slip.issue_slip,
    _SUPERVISOR,
    given=_OF_PAIRING,
    begins=True,
    within=_PAIRED,
    undone_by="correct_slip",
    burdens=(Burden.REQUESTS,),
)
correct_slip = Verb(SLIP, Slip.correct_slip, _SUPERVISOR, given={"within": _span_of_slip})
issue_circular = Verb(
    CIRCULAR,
    Circular.issue_circular,
    _SUPERVISOR,
    given=_OF_PAIRING,
    claims=_circular_number,
    begins=True,
    within=_PAIRED,
    irreversible=True,
    burdens=(Burden.REQUESTS,),
    bears="document_no",
)
correct_circular = Verb(CIRCULAR, Circular.correct_circular, _SUPERVISOR, given={"within": _span_of_circular})
# What was entered wrongly counts nowhere, and stays readable.
void_finding = Verb(FINDING, Finding.void_finding, _SUPERVISOR, irreversible=True, aside=True)
void_slip = Verb(SLIP, Slip.void_slip, _SUPERVISOR, irreversible=True)
void_circular = Verb(CIRCULAR, Circular.void_circular, _SUPERVISOR, irreversible=True)
