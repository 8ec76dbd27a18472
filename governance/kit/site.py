"""The admin site: the portal's own login, only for roles that work there."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.kit.admin import ListingAdmin
from governance.kit.cards import cards
from governance.kit.listing import LISTINGS


class PortalAdmin(admin.AdminSite):
    """One login for the whole portal; who has no role in the admin is refused with the reason."""

    site_header = gettext_lazy("五社联动治理门户 · 管理后台")
    site_title = gettext_lazy("管理后台")
    index_title = gettext_lazy("数据与账号")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        """Take only admins over a listing: models that packages offer of themselves would show rows to everybody."""
        if admin_class is not None and issubclass(admin_class, ListingAdmin):
            super().register(model_or_iterable, admin_class, **options)

    def get_urls(self) -> list[Any]:
        """Leave out what goes round the portal's own rules.

        The jump to a record by number would tell the address of records outside one's scope; the admin's change of a
        password would leave no trace.
        """
        left_out = {"view_on_site", "password_change", "password_change_done"}
        return [pattern for pattern in super().get_urls() if getattr(pattern, "name", None) not in left_out]

    def index(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Say first what waits for whoever works here: the apps' cards for this page."""
        user: Any = request.user
        shown = cards("admin", user, getattr(user, "region", None)) if user.is_authenticated else []
        return super().index(request, {"cards": shown} | (extra_context or {}))

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Send visitors to the portal's login; refuse users without a role here."""
        if request.user.is_authenticated:
            raise PermissionDenied(_("您的岗位不在管理后台工作。"))
        return redirect_to_login(request.GET.get("next") or reverse("admin:index"))


def register_listings(site: admin.AdminSite) -> None:
    """Give every list with an address its pages in the admin, unless its app has made some of its own."""
    for listing in LISTINGS.values():
        if listing.at is not None and "admin" in listing.surfaces and not site.is_registered(listing.model):
            body = {"listing": listing, "__doc__": listing.model.__doc__, "__module__": listing.model.__module__}
            site.register(listing.model, type(f"{listing.model.__name__}Admin", (ListingAdmin,), body))
