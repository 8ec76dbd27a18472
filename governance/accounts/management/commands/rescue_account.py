"""Help somebody whom nobody else can help: the last administrator who forgot her password or lost her phone."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from governance.accounts import lockout, passwords, second_factor, sessions
from governance.accounts.models import User
from governance.kit.errors import DomainError


class Command(BaseCommand):
    """Whoever may run this may do anything anyway; it is on the trail, without an actor."""

    help = "Unlock an account; with --password set a one-time password, with --second-factor forget the phone."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username")
        parser.add_argument("--password", action="store_true", help="set and print a one-time password")
        parser.add_argument("--second-factor", action="store_true", help="forget phone and recovery codes")

    def handle(self, *args: Any, username: str, password: bool, second_factor: bool, **options: Any) -> None:
        user = User.objects.select_related("region").filter(username=username, kind=User.Kind.PERSON).first()
        if user is None:
            raise CommandError(_("没有“%(name)s”这个用户。") % {"name": username}, returncode=2)
        if second_factor:
            self._forget_phone(user)
        row = lockout.lock_of(user)
        if row is not None:
            lockout.unlock(row, by=None)
            self.stdout.write(_("已解除锁定，现在可以登录。"))
        if password:
            given = passwords.one_time_password()
            passwords.give_password(user, given, by=None, must_change=True)
            self.stdout.write(_("一次性密码：%(password)s") % {"password": given})
        sessions.end_sessions(user, by=None, why="administrator")

    def _forget_phone(self, user: User) -> None:
        try:
            second_factor.take_away(user, by=None)
        except DomainError as refusal:
            raise CommandError(refusal.reason) from refusal
        self.stdout.write(_("已重设动态口令。"))
