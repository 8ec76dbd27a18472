"""The page of an improvement plan."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from governance.kit.views import DetailPage


class PlanPage(DetailPage):
    """A plan with the way to the numbers that it is to change."""

    template_name = "attainment/plan.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the address of the indicator at the place."""
        plan: Any = self.object
        address = reverse("attainment:indicator", args=[plan.indicator.slug])
        given = urlencode({"region": plan.region.code})
        return super().get_context_data(**kwargs) | {"results_url": f"{address}?{given}"}
