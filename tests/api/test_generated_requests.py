"""Every operation of the API's own description, asked with what follows from it and with what goes against it.

`SCHEMATHESIS_EXAMPLES=200` asks that many times each; the one of the usual run is always the same.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
import schemathesis
from django.urls import reverse
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from governance.kit.openapi import KeptSchemaGenerator
from tests.api.asking import EXAMPLES, failures, faults, portal, undone
from tests.api.planted import ALL, Planted, public_at, text_of_question

ENDPOINTS = {reverse(f"api:{listing.name}-list").split("/")[3]: listing for listing in ALL}
GROUPS = sorted({"attainments", *ENDPOINTS})
CHECKS = [not_a_server_error, response_schema_conformance, content_type_conformance]
OPTIONS = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


@cache
def described() -> dict[str, list[Any]]:
    """Return the operations of the description by their endpoint."""
    document = json.loads(json.dumps(KeptSchemaGenerator().get_schema(public=True), default=str))
    schema = schemathesis.openapi.from_dict(document, config=SchemathesisConfig())
    found: dict[str, list[Any]] = {}
    for result in schema.get_all_operations():
        operation = result.ok()
        found.setdefault(operation.path.split("/")[3], []).append(operation)
    return found


def test_every_operation_is_asked() -> None:
    assert set(described()) == set(GROUPS)


@st.composite
def cases(draw: Callable[[Any], Any], operation: Any, mode: GenerationMode, planted: Planted) -> Any:
    """Draw a request; mostly about a record that there is, with a body that is mostly right."""
    case = draw(operation.as_strategy(generation_mode=mode))
    listing = ENDPOINTS.get(operation.path.split("/")[3])
    if listing is None:
        return case
    keys = [planted.inside[listing.name], planted.outside[listing.name]]
    for name in case.path_parameters or {}:
        key = draw(st.sampled_from([keys[0], keys[0], keys[1], None]))
        if key is not None:
            case.path_parameters[name] = str(key)
    bodies = [*planted.payloads.get(listing.name, ()), None]
    base = draw(st.sampled_from(bodies))
    if base and isinstance(case.body, dict) and "{" not in operation.path.split("}")[-1]:
        kept = draw(st.sets(st.sampled_from(sorted(case.body, key=str)), max_size=2)) if case.body else set()
        case.body = {**base, **{name: case.body[name] for name in kept}}
    return case


def ask_all(operation: Any, mode: GenerationMode, planted: Planted) -> str | None:
    """Ask what one operation is asked; return the first wrong answer."""
    found: list[str] = []
    headers = {"Authorization": f"Bearer {planted.clerk}"}

    @OPTIONS
    @given(case=cases(operation, mode, planted))
    def ask(case: Any) -> None:
        with failures() as failed, undone():
            response = case.call(app=portal(), headers=headers)
        question = text_of_question(str(response.request.url), case.body) + str(case.headers)
        wrong = [*faults(response, public_at(operation.path, planted), question), *failed[-1:]]
        if not wrong:
            try:
                case.validate_response(response, checks=CHECKS)
            except FailureGroup as group:
                wrong = [str(each) for each in group.exceptions]
        if wrong:
            found.append(
                f"{operation.label}: {response.request.url} {case.body}\n{response.status_code} {wrong}"[:6000]
            )

    try:
        ask()
    except Unsatisfiable:
        assert mode is GenerationMode.NEGATIVE, f"nothing can be asked of {operation.label}"
    return found[0] if found else None


@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=lambda mode: mode.value)
@pytest.mark.parametrize("group", GROUPS)
def test_every_answer_is_one_and_tells_of_the_street_alone(
    group: str, mode: GenerationMode, db: None, planted: Planted
) -> None:
    wrong = [found for operation in described()[group] if (found := ask_all(operation, mode, planted))]
    assert not wrong, "\n\n".join(wrong)
