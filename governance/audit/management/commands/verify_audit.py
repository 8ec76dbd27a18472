"""Say whether the trail is what was written: exit code 0 when it is, 1 when something was touched."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.audit.verifying import verify


class Command(BaseCommand):
    help = "Verify the audit trail in the database and in its archives; exit code 1 when something was touched."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--expect", default="", metavar="DIGEST", help="a digest noted elsewhere, to be found here")

    def handle(self, *args: Any, **options: Any) -> None:
        """Print the findings and how young the last seal is."""
        report = verify(options["expect"])
        told = {"seals": report.seals, "rows": report.rows, "archives": report.archives}
        self.stdout.write(_("核对封存 %(seals)s 个、记录 %(rows)s 条、归档文件 %(archives)s 个。") % told)
        if report.sealed_at is None:
            self.stdout.write(_("还没有封存。"))
        else:
            age = int((timezone.now() - report.sealed_at).total_seconds())
            last = {"seconds": age, "digest": report.digest}
            self.stdout.write(_("最后一次封存在 %(seconds)s 秒前，校验值 %(digest)s") % last)
        self.stdout.write(_("尚未封存 %(rows)s 条。") % {"rows": report.unsealed})
        for problem in report.problems:
            self.stdout.write(self.style.ERROR(problem))
        if report.problems:
            raise SystemExit(1)
        self.stdout.write(_("没有发现改动。"))
