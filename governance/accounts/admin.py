"""Admin of this app: accounts, posts, partner systems."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.translation import gettext as _

from governance.accounts import listings
from governance.accounts.models import PartnerClient, Post, User
from governance.kit.admin import ListingAdmin


@admin.register(User)
class UserAdmin(ListingAdmin):
    """Accounts."""

    listing = listings.USERS


@admin.register(Post)
class PostAdmin(ListingAdmin):
    """Posts."""

    listing = listings.POSTS


@admin.register(PartnerClient)
class PartnerClientAdmin(ListingAdmin):
    """Partner systems."""

    listing = listings.PARTNERS

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Ask for the region of a new client only."""
        return ["name", "verbs"] if obj else ["name", "region", "verbs"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        """Show the credentials of a new client, once."""
        super().save_model(request, obj, form, change)
        if not change:
            values = {"id": obj.client_id, "secret": form.secret}
            messages.warning(
                request, _("客户端编号 %(id)s，密钥 %(secret)s。密钥只显示这一次，请现在交给对方。") % values
            )
