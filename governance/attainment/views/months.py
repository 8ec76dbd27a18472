"""Months: confirmed with a look at what is confirmed, and who below has and has not."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views import generic

from governance.attainment.dashboard.closing import Closing, closing
from governance.attainment.dashboard.confirmed import ADD, VIEW, confirm_url, last_ended, months_url, said_by
from governance.attainment.listings import CONFIRMED_MONTHS
from governance.attainment.models import CONFIRMING
from governance.attainment.periods import as_text, last_day, month_of
from governance.attainment.results import requests
from governance.kit.views import AddPage, ListingMixin, ListPage
from governance.regions.models import Region

STATES = ("", "yes", "no")


class ConfirmedMonthList(ListPage):
    """The confirmations, with the way to the places that have not confirmed."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the words of the buttons."""
        return super().get_context_data(**kwargs) | {
            "beside_url": reverse("attainment:months"),
            "beside_label": _("下级确认情况"),
            "beside_icon": "sitemap",
            "add_label": _("确认月度数据"),
            "add_icon": "check",
        }


class ConfirmMonthPage(AddPage):
    """The form of a confirmation above the summary of the month; both come filled with the last one that has ended."""

    template_name = "attainment/confirm_month.html"

    def form(self, data: Any = None, files: Any = None) -> Any:
        """Return the form; without anything in the address it is about the user's own place and the last month."""
        user: Any = self.request.user
        assert self.listing.form is not None  # noqa: S101  pages() gives no form page without one
        given = {"region": user.region.code, "month": as_text(last_ended())} | self.request.GET.dict()
        return self.listing.form(data, files, user=user, initial=given)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the summary of the place and month that the form names, where she may confirm them."""
        context = super().get_context_data(**kwargs)
        return context | {"closing": self._closing(context["form"])}

    def _closing(self, form: Any) -> Closing | None:
        user: Any = self.request.user
        code, month = (str(form[name].value() or "").strip() for name in ("region", "month"))
        region = Region.objects.filter(code=code.split(" ")[0]).first() if code else None
        try:
            day = form.fields["month"].clean(month)
        except ValidationError:
            return None
        if region is None or region.level not in CONFIRMING or month_of(day) > last_ended():
            return None
        return closing(user, region, month_of(day)) if user.scope_for(ADD).covers(region.path) else None


class MonthsPage(ListingMixin, generic.TemplateView):
    """The places right below one: which have confirmed a month, which have not."""

    listing = CONFIRMED_MONTHS
    template_name = "attainment/months.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the places."""
        given, user = self.request.GET, cast(Any, self.request.user)
        region, month = self._region(user), self._month()
        said = said_by(Region.objects.filter(parent=region), month)
        state = given.get("state", "") if given.get("state", "") in STATES else ""
        confirmed = [each for each in said if each.number is not None]
        shown = {"": said, "yes": confirmed, "no": [each for each in said if each.number is None]}
        numbers = {name: len(rows) for name, rows in shown.items()}
        here, may_add = months_url(region.code, month), user.scope_for(ADD)
        own = next(iter(said_by(Region.objects.filter(pk=region.pk), month)), None)
        return super().get_context_data(**kwargs) | {
            "region": region,
            "month": as_text(month),
            "before": months_url(region.code, month - 1),
            "after": months_url(region.code, month + 1) if month < last_ended() else None,
            "own": own,
            "own_url": confirm_url(region.code, month) if own and own.number is None and may_add.covers(region.path) else "",
            "up_url": months_url(region.ancestor_codes[-1], month) if self._may_look_up(user, region) else "",
            "states": [
                {"name": name, "count": numbers[name], "current": name == state, "url": f"{here}&state={name}"}
                for name in STATES
            ],
            "rows": [
                {
                    "said": each,
                    "below_url": months_url(each.code, month) if each.level != CONFIRMING[-1] else "",
                    "confirm_url": confirm_url(each.code, month)
                    if each.number is None and may_add.covers(each.path)
                    else "",
                    "dashboard_url": f"{reverse('attainment:dashboard')}?region={each.code}&month={as_text(month)}",
                }
                for each in shown[state]
            ],
            "total": numbers[""],
            "confirmed": numbers["yes"],
        }  # fmt: skip

    def _region(self, user: Any) -> Region:
        code = self.request.GET.get("region", "").strip() or user.region.code
        region: Region | None = Region.objects.filter(code=code).first()
        if region is None or not user.scope_for(VIEW).covers(region.path):
            raise Http404
        return region

    def _month(self) -> int:
        """Return the month asked for, never one that has not ended."""
        refused = requests.Refusals()
        text = self.request.GET.get("month", "").strip()
        month = month_of(requests.day_written(f"{text}-01" if text else "", last_day(last_ended()), refused))
        if refused:
            raise Http404
        return min(month, last_ended())

    def _may_look_up(self, user: Any, region: Region) -> bool:
        above = region.path.removesuffix(f"{region.code}/")
        return bool(above) and user.scope_for(VIEW).covers(above)
