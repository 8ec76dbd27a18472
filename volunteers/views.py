"""Pages of volunteers that are more than lists."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from governance.kit import choicespage
from volunteers.models import Volunteer
from volunteers.naming import find, shown


class VolunteerChoices(choicespage.ChoicesPage):
    """Suggestions of volunteers: by the number or the beginning of a name, those in force first."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Return up to twelve."""
        text = next((request.GET[name] for name in ("q", *request.GET) if request.GET.get(name)), "").strip()[:50]
        rows: Any = Volunteer.objects.nameable_by(request.user).select_related("person")
        picked = find(rows, text) if text else None
        found = self.listing.filterset({"q": text, "alive": "now"}, rows, user=request.user).rows if text else rows
        options = [picked] if picked is not None else found.order_by(*Volunteer._meta.ordering)[: choicespage.SHOWN]
        return render(request, "kit/record_options.html", {"options": [shown(each) for each in options]})
