"""The region switcher of pages of results: the same policy, month and indicator at another place."""

from __future__ import annotations

from typing import Any

from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.http import urlencode

from governance.attainment.dashboard.asked import Asked, policies
from governance.attainment.periods import as_text
from governance.attainment.results.requests import PERMISSION
from governance.attainment.views.results import ResultsMixin
from governance.policies.models.reach import above
from governance.regions.models import Region
from governance.regions.views import RegionChoices, RegionGo, Switching

CARRIED = ("policy", "month", "indicator")


class ResultPlaces(Switching):
    """The places of which a policy speaks and whose results the user may see."""

    def places(self, request: HttpRequest) -> QuerySet[Region]:
        """Return the places below the root of the policy that is asked for; 404 where it is none of the user's."""
        policy = policies(request.user).filter(slug=request.GET.get("policy", "")).first()
        if policy is None:
            raise Http404
        user: Any = request.user
        scope = user.scope_for(PERMISSION)
        reach = scope.q("path")
        if policy.public and policy.region.path in above(scope):
            reach |= Q(pk=policy.region_id)
        found: QuerySet[Region] = Region.objects.under(policy.region).filter(reach)
        return found

    def address(self, request: HttpRequest, place: Region) -> str:
        """Return the same page about another place."""
        carried = self.carried(request)
        indicator = carried.pop("indicator", "")
        page = reverse("attainment:indicator", args=[indicator]) if indicator else reverse("attainment:dashboard")
        return f"{page}?{urlencode(carried | {'region': place.code})}"

    def carried(self, request: HttpRequest) -> dict[str, str]:
        """Return policy, month and indicator, as far as they are asked for."""
        return {name: request.GET[name] for name in CARRIED if request.GET.get(name)}


class ResultChoices(ResultsMixin, ResultPlaces, RegionChoices):
    """What the switcher suggests."""


class ResultGo(ResultsMixin, ResultPlaces, RegionGo):
    """The switcher without scripts."""


def switch_of(found: Asked, indicator: str = "") -> dict[str, Any]:
    """Return what the bar needs to switch to another place and stay on the page."""
    carried = {"policy": found.policy.slug, "month": as_text(found.month), "indicator": indicator}
    carried = {name: value for name, value in carried.items() if value}
    choices = reverse("attainment:place_choices")
    return {
        "go": reverse("attainment:place_go"),
        "choices": f"{choices}?{urlencode(carried | {'switch': '1'})}",
        "carried": carried,
    }
