"""A real worker in a process of its own, on the database of the test and a queue that no other test uses."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import quote

from celery import current_app
from django.conf import settings
from django.db import connection


def database_url() -> str:
    """Return the address of the database of this test."""
    given = connection.settings_dict
    login = given["USER"] + (f":{quote(given['PASSWORD'], safe='')}" if given["PASSWORD"] else "")
    port = f":{given['PORT']}" if given["PORT"] else ""
    return f"postgres://{login}@{quote(given['HOST'], safe='')}{port}/{given['NAME']}"


@contextmanager
def queue_of_this_test() -> Iterator[str]:
    """Send what is sent to a queue named after the database of this test."""
    before, name = current_app.conf.task_default_queue, f"test-{connection.settings_dict['NAME']}"
    current_app.conf.task_default_queue = name
    current_app.amqp.__dict__.pop("queues", None)
    with current_app.connection_or_acquire() as broker:
        broker.default_channel.queue_purge(name) if _declared(broker, name) else None
    try:
        yield name
    finally:
        current_app.conf.task_default_queue = before
        current_app.amqp.__dict__.pop("queues", None)


def _declared(broker: Any, name: str) -> bool:
    broker.default_channel.queue_declare(queue=name, durable=True)
    return True


class Worker:
    """The process; `kill` ends it as a power cut would."""

    def __init__(self, queue: str) -> None:
        environment = os.environ | {
            "DJANGO_SETTINGS_MODULE": "governance.config.settings.test",
            "DATABASE_URL": database_url(),
            "REDIS_URL": settings.REDIS_URL,
            "CELERY_BROKER": settings.CELERY_BROKER_URL,
            "PRIVATE_ROOT": settings.PRIVATE_ROOT,
        }
        command = (sys.executable, "-m", "celery", "-A", "tests.desk.program", "worker", "-Q", queue, "-c", "1", "-l", "WARNING", "--without-gossip", "--without-mingle", "--without-heartbeat")  # fmt: skip
        self.process = subprocess.Popen(command, env=environment, start_new_session=True)

    def kill(self) -> None:
        """End it and its children at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def stop(self) -> None:
        """Ask it to end."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()


def until(true: Callable[[], Any], seconds: float = 40) -> Any:
    """Wait for something to become true and return it."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = true()
        if found:
            return found
        time.sleep(0.1)
    raise AssertionError(f"not within {seconds} s")
