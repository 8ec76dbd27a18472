"""The portal's admin site as the default one."""

from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    """Installs the portal's admin site; apart from `apps`, where Django allows one configuration only."""

    default_site = "governance.kit.site.PortalAdmin"
