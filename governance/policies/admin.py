"""Admin of this app."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import path

from governance.kit.admin import ListingAdmin
from governance.policies import listings
from governance.policies.models import Clause, Indicator, Policy, ReferencePoint, Target
from governance.policies.packing.rights import may_load
from governance.policies.packpage import load_pack


@admin.register(Policy)
class PolicyAdmin(ListingAdmin):
    """Policies, one by one or as a pack."""

    listing = listings.POLICIES
    change_list_template = "admin/policies/change_list.html"

    def get_urls(self) -> list[Any]:
        """Add the page that loads a pack."""

        def view(request: HttpRequest) -> HttpResponse:
            return load_pack(self, request)

        return [path("load/", self.admin_site.admin_view(view), name="policies_policy_load"), *super().get_urls()]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        """Lead to the page that loads a pack."""
        return super().changelist_view(request, {"may_load": may_load(request.user)} | (extra_context or {}))


@admin.register(Clause)
class ClauseAdmin(ListingAdmin):
    """Passages of policies."""

    listing = listings.CLAUSES


@admin.register(Indicator)
class IndicatorAdmin(ListingAdmin):
    """Indicators."""

    listing = listings.INDICATORS


@admin.register(Target)
class TargetAdmin(ListingAdmin):
    """Targets."""

    listing = listings.TARGETS


@admin.register(ReferencePoint)
class ReferencePointAdmin(ListingAdmin):
    """Stated facts."""

    listing = listings.REFERENCE_POINTS
