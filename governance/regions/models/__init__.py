"""Places and what they have."""

from governance.regions.models.capability import CapabilityComponent, CapabilityItem, RegionCapability, RegionSet
from governance.regions.models.coverage import RegisterCoverage
from governance.regions.models.estate import Estate
from governance.regions.models.facility import Facility
from governance.regions.models.region import Level, Region, RegionSuccession

__all__ = [
    "CapabilityComponent",
    "CapabilityItem",
    "Estate",
    "Facility",
    "Level",
    "Region",
    "RegionCapability",
    "RegionSet",
    "RegionSuccession",
    "RegisterCoverage",
]
