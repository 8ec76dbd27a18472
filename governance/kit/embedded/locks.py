"""File locks that the kernel releases when their holder ends.

A lock of `flock` belongs to the open file: a forked child shares it, a program that is executed does not. Closing
lets go of one share; an explicit unlock would take it from every process that shares it.
"""

import fcntl
import os
import time
from pathlib import Path
from types import TracebackType
from typing import Self


def leased(state: Path, server: str) -> Path:
    """Return the file whose lock is shared by those who need this server."""
    return state / f"{server}.lease"


class Lock:
    """A lock on a file, free until it is taken."""

    def __init__(self, path: Path) -> None:
        self.descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)

    @classmethod
    def inherited(cls, descriptor: int) -> Self:
        """Return the lock that the parent took and handed over; it goes no further down."""
        lock = cls.__new__(cls)
        os.set_inheritable(descriptor, False)
        lock.descriptor = descriptor
        return lock

    def try_take(self, how: int) -> bool:
        """Take it as `fcntl.LOCK_SH` or `LOCK_EX` if nobody is in the way."""
        try:
            fcntl.flock(self.descriptor, how | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def take(self, how: int, *, patience: float) -> None:
        """Take it, waiting for at most `patience` seconds, then raise TimeoutError."""
        deadline = time.monotonic() + patience
        while not self.try_take(how):
            if time.monotonic() > deadline:
                raise TimeoutError("a lock of the private servers is not let go of")
            time.sleep(0.01)

    def release(self) -> None:
        """Let go of it for everyone who shares it."""
        fcntl.flock(self.descriptor, fcntl.LOCK_UN)

    def close(self) -> None:
        """Let go of this process's share."""
        os.close(self.descriptor)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()
