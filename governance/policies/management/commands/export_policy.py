"""`manage.py export_policy SLUG`: prints a policy as the pack that would load it."""

from __future__ import annotations

from argparse import ArgumentParser
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from governance.kit.wording import listed
from governance.policies.models import Policy
from governance.policies.packing import export

WRONG_USE = 2


class Command(BaseCommand):
    help = "Print a policy as a pack; loading it again changes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("slug", metavar="SLUG")
        parser.add_argument("--output", type=Path, metavar="FILE", help="write there instead")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            text = export(options["slug"])
        except KeyError:
            raise CommandError(_unknown(options["slug"]), returncode=WRONG_USE) from None
        output: Path | None = options["output"]
        if output is None:
            self.stdout.write(text, ending="")
            return
        try:
            output.write_text(text, encoding="utf-8", newline="\n")
        except OSError as error:
            values = {"file": output, "reason": error.strerror}
            raise CommandError(_("写不了 %(file)s：%(reason)s") % values, returncode=WRONG_USE) from error


def _unknown(slug: str) -> str:
    slugs = sorted(Policy.objects.values_list("slug", flat=True))
    near = get_close_matches(slug, slugs, 3, 0.4) or slugs[:5]
    hint = _("最接近的：%(near)s") % {"near": listed(near)} if near else _("还没有载入任何政策。")
    return _("没有标识为 %(slug)s 的政策。%(hint)s") % {"slug": slug, "hint": hint}
