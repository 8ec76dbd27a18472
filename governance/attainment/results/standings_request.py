"""A request for rows of results, read and answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from governance.attainment.compute.questions import Question, questions
from governance.attainment.evaluator.status import Status
from governance.attainment.results import requests
from governance.attainment.results.history import Point, history
from governance.attainment.results.standings import Standings
from governance.kit.measures.expressions import LEVELS
from governance.kit.texts import echoed
from governance.kit.wording import listed
from governance.policies.models import Indicator, Policy
from governance.regions.models import Region

PARAMETERS = ("policy", "region", "parent", "level", "as_of", "indicator", "status")
HISTORY = ("policy", "region", "as_of", "indicator")
STATUSES = tuple(status.value for status in Status)


def standings(asked: QueryDict, user: Any, *, beside: Iterable[str] = ()) -> Standings:
    """Return the rows asked for; raises `ValidationError` by parameter, and `Http404` outside the user's reach.

    `beside`: further parameters that mean something to the surface.
    """
    refused = requests.Refusals()
    requests.refuse_unknown(asked, [*PARAMETERS, *beside], refused, several=("indicator", "status"))
    policy = requests.policy_named(requests.given(asked, "policy", refused), user, refused)
    region = requests.code_written(asked.get("region", "").strip(), refused)
    parent = requests.code_written(asked.get("parent", "").strip(), refused, "parent")
    level = _one_of(asked.get("level", ""), LEVELS, "level", refused)
    statuses = [_one_of(status, STATUSES, "status", refused) for status in asked.getlist("status")]
    today = timezone.localdate()
    day = requests.day_written(asked.get("as_of", "").strip(), today, refused)
    slugs = [slug.strip() for slug in asked.getlist("indicator") if slug.strip()]
    wanted = [requests.indicator_named(slug, policy, user, refused) for slug in slugs]
    if region and (parent or level):
        refused.add("region", _("“region”只指一个地区，不能和“parent”“level”一起用。"))
    refused.check()
    if policy is None:  # not reached: what is missing has been refused
        raise Http404
    places = _places(policy, region, parent, level, user)
    return Standings(places, _chosen(policy, wanted), day, today, frozenset(status for status in statuses if status))


def history_of(asked: QueryDict, user: Any) -> Iterator[Point]:
    """Return the points asked for; raises the same."""
    refused = requests.Refusals()
    requests.refuse_unknown(asked, HISTORY, refused, several=("indicator",))
    policy = requests.policy_named(requests.given(asked, "policy", refused), user, refused)
    code = requests.code_written(asked.get("region", "").strip(), refused)
    today = timezone.localdate()
    day = requests.day_written(asked.get("as_of", "").strip(), today, refused)
    slugs = [slug.strip() for slug in asked.getlist("indicator") if slug.strip()]
    wanted = [requests.indicator_named(slug, policy, user, refused) for slug in slugs]
    refused.check()
    if policy is None:  # not reached: what is missing has been refused
        raise Http404
    region = requests.region_in_reach(code or policy.region.code, policy, user)
    return history(_chosen(policy, wanted), region, day, today)


def _chosen(policy: Policy, wanted: Iterable[Indicator | None]) -> list[Question]:
    own = {indicator.pk for indicator in wanted if indicator}
    return [question for question in questions(policy) if not own or question.indicator.pk in own]


def _one_of(given: str, allowed: Iterable[str], name: str, refused: requests.Refusals) -> str:
    given = given.strip()
    if given and given not in allowed:
        values = {"given": echoed(given), "allowed": listed(allowed)}
        refused.add(name, _("没有“%(given)s”这个选项。可以填：%(allowed)s。") % values)
    return given


def _places(policy: Policy, region: str, parent: str, level: str, user: Any) -> QuerySet[Region]:
    """Return the places asked for, as far as the user may see their results; none at all is 404."""
    if region or not (parent or level):
        place = requests.region_in_reach(region or policy.region.code, policy, user)
        return Region.objects.filter(pk=place.pk)
    above: Region | None = Region.objects.filter(code=parent).first() if parent else policy.region
    if above is None:
        raise Http404
    inside = Q(path__startswith=above.path, level=level) if level else Q(parent=above)
    scope = user.scope_for(requests.PERMISSION)
    if not (scope.covers(above.path) or any(path.startswith(above.path) for path in scope.paths)):
        raise Http404
    found: QuerySet[Region] = Region.objects.filter(inside).filter(scope.q("path"))
    return found
