"""Child processes that do not outlive their parent, and the processes that a killed parent left in a folder."""

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

PR_SET_PDEATHSIG = 1
ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
LOG_LIMIT = 5 * 1024 * 1024  # bytes
_libc = ctypes.CDLL(None, use_errno=True) if sys.platform == "linux" else None


def die_with_parent(with_signal: signal.Signals) -> Callable[[], None]:
    """Return a `preexec_fn`: the kernel sends the child this signal when its parent is gone, killed or not.

    `subprocess` calls it after the change of account, which would clear the setting. On a system without it the
    supervisor's own clean-up has to do.
    """
    parent = os.getpid()

    def arm() -> None:
        for number in ENDING:  # a Ctrl-C before the program is there just ends the child
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        if _libc is not None:
            _libc.prctl(PR_SET_PDEATHSIG, int(with_signal), 0, 0, 0)
            if os.getppid() != parent:  # gone before we asked
                os._exit(1)

    return arm


@contextmanager
def signals_held() -> Iterator[None]:
    """Hold back the signals that end a run: one that came while a child is started would lose sight of the child."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, ENDING)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def inside(folder: Path) -> list[int]:
    """Return the processes whose working folder this is (PostgreSQL's and Valkey's is their data folder)."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if os.readlink(entry / "cwd") == str(folder):
                found.append(int(entry.name))
        except OSError:
            continue  # ended meanwhile, or somebody else's
    return found


def clear(folder: Path, *, patience: float = 5) -> None:
    """Wait until nobody works in the folder any more; who takes too long is told to stop, then killed.

    Children of a killed server may go on for a moment. Two servers on one folder would spoil it.
    """
    for urge in (None, signal.SIGQUIT, signal.SIGKILL):
        if urge is not None:
            for stray in inside(folder):
                with suppress(ProcessLookupError):  # it left by itself
                    os.kill(stray, urge)
        deadline = time.monotonic() + patience
        while inside(folder):
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"processes {inside(folder)} do not leave {folder}")


def marked(name: str, value: str) -> list[int]:
    """Return the processes, other than this one, that were started with this environment variable."""
    mark, found = f"{name}={value}".encode(), []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            if int(entry.name) != os.getpid() and mark in (entry / "environ").read_bytes().split(b"\0"):
                found.append(int(entry.name))
        except OSError:
            continue  # ended meanwhile, or somebody else's
    return found


def append_to(log: Path) -> BinaryIO:
    """Open a log for a child to write on; one that has grown long is put aside first."""
    if log.exists() and log.stat().st_size > LOG_LIMIT:
        log.rename(log.with_suffix(".old.log"))
    return log.open("ab")
