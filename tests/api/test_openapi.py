"""The description of the API is valid, whole, in both languages, and its examples are what is accepted."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import OpenAPIV31SpecValidator

from application.acting import NAMES
from interface.api.openapi import description_of_api
from interface.api.problems import STATUS
from tests.kit.scripts import Api, Script
from tests.kit.wording import is_chinese


@pytest.fixture(scope="module")
def described() -> dict[str, Any]:
    return description_of_api("/api/v1")


def operations(described: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in described["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_a_public_validator_finds_nothing_wrong(described: dict[str, Any]) -> None:
    assert [str(error) for error in OpenAPIV31SpecValidator(described).iter_errors()] == []


def test_every_verb_and_every_question_is_described_once(described: dict[str, Any]) -> None:
    names = [operation["operationId"] for _, _, operation in operations(described)]
    assert sorted(names) == sorted(NAMES)


def test_everything_is_said_in_both_languages(described: dict[str, Any]) -> None:
    for path, method, operation in operations(described):
        assert is_chinese(operation["summary"]) and " / " in operation["summary"], (path, method)
        body = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
        fields = body.get("schema", {}).get("properties", {}).values()
        for said in [*(each["description"] for each in (*fields, *operation["parameters"]))]:
            zh, _, en = said.partition(" / ")
            assert is_chinese(zh) and re.search("[A-Za-z]", en), (path, said)


def test_every_example_is_one_of_its_schema(described: dict[str, Any]) -> None:
    for path, _, operation in operations(described):
        content = operation.get("requestBody", {}).get("content", {}).get("application/json")
        if content is not None:
            schema = {**content["schema"], "components": described["components"]}
            assert not list(Draft202012Validator(schema).iter_errors(content["example"])), path


def test_every_problem_that_is_answered_is_described(described: dict[str, Any]) -> None:
    for _, method, operation in operations(described):
        statuses = {int(each) for each in operation["responses"] if int(each) >= 400}
        assert statuses <= set(STATUS.values())
        assert (method == "get") or statuses == set(STATUS.values()) - {405}


def test_answers_are_what_is_described(api: Api, described: dict[str, Any]) -> None:
    script = api.script("shenji")
    assert Script(api.server, None).get("/openapi.json").json() == described
    asked = {
        "list_findings": ("/findings", {"year": 2025}),
        "show_finding": (f"/findings/{script.get('/findings').json()['rows'][0]['finding_id']}", {}),
        "list_pairings": ("/pairings", {"year": 2025}),
        "show_pairing": ("/pairings/pr-c4ff21d149cd18d1", {"year": 2025}),
        "show_score_sheet": ("/pairings/pr-c4ff21d149cd18d1/score-sheet", {"year": 2025}),
        "list_late_entries": ("/late-entries", {"year": 2025}),
        "list_scores": ("/scores", {"year": 2025}),
        "show_matrix": ("/score-matrix", {"year": 2025}),
        "show_overview": ("/overview", {"year": 2025}),
        "list_duties": ("/duties", {}),
        "list_schemes": ("/schemes", {}),
        "show_scheme": ("/schemes/2025", {}),
        "list_notices": ("/notices", {}),
        "list_numbered": ("/numbers", {"number": "WT2025-001"}),
        "show_trend": ("/trend", {}),
        "list_runs": ("/runs", {"year": 2025}),
        "list_trail": ("/trail", {}),
        "show_own_account": ("/own-account", {}),
        "show_comparison": ("/comparison", {"first": "3000", "second": "2199-01-01", "year": 2025}),
        "show_trail_facets": ("/trail/facets", {}),
        "show_event": ("/events/9", {}),
        "list_units": ("/units", {}),
        "list_villages": ("/villages", {}),
        "list_accesses": ("/accesses", {}),
    }
    for _, _, operation in operations(described):
        path, query = asked.get(operation["operationId"], ("", {}))
        if path:
            answer = script.get(path, **query)
            assert answer.status_code == 200
            schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
            whole = {**schema, "components": described["components"]}
            assert list(Draft202012Validator(whole).iter_errors(answer.json())) == []
