"""Admin of this app: accounts, posts, partner systems."""

from __future__ import annotations

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.translation import gettext as _

from governance.accounts import handing, helping, listings, sheetpage
from governance.accounts.models import FailedLogin, PartnerClient, Post, User
from governance.kit.admin import ListingAdmin
from governance.kit.errors import DomainError
from governance.kit.refusals import missing


@admin.register(User)
class UserAdmin(ListingAdmin):
    """Accounts."""

    listing = listings.USERS
    change_list_template = "admin/accounts/user_list.html"
    change_form_template = "admin/accounts/user_form.html"

    def get_urls(self) -> list[Any]:
        """Add the pages of a sheet, and the one that asks before an administrator helps."""
        view = self.admin_site.admin_view(self.help_view)
        return [
            path("sheet/", self.admin_site.admin_view(self.sheet_view), name="accounts_user_sheet"),
            path(
                "sheet/template/", self.admin_site.admin_view(sheetpage.template), name="accounts_user_sheet_template"
            ),
            path("<path:object_id>/help/<slug:service>/", view, name="accounts_user_help"),
            *super().get_urls(),
        ]

    def sheet_view(self, request: HttpRequest) -> HttpResponseBase:
        """Open accounts and give posts from a sheet."""
        return sheetpage.page(request, self.admin_site.each_context(request) | {"opts": self.opts})

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Lead to the sheet whoever may use it."""
        return super().changelist_view(request, {"may_sheet": sheetpage.may_use(request.user)} | (extra_context or {}))

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """Add what can be done for this user."""
        user = context.get("original")
        context["helps"] = helping.helps_for(user, by=request.user) if user is not None else []
        return super().render_change_form(request, context, *args, **kwargs)

    def help_view(self, request: HttpRequest, object_id: str, service: str) -> HttpResponse:
        """Say what it means, then do it; a refusal is shown with its reason (409)."""
        if not self.has_change_permission(request):
            raise missing(request.user, "accounts.change_user")
        user = self.get_object(request, unquote(object_id))
        if service not in helping.HELPS or user is None:
            raise Http404
        refusal = ""
        if request.method == "POST":
            try:
                messages.warning(request, helping.give(service, user, by=request.user))
            except DomainError as error:
                refusal = error.reason
            else:
                return redirect("admin:accounts_user_change", user.pk)
        context = self.admin_site.each_context(request) | {
            "opts": self.opts,
            "original": user,
            "help": helping.HELPS[service],
            "title": helping.HELPS[service].label,
            "refusal": refusal,
        }
        return render(request, "admin/accounts/help.html", context, status=409 if refusal else 200)


@admin.register(Post)
class PostAdmin(ListingAdmin):
    """Posts."""

    listing = listings.POSTS
    change_form_template = "admin/accounts/post_form.html"

    def render_change_form(self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any) -> Any:
        """Add whether the post may be handed to somebody else."""
        post = context.get("original")
        context["lends"] = post is not None and handing.may_lend(post, request.user)
        context["gives"] = context["lends"] and handing.may_give(post, request.user)
        return super().render_change_form(request, context, *args, **kwargs)


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
                request,
                _(
                    "客户端编号 %(id)s，密钥 %(secret)s。密钥只显示这一次，请现在交给对方。安全管理员给这个接口设了岗位以后才能用。"
                )
                % values,
            )


@admin.register(FailedLogin)
class FailedLoginAdmin(ListingAdmin):
    """Failed logins; to remove a row is to open the lock."""

    listing = listings.FAILED_LOGINS
    change_form_template = "admin/accounts/failed_login.html"
    delete_confirmation_template = "admin/accounts/unlock.html"
