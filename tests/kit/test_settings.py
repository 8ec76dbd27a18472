"""Which settings a process takes when nobody names them: those that leave nothing open."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


def ask(code: str, **environment: str) -> str:
    """Return what a fresh process prints, without the settings of this one."""
    unset = {"DJANGO_SETTINGS_MODULE", "DATABASE_URL", "REDIS_URL", "DEMO", "SECRET_KEY"}
    inherited = {name: value for name, value in os.environ.items() if name not in unset}
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, env=inherited | environment, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


@pytest.mark.parametrize("entry", ["wsgi", "asgi", "celery"])
def test_an_entry_point_takes_the_settings_of_production(entry: str) -> None:
    code = f"import governance.config.{entry}; from django.conf import settings; print(settings.SETTINGS_MODULE)"
    assert ask(code, SECRET_KEY="x") == "governance.config.settings.base"


@pytest.mark.parametrize(
    ("environment", "demo"),
    [
        ({}, "True"),
        ({"DATABASE_URL": "postgres://portal.example/portal"}, "False"),
        ({"DATABASE_URL": "postgres://portal.example/portal", "DEMO": "1"}, "True"),
        ({"DEMO": "0"}, "False"),
    ],
)
def test_demonstration_data_go_into_the_private_database_alone(
    environment: dict[str, str], demo: str, tmp_path: Path
) -> None:
    named = {"DJANGO_SETTINGS_MODULE": "governance.config.settings.dev", "PORTAL_STATE": str(tmp_path)}
    assert ask("from django.conf import settings; print(settings.DEMO)", **named, **environment) == demo
