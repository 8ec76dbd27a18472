"""The engine as processes: what is written by hand shows in seconds, and whatever is killed, no number is ever wrong.

One portal for all of it, since making an empty database is what takes the time.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from governance.kit.embedded import address
from tests.processes.stage import ROOT, Stage, command, eventually
from tests.processes.test_run_portal import free_port, start, wait_until_ready

pytestmark = pytest.mark.processes

COUNTY, STREET, NEXT_STREET = "430211000000", "430211001000", "430211002000"
COMMUNITY, NEXT_COMMUNITY = "430211001001", "430211002001"
PLACES = (COMMUNITY, STREET, COUNTY)
WITHIN = (
    6.0  # seconds, in which a change by any road is to be seen: two, and the tests beside this one take their share
)
PATIENCE = 90.0
_READ = """
    SELECT r.code, v.amounts[array_position(a.slots, m.slot)] / 100 FROM attainment_computedarea a
    JOIN attainment_measure m ON m.key LIKE 'Stock(source=''estates'', mark=''all''%%'
    JOIN regions_region r ON r.code = ANY(%s)
    JOIN attainment_measurevalue v ON v.side = a.side AND v.region_id = r.id AND v.month = a.last
    WHERE a.current
"""
_INSERT = """
    INSERT INTO regions_estate (community_id, name, since, changed_at)
    SELECT id, %s, %s, now() FROM regions_region WHERE code = %s
