"""A request for the records behind a number, read and answered: the same for the page, the file and the API."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.attainment.compute.questions import questions
from governance.attainment.results import requests
from governance.attainment.results.evidence import SIDES, SideEvidence, evidence_of
from governance.attainment.sources.evidence import Evidence
from governance.kit.texts import echoed
from governance.kit.wording import listed
from governance.policies.models import Indicator, Policy
from governance.regions.models import Region

PARAMETERS = ("policy", "indicator", "region", "as_of", "side")


@dataclass(frozen=True)
class Answered:
    """What was asked, the evidence, and the part of it that the user may see.

    `total` records stand behind the number, `outside` of them outside what she may see.
    """

    policy: Policy
    indicator: Indicator
    region: Region
    found: SideEvidence
    seen: Evidence
    total: int
    outside: int


def answered(asked: QueryDict, user: Any, *, beside: Iterable[str] = ()) -> Answered:
    """Answer a request; raises `ValidationError` by parameter, and `Http404` outside one's reach.

    `beside`: further parameters that mean something to the surface.
    """
    refused = requests.Refusals()
    requests.refuse_unknown(asked, [*PARAMETERS, *beside], refused)
    policy = requests.policy_named(requests.given(asked, "policy", refused), user, refused)
    indicator = requests.indicator_named(requests.given(asked, "indicator", refused), policy, user, refused)
    code = requests.code_written(requests.given(asked, "region", refused), refused)
    today = timezone.localdate()
    day = requests.day_written(str(asked.get("as_of", "")).strip(), today, refused)
    side = str(asked.get("side") or SIDES[0])
    if side not in SIDES:
        values = {"given": echoed(side), "allowed": listed(SIDES)}
        refused.add("side", _("没有“%(given)s”这个选项。可以填：%(allowed)s。") % values)
    refused.check()
    if policy is None or indicator is None:  # not reached: what is missing has been refused
        raise Http404
    region = requests.region_in_reach(code, policy, user)
    question = next(one for one in questions(policy) if one.indicator.pk == indicator.pk)
    found = evidence_of(question, region, day, side, today)
    seen, total = found.evidence.visible_to(user), found.evidence.count()
    return Answered(policy, question.indicator, region, found, seen, total, total - seen.count())
