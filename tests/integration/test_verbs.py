"""A verb, from what somebody states to the event: whose thing it is, what is looked up, and what refuses it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from application.actors.actor import Actor
from application.look import Look, look_of
from application.question import ask
from application.questions.answers.duties.duty import DutyKind
from application.questions.answers.duties.listing import list_duties
from application.system import System
from application.things import FINDING, SLIP
from application.verb import Verb, perform
from application.verbs import VERBS
from application.verbs.accounts import disable_account, enable_account, grant_role
from application.verbs.supervision import (
    acknowledge_order,
    correct_slip,
    grant_extension,
    issue_slip,
    order_rectification,
    raise_finding,
    strike_step,
    submit_rectification,
)
from domain.account.role import Role
from domain.kernel.errors import Forbidden, Rejected, Unknown
from domain.kernel.values import Key
from domain.supervision import clauses
from domain.supervision.finding import Finding
from domain.supervision.finding_history import Status
from interface.demo.accounts import record_demo_accounts
from tests.kit.acts import CLERK, act, use_as
from tests.kit.demo_ids import BRANCH, PAIRING, VILLAGE_ID
from tests.kit.prepared import prepared

FOUND: dict[str, object] = {
    "number": "WT2025-901",
    "pairing_id": PAIRING,
    "found_on": "2025-05-06",
    "method": "covert_visit",
    "inspector": "甲督衡",
    "description": "记录缺页",
    "finding_type": "record_keeping",
    "severity": "minor",
}
ORDER: dict[str, object] = {
    "ordered_on": "2025-05-07",
    "due_on": "2025-06-07",
    "document_no": "联督〔2025〕901号",
    "measures": "补齐记录",
}


def actor(role: Role, branch: str = "", village: str = "") -> Actor:
    return Actor(
        username=role.value,
        person="",
        display_name="",
        office="县联建办",
        role=role,
        branch=branch,
        village=village,
    )


SUPERVISOR, OWN_CLERK = actor(Role.SUPERVISOR), actor(Role.BRANCH_CLERK, branch=BRANCH)


@pytest.fixture
def system(tmp_path: Path) -> Iterator[System]:
    system = prepared(tmp_path)
    yield system
    system.close()


def test_a_finding_is_begun_with_what_is_looked_up_and_its_number_is_claimed(system: System) -> None:
    outcome = use_as(system, SUPERVISOR, raise_finding, **FOUND)
    raised = FINDING.state(look_of(system), outcome.key).raised
    assert raised is not None and outcome.events == [raised]
    assert (raised.finding_id, raised.branch, raised.village) == (outcome.key, BRANCH, VILLAGE_ID)
    with pytest.raises(Rejected):
        use_as(system, SUPERVISOR, raise_finding, **FOUND)


def test_a_verb_is_used_by_its_roles_on_what_is_their_own(system: System) -> None:
    finding_id = use_as(system, SUPERVISOR, raise_finding, **FOUND).key
    with pytest.raises(Forbidden):
        use_as(system, OWN_CLERK, order_rectification, finding_id, **ORDER)
    use_as(system, SUPERVISOR, order_rectification, finding_id, **ORDER)
    before = system.log.position()
    stranger = actor(Role.BRANCH_CLERK, branch="b-another")
    with pytest.raises(Forbidden):
        use_as(system, stranger, acknowledge_order, finding_id, acknowledged_on="2025-05-08")
    assert system.log.position() == before
    use_as(system, OWN_CLERK, acknowledge_order, finding_id, acknowledged_on="2025-05-08")
    assert FINDING.state(look_of(system), finding_id).status is Status.ACKNOWLEDGED


def test_an_order_is_handed_over_only_where_the_unit_has_no_account_to_sign_with(system: System) -> None:
    finding_id = use_as(system, SUPERVISOR, raise_finding, **FOUND).key
    use_as(system, SUPERVISOR, order_rectification, finding_id, **ORDER)

    def waits() -> DutyKind:
        stated = {"group": None, "after": None, "limit": 200, "known_at": None}
        rows = ask(system, list_duties, SUPERVISOR, "", stated).rows
        return next(each.kind for each in rows if each.key == finding_id)

    assert waits() is DutyKind.ORDER_GIVEN
    record_demo_accounts(system)
    assert waits() is DutyKind.ORDER_SENT
    act(system, disable_account, "danwei", because="已调离")
    assert waits() is DutyKind.ORDER_GIVEN, "nobody is left to sign"
    act(system, enable_account, "danwei", because="已调回")
    act(system, grant_role, "danwei", role="branch_clerk")
    assert waits() is DutyKind.ORDER_SENT
    use_as(system, OWN_CLERK, acknowledge_order, finding_id, acknowledged_on="2025-05-08")
    finding = FINDING.state(look_of(system), finding_id)
    assert finding.served_on == date(2025, 5, 8) and waits() is DutyKind.ORDER_ACKNOWLEDGED


@pytest.mark.parametrize("verb", [order_rectification, submit_rectification], ids=lambda verb: verb.name)
def test_nobody_acts_on_what_there_is_not(system: System, verb: Verb[Any, Any]) -> None:
    stated: dict[str, object] = ORDER if verb is order_rectification else {"account": "已补"}
    with pytest.raises(Unknown):
        use_as(system, SUPERVISOR, verb, "f-none", **stated)


def test_a_thing_is_begun_only_within_what_there_is(system: System) -> None:
    with pytest.raises(Unknown):
        use_as(system, SUPERVISOR, raise_finding, **{**FOUND, "pairing_id": "pr-none"})


def test_the_guard_says_why_a_step_cannot_be_taken_yet(system: System) -> None:
    finding_id = use_as(system, SUPERVISOR, raise_finding, **FOUND).key
    finding = FINDING.state(look_of(system), finding_id)
    refused = submit_rectification.guard(finding)
    assert refused is not None and refused.clause is clauses.ORDERED_FIRST
    assert order_rectification.guard(finding) is None


def test_what_a_step_names_must_be_of_this_thing(system: System) -> None:
    finding_id = use_as(system, SUPERVISOR, raise_finding, **FOUND).key
    with pytest.raises(Unknown):
        use_as(system, actor(Role.ASSESSOR), strike_step, finding_id, record="1", because="不合程序")


def test_a_look_up_on_the_thing_itself(system: System) -> None:
    slip_id = use_as(
        system, SUPERVISOR, issue_slip, pairing_id=PAIRING, colour="blue", issued_on="2025-05-06"
    ).key
    use_as(system, SUPERVISOR, correct_slip, slip_id, colour="red", issued_on="2025-05-07", because="填错")
    issued = SLIP.state(look_of(system), slip_id).issued
    assert issued is not None and issued.issued_on == date(2025, 5, 7)


def test_trusted_code_states_every_parameter_and_is_typed(system: System) -> None:
    finding_id = use_as(system, SUPERVISOR, raise_finding, **FOUND).key
    perform(
        look_of(system),
        order_rectification,
        finding_id,
        CLERK,
        ordered_on=date(2025, 5, 7),
        due_on=date(2025, 6, 7),
        document_no="",
        measures="补齐",
        today=date(2026, 1, 1),
    )
    assert FINDING.state(look_of(system), finding_id).due_on == date(2025, 6, 7)


def test_a_form_proposes_what_was_asked_for(system: System) -> None:
    assert grant_extension.proposes is not None
    asked = Finding(extension_wanted=date(2025, 7, 1))
    assert grant_extension.proposes(asked) == {"due_on": date(2025, 7, 1)}


def test_a_look_up_of_another_type_does_not_start() -> None:
    def span_as_text(_: Look, *, key: Key) -> str:
        return key

    with pytest.raises(TypeError, match="within"):
        Verb(SLIP, correct_slip.decision, SUPERVISORS, given={"within": span_as_text})


def test_a_parameter_that_nobody_answers_does_not_start() -> None:
    with pytest.raises(TypeError, match="within"):
        Verb(SLIP, correct_slip.decision, SUPERVISORS)


SUPERVISORS = frozenset({Role.SUPERVISOR})


@pytest.mark.parametrize("verb", VERBS.values(), ids=lambda verb: verb.name)
def test_every_verb_is_spelt_like_its_decision_and_has_roles(verb: Verb[Any, Any]) -> None:
    assert VERBS[verb.called or verb.decision.__name__] is verb
    assert verb.roles and verb.roles <= frozenset(Role)
