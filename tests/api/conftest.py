"""The planted rows, and the API as a server would be asked."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.signals import request_finished, request_started
from django.db import close_old_connections
from django.test import override_settings

from tests.api.planted import Planted, plant
from tests.contracts.conftest import everybody
from tests.stage import staged

__all__ = ["everybody"]


@pytest.fixture(scope="package")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where planted files are."""
    return tmp_path_factory.mktemp("private")


@pytest.fixture(autouse=True)
def private_root(settings: Any, folder: Path) -> None:
    """The planted files are where they were put."""
    settings.PRIVATE_ROOT = str(folder)


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """A request neither opens nor closes the connection on which the planted rows are."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="package")
def planted(django_db_setup: None, django_db_blocker: Any, folder: Path) -> Iterator[Planted]:
    """What all tests of this folder ask about, made once."""
    with override_settings(PRIVATE_ROOT=str(folder)), staged(django_db_blocker, plant) as made:
        yield made
