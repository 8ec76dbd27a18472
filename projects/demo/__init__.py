"""Demonstration data of this app: projects, sessions, purchases, lists and cases."""

from __future__ import annotations

from governance.kit.demo import DemoStep, register, register_settler
from governance.regions.demo.places import KUNMING, XIAMEN
from projects.demo.chongqing import load_chongqing
from projects.demo.elsewhere import load_kunming, load_xiamen
from projects.demo.lists import find_upkeep
from projects.demo.tianyuan import load_tianyuan
from projects.models import ListUpkeep, ProjectSession

register(DemoStep("重庆市的社会工作活动", 330, load_chongqing, in_bulk=True, large=(ProjectSession,)))
register(DemoStep("天元区的项目、活动与清单", 340, load_tianyuan, in_bulk=True))
register_settler(20, find_upkeep, ListUpkeep)
register(DemoStep("社会工作活动", 330, load_xiamen, part=XIAMEN))
register(DemoStep("政府购买服务", 330, load_kunming, part=KUNMING))
