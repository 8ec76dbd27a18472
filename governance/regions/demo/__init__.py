"""Demonstration data of this app: the real divisions, and made-up facilities and capabilities of their places.

The places are real; everything that they are said to have is drawn from fixed seeds and stands for nobody.
"""

from __future__ import annotations

from pathlib import Path

from governance.kit.demo import DemoStep, Progress, register, register_emptiness
from governance.regions.demo.chongqing import load_chongqing
from governance.regions.demo.tianyuan import load_tianyuan
from governance.regions.divisions import import_divisions
from governance.regions.models import Facility, Region, RegionCapability

DIVISIONS = Path(__file__).parent.parent / "data" / "divisions_2023.csv.gz"


def load_divisions(progress: Progress) -> None:
    """Load the real divisions of the file that comes with the portal."""
    import_divisions(DIVISIONS, by=None, progress=progress)


register(DemoStep("区划", 10, load_divisions))
register(DemoStep("重庆市的设施与能力", 100, load_chongqing, in_bulk=True, large=(Facility, RegionCapability)))
register(DemoStep("天元区的设施、小区与能力", 110, load_tianyuan, in_bulk=True))
register_emptiness(lambda: not Region.objects.exists())
