"""The kit as an app: commands, template tags; no tables."""

from django.apps import AppConfig
from django.core import checks
from django.db.backends.signals import connection_created
from django.utils.module_loading import autodiscover_modules

from governance.kit import listcards, related, telling
from governance.kit.checks import listings_are_whole
from governance.kit.keyring import check_keys


class KitConfig(AppConfig):
    """Shared machinery."""

    name = "governance.kit"

    def ready(self) -> None:
        """Load what the apps declare: what they offer the kit, what can be counted, their lists, navigation, cards, jobs, demo data."""
        connection_created.connect(telling.listen, dispatch_uid="kit.telling")
        checks.register(check_keys, checks.Tags.security)
        autodiscover_modules("wiring", "measures", "quality", "listings", "nav", "cards", "tasks", "demo")
        listcards.follow_listings()
        checks.register(related.missing_filters)
        checks.register(listings_are_whole)
