"""Demonstration data of this app: populations, reported figures, confirmed months, plans, and the first numbers computed."""

from __future__ import annotations

from governance.attainment.demo import elsewhere
from governance.attainment.demo.census import load_census
from governance.attainment.demo.computing import compute_first
from governance.attainment.demo.figures import load_tianyuan, load_volunteers
from governance.attainment.demo.months import load_months
from governance.attainment.demo.plans import load_plans
from governance.kit.demo import DemoStep, register, register_finisher
from governance.regions.demo.places import ANHUI, KUNMING, XIAMEN

register(DemoStep("人口普查", 40, load_census))
register(DemoStep("重庆市各区县的志愿者人数", 120, load_volunteers, in_bulk=True))
register(DemoStep("天元区的填报数", 130, load_tianyuan, in_bulk=True))
register(DemoStep("月度确认", 140, load_months, in_bulk=True))
register(DemoStep("整改计划", 150, load_plans, in_bulk=True))
register_finisher(compute_first)
register(DemoStep("填报数", 400, elsewhere.load_xiamen, part=XIAMEN))
register(DemoStep("填报数", 400, elsewhere.load_kunming, part=KUNMING))
register(DemoStep("填报数", 400, elsewhere.load_anhui, part=ANHUI))
