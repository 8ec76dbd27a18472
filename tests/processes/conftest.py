"""A place to start and kill servers in, away from the database of the test run."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.processes.stage import Stage, stage

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that, unlike `tmp_path`, an unprivileged account can be let into."""
    folder = Path(tempfile.mkdtemp(prefix="portal-test-"))
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def here(open_folder: Path) -> Iterator[Stage]:
    """A place for the user of the test run."""
    with stage(open_folder, ordinary=False) as made:
        yield made


@pytest.fixture(params=["whoever runs the tests", pytest.param("an ordinary user", marks=as_root)])
def anyone(open_folder: Path, request: pytest.FixtureRequest) -> Iterator[Stage]:
    """A place for root, and for an ordinary user."""
    with stage(open_folder, ordinary=request.param == "an ordinary user") as made:
        yield made
