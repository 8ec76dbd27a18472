"""The program that runs the private servers for as long as somebody uses them.

Who needs a server holds a shared lock on its lease file; the kernel takes it away when the process ends, however it
ends. The keeper starts a server when somebody holds its lease, and stops all when it gets every lease for itself. It imports no Django, and lives in a session of its
own, so that Ctrl-C in a terminal stops its users first.
"""

import argparse
import fcntl
import signal
import subprocess
import sys
import time
from pathlib import Path
from types import FrameType

from governance.kit.embedded import address, places
from governance.kit.embedded.locks import Lock, leased
from governance.kit.embedded.servers import Server, postgres, valkey

TICK = 0.1  # seconds between two looks
STEADY = 10.0  # seconds after which a server counts as started
GIVE_UP = 8  # starts in a row that came to nothing
STOP_TIME = 30.0  # seconds that a server has to stop
# Valkey first: it starts at once, and needs no wait for a new cluster.
PREPARED = {address.VALKEY: valkey, address.POSTGRES: postgres}


class Kept:
    """A server that is started again when it dies, less and less eagerly."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.failures = 0
        self.start()

    def start(self) -> None:
        """Start it now."""
        self.process: subprocess.Popen[bytes] | None = self.server.start()
        self.since = time.monotonic()

    def look(self) -> None:
        """Start it again if it has died and its pause is over."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            say(f"{self.server.name} ended with {self.process.returncode}")
            self.failures = 1 if now - self.since > STEADY else self.failures + 1
            self.process, self.since = None, now
        if self.process is None and now - self.since >= min(0.05 * 2**self.failures, 5):
            if self.failures >= GIVE_UP:
                raise places.EmbeddedError(f"{self.server.name} does not start, see {self.server.log}")
            self.start()

    def stop(self, deadline: float) -> None:
        """Wait for the end that `signal_stop` asked for; past the deadline end it by force."""
        if self.process is None:
            return
        try:
            self.process.wait(max(deadline - time.monotonic(), 0.1))
        except subprocess.TimeoutExpired:
            say(f"{self.server.name} does not stop: killed")
            self.process.kill()
            self.process.wait()

    def signal_stop(self) -> None:
        """Ask it to stop in order."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(self.server.stop)


def keep(state: Path, *, durable: bool) -> None:
    """Run the servers that are needed until nobody uses any, or until a signal says so."""
    told: list[int] = []

    def note(number: int, _frame: FrameType | None) -> None:
        told.append(number)

    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, note)
    who = places.account()
    base = places.home(state, who)
    places.make_sockets(address.sockets(state), who)
    kept: dict[str, Kept] = {}
    leases = {server: Lock(leased(state, server)) for server in PREPARED}
    door = Lock(state / "door")
    try:
        while not told and not unused(leases, door):
            for server, prepare in PREPARED.items():
                if server not in kept and needed(leases[server]):
                    kept[server] = Kept(prepare(state, base, who, durable=durable))
                    say(f"{server} started")
            for each in kept.values():
                each.look()
            time.sleep(TICK)
    finally:
        # The door stays shut until all have stopped: who comes now waits, then starts a new keeper.
        for each in kept.values():
            each.signal_stop()
        deadline = time.monotonic() + STOP_TIME
        for each in kept.values():
            each.stop(deadline)
        say("stopped")


def needed(lease: Lock) -> bool:
    """Say whether somebody holds a lease."""
    if lease.try_take(fcntl.LOCK_EX):
        lease.release()
        return False
    return True


def unused(leases: dict[str, Lock], door: Lock) -> bool:
    """Say whether nobody uses the servers and nobody is about to; if so, all locks are kept.

    A new user goes through the door first and takes her leases inside: with the leases ours and the door shut, nobody
    can have slipped in between.
    """
    locks = [*leases.values(), door]
    taken = [lock for lock in locks if lock.try_take(fcntl.LOCK_EX)]
    if len(taken) == len(locks):
        return True
    for lock in taken:
        lock.release()
    return False


def say(what: str) -> None:
    """Write a line to the keeper's log."""
    sys.stdout.write(f"{time.strftime('%Y-%m-%d %H:%M:%S UTC', time.gmtime())} {what}\n")
    sys.stdout.flush()


def main() -> int:
    """Read the arguments and keep; `--lock` is the descriptor of the keeper's lock, held by the one who started us."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--state", type=Path, required=True)
    parser.add_argument("--lock", type=int, required=True)
    parser.add_argument("--durable", action="store_true")
    arguments = parser.parse_args()
    with Lock.inherited(arguments.lock):
        try:
            keep(arguments.state, durable=arguments.durable)
        except (places.EmbeddedError, OSError, RuntimeError) as error:
            say(f"error: {error}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