"""
_MOVE = "UPDATE regions_estate SET community_id = (SELECT id FROM regions_region WHERE code = %s) WHERE name = %s"


class Portal:
    """A portal with a county, and what a person at psql sees and does."""

    def __init__(self, here: Stage) -> None:
        self.here = here
        self.process = start(here, free_port())
        wait_until_ready(self.process)
        fill = "from tests.processes.county import fill; fill()"
        made = self.program("manage.py", "shell", "--no-imports", "-c", fill)
        assert made.returncode == 0, made.stderr

    def program(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run a program with the environment of the portal."""
        return subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which the portal runs."""
        own = {"PORTAL_STATE": str(self.here.state), "DJANGO_SETTINGS_MODULE": "governance.config.settings.dev", "DEMO": "0"}  # fmt: skip
        return {name: value for name, value in os.environ.items() if name not in {"DATABASE_URL", "REDIS_URL"}} | own

    def connect(self) -> Any:
        """Open a session of one's own; while the server starts it is waited for."""
        entry = address.database(self.here.state, durable=True)
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return psycopg2.connect(
                    host=entry["HOST"], port=entry["PORT"], dbname=entry["NAME"], user=entry["USER"]
                )
            except psycopg2.OperationalError:
                assert time.monotonic() < deadline
                time.sleep(0.2)

    def ask(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Run a statement and commit it."""
        session = self.connect()
        try:
            with session, session.cursor() as cursor:
                cursor.execute(query, values)
                return cursor.fetchall() if cursor.description else []
        finally:
            session.close()

    def numbers(self, *codes: str) -> list[int | None]:
        """Return the numbers that anybody reads now, all at the same moment."""
        found = dict(self.ask(_READ, list(codes or PLACES)))
        return [found.get(code) for code in codes or PLACES]

    def shows(self, expected: list[int], *codes: str, within: float = WITHIN) -> bool:
        """Return whether the numbers are these within some seconds."""
        return eventually(lambda: self.numbers(*codes) == expected, patience=within)

    def run(self) -> tuple[int, str, str]:
        """Return number, status and reason of the last run."""
        rows = self.ask("SELECT id, status, error FROM attainment_attainmentrun ORDER BY id DESC LIMIT 1")
        return rows[0] if rows else (0, "", "")

    def settled(self, *, after: int = 0, patience: float = PATIENCE) -> tuple[str, str]:
        """Wait until a run after a certain one has ended, and return its status and reason."""
        assert eventually(lambda: self.run()[0] > after and self.run()[1] in {"done", "failed"}, patience=patience), (
            self.run(),
            self.log(),
        )
        return self.run()[1:]

    def begin(self) -> subprocess.Popen[str]:
        """Start a run as a person at a terminal."""
        process = subprocess.Popen(
            [sys.executable, "manage.py", "compute", "--full"],
            cwd=ROOT, env=self.environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip
        self.here.clients.append(process)
        return process

    @contextmanager
    def blocked(self, table: str, mode: str = "ACCESS EXCLUSIVE") -> Iterator[None]:
        """Hold a table, so that whoever needs it stands still."""
        session = self.connect()
        try:
            with session.cursor() as cursor:
                cursor.execute(f"LOCK TABLE {table} IN {mode} MODE")
            yield
        finally:
            with suppress(psycopg2.Error):
                session.close()

    def standing_still(self, word: str) -> bool:
        """Return whether somebody waits for a lock with this word in the statement."""
        waiting = "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND query LIKE %s"
        return bool(self.ask(waiting, f"%{word}%")[0][0])

    def workers(self, *, masters: bool) -> list[int]:
        """Return the processes of Celery's worker: its masters, or those that they have forked."""
        every = [pid for pid in self.here.everything() if b"celery" in command(pid) and b"worker" in command(pid)]
        return [pid for pid in every if (parent_of(pid) not in every) == masters]

    def log(self) -> str:
        """Return the end of the worker's log."""
        return "\n".join((self.here.state / "worker.log").read_text().splitlines()[-40:])


def parent_of(pid: int) -> int:
    """Return the parent of a process."""
    with suppress(OSError):
        return int(Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[1])
    return 0


KILLED: dict[str, Callable[[Portal], list[int]]] = {
    "the processes of the worker": lambda portal: portal.workers(masters=False),
    "the worker": lambda portal: portal.workers(masters=True) + portal.workers(masters=False),
    "Valkey": lambda portal: portal.here.servers("valkey"),
    "PostgreSQL": lambda portal: portal.here.servers("postgres"),
}


def test_whatever_is_killed_no_number_is_wrong_and_none_is_lost(here: Stage) -> None:
    portal = Portal(here)
    assert portal.settled() == ("done", "")  # nobody asked for it: everything was marked
    assert portal.shows([1, 30, 120], within=PATIENCE)
    by_hand(portal)
    extra = 0
    for victim, pids in KILLED.items():
        extra = killed_in_a_run(portal, victim, pids, extra)
    killed_in_a_refresh(portal, extra)
    portal.process.send_signal(signal.SIGINT)
    assert portal.process.wait(60) == 0


def by_hand(portal: Portal) -> None:
    """What is inserted, moved and deleted at psql shows in the place and all above it within seconds."""
    eventually(lambda: not portal.ask("SELECT 1 FROM attainment_dirtymark LIMIT 1"), patience=PATIENCE)
    portal.ask(_INSERT, "手工", date(2024, 1, 1), COMMUNITY)
    assert portal.shows([2, 31, 121]), (portal.numbers(), portal.log())
    portal.ask(_MOVE, NEXT_COMMUNITY, "手工")
    assert portal.shows([1, 30, 121, 2, 31], *PLACES, NEXT_COMMUNITY, NEXT_STREET), (portal.numbers(), portal.log())
    portal.ask("DELETE FROM regions_estate WHERE name = %s", "手工")
    assert portal.shows([1, 30, 120, 1, 30], *PLACES, NEXT_COMMUNITY, NEXT_STREET), (portal.numbers(), portal.log())


def killed_in_a_run(portal: Portal, victim: str, pids: Callable[[Portal], list[int]], extra: int) -> int:
    """Kill something while chunks are computed: the old numbers stay, the run ends, what came meanwhile is not lost."""
    before, last = [1 + extra, 30 + extra, 120 + extra], portal.run()[0]
    with portal.blocked("regions_estate"):
        terminal = portal.begin()
        assert eventually(lambda: portal.standing_still("regions_estate"), patience=PATIENCE), (victim, portal.log())
        assert portal.run()[1] == "running"
        found = pids(portal)
        assert found, victim
        portal.here.kill(*found)
        assert portal.numbers() == before, victim
    assert portal.settled(after=last) == ("done", ""), victim
    terminal.communicate(timeout=PATIENCE)
    assert portal.numbers() == before, victim
    portal.ask(_INSERT, victim, date(2024, 1, 1), COMMUNITY)
    assert portal.shows([number + 1 for number in before], within=PATIENCE), (victim, portal.numbers(), portal.log())
    assert not portal.ask("SELECT 1 FROM attainment_dirtymark WHERE run_id IS NOT NULL LIMIT 1")
    return extra + 1


def killed_in_a_refresh(portal: Portal, extra: int) -> None:
    """Kill workers and then the database while a change is computed: it is not half there, and it comes."""
    [(side,)] = portal.ask("SELECT side FROM attainment_computedarea WHERE current")
    for victim in ("the worker", "PostgreSQL"):
        before = [1 + extra, 30 + extra, 120 + extra]
        extra += 1
        after = [number + 1 for number in before]
        with portal.blocked(f"attainment_measurevalue_{side}", "SHARE ROW EXCLUSIVE"):
            portal.ask(_INSERT, f"{victim}，更新", date(2024, 1, 1), COMMUNITY)
            assert eventually(lambda: portal.standing_still("attainment_measurevalue"), patience=PATIENCE), portal.log()
            portal.here.kill(*KILLED[victim](portal))
            # a database that was killed has forgotten the lock, and may be done by the time that it answers
            assert portal.numbers() in ([before, after] if victim == "PostgreSQL" else [before]), victim
        assert portal.shows(after, within=PATIENCE), (victim, portal.numbers(), portal.log())
