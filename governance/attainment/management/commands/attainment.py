"""`manage.py attainment`: how far a policy is reached at a place, as of a day."""

from __future__ import annotations

import csv
import json
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.attainment.management.named import WRONG_USE, policy_named, region_named
from governance.attainment.periods import answered_on
from governance.attainment.results.plain import as_cells, as_json
from governance.attainment.results.rows import COLUMNS, rows
from governance.attainment.tableview import show
from governance.kit.days import EARLIEST, written_day


class Command(BaseCommand):
    help = "Print value, target, gap and status of each indicator of a policy at a place."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--policy", required=True, metavar="SLUG")
        parser.add_argument("--region", required=True, metavar="CODE", help="the 12 digits of the place")
        parser.add_argument("--as-of", metavar="YYYY-MM-DD", help="default: today")
        parser.add_argument("--format", choices=("table", "json", "csv"), default="table")

    def handle(self, *args: Any, **options: Any) -> None:
        policy, region = policy_named(options["policy"]), region_named(options["region"])
        today = timezone.localdate()
        day = today if options["as_of"] is None else _day(options["as_of"])
        found = rows(policy, region, day, today)
        if options["format"] == "json":
            lines = (json.dumps(as_json(row), ensure_ascii=False) for row in found)
            self.stdout.write("[\n" + ",\n".join(lines) + "\n]")
        elif options["format"] == "csv":
            writer = csv.writer(self.stdout, lineterminator="\n")
            writer.writerow(COLUMNS)
            writer.writerows(as_cells(row) for row in found)
        else:
            show(self.stdout, policy, region, answered_on(day, today), list(found))


def _day(text: str | date) -> date:
    # not the `type` of the option: what that raises ends a command with a traceback
    try:
        day = written_day(str(text))
    except ValueError as error:
        raise CommandError(
            _("“%(text)s”不是日期，要写成 2025-12-31 的样子。") % {"text": text}, returncode=WRONG_USE
        ) from error
    if day < EARLIEST:
        raise CommandError(_("%(first)s 以前没有数据。") % {"first": EARLIEST.isoformat()}, returncode=WRONG_USE)
    return day
