"""Asking the portal as its server does, each time as if it were the first, and what no answer may be."""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import got_request_exception
from django.db import transaction
from django.test import Client

from tests.api.planted import Planted, foreign_in, public_at, text_of_question

EXAMPLES = int(os.environ.get("SCHEMATHESIS_EXAMPLES", "1"))  # of generated requests for each operation and side
THOROUGH = EXAMPLES > 10


@cache
def portal() -> WSGIHandler:
    """The portal, with its middleware."""
    return WSGIHandler()


@contextmanager
def undone() -> Iterator[None]:
    """Take back what a request has written."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def failures() -> Iterator[list[str]]:
    """Collect what the portal could not answer."""
    found: list[str] = []

    def remember(**_named: Any) -> None:
        found.append(traceback.format_exc())

    got_request_exception.connect(remember)
    try:
        yield found
    finally:
        got_request_exception.disconnect(remember)


class Asker:
    """Somebody with a token."""

    def __init__(self, planted: Planted) -> None:
        self.planted, self.headers = planted, {"authorization": f"Bearer {planted.clerk}"}
        self.client, self.wrong = Client(raise_request_exception=False), list[str]()

    def ask(
        self, method: str, path: str, body: bytes | str = b"", *, kind: str = "application/json", **headers: str
    ) -> Any:
        """Ask, look at the answer and return it; what was written is taken back."""
        where, _mark, query = path.partition("?")
        text = body if isinstance(body, str) else body.decode(errors="replace")
        with failures() as failed, undone():
            response = self.client.generic(
                method, where, body, kind, headers=self.headers | headers, QUERY_STRING=query
            )
        asked = f"{text_of_question(path, text)} {headers}"
        wrong = [*faults(response, public_at(path, self.planted), asked), *failed[-1:]]
        if wrong:
            self.wrong.append(f"{method} {path[:300]} {text[:600]} {kind} {headers}\n{wrong}"[:6000])
        return response


def faults(response: Any, public: frozenset[str], asked: str) -> list[str]:
    """Return what is wrong with an answer: a fault of the program, or a word about somewhere else."""
    foreign = foreign_in(f"{response.content.decode()} {response.headers}", asked) - public
    fault = [f"status {response.status_code}"] if response.status_code >= 500 else []
    return [*fault, *([f"tells of {sorted(foreign)}"] if foreign else [])]
