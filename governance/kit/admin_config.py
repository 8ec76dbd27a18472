"""The portal's admin site as the default one."""

from django.contrib import admin
from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig
from django.utils.module_loading import import_string


class AdminConfig(DjangoAdminConfig):
    """Installs the portal's admin site; apart from `apps`, where Django allows one configuration only."""

    default_site = "governance.kit.site.PortalAdmin"

    def ready(self) -> None:
        """Find the apps' own admins, then make those of all other lists."""
        super().ready()
        import_string("governance.kit.site.register_listings")(admin.site)  # by name: models are there only now
