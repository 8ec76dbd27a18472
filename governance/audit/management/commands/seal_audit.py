"""Seal the trail now: at shutdown, before a backup, after a restore."""

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from governance.audit.sealing import seal


class Command(BaseCommand):
    help = "Seal what has been written to the audit trail since the last seal."

    def handle(self, *args: Any, **options: Any) -> None:
        """Seal, and print the digest, to be noted elsewhere."""
        made = seal()
        self.stdout.write(
            _("没有可封存的记录。") if made is None else _("已封存，校验值 %(digest)s") % {"digest": made.digest}
        )
