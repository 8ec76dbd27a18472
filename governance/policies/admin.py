"""Admin of this app."""

from django.contrib import admin

from governance.kit.admin import ListingAdmin
from governance.policies import listings
from governance.policies.models import Clause, Indicator, Policy, ReferencePoint, Target


@admin.register(Policy)
class PolicyAdmin(ListingAdmin):
    """Policies."""

    listing = listings.POLICIES


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
