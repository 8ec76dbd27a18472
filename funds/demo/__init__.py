"""Demonstration data of this app: funds and budgets."""

from __future__ import annotations

from funds.demo.funds import load_chongqing, load_kunming, load_tianyuan
from governance.kit.demo import DemoStep, register
from governance.regions.demo.places import KUNMING

register(DemoStep("重庆市的社区基金", 310, load_chongqing, in_bulk=True))
register(DemoStep("天元区的基金与预算", 320, load_tianyuan, in_bulk=True))
register(DemoStep("社区发展基金与自治金", 310, load_kunming, part=KUNMING))
