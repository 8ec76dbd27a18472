"""The page of a place, the suggestions of places, and the import of divisions from the browser."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views import View

from governance.kit import jobs
from governance.kit.cards import cards
from governance.kit.choicespage import SHOWN, ChoicesPage
from governance.kit.refusals import missing
from governance.kit.views import DetailPage
from governance.regions import uploads
from governance.regions.forms import DivisionUploadForm
from governance.regions.models import Level, Region
from governance.regions.nearest import nearest
from governance.regions.tree import ancestors, children, counts_below, partial_below

CHILDREN_SHOWN = 200


class RegionPage(DetailPage):
    """A place: what it is, what it has, what lies below it."""

    template_name = "regions/region.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add ancestors, children and the cards of the apps."""
        region, user, today = self.object, self.request.user, timezone.localdate()
        counts = counts_below(region, user, today)
        return super().get_context_data(**kwargs) | {
            "region": region,
            "alive": region.alive_on(today),
            "ancestors": _linked(ancestors(region), user),
            "children": children(region, user, today)[:CHILDREN_SHOWN],
            "counts": [
                {"level": level, "label": level.label, "count": counts[level]} for level in Level if counts.get(level)
            ],
            "partial": list(partial_below(region)[:5]),
            "followed": region.successions.visible_to(user).select_related("successor").order_by("changed_on"),
            "follows": region.precessions.visible_to(user).select_related("predecessor").order_by("changed_on"),
            "cards": cards("region", user, region),
            "side_cards": cards("region_side", user, region),
        }


def _linked(regions: Any, user: Any) -> list[dict[str, Any]]:
    """Return names with an address only where the user may open the place."""
    scope = user.scope_for("regions.view_region")
    return [
        {"name": region.name, "url": region.get_absolute_url() if scope.covers(region.path) else None}
        for region in regions
    ]


class Switching:
    """Which places a switcher offers, and where each of them leads: to its own page, inside the user's scope."""

    def places(self, request: HttpRequest) -> QuerySet[Region]:
        """Return the places."""
        found: QuerySet[Region] = Region.objects.visible_to(request.user)
        return found

    def address(self, request: HttpRequest, place: Region) -> str:
        """Return where a place leads."""
        return place.get_absolute_url()

    def carried(self, request: HttpRequest) -> dict[str, str]:
        """Return what the form of the switcher sends along."""
        return {}


class RegionChoices(Switching, ChoicesPage):
    """Suggestions for a region input: by code, name or pinyin initials, inside the user's scope."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Return the options of a `datalist`, or the list of the switcher."""
        switching = "switch" in request.GET
        asked = (name for name in ("q", *(() if switching else request.GET)) if request.GET.get(name))
        # a picked suggestion reads "code name"; its code is enough
        text = next((request.GET[name] for name in asked), "").strip()[:50].split(" ", 1)[0]
        found = self.places(request).filter(until=None)
        if text:
            lookup = (
                "code__startswith" if text.isdigit() else "initials__startswith" if text.isascii() else "name__contains"
            )
            found = found.filter(**{lookup: text.lower()})
        options = found.select_related("parent").order_by("path")[:SHOWN]
        if not switching:
            return render(request, "regions/region_options.html", {"options": options, "text": text})
        linked = [{"place": place, "url": self.address(request, place)} for place in options]
        return render(request, "regions/switcher.html", {"options": linked, "text": text})


class RegionGo(LoginRequiredMixin, Switching, View):
    """The switcher's answer without scripts: the place, if one is meant, else those that come near."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Go to the place."""
        text = request.GET.get("q", "").strip()[:50]
        visible = self.places(request)
        if not text:
            return redirect("regions:region_list")
        exact = list(visible.filter(code=text)[:1] or visible.filter(name=text)[:2])
        if len(exact) == 1:
            return redirect(self.address(request, exact[0]))
        near = list(visible.filter(name__contains=text).select_related("parent").order_by("path")[:50])
        near = near or list(
            visible.filter(initials__startswith=text.lower()).select_related("parent").order_by("path")[:50]
        )
        if len(near) == 1:
            return redirect(self.address(request, near[0]))
        shown = near or nearest(text, visible)
        values = {
            "text": text,
            "found": bool(near),
            "total": len(near),
            "shown": [{"place": place, "url": self.address(request, place)} for place in shown],
            "carried": self.carried(request),
        }
        return render(request, "regions/go.html", values)


def _importing_at(user: Any) -> Region:
    """Return where the import of `user` is at home: her own region, or the first root of where she may import."""
    scope = user.scope_for("regions.import_region")
    return cast(Region, user.region if scope.covers(user.region.path) else Region.objects.get(path=scope.paths[0]))


class RegionImport(LoginRequiredMixin, View):
    """Upload a division file; a worker imports it and the job's page shows how far it is."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Only for those who may import."""
        if request.user.is_authenticated and not request.user.has_perm("regions.import_region"):
            raise missing(request.user, "regions.import_region")
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the form."""
        return render(request, "regions/import.html", {"form": DivisionUploadForm()})

    def post(self, request: HttpRequest) -> HttpResponse:
        """Keep the file in the private store and start the job."""
        form = DivisionUploadForm(request.POST, request.FILES)
        if not form.is_valid():
            return render(request, "regions/import.html", {"form": form}, status=400)
        file, on = form.cleaned_data["file"], form.cleaned_data["on"]
        row = jobs.start(
            "regions.import_divisions",
            title=_("导入区划：%(file)s") % {"file": file.name[:100]},
            by=request.user,
            region=_importing_at(request.user),
            file=uploads.keep(file),
            on=on.isoformat() if on else None,
            complete=form.cleaned_data["complete"],
        )
        messages.success(request, _("文件已收到，正在导入。可以离开本页。"))
        return redirect(row.get_absolute_url())
