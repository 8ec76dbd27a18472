"""Demonstration data of this app: volunteers, activities, services, points, party members, spot checks."""

from __future__ import annotations

from django.db import connection

from governance.kit.demo import DemoStep, register, register_settler
from volunteers.demo.checks import load_chongqing
from volunteers.demo.tianyuan import load_tianyuan
from volunteers.models import Activity, PointsIssue, RecordStart, ServiceRecord, Volunteer


def find_starts() -> None:
    """Write since when communities have records of service, as triggers would have done."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT volunteers_find_starts(ARRAY(SELECT DISTINCT community_id FROM volunteers_servicerecord)::bigint[])"
        )


_LARGE = (Activity, PointsIssue, ServiceRecord, Volunteer)

register(DemoStep("重庆市的志愿服务记录抽查", 350, load_chongqing, in_bulk=True))
register(DemoStep("天元区的志愿者与活动", 360, load_tianyuan, in_bulk=True, large=_LARGE))
register_settler(30, find_starts, RecordStart)
