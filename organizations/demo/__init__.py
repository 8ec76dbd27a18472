"""Demonstration data of this app: organisations, what they are on which day, and the people of social work."""

from __future__ import annotations

from django.db import connection

from governance.kit.demo import DemoStep, register, register_settler
from governance.people.models import Person
from governance.regions.demo.places import ANHUI, KUNMING, XIAMEN
from organizations.demo.chongqing import load_chongqing
from organizations.demo.elsewhere import load_kunming, load_tongling, load_xiamen
from organizations.demo.manager import load_manager
from organizations.demo.tianyuan import load_tianyuan
from organizations.models import (
    CommunityWorkerPost,
    Organization,
    OrganizationParty,
    OrganizationStatus,
    QualifiedSpan,
    SocialWorkCertificate,
    SocialWorkPost,
    TrainingRecord,
)

_BODIES = (Organization, OrganizationStatus, OrganizationParty)
_WORKERS = (Person, SocialWorkPost, CommunityWorkerPost, SocialWorkCertificate)


_QUALIFIED = """
    INSERT INTO organizations_qualifiedspan
        (kind, person_id, region_id, level, since, until, social_work_post_id, community_post_id, changed_at)
    SELECT found.*, now() FROM organizations_qualifications(ARRAY(
        SELECT person_id FROM organizations_socialworkcertificate UNION SELECT person_id FROM organizations_trainingrecord
    )) AS found
"""


def find_qualified() -> None:
    """Write when persons in post are certified or trained, as triggers would have done; nobody has a span yet."""
    with connection.cursor() as cursor:
        cursor.execute(_QUALIFIED)


register(DemoStep("重庆市的社会组织与社会工作者", 200, load_chongqing, in_bulk=True, large=(*_BODIES, *_WORKERS)))
register(DemoStep("天元区的社会组织与社会工作者", 210, load_tianyuan, in_bulk=True, large=(TrainingRecord,)))
register(DemoStep("机构负责人", 220, load_manager))
register(DemoStep("社会组织与社会工作者", 200, load_xiamen, part=XIAMEN))
register(DemoStep("社会组织", 200, load_kunming, part=KUNMING))
register(DemoStep("铜陵市的社会组织与社会工作者", 200, load_tongling, part=ANHUI))
register_settler(10, find_qualified, QualifiedSpan)
