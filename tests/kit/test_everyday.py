"""What happens every second is kept out of the logs; what goes wrong is not."""

from __future__ import annotations

import logging

import pytest
from django.conf import settings

from governance.kit.everyday import Everyday


def record(level: int, *arguments: object) -> logging.LogRecord:
    return logging.LogRecord("celery.beat", level, "", 1, "%s %s", arguments, None)


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        (record(logging.INFO, "numbers up to date", "attainment.refresh"), False),
        (record(logging.INFO, {"id": "1", "name": "attainment.refresh"}), False),
        (record(logging.ERROR, {"id": "1", "name": "attainment.refresh"}), True),
        (record(logging.INFO, "all numbers anew", "attainment.nightly"), True),
        (record(logging.INFO), True),
    ],
)
def test_only_the_lines_of_everyday_tasks_are_dropped(line: logging.LogRecord, kept: bool) -> None:
    assert Everyday(["attainment.refresh"]).filter(line) is kept


def test_it_knows_every_task_that_the_beat_sends_more_than_once_a_minute() -> None:
    schedule = settings.CELERY_BEAT_SCHEDULE.values()
    often = {entry["task"] for entry in schedule if isinstance(entry["schedule"], float) and entry["schedule"] < 60}
    assert often == set(settings.LOGGING["filters"]["everyday"]["tasks"])
    assert all(entry["options"]["expires"] for entry in schedule if entry["task"] in often)
    assert min(entry["schedule"] for entry in schedule if isinstance(entry["schedule"], float)) >= (
        settings.CELERY_BEAT_MAX_LOOP_INTERVAL
    )
