"""Open an account with a post from the command line: the first administrator of a new portal."""

from __future__ import annotations

import getpass
import sys
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from governance.accounts import actions, roles
from governance.kit.errors import DomainError
from governance.regions.models import Region
from governance.regions.nearest import nearest


class Command(BaseCommand):
    """Whoever may run this may do anything anyway; afterwards accounts are opened in the admin."""

    help = (
        "Open an account with a post; the password is asked for, or read from standard input when that is no terminal."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--name", required=True, help="the person's name")
        parser.add_argument("--region", required=True, help="12-digit code")
        parser.add_argument(
            "--role", choices=sorted(set(roles.ROLES) - {"partner", *roles.OF_UNITS}), default="system_admin"
        )

    def handle(self, *args: Any, username: str, name: str, region: str, role: str, **options: Any) -> None:
        home = Region.objects.filter(code=region).first()
        if home is None:
            near = "、".join(f"{place.name}（{place.code}）" for place in nearest(region))
            text = _("没有“%(given)s”这个地区。") % {"given": region} + (
                _("相近的有：%(near)s") % {"near": near} if near else ""
            )
            raise CommandError(text, returncode=2)
        password = getpass.getpass() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
        try:
            user = actions.open_account(username=username, name=name, region=home, role=role, password=password)
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        except DomainError as refusal:
            raise CommandError(refusal.reason) from refusal
        self.stdout.write(f"{user.username} · {roles.ROLES[role].label} · {home}")
