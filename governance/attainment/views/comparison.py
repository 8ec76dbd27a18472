"""Two months or two places beside each other."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.urls import reverse

from governance.attainment.dashboard.asked import asked, policies
from governance.attainment.dashboard.compared import other_side, pairs, places_beside
from governance.attainment.periods import as_text, month_of
from governance.attainment.views.dashboard import bar
from governance.attainment.views.results import KeptResults
from governance.kit.days import EARLIEST


class ComparisonPage(KeptResults):
    """What has changed between two months, and what a neighbour does better."""

    template_name = "attainment/comparison.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add both sides; without a choice the month is compared with the same one a year before."""
        user, given = self.request.user, self.request.GET.copy()
        found = asked(given, user)
        if found is None:
            raise Http404
        if not given.get("with_month") and not given.get("with_region"):
            given["with_month"] = as_text(max(found.month - 12, month_of(EARLIEST)))
        other = other_side(found, given, user)
        if other is None:
            raise Http404
        made = pairs(found, other)
        two_places = other.region != found.region
        return super().get_context_data(**kwargs) | bar(found, self.request.path) | {
            "policies": list(policies(user)),
            "asked": found,
            "other": other,
            "other_month": as_text(other.month),
            "latest": as_text(month_of(found.today)),
            "pairs": made,
            "changed": sum(1 for pair in made if pair.difference),
            "sides": [_side(each, two_places, found.month != other.month) for each in (found, other)],
            "beside": places_beside(found, user),
            "dashboard_url": f"{reverse('attainment:dashboard')}?{found.query()}",
        }  # fmt: skip


def _side(side: Any, places: bool, months: bool) -> str:
    """Return what distinguishes a side."""
    month = as_text(side.month)
    if places and months:
        return f"{side.region.name} {month}"
    return str(side.region.name) if places else month
