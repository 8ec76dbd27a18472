"""Admin of this app."""

from django.contrib import admin

from governance.kit.admin import ListingAdmin
from governance.regions import listings
from governance.regions.models import Estate, Facility, Region, RegionCapability, RegionSuccession, RegisterCoverage


@admin.register(Region)
class RegionAdmin(ListingAdmin):
    """Places."""

    listing = listings.REGIONS


@admin.register(RegionSuccession)
class SuccessionAdmin(ListingAdmin):
    """Changes of the divisions."""

    listing = listings.SUCCESSIONS


@admin.register(Estate)
class EstateAdmin(ListingAdmin):
    """Estates."""

    listing = listings.ESTATES


@admin.register(Facility)
class FacilityAdmin(ListingAdmin):
    """Facilities."""

    listing = listings.FACILITIES


@admin.register(RegionCapability)
class CapabilityAdmin(ListingAdmin):
    """Capabilities."""

    listing = listings.CAPABILITIES


@admin.register(RegisterCoverage)
class RegisterCoverageAdmin(ListingAdmin):
    """Registers kept."""

    listing = listings.REGISTER_COVERAGE
