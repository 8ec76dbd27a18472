"""`manage.py load_policies [PATH ...]`: brings policies into line with their packs."""

from __future__ import annotations

import os
from argparse import ArgumentParser, BooleanOptionalAction
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from governance.policies.packing import Outcome, load, shipped
from governance.policies.packing.difference import Difference

WRONG_USE = 2


class Command(BaseCommand):
    help = "Load policy packs: all of them or, when one has an error, none."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", type=Path, nargs="*", metavar="PATH", help="packs (default: those of the portal)")
        parser.add_argument("--dry-run", action="store_true", help="say what would change and change nothing")
        parser.add_argument(
            "--strict",
            action=BooleanOptionalAction,
            default=True,
            help="refuse sources that no installed app declares (default), or load them with a warning",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        paths: list[Path] = [_named(path) for path in options["paths"] or shipped()]
        for path in paths:
            if not path.is_file():
                raise CommandError(_("没有这个文件：%(path)s") % {"path": path}, returncode=WRONG_USE)
        try:
            outcome = load(paths, dry_run=options["dry_run"], strict=options["strict"])
        except OSError as error:
            values = {"file": error.filename, "reason": error.strerror}
            raise CommandError(_("读不了 %(file)s：%(reason)s") % values, returncode=WRONG_USE) from error
        self._tell(outcome, dry_run=options["dry_run"])

    def _tell(self, outcome: Outcome, *, dry_run: bool) -> None:
        """Print findings and changes; an error ends the command with 1."""
        for finding in outcome.findings:
            style = self.style.WARNING if finding.warning else self.style.ERROR
            self.stdout.write(style(str(finding)))
        if outcome.refused:
            errors = sum(not finding.warning for finding in outcome.findings)
            raise CommandError(_("有 %(count)s 处错误，什么都没有载入。") % {"count": errors}, returncode=1)
        for difference in outcome.differences:
            self._difference(difference)
        if dry_run:
            self.stdout.write(_("只是试算，什么都没有写入。"))

    def _difference(self, difference: Difference) -> None:
        name = difference.pack.slug
        if difference.new:
            text = _(
                "%(name)s：新增政策，%(clauses)s 条、%(indicators)s 项指标、%(targets)s 个目标、%(references)s 条参考事实"
            )
            self.stdout.write(text % ({"name": name} | difference.counts()))
            return
        changes = difference.changes()
        if not changes:
            self.stdout.write(_("%(name)s：没有变化") % {"name": name})
            return
        self.stdout.write(_("%(name)s：有变化") % {"name": name})
        for change in changes:
            whole = change.record is None or change.row is None
            for what, before, after in change.lines():
                if whole:
                    text = _("  新增 %(what)s") if after else _("  删除 %(what)s")
                else:
                    text = _("  变更 %(what)s：%(before)s → %(after)s")
                self.stdout.write(text % {"what": what, "before": before, "after": after})


def _named(path: Path) -> Path:
    """Return a path as one would type it here."""
    short = Path(os.path.relpath(path))
    return path if path.is_absolute() and ".." in short.parts else short
