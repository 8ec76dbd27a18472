"""Demonstration data of this app: designations, awards, tasks, consultations, disputes."""

from __future__ import annotations

from governance.deliberation.demo.chongqing import load_chongqing
from governance.deliberation.demo.elsewhere import load_kunming, load_xiamen
from governance.deliberation.demo.tianyuan import load_tianyuan
from governance.deliberation.models import Consultation, ConsultationParticipant
from governance.kit.demo import DemoStep, register
from governance.regions.demo.places import KUNMING, XIAMEN

register(
    DemoStep("重庆市的示范点与协商", 150, load_chongqing, in_bulk=True, large=(Consultation, ConsultationParticipant))
)
register(DemoStep("天元区的品牌、评选、任务与协商", 160, load_tianyuan, in_bulk=True))
register(DemoStep("品牌与试点", 150, load_xiamen, part=XIAMEN))
register(DemoStep("调解、吹哨与考核", 150, load_kunming, part=KUNMING))
