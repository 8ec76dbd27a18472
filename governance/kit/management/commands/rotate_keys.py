"""Seal everything anew with the first keys, so that the older ones can be taken away."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.kit import rotation
from governance.kit.events import Event, emit

NAMED = 20  # rows that are named one by one


class Command(BaseCommand):
    """The keys of what is sealed."""

    help = "Seal everything anew with the first keys while the portal runs; may be killed and started again."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--check", action="store_true", help="only say whether anything stands under an older key")

    def handle(self, *args: Any, check: bool, **options: Any) -> None:
        self.stdout.write(
            f"keys: {len(settings.SEALING_KEYS)} to seal, {len(settings.INDEX_KEYS)} to find by; the first are taken"
        )
        done = dict(rotation.rotate(self._say, write=not check))
        for label, found in done.items():
            self.stdout.write(f"{label}: {found.seen} looked at, {found.renewed} sealed anew, {found.older} older")
            self._name(label, "cannot be opened with any key", found.unreadable)
            self._name(label, "hold a text that another row has already, which is for people to settle", found.clashing)
        renewed = {label: found.renewed for label, found in done.items() if found.renewed}
        if renewed:
            emit(Event("kit.keys.rotate", None, after=renewed))
        left = sum(found.older for found in done.values())
        lost = sum(len(found.unreadable) for found in done.values())
        if left or lost:
            raise CommandError(f"{left} rows stand under an older key, {lost} cannot be opened: keep all keys")
        self.stdout.write("nothing stands under an older key: the older ones may be taken away")

    def _say(self, label: str, seen: int, size: int) -> None:
        self.stdout.write(f"{label}: {seen} of {size}")
        self.stdout.flush()

    def _name(self, label: str, what: str, keys: list[Any]) -> None:
        if keys:
            more = " …" if len(keys) > NAMED else ""
            self.stderr.write(f"{label}: {len(keys)} {what}: {', '.join(map(str, keys[:NAMED]))}{more}")
