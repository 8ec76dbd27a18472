"""The whole portal, started by its one command and stopped in every way that there is."""

from __future__ import annotations

import http.client
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.parse import quote

import pytest

from governance.kit.embedded import address, places
from governance.kit.management.commands.run_portal import LOGIN
from tests.processes.stage import MARK, ROOT, Stage, command, eventually, stage

pytestmark = pytest.mark.processes


def free_port() -> int:
    """Return a port that nobody listens on."""
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def start(here: Stage, port: int, **environment: str) -> subprocess.Popen[str]:
    """Start the portal as `make run` does, with an empty database."""
    own = {"PORTAL_STATE": str(here.state), "PORT": str(port), "DEMO": "0", MARK: str(here.folder)}
    unset = {"DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "HOST"}
    unset.add("PYTHONDONTWRITEBYTECODE")  # every program would compile every module anew
    inherited = {name: value for name, value in os.environ.items() if name not in unset}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "run_portal"],
        cwd=ROOT,
        env=inherited | own | environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    here.clients.append(process)
    return process


def wait_until_ready(process: subprocess.Popen[str]) -> None:
    """Read until the last line of the greeting."""
    assert process.stdout is not None
    assert process.stderr is not None
    assert any("Ctrl-C" in line for line in process.stdout), process.stderr.read()


def answers(port: int) -> bool:
    """Say whether the login page is there."""
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=10)) as connection:
        try:
            connection.request("GET", LOGIN)
            return connection.getresponse().status == 200
        except OSError:
            return False


def running(here: Stage, word: str) -> list[int]:
    """Return the processes of this place with this word in their command."""
    return [pid for pid in here.everything() if word.encode() in command(pid)]


def test_a_taken_port_is_named_before_anything_is_started(here: Stage) -> None:
    with closing(socket.socket()) as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        process = start(here, port)
        _out, problem = process.communicate(timeout=60)
    assert process.returncode == 2
    assert str(port) in problem
    assert not (here.state / "postgres").exists()


@pytest.fixture(scope="module")
def kept() -> Iterator[Stage]:
    """A place for the tests that need a database: making an empty one is what takes the time."""
    with stage(Path(tempfile.mkdtemp(prefix="portal-test-")), ordinary=False) as made:
        yield made


def test_it_is_refused_twice_mends_itself_survives_a_crash_and_leaves_no_process(kept: Stage) -> None:
    here = kept
    port = free_port()
    process = start(here, port)
    wait_until_ready(process)
    assert answers(port)
    again = start(here, free_port())  # on the same data
    _out, problem = again.communicate(timeout=90)
    assert again.returncode == 2, problem
    here.kill(*running(here, "kit.web"))  # a program that died is started again
    assert eventually(lambda: answers(port), patience=40)
    here.kill(process.pid, *running(here, "kit.web")[:1])  # the master, too, has no time to stop its workers
    process.wait()

    process = start(here, port)
    wait_until_ready(process)
    assert answers(port)
    here.kill(process.pid)
    process.wait()
    assert here.gone(patience=30)

    process = start(here, port)
    wait_until_ready(process)
    process.send_signal(signal.SIGINT)
    assert process.wait(120) == 0
    assert not here.everything()


@contextmanager
def valkey_on(port: int, here: Stage) -> Iterator[None]:
    """Run a Valkey as somebody else's server."""
    program = places.valkey_program(here.folder, None)
    arguments = ["--port", str(port), "--bind", "127.0.0.1", "--save", ""]
    with subprocess.Popen([program, *arguments], cwd=here.folder, stdout=subprocess.DEVNULL) as server:
        yield
        assert server.poll() is None
        server.terminate()


def test_servers_that_are_given_by_url_are_used_and_left_alone_and_only_the_others_are_started(kept: Stage) -> None:
    here = kept
    shutil.rmtree(here.data() / "valkey", ignore_errors=True)  # of the test before
    valkey_port = free_port()
    redis = {"REDIS_URL": f"redis://127.0.0.1:{valkey_port}/0"}
    database = f"postgres://{address.NAME}@{quote(str(address.sockets(here.state)), safe='')}/{address.NAME}"
    with valkey_on(valkey_port, here):
        run_once(here, here.state, redis)
        assert private(here.state) == {"postgres"}
        user = here.ready("hold", "postgres")  # from now on this one stands for that of somebody else
        own = here.folder / "portal"
        for given, expected in (({"DATABASE_URL": database} | redis, set()), ({"DATABASE_URL": database}, {"valkey"})):
            run_once(here, own, given)
            assert private(own) == expected
    assert here.servers("postgres")
    user.communicate()
    shutil.rmtree(address.sockets(own))


def run_once(here: Stage, state: Path, given: dict[str, str]) -> None:
    """Start the portal, see pages and worker at work, and stop it."""
    port = free_port()
    process = start(here, port, PORTAL_STATE=str(state), **given)
    wait_until_ready(process)
    assert answers(port)
    assert eventually(lambda: (state / "worker.log").read_text().count("ready.") == 1, patience=40)
    (state / "worker.log").unlink()
    process.send_signal(signal.SIGINT)
    assert process.wait(120) == 0


def private(state: Path) -> set[str]:
    """Return the servers that were started in a state folder."""
    return {server for server in address.SERVERS if (state / server).exists()}
