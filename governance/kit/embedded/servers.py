"""The two servers as programs: how each is prepared, started and told to stop."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from governance.kit.embedded import address, places, processes

CREATE_DATABASE = f"CREATE DATABASE {address.NAME} OWNER {address.NAME};\n"


@dataclass(frozen=True)
class Server:
    """A program that the keeper runs in `folder`, with what it writes going to `log`."""

    name: str
    command: tuple[str, ...]
    folder: Path
    log: Path
    stop: signal.Signals
    who: pwd.struct_passwd | None
    notes: tuple[Path, ...]  # left behind by a server that was killed

    def start(self) -> "subprocess.Popen[bytes]":
        """Start it as a child that stops when the keeper is gone, after those that a crash left have ended."""
        processes.clear(self.folder)
        drop_stale(self.notes)
        with processes.append_to(self.log) as log:
            return subprocess.Popen(  # noqa: S603
                self.command,
                cwd=self.folder,
                env=environment(),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                preexec_fn=processes.die_with_parent(self.stop),
                **places.identity(self.who),
            )


def environment() -> dict[str, str]:
    """Return the environment of the servers: theirs alone, so that a PGDATA or LC_ALL of the user changes nothing."""
    return {"PATH": os.environ.get("PATH", os.defpath), "LC_ALL": "C.UTF-8", "TZ": "UTC"}


def drop_stale(notes: tuple[Path, ...]) -> None:
    """Remove what a server that is gone noted of itself.

    PostgreSQL sees by itself that a noted process is dead, but after a crash the number may have been given to an
    unrelated process of the same account, and then it would refuse to start for ever. The keeper's lock and
    `processes.clear` have made sure that nobody works in the folder; without /proc nothing is sure, and nothing done.
    """
    if Path("/proc/self").exists():
        for note in notes:
            note.unlink(missing_ok=True)


def postgres(state: Path, base: Path, who: pwd.struct_passwd | None, *, durable: bool) -> Server:
    """Return PostgreSQL, its cluster made if there is none."""
    programs = places.postgres_programs(base, who)
    data = _cluster(places.own(base / "postgres", who), programs, who, durable=durable)
    options = {
        "listen_addresses": "",
        "port": address.PORT,
        "unix_socket_directories": str(address.sockets(state)),
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": "256MB",
        "log_checkpoints": "off",
        "log_line_prefix": "%m [%p] ",
    }
    if not durable:
        options |= {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "max_wal_size": "4GB"}
    command = [str(programs / "postgres"), "-D", str(data)]
    for name, value in options.items():
        command += ["-c", f"{name}={value}"]
    notes = (data / "postmaster.pid", address.sockets(state) / f".s.PGSQL.{address.PORT}.lock")
    return Server("postgres", tuple(command), data, state / "postgres.log", signal.SIGINT, who, notes)


def valkey(state: Path, base: Path, who: pwd.struct_passwd | None, *, durable: bool) -> Server:
    """Return Valkey.

    `appendfsync always`: with `everysec` an answer can overtake its write by two seconds while an fsync is under way,
    and an acknowledged job would be lost at a kill. The portal's load on the broker is far below what this costs.
    """
    folder = places.own(base / "valkey", who)
    options = {
        "port": "0",
        "unixsocket": str(address.valkey_socket(state)),
        "unixsocketperm": "700",
        "dir": str(folder),
        "save": "",
        "appendonly": "yes" if durable else "no",
        "appendfsync": "always",
        "maxmemory-policy": "noeviction",
        "daemonize": "no",
    }
    command = [str(places.valkey_program(base, who))]
    for name, value in options.items():
        command += [f"--{name}", value]
    notes = (address.valkey_socket(state),)
    return Server("valkey", tuple(command), folder, state / "valkey.log", signal.SIGTERM, who, notes)


def _cluster(folder: Path, programs: Path, who: pwd.struct_passwd | None, *, durable: bool) -> Path:
    """Make the cluster and its database beside their place and move them there at the end: whole or not at all."""
    data = folder / "data"
    if data.exists():
        return data
    for left in folder.glob("new-*"):
        shutil.rmtree(left)
    draft = Path(tempfile.mkdtemp(prefix="new-", dir=folder))
    places.own(draft, who)
    make = [str(programs / "initdb"), "-D", str(draft), "-U", address.NAME, "-A", "trust", "-E", "UTF8"]
    make += ["--locale=C.UTF-8"] if durable else ["--locale=C.UTF-8", "--no-sync"]
    _run(make, who)
    # A server for one session needs no socket and no waiting.
    single = [str(programs / "postgres"), "--single", "-D", str(draft), "postgres"]
    _run(single if durable else [*single[:2], "-F", *single[2:]], who, told=CREATE_DATABASE)
    draft.rename(data)
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
    return data


def _run(command: list[str], who: pwd.struct_passwd | None, *, told: str = "") -> None:
    done = subprocess.run(  # noqa: S603
        command,
        input=told,
        capture_output=True,
        text=True,
        cwd="/",
        env=environment(),
        check=False,
        preexec_fn=processes.die_with_parent(signal.SIGKILL),
        **places.identity(who),
    )
    if done.returncode:
        raise places.EmbeddedError(f"{Path(command[0]).name} failed: {done.stderr.strip()}")
