"""Start the whole portal on this machine, and stop all of it at the end: what `make run` calls."""

import fcntl
import http.client
import os
import signal
import socket
import sys
import time
from contextlib import closing
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connections
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from governance.kit import demo, preparation
from governance.kit.embedded import lease, places
from governance.kit.embedded.locks import Lock
from governance.kit.supervisor import Program, ProgramFailed, Supervisor

LOGIN = "/accounts/login/"
PORT_PATIENCE = 5.0  # seconds: what was killed a moment ago holds its sockets until the kernel has taken it apart
FIRST_ANSWER = 60.0  # seconds that the web server has until the login page answers
LOOK_AFTER_SERVERS = 2.0  # seconds between two questions to the private servers


class Stopped(BaseException):
    """Ctrl-C or SIGTERM, wherever the command happens to be."""


class Command(BaseCommand):
    help = "Start the portal: database, web server, worker and beat. Ctrl-C stops all of it."
    requires_system_checks: list[str] = []  # noqa: RUF012  they would cost a second; `make check` runs them

    def handle(self, *args: Any, **options: Any) -> None:
        """Start, wait for Ctrl-C, stop."""
        self.console = Console(highlight=False)
        self.state = Path(settings.STATE)
        self.host, self.port = os.environ.get("HOST", "").strip() or "127.0.0.1", read_port()
        places.make_state(self.state)
        self.stopping = False
        self.supervisor = Supervisor(folder=Path(settings.BASE_DIR), mark=str(self.state.resolve()), say=self.say)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.on_signal)
        with Lock(self.state / "run") as run:
            self.refuse_if_taken(run)
            try:
                self.prepare()
                self.start()
                self.watch()
            except Stopped:
                self.say(_("正在停止……"))
            except (places.EmbeddedError, ProgramFailed) as error:
                raise CommandError(str(error)) from error
            finally:
                self.stop()

    def say(self, what: str) -> None:
        """Print a line."""
        self.console.print(what, markup=False, soft_wrap=True)

    def on_signal(self, _number: int, _frame: FrameType | None) -> None:
        """Stop at the first signal; at the second one, while stopping, wait for nobody."""
        if self.stopping:
            self.supervisor.hurry = True
        else:
            self.stopping = True
            raise Stopped

    def refuse_if_taken(self, run: Lock) -> None:
        """Leave with code 2, before anything is started, when this portal runs already or the port is taken."""
        if not run.try_take(fcntl.LOCK_EX):
            raise CommandError(_("门户已经在运行（%(state)s）。") % {"state": self.state}, returncode=2)
        self.supervisor.end_orphans()
        began = time.monotonic()
        while (problem := self.port_taken()) and time.monotonic() - began < PORT_PATIENCE:
            time.sleep(0.1)
        if problem:
            text = _("无法使用 %(host)s 的端口 %(port)s（%(reason)s）。请换一个端口，例如：PORT=8001 make run")
            values = {"host": self.host, "port": self.port, "reason": problem.strerror}
            raise CommandError(text % values, returncode=2) from problem

    def port_taken(self) -> OSError | None:
        """Return why the port cannot be used, or nothing."""
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        with closing(socket.socket(family)) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((self.host, self.port))
            except OSError as error:
                return error
        return None

    def prepare(self) -> None:
        """Bring database, translations, static files and demonstration data up to date."""
        if self.private_servers():
            self.say(_("启动数据库……"))
            self.ensure_servers()
        if count := preparation.unapplied():
            self.say(_("更新数据库结构（%(count)s 项）……") % {"count": count})
            preparation.migrate()
        preparation.compile_catalogue()
        preparation.collect_static(self.state)
        if settings.DEMO:
            self.load_demo()

    def private_servers(self) -> bool:
        """Say whether the database or the broker is ours to start."""
        return "EMBEDDED" in settings.DATABASES["default"]

    def ensure_servers(self) -> None:
        """Have them running; they stay while this process lives."""
        embedded = settings.DATABASES["default"]["EMBEDDED"]
        lease.ensure(self.state, durable=embedded["durable"], servers=embedded["servers"])

    def load_demo(self) -> None:
        """Fill an empty database, with a bar for the step under way, and let the worker load what is still missing."""
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
        began, empty = time.monotonic(), demo.is_empty()
        if empty:
            self.say(_("载入演示数据……"))
        with Progress(*columns, console=self.console, transient=True) as bar:
            task = bar.add_task(_("载入演示数据"), total=None)

            def progress(message: str, done: int, total: int) -> None:
                bar.update(task, description=message, completed=done, total=total or None)

            if empty:
                demo.load(progress)
            demo.finish(progress)  # a start that was interrupted may have left it undone
        if empty:
            self.say(_("演示数据已载入，用时 %(seconds)s 秒。") % {"seconds": round(time.monotonic() - began)})
        demo.start_later_parts()

    def start(self) -> None:
        """Start the programs: pages first, since somebody waits for them."""
        connections.close_all()
        python = (sys.executable, "-m")
        celery = (*python, "celery", "-A", "governance.config.celery:app")
        where = ("--host", self.host, "--port", str(self.port))
        granian = (*python, "governance.kit.web", "--interface", "wsgi", *where, "--workers", "2", "--no-ws")
        web = (*granian, "--workers-kill-timeout", "5", "governance.config.wsgi:application")
        self.supervisor.start(Program("web", web, self.state / "web.log", patience=10))
        self.wait_for_login()
        worker = (*celery, "worker", "--concurrency", "2", "--loglevel", "INFO", "--without-gossip", "--without-mingle")
        self.supervisor.start(Program("worker", worker, self.state / "worker.log", patience=10))
        beat = (*celery, "beat", "--loglevel", "INFO", "--pidfile", "")
        self.supervisor.start(Program("beat", beat, self.state / "beat.log", patience=5))
        self.greet()

    def wait_for_login(self) -> None:
        """Return when the login page answers."""
        deadline, answer = time.monotonic() + FIRST_ANSWER, ""
        # An answer that is no page is an error of the portal itself, which waiting does not mend.
        while time.monotonic() < deadline and not answer.isdigit():
            self.supervisor.look()
            time.sleep(0.1)
            answer = ask(self.host, self.port)
        if answer not in {"200", "301", "302"}:
            log = self.state / "web.log"
            raise ProgramFailed(_("登录页没有应答（%(answer)s），日志：%(log)s") % {"answer": answer, "log": log})

    def greet(self) -> None:
        """Print the address and who can sign in."""
        shown = "localhost" if self.host in {"127.0.0.1", "0.0.0.0", "::", "::1"} else self.host  # noqa: S104
        self.console.print()
        self.say(_("门户已就绪：%(address)s") % {"address": f"http://{shown}:{self.port}/"})
        accounts = demo.accounts() if settings.DEMO else []
        if accounts:
            table = Table(title=_("演示账号"), title_justify="left")
            for heading in (_("用户名"), _("密码"), _("身份"), _("可以看到")):
                table.add_column(heading, overflow="fold")
            for account in accounts:
                table.add_row(account.username, account.password, account.who, account.sees)
            self.console.print(table)
        self.say(_("按 Ctrl-C 停止。日志在 %(state)s") % {"state": self.state})

    def watch(self) -> None:
        """Keep everything running until a signal comes."""
        looked = time.monotonic()
        while (
            not self.stopping
        ):  # what a handler raises is lost where Python has nobody to raise it to, as in a finalizer
            self.supervisor.look()
            if self.private_servers() and time.monotonic() - looked > LOOK_AFTER_SERVERS:
                # The worker may be waiting for a broker whose keeper was killed, and asks nobody to start it.
                self.ensure_servers()
                looked = time.monotonic()
            time.sleep(0.2)
        raise Stopped

    def stop(self) -> None:
        """Stop the programs, then let go of the private servers and wait until they have stopped."""
        self.stopping = True
        self.supervisor.stop()
        connections.close_all()
        lease.release(self.state)
        if self.private_servers() and not lease.wait_until_stopped(self.state):
            self.say(_("还有其他程序在使用数据库，它会在那之后停止。"))
        self.say(_("已停止。"))


def read_port() -> int:
    """Return PORT, 8000 when it is unset."""
    text = os.environ.get("PORT", "").strip() or "8000"
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise CommandError(_("PORT 应为 1 至 65535 的数字，而不是 %(text)s") % {"text": repr(text)}, returncode=2)
    return int(text)


def ask(host: str, port: int) -> str:
    """Ask for the login page; return its status, or why there was none."""
    near = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104
    allowed = next((name for name in settings.ALLOWED_HOSTS if name[:1] not in {"*", "."}), near)
    with closing(http.client.HTTPConnection(near, port, timeout=10)) as connection:
        try:
            connection.request("GET", LOGIN, headers={"Host": allowed})
            return str(connection.getresponse().status)
        except (OSError, http.client.HTTPException) as error:
            return str(error)
