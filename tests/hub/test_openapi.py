"""The API as it describes itself, fuzzed against the running service: nothing fails on our side, every answer is one that is described."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import checks
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from autograder.hub import api, openapi
from autograder.hub.section import TYPES
from autograder.hub.service import SECTIONS
from autograder.model import Role, TeamRule
from tests.hub.conftest import COURSE, HubOfTests, release_of

EVERY = (*api.CALLS, api.SUBMIT, *(call for section in SECTIONS for call in section.calls))
DOCUMENT = openapi.document("a course", "1", "/", EVERY)
OPERATIONS = [(method, path) for path, methods in DOCUMENT["paths"].items() for method in methods]
EXAMPLES = 12


def test_every_type_of_a_call_is_described() -> None:
    assert set(openapi.KINDS) == set(TYPES)
    assert {kind.removesuffix("?") for call in EVERY for kind in (*call.body.values(), *call.query.values())} <= set(TYPES)


def test_every_call_stands_in_the_document_once() -> None:
    assert len(OPERATIONS) == len(EVERY)
    assert not [path for _, path in OPERATIONS if re.search(r"[()?<>\\]", path)]


def test_only_members_read_the_description(hub: HubOfTests) -> None:
    for name in ("ann", "tina", "ivy"):
        assert hub.person(name).course("GET", "openapi.json")["openapi"] == "3.1.0"
    with urllib.request.urlopen(f"{hub.url}hub/health") as up:
        assert up.status == 200
    with pytest.raises(urllib.error.HTTPError, match="401"):
        urllib.request.urlopen(f"{hub.url}services/course/api/openapi.json")


@pytest.fixture(scope="module")
def slug(hub: HubOfTests) -> str:
    """An assignment for the fuzzer alone."""
    hub.book.publish(
        COURSE, "fuzzed", title="Fuzzed", opens=datetime(2026, 1, 1, tzinfo=UTC), due=None, pairs_lock=None,
        team=TeamRule(), version="1", archive=release_of("fuzzed"), points=10, actor="ivy",
    )  # fmt: skip
    return "fuzzed"


@pytest.fixture(autouse=True)
def english(hub: HubOfTests) -> Iterator[None]:
    """What the fuzzer chose is not what other tests read, and whom it removes is nobody of theirs."""
    hub.book.enrol(COURSE, "fuzz", Role.STUDENT, name="Fuzz", actor="setup")
    yield
    hub.book.unenrol(COURSE, "fuzz", actor="setup")
    for name in ("ann", "ivy"):
        hub.book.choose_language(name, "en")


@pytest.mark.parametrize("name", ["ann", "ivy"])
@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=[f"{method} {path}" for method, path in OPERATIONS])
def test_every_answer_is_one_that_the_description_names(hub: HubOfTests, slug: str, method: str, path: str, name: str) -> None:
    person = hub.person(name)
    document = {**DOCUMENT, "paths": {path: {method: _about(DOCUMENT["paths"][path][method], slug)}}}
    operation = schemathesis.openapi.from_dict(document)[path][method.upper()]

    @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy())
    def fuzz(case: Any) -> None:
        response = case.call(base_url=f"{hub.url}services/course/api", headers={"Authorization": f"token {person.token}"})
        assert response.status_code != 401  # the token is good: what is tried is the call
        case.validate_response(
            response,
            checks=[checks.not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance],
        )

    fuzz()


def _about(operation: dict[str, Any], slug: str) -> dict[str, Any]:
    """The operation with an assignment that is there, now and then one that is not."""
    known = {"slug": [slug, "nosuch"], "username": ["fuzz", "nobody"], "team": ["team-00001", "x"]}
    parameters = [
        {**one, "schema": {"enum": known[one["name"]]}} if one["name"] in known and one["in"] == "path" else one
        for one in operation["parameters"]
    ]
    return {**operation, "parameters": parameters}


Publish = Callable[..., str]
