"""The requests in `docs/partners.md` are sent in their order, and answered as it says.

What differs each time, a key, a moment, a token, stands in the document as an example: it is learnt from the answer and
put into the requests that follow.
"""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.hashers import make_password
from django.test import Client

from governance.accounts.models import PartnerClient
from governance.regions.models import Facility
from tests.factories import make_partner
from tests.factories.places import Tree

DOCUMENT = Path(__file__).parents[2] / "docs" / "partners.md"
DIFFERING = ("id", "changed_at", "access_token")


def blocks() -> list[tuple[str, dict[str, str], str]]:
    """Return the first line, the headers and the body of each block."""
    found = []
    for text in re.findall(r"^```http\n(.*?)^```$", DOCUMENT.read_text(encoding="utf-8"), re.M | re.S):
        head, _blank, body = text.strip().partition("\n\n")
        first, *headers = head.split("\n")
        found.append((first, dict(line.split(": ", 1) for line in headers), body))
    return found


def learnt(expected: Any, given: Any, known: dict[str, str]) -> Any:
    """Return the answer with the examples of the document in the place of what differs each time."""
    if isinstance(expected, dict) and isinstance(given, dict):
        for name in set(DIFFERING) & set(expected) & set(given):
            known[str(expected[name])] = str(given[name])
        return {
            name: expected[name] if name in DIFFERING and name in expected else learnt(expected.get(name), value, known)
            for name, value in given.items()
        }
    if isinstance(expected, list) and isinstance(given, list):
        return [learnt(one, other, known) for one, other in zip(expected, given, strict=False)] + given[len(expected) :]
    return given


def send(first: str, headers: dict[str, str], body: str, known: dict[str, str]) -> Any:
    """Send what a block asks for."""
    text = "\n".join([first, *(f"{name}: {value}" for name, value in headers.items()), "", body])
    examples = "|".join(rf"(?<!\w){re.escape(example)}(?!\w)" for example in known)
    text = re.sub(examples, lambda found: known[found[0]], text) if known else text
    head, _blank, body = text.partition("\n\n")
    first, *lines = head.split("\n")
    method, address = first.split(" ")
    given = dict(line.split(": ", 1) for line in lines)
    kind = given.pop("Content-Type", "application/json")
    return Client(headers=given).generic(method, address, body, content_type=kind)


@pytest.fixture
def street(tree: Tree) -> Tree:
    """The street of the document: one facility, and the partner system with its credentials."""
    Facility.objects.create(
        region=tree.community, kind="social_work_room", name="铁西社会工作室", since=date(2022, 5, 18),
        floor_area=Decimal("80.00"),
    )  # fmt: skip
    client, _token = make_partner(tree.street, ["view", "add", "change", "delete"])
    secret = make_password("demo-partner-secret")
    PartnerClient.objects.filter(pk=client.pk).update(client_id="demo-partner", client_secret=secret)
    return tree


def test_the_examples_are_true(street: Tree) -> None:
    pairs = list(zip(blocks()[::2], blocks()[1::2], strict=True))
    assert len(pairs) >= 8
    known: dict[str, str] = {}
    for (first, headers, body), (status, _headers, expected) in pairs:
        answer = send(first, headers, body, known)
        told = json.loads(expected) if expected else None
        given = learnt(told, json.loads(answer.content), known) if answer.content else None
        assert (f"HTTP/1.1 {answer.status_code}", given) == (status, told), first
