"""Keeps the portal's own processes running: web, worker, beat."""

import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from governance.kit.embedded import processes

MARK = "PORTAL_SUPERVISED"  # names the state folder in the environment of every process of a run
STEADY = 20.0  # seconds after which a program counts as started
GIVE_UP = 5  # starts in a row that came to nothing

Say = Callable[[str], None]


class ProgramFailed(RuntimeError):
    """A program of the portal ends as often as it is started; the text holds the last lines of its log."""


@dataclass(frozen=True)
class Program:
    """A command of the portal, and how many seconds it may take to finish what it is doing."""

    name: str
    command: tuple[str, ...]
    log: Path
    patience: float


class Child:
    """A running program. It leads a process group of its own: Ctrl-C reaches it through the supervisor, in order."""

    def __init__(self, program: Program, *, folder: Path, mark: str) -> None:
        self.program, self.folder, self.mark = program, folder, mark
        self.failures = 0
        self.start()

    def start(self) -> None:
        """Start it now."""
        self.since = time.monotonic()
        with processes.append_to(self.program.log) as log, processes.signals_held():
            self.process: subprocess.Popen[bytes] | None = subprocess.Popen(  # noqa: S603
                self.program.command,
                cwd=self.folder,
                env=os.environ | {MARK: self.mark},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=processes.die_with_parent(signal.SIGTERM),
            )

    def look(self, say: Say) -> None:
        """Start it again if it has died, less and less eagerly."""
        now = time.monotonic()
        if self.process is not None and self.process.poll() is not None:
            self.end_group(self.process)
            self.failures = 1 if now - self.since > STEADY else self.failures + 1
            if self.failures >= GIVE_UP:
                raise ProgramFailed(self.last_words())
            say(
                _("%(name)s 意外退出，正在重新启动（日志：%(log)s）")
                % {"name": self.program.name, "log": self.program.log}
            )
            self.process, self.since = None, now
        if self.process is None and now - self.since >= 0.5 * 2**self.failures:
            self.start()

    def ask(self, how: signal.Signals) -> None:
        """Send a signal to the program, which tells its own workers."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(how)

    def stopped(self) -> bool:
        """Say whether the program has ended; what it left of its group goes with it."""
        if self.process is None:
            return True
        if self.process.poll() is None:
            return False
        self.end_group(self.process)
        return True

    @staticmethod
    def end_group(process: "subprocess.Popen[bytes]") -> None:
        """End workers that outlived their master."""
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)

    def kill(self) -> None:
        """End the whole group at once."""
        if self.process is not None:
            self.end_group(self.process)
            self.process.wait()

    def last_words(self) -> str:
        """Return the end of the log under the program's name."""
        lines = self.program.log.read_text(errors="replace").splitlines()[-15:]
        return "\n".join([_("%(name)s 无法启动：") % {"name": self.program.name}, *lines])


class Supervisor:
    """Starts programs, starts them again when they die, stops them all."""

    def __init__(self, *, folder: Path, mark: str, say: Say) -> None:
        self.folder, self.mark, self.say = folder, mark, say
        self.children: list[Child] = []
        self.hurry = False

    def end_orphans(self) -> None:
        """End what an earlier run left when it was killed; the caller holds the lock of the run."""
        while orphans := processes.marked(MARK, self.mark):
            for orphan in orphans:
                with suppress(ProcessLookupError):
                    os.kill(orphan, signal.SIGKILL)
            time.sleep(0.05)

    def start(self, program: Program) -> None:
        """Start a program."""
        self.children.append(Child(program, folder=self.folder, mark=self.mark))

    def look(self) -> None:
        """See to those that have died; raises ProgramFailed for one that never stays."""
        for child in self.children:
            child.look(self.say)

    def stop(self) -> None:
        """Stop all and wait; who is late, or everyone when `hurry` is set meanwhile, is killed.

        The last that was started is told first: no new jobs, then no work on them, then no pages.
        """
        began = time.monotonic()
        for child in reversed(self.children):
            child.ask(signal.SIGTERM)
        while left := [child for child in self.children if not child.stopped()]:
            for child in left:
                if self.hurry or time.monotonic() - began > child.program.patience:
                    child.kill()
            time.sleep(0.05)
        self.children.clear()
