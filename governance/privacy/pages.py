"""The notice as anybody reads it, without login."""

from __future__ import annotations

from typing import Any

from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from governance.privacy.models import PrivacyNotice


class PublicNotice(TemplateView):
    """The version in force, of the place that is asked for or of the first one; the others of the place below it."""

    template_name = "privacy/notice.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the version, the older ones of its place, and the places that have one of their own."""
        standing = list(PrivacyNotice.objects.in_force().select_related("region").order_by("region__path"))
        published = PrivacyNotice.objects.published().select_related("region")
        key = self.kwargs.get("pk")
        notice = get_object_or_404(published, pk=key) if key else next(iter(standing), None)
        versions = published.filter(region=notice.region).order_by("-published_at", "-pk") if notice else ()
        return super().get_context_data(**kwargs) | {
            "notice": notice,
            "versions": versions,
            "places": standing if len(standing) > 1 else (),
            "bare": True,
        }
