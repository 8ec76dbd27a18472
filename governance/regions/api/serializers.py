"""How this app's records look to partner systems."""

from __future__ import annotations

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from governance.kit.api import RecordSerializer
from governance.kit.texts import refused_character
from governance.kit.wording import listed
from governance.regions.fields import RegionCodeField
from governance.regions.models import CapabilityComponent, Region, RegionCapability


class RegionSerializer(RecordSerializer):
    """A place; the parent is given as a code, whether or not the caller may open it: it is part of every address."""

    parent = RegionCodeField(read_only=True, allow_null=True)  # type: ignore[assignment]

    class Meta:
        model = Region
        fields = (
            "code", "name", "level", "parent", "since", "until", "partial", "urban_rural_code", "committee_type",
            "committee_type_by_name", "township_kind", "development_zone", "changed_at",
        )  # fmt: skip
        read_only_fields = (
            "code",
            "level",
            "committee_type",
            "committee_type_by_name",
            "township_kind",
            "development_zone",
        )


class ComponentSlugField(serializers.SlugRelatedField[CapabilityComponent]):
    """A component by `item/component`, for slugs repeat between items."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "does_not_exist": _("没有“{value}”这个分项。"),
        "none_of": _("没有“{value}”这个分项。可以填：{allowed}。"),
        "invalid": _("请按“能力项/分项”的形式填写标识。"),
    }

    def __init__(self, **options: object) -> None:
        super().__init__(slug_field="slug", **options)  # type: ignore[arg-type]

    def to_representation(self, obj: Any) -> str:
        """Return `item/component`."""
        return f"{obj.item_id}/{obj.slug}"

    def to_internal_value(self, data: object) -> CapabilityComponent:
        """Find the component, or refuse with what was given and what there is."""
        if not isinstance(data, str) or refused_character(data):
            self.fail("invalid")
        item, _slash, slug = data.partition("/")
        components = CapabilityComponent.objects.filter(item_id=item)
        found = components.filter(slug=slug).first()
        if found is None:
            allowed = listed(f"{item}/{each}" for each in components.values_list("slug", flat=True))
            self.fail("none_of" if allowed else "does_not_exist", value=data[:80], allowed=allowed)
        return found


class CapabilitySerializer(RecordSerializer):
    """A statement; the evidence itself is not handed out here, only whether there is one."""

    component = ComponentSlugField(queryset=CapabilityComponent.objects.all(), required=False, allow_null=True)
    has_evidence = serializers.BooleanField(source="evidence", read_only=True)

    class Meta:
        model = RegionCapability
        fields = (
            "id",
            "region",
            "item",
            "component",
            "statement",
            "since",
            "until",
            "note",
            "has_evidence",
            "changed_at",
        )
