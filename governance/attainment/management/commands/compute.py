"""`manage.py compute`: brings the computed numbers up to date, or computes all of them anew."""

from __future__ import annotations

import threading
import time
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from governance.attainment.actions import refreshing as r
from governance.attainment.actions import start_run
from governance.attainment.actions.alone import carry_out_here
from governance.attainment.actions.progress import progress_of
from governance.attainment.actions.runs import under_way
from governance.attainment.management.named import WRONG_USE, policy_named, region_named, user_named
from governance.attainment.models import AttainmentRun, DirtyMark
from governance.attainment.runreport import told
from governance.kit.errors import DomainError
from governance.regions.models import Region

LOOK = 0.3  # seconds between two looks at a run
HELPS = 5  # times that a run is taken up here without coming to its end
INTERRUPTED = 130  # as shells tell it
PATIENCE = 60.0  # seconds for others who refresh, and for the next sign of life of a run


class Command(BaseCommand):
    help = "Bring the computed numbers up to date with what has changed, or (--full) compute all of them anew."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--policy", metavar="SLUG", help="compute the places of this policy, changed or not")
        parser.add_argument("--region", metavar="CODE", help="compute this place and all below it, changed or not")
        parser.add_argument("--full", action="store_true", help="compute everything, by the workers")
        parser.add_argument("--by", metavar="USERNAME", help="with --full: who wants it (default: nobody)")
        parser.add_argument("--here", action="store_true", help="where no worker answers, compute in this process")
        parser.add_argument(
            "--wait", type=float, default=5.0, metavar="SECONDS", help="how long a worker may take to answer (5)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.console = Console(file=self.stdout, highlight=False)  # type: ignore[arg-type]
        self.here: bool = options["here"]
        self.wait: float = options["wait"]
        if options["full"]:
            if options["policy"] or options["region"]:
                raise CommandError(_("--full 计算全部，不能再指定政策或地区。"), returncode=WRONG_USE)
            self.follow(self.started(options["by"]))
            return
        if options["by"]:
            raise CommandError(_("--by 只能和 --full 一起用。"), returncode=WRONG_USE)
        if place := _place(options["policy"], options["region"]):
            DirtyMark.objects.create(region=place, below=True)
        self.drain()

    def say(self, text: str) -> None:
        """Print a line."""
        self.console.print(text, markup=False, soft_wrap=True)

    def started(self, username: str | None) -> AttainmentRun:
        """Start a run; with --here one that is under way already is taken over."""
        by = user_named(username) if username else None
        try:
            return start_run(by=by)
        except DomainError as refusal:
            run = under_way()
            if run is None or not self.here:
                raise CommandError(refusal.reason) from refusal
            return run

    def drain(self) -> None:
        """Refresh until there are no marks; a run that has to do it instead is followed."""
        deadline, any_done = time.monotonic() + PATIENCE, False
        while True:
            outcome = r.refresh_marked()
            if outcome.what == r.NOTHING:
                break
            if outcome.what == r.DONE:
                any_done = True
                text = _("已更新：变更 %(places)s 个地区，写入 %(rows)s 行，用时 %(milliseconds)s 毫秒。")
                values = {"places": outcome.places, "rows": outcome.rows, "milliseconds": outcome.milliseconds}
                self.say(text % values)
            elif outcome.run is not None:
                any_done = True
                self.follow(outcome.run)
            elif outcome.what == r.WAITING:
                last = AttainmentRun.objects.order_by("-pk").first()
                reason = last.error if last else ""
                raise CommandError(
                    _("变更太多，要全部计算，但上一次失败了，稍后自动再试：%(reason)s") % {"reason": reason}
                )
            elif time.monotonic() > deadline:
                raise CommandError(_("没有更新：总有别的进程在写，或者程序出错，详见日志。标记都还在。"))
            else:
                time.sleep(LOOK)
        if not any_done:
            self.say(_("没有待更新的标记，数值已是最新。"))

    def follow(self, run: AttainmentRun) -> None:
        """Show how far a run is until it ends; raises `CommandError` with the reason if it fails, and at Ctrl-C."""
        try:
            self._followed(run)
        except KeyboardInterrupt as stop:
            text = _("不再等待。计算 %(number)s 留着，后台进程会接着做；也可以再运行一次，加上 --full --here。")
            raise CommandError(text % {"number": run.pk}, returncode=INTERRUPTED) from stop

    def _followed(self, run: AttainmentRun) -> None:
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TextColumn("{task.fields[speed]}"),
        )
        with Progress(*columns, TimeElapsedColumn(), console=self.console, transient=True) as bar:
            task = bar.add_task(str(run), total=None, speed="")
            helper: threading.Thread | None = None
            began, helped = time.monotonic(), 0
            while True:
                run = AttainmentRun.objects.get(pk=run.pk)
                progress = progress_of(run)
                if not progress.alive:
                    break
                bar.update(
                    task, description=str(run.get_status_display()), completed=run.chunks_done,
                    total=run.chunks_total or None, speed=_speed(progress.rate, progress.left),
                )  # fmt: skip
                if helper is None and self._unanswered(run, time.monotonic() - began):
                    helper = self._help(run)
                elif helper is not None and not helper.is_alive():
                    began, helped, helper = time.monotonic(), helped + 1, None
                    if helped >= HELPS:
                        raise CommandError(_("这里也没有算完，详见日志。计算 %(number)s 留着。") % {"number": run.pk})
                time.sleep(LOOK)
            if helper is not None:
                helper.join()
        if run.status == AttainmentRun.Status.FAILED:
            raise CommandError(_("计算失败：%(reason)s") % {"reason": run.error})
        for label, value in told(run).lines:
            self.say(f"{label}  {value}")

    def _unanswered(self, run: AttainmentRun, waited: float) -> bool:
        if run.status == AttainmentRun.Status.PENDING:
            return waited > self.wait
        silent = (timezone.now() - run.heard_at).total_seconds() if run.heard_at else 0.0
        patience: float = self.wait if self.here else PATIENCE
        return min(waited, silent) > patience

    def _help(self, run: AttainmentRun) -> threading.Thread:
        """Compute here what nobody computes, or give up looking."""
        if not self.here:
            text = _("没有后台进程应答。计算 %(number)s 留着，后台进程启动后会接着做；也可以加 --here 在这里计算。")
            raise CommandError(text % {"number": run.pk})
        self.say(_("没有后台进程应答，在这里计算。"))

        def work() -> None:
            try:
                carry_out_here(run.pk)
            finally:
                connection.close()  # the thread's own

        thread = threading.Thread(target=work, daemon=True)
        thread.start()
        return thread


def _place(policy: str | None, code: str | None) -> Region | None:
    root = policy_named(policy).region if policy else None
    place = region_named(code) if code else None
    if root is not None and place is not None and not place.path.startswith(root.path):
        text = _("%(place)s 不在政策的地区 %(root)s 内。") % {"place": place, "root": root}
        raise CommandError(text, returncode=WRONG_USE)
    return place or root


def _speed(rate: float | None, left: timedelta | None) -> str:
    if rate is None:
        return ""
    speed = _("每秒 %(rate)s 块") % {"rate": f"{rate:.1f}"}
    return (
        speed
        if left is None
        else _("%(speed)s，约剩 %(left)s 秒") % {"speed": speed, "left": round(left.total_seconds())}
    )
