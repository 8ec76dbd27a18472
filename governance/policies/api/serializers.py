"""How this app's records look to partner systems: policies and indicators by slug, places by code, exact numbers as texts."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from governance.kit.api import RecordSerializer
from governance.kit.texts import refused_character
from governance.policies.models import Clause, Indicator, Policy, ReferencePoint, Target
from governance.regions.fields import RegionCodeField


class SlugField(serializers.SlugRelatedField[Any]):
    """A record by its slug, among those that the caller may see."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "does_not_exist": _("没有“{value}”这个标识，或者它不在您的地区内。"),
        "invalid": _("请填记录的标识。"),
    }

    def __init__(self, **options: Any) -> None:
        super().__init__(slug_field="slug", **options)

    def to_internal_value(self, data: Any) -> Any:
        """Find the record by its slug, which is a text."""
        if not isinstance(data, str) or refused_character(data):
            self.fail("invalid")
        if len(data) > 60:
            self.fail("does_not_exist", value=data[:60])
        return super().to_internal_value(data)


class PolicySerializer(RecordSerializer):
    """A policy document; its first and last day are both inclusive."""

    region = RegionCodeField()

    class Meta:
        model = Policy
        fields = (
            "id", "slug", "title", "title_en", "document_no", "issued_on", "region", "valid_from", "valid_to", "public",
            "responsible", "responsible_en", "note", "note_en", "changed_at",
        )  # fmt: skip


class ClauseSerializer(RecordSerializer):
    """A passage, verbatim; `display` is the same mended for a page, where that differs."""

    policy = SlugField(queryset=Policy.objects.all())
    quote = serializers.CharField(trim_whitespace=False)

    class Meta:
        model = Clause
        fields = ("id", "policy", "position", "quote", "display", "changed_at")


class IndicatorSerializer(RecordSerializer):
    """An indicator: value = factor * numerator / denominator."""

    policy = SlugField(queryset=Policy.objects.all())
    subset_of = SlugField(queryset=Indicator.objects.all(), required=False, allow_null=True)
    region = RegionCodeField(required=False, allow_null=True)

    class Meta:
        model = Indicator
        fields = (
            "id", "policy", "clause", "slug", "position", "role", "name", "name_en", "kind", "numerator", "denominator",
            "factor", "unit", "test", "unit_levels", "verdict_levels", "show_levels", "direction", "region",
            "baseline_on", "baseline_value", "baseline_note", "baseline_note_en", "subset_of", "counts", "counts_en",
            "per", "per_en", "responsible", "responsible_en", "note", "note_en", "reading", "reading_en", "checklist",
            "checklist_en", "changed_at",
        )  # fmt: skip


class TargetSerializer(RecordSerializer):
    """A number to reach, in the indicator's unit; `high` is the upper bound of a range."""

    indicator = SlugField(queryset=Indicator.objects.all())
    region = RegionCodeField()

    class Meta:
        model = Target
        fields = ("id", "indicator", "region", "due", "value", "high", "origin", "yearly", "changed_at")


class ReferencePointSerializer(RecordSerializer):
    """A fact that the text states about a place."""

    indicator = SlugField(queryset=Indicator.objects.all())
    region = RegionCodeField()

    class Meta:
        model = ReferencePoint
        fields = ("id", "indicator", "region", "on", "value", "text", "bound", "changed_at")
