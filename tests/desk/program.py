"""The Celery program of test workers: the portal's own, with jobs that tests can watch and kill."""

from __future__ import annotations

import os
import time
from typing import Any

from celery import Celery
from django.conf import settings

from governance.config.celery import app
from governance.kit.errors import DomainError
from governance.kit.jobs import Progress, job

__all__ = ["app"]

if "CELERY_BROKER" in os.environ:
    app.conf.broker_url = os.environ["CELERY_BROKER"]
assert isinstance(app, Celery)
assert settings.configured


@job("tests.count")
def count(progress: Progress, *, by: Any, to: int, pause: float = 0) -> dict[str, Any]:
    """Count slowly."""
    for number in range(1, to + 1):
        progress("数数", number, to)
        time.sleep(pause)
    return {"added": to}


@job("tests.refuse")
def refuse(progress: Progress, *, by: Any) -> dict[str, Any]:
    """Break a rule."""
    raise DomainError("规则不允许")


@job("tests.break")
def fall_over(progress: Progress, *, by: Any) -> dict[str, Any]:
    """Fail as a program does."""
    raise RuntimeError("a fault of the program with a secret in it")
