"""Demonstration data of this app: the real divisions, and made-up facilities and capabilities of their places.

The places are real; everything that they are said to have is drawn from fixed seeds and stands for nobody.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from governance.kit.demo import DemoStep, Progress, register, register_emptiness, register_part
from governance.regions.demo.anhui import load_anhui
from governance.regions.demo.chongqing import load_chongqing
from governance.regions.demo.kunming import load_kunming
from governance.regions.demo.places import ANHUI, KUNMING, XIAMEN
from governance.regions.demo.tianyuan import load_tianyuan
from governance.regions.demo.xiamen import load_xiamen
from governance.regions.divisions import import_divisions
from governance.regions.models import Facility, Region, RegionCapability, RegisterCoverage

DIVISIONS = Path(__file__).parent.parent / "data" / "divisions_2023.csv.gz"


def load_divisions(progress: Progress) -> None:
    """Load the real divisions of the file that comes with the portal."""
    import_divisions(DIVISIONS, by=None, progress=progress)


register(DemoStep("区划", 10, load_divisions))
register(DemoStep("重庆市的设施与能力", 100, load_chongqing, in_bulk=True, large=(Facility, RegionCapability)))
register(DemoStep("天元区的设施、小区与能力", 110, load_tianyuan, in_bulk=True))


def is_loaded(code: str) -> bool:
    """Say whether a later part is there: its registers are kept, which is stated in the same transaction."""
    return RegisterCoverage.objects.filter(region__code=code).exists()


for code, load in ((XIAMEN, load_xiamen), (KUNMING, load_kunming), (ANHUI, load_anhui)):
    register_part(code, partial(is_loaded, code))
    register(DemoStep("设施与能力", 100, load, part=code))
register_emptiness(lambda: not Region.objects.exists())
