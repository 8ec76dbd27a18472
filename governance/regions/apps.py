"""The regions app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import pgettext_lazy

from governance.regions.items import follow_file


class RegionsConfig(AppConfig):
    """Places."""

    name = "governance.regions"
    verbose_name = pgettext_lazy("plural", "地区")

    def ready(self) -> None:
        """Bring the capability items into line with their file after each migration."""
        post_migrate.connect(follow_file, sender=self)
