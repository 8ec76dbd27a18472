"""A target split over the places right below: proposed by residents or equally, corrected by hand, checked, given out."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views import generic

from governance.attainment.actions.allocating import allocate_target, is_sum
from governance.attainment.apportioning import together
from governance.attainment.dashboard.allocation import (
    EQUALLY,
    GIVE,
    KEPT,
    POPULATION,
    SAME,
    Place,
    may_allocate,
    places_below,
    proposed,
    targets_of,
    ways,
)
from governance.attainment.results import requests
from governance.attainment.rounding import shown
from governance.attainment.views.results import ResultsMixin
from governance.kit.errors import DomainError
from governance.kit.refusals import missing
from governance.policies.models import Indicator, Target
from governance.regions.models import Region

WAYS = {
    KEPT: gettext_lazy("已下达的数"),
    POPULATION: gettext_lazy("按常住人口"),
    EQUALLY: gettext_lazy("平均分配"),
    SAME: gettext_lazy("与上级相同"),
}


class AllocationForm(forms.Form):
    """A number for each place; an empty one takes back what the place was given."""

    def __init__(self, places: Sequence[Place], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.places = places
        for place in places:
            self.fields[place.region.code] = forms.DecimalField(
                label=place.region.name, required=False, min_value=0, max_digits=18, decimal_places=4,
                widget=forms.NumberInput(attrs={"class": "form-control num", "step": "any", "inputmode": "decimal"}),
            )  # fmt: skip

    def numbers(self) -> dict[Region, Decimal | None]:
        """Return what was written, by place."""
        return {place.region: self.cleaned_data[place.region.code] for place in self.places}


class AllocationPage(ResultsMixin, generic.TemplateView):
    """One target of one place at a time."""

    template_name = "attainment/allocation.html"

    @cached_property
    def target(self) -> Target:
        """The target that is split: that of the day asked for, else the next one, else the last."""
        user: Any = self.request.user
        indicator = get_object_or_404(Indicator.objects.visible_to(user), slug=self.kwargs["slug"])
        code = self.request.GET.get("region", "").strip() or indicator.policy.region.code
        region = requests.region_in_reach(code, indicator.policy, user)
        if not may_allocate(user, indicator, region):
            if user.scope_for(GIVE).covers(region.path):
                raise PermissionDenied(_("这个指标的目标不能分解到下级。"))
            raise missing(user, GIVE, path=region.path, first=_("只有能下达目标的岗位才能分解目标。"))
        found, due = targets_of(indicator, region), self.request.GET.get("due")
        wanted = [target for target in found if due is None or str(target.due or "") == due]
        if not wanted:
            raise Http404
        return next((target for target in wanted if not target.due or target.due >= timezone.localdate()), wanted[-1])

    @cached_property
    def places(self) -> list[Place]:
        """The places among which it is split."""
        return places_below(self.target)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Give the numbers out, or show why not with what was written."""
        form = AllocationForm(self.places, request.POST)
        if form.is_valid():
            denominators = {place.region: place.denominator for place in self.places}
            try:
                written = allocate_target(
                    self.target, by=request.user, numbers=form.numbers(), denominators=denominators
                )
            except DomainError as error:
                form.add_error(None, error.reason)
            else:
                done = ngettext("已下达 %(number)s 个地方的目标。", "已下达 %(number)s 个地方的目标。", len(written))
                messages.success(request, done % {"number": len(written)} if written else _("没有改动。"))
                return redirect(self._address("attainment:indicator"))
        status = 400 if form.errors else 200
        return self.render_to_response(self.get_context_data(form=form), status=status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the target, the places with their inputs, and what the numbers make up."""
        target, places = self.target, self.places
        offered = ways(target, places)
        asked = self.request.GET.get("way", "")
        way = asked if asked in offered else offered[0]
        form = kwargs.get("form") or AllocationForm(places, initial=_written(proposed(target, places, way)))
        beside = targets_of(target.indicator, target.region)
        return super().get_context_data(**kwargs) | {
            "form": form,
            "target": target,
            "indicator": target.indicator,
            "region": target.region,
            "whole": shown(Fraction(target.value)),
            "is_sum": is_sum(target.indicator),
            "rows": [{"place": place, "field": form[place.region.code]} for place in places],
            "residents": any(place.residents is not None for place in places),
            "reached": self._reached(form, places),
            "ways": [(WAYS[each], self._address("attainment:allocation", way=each), each == way) for each in offered],
            "targets": [
                (each, self._address("attainment:allocation", due=str(each.due or "")), each == target)
                for each in beside
            ],
            "back": self._address("attainment:indicator"),
        }

    def _reached(self, form: AllocationForm, places: Sequence[Place]) -> str:
        """Return what the numbers of the form make up together; nothing where that cannot be said."""
        written = [(place, form[place.region.code].value()) for place in places]
        try:
            given = [(place, Decimal(str(value))) for place, value in written if value not in (None, "")]
            weights = None if is_sum(self.target.indicator) else [place.denominator or 0 for place, _value in given]
            return shown(together([value for _place, value in given], weights), Fraction(self.target.value))
        except (ArithmeticError, ValueError):
            return ""

    def _address(self, name: str, **more: str) -> str:
        given = {"region": self.target.region.code}
        if name == "attainment:allocation":
            given |= {"due": str(self.target.due or "")} | more
        return f"{reverse(name, args=[self.target.indicator.slug])}?{urlencode(given)}"


def _written(numbers: dict[Region, Decimal | None]) -> dict[str, str]:
    return {region.code: "" if number is None else f"{number.normalize():f}" for region, number in numbers.items()}
