"""What a process does that needs the private servers: take leases, have them started, wait until they answer."""

import fcntl
import os
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import psycopg2

from governance.kit.embedded import address, places, processes
from governance.kit.embedded.locks import Lock, leased

PATIENCE = 120.0  # seconds: a large database may need them to recover from a crash
ROOT = Path(__file__).resolve().parents[3]

_threads = threading.RLock()
# Nobody forks in the middle of `ensure`: the child would hold the door, or the keeper's lock, for ever.
os.register_at_fork(before=_threads.acquire, after_in_parent=_threads.release, after_in_child=_threads.release)

_leases: dict[Path, tuple[int, dict[str, Lock]]] = {}
_keepers: list["subprocess.Popen[bytes]"] = []


def ensure(state: Path, *, durable: bool, servers: tuple[str, ...] = address.SERVERS) -> None:
    """Return when the servers answer; they stay up at least until this process ends or calls `release`.

    Any number of processes may call it at once, and any process again, when a server does not answer.

    Raises EmbeddedError when they cannot be started, with the reason.
    """
    with _threads:
        places.make_state(state)
        deadline = time.monotonic() + PATIENCE
        while True:
            _have_keeper(state, durable=durable, servers=servers)
            if answer(state, servers):
                return
            _give_reason(state, late=time.monotonic() > deadline)
            time.sleep(0.03)


def hold(state: Path, *, durable: bool, servers: tuple[str, ...] = address.SERVERS) -> None:
    """`ensure`, once in the life of this process: the cheap question before every new connection."""
    with _threads:
        if not _held(state).keys() >= set(servers):
            ensure(state, durable=durable, servers=servers)


def release(state: Path) -> None:
    """Give this process's leases back; its connections must be closed."""
    with _threads:
        for lease in _held(state).values():
            lease.close()
        _leases.pop(state, None)


def wait_until_stopped(state: Path, *, patience: float = 40) -> bool:
    """Wait for the keeper to end after our `release`; False when others still use the servers."""
    deadline = time.monotonic() + patience
    with Lock(state / "keeper") as keeper:
        while not keeper.try_take(fcntl.LOCK_EX):
            if time.monotonic() > deadline or any(_held_by_others(state, server) for server in address.SERVERS):
                return False
            time.sleep(0.15)
    _reap()
    return True


def _held_by_others(state: Path, server: str) -> bool:
    """Say whether somebody holds a lease, after our `release`."""
    with Lock(leased(state, server)) as lease:
        # Shared but not alone: somebody else holds it. Not even shared: the keeper is stopping.
        alone, shared = lease.try_take(fcntl.LOCK_EX), lease.try_take(fcntl.LOCK_SH)
        return shared and not alone


def answer(state: Path, servers: tuple[str, ...] = address.SERVERS) -> bool:
    """Say whether the servers answer now. Only a real connection tells: for a second after a kill, files lie."""
    try:
        return all(_ANSWERS[server](state) for server in servers)
    except (OSError, psycopg2.OperationalError):
        return False


def _valkey_answers(state: Path) -> bool:
    with socket.socket(socket.AF_UNIX) as broker:  # redis-py would take longer to import than Valkey to start
        broker.settimeout(3)
        broker.connect(str(address.valkey_socket(state)))
        broker.sendall(b"PING\r\n")
        return broker.recv(64).startswith(b"+PONG")


def _postgres_answers(state: Path) -> bool:
    psycopg2.connect(
        host=str(address.sockets(state)), port=address.PORT, dbname=address.NAME, user=address.NAME, connect_timeout=3
    ).close()
    return True


_ANSWERS = {address.VALKEY: _valkey_answers, address.POSTGRES: _postgres_answers}


def _held(state: Path) -> dict[str, Lock]:
    """Return the leases that this process holds itself; a forked child takes its own."""
    pid, leases = _leases.get(state, (0, {}))
    return leases if pid == os.getpid() else {}


def _have_keeper(state: Path, *, durable: bool, servers: tuple[str, ...]) -> None:
    """Hold the leases and see that a keeper runs, in one step at the door, where the keeper decides to stop."""
    with Lock(state / "door") as door:
        door.take(fcntl.LOCK_EX, patience=PATIENCE)
        try:
            held = _held(state)
            for server in servers:
                if server not in held:
                    lease = Lock(leased(state, server))
                    lease.take(fcntl.LOCK_SH, patience=PATIENCE)
                    held[server] = lease
            _leases[state] = (os.getpid(), held)
            with Lock(state / "keeper") as keeper:
                if keeper.try_take(fcntl.LOCK_EX):
                    _start_keeper(state, keeper, durable=durable)
        finally:
            door.release()


def _start_keeper(state: Path, lock: Lock, *, durable: bool) -> None:
    """Start it with the lock that says that there is one: it is never free in between."""
    _reap()
    command = [sys.executable, "-m", "governance.kit.embedded.keeper"]
    command += ["--state", str(state.resolve()), "--lock", str(lock.descriptor)]
    with processes.append_to(state / "keeper.log") as log:
        keeper = subprocess.Popen(  # noqa: S603
            [*command, "--durable"] if durable else command,
            cwd="/",
            env=os.environ | {"PYTHONPATH": str(ROOT)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            pass_fds=[lock.descriptor],
        )
    _keepers.append(keeper)


def _give_reason(state: Path, *, late: bool) -> None:
    failed = any(keeper.poll() for keeper in _keepers)
    if failed or late:
        _reap()
        last = (state / "keeper.log").read_text(errors="replace").strip().splitlines()[-3:]
        raise places.EmbeddedError("the private servers do not start:\n" + "\n".join(last))


def _reap() -> None:
    """Forget the keepers of ours that have ended, so that none is left as a zombie."""
    _keepers[:] = [keeper for keeper in _keepers if keeper.poll() is None]
