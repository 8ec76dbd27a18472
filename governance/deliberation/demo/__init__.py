"""Demonstration data of this app: designations, awards, tasks, consultations, disputes."""

from __future__ import annotations

from governance.deliberation.demo.chongqing import load_chongqing
from governance.deliberation.demo.tianyuan import load_tianyuan
from governance.deliberation.models import Consultation, ConsultationParticipant
from governance.kit.demo import DemoStep, register

register(DemoStep("重庆市的示范点与协商", 150, load_chongqing, in_bulk=True, large=(Consultation, ConsultationParticipant)))
register(DemoStep("天元区的品牌、评选、任务与协商", 160, load_tianyuan, in_bulk=True))
