"""Collect, check or compile the English catalogue."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from governance.kit import catalogue


class Command(BaseCommand):
    """The English catalogue."""

    help = "Collect texts into locale/en, check that none is missing, or compile it."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("step", choices=["update", "check", "compile"])

    def handle(self, *args: Any, step: str, **options: Any) -> None:
        root = Path(settings.BASE_DIR)
        file = root / "locale" / "en" / "LC_MESSAGES" / "django.po"
        if step == "update":
            catalogue.update(root, file)
        elif step == "compile":
            catalogue.compile_mo(file)
        if step != "compile":
            wrong = catalogue.gaps(root, file)
            self.stdout.write("\n".join(wrong) or "complete")
            if wrong and step == "check":
                raise CommandError(f"{len(wrong)} texts to mend in {file.relative_to(root)}")
