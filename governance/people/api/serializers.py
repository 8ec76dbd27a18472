"""How persons look to partner systems: masked, unless a purpose is named."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from governance.kit.masks import mask_name
from governance.kit.serializers import RecordSerializer, refuse_unknown
from governance.people.actions import PURPOSE, sealed_fields
from governance.people.models import Person


class MaskedNameField(serializers.CharField):
    """The masked name; sent back as it was read, it stays what it is."""

    def to_representation(self, value: Any) -> str:
        """Return 张*三."""
        return mask_name(str(value))

    def to_internal_value(self, data: Any) -> str:
        """Return the name."""
        text = super().to_internal_value(data)
        instance = getattr(self.parent, "instance", None)
        return instance.name if isinstance(instance, Person) and text == str(instance) else text


class SealedTextField(serializers.CharField):
    """The mask of a sealed text; sent back as it was read, it stays what it is."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"required": False, "allow_null": True, "max_length": 100} | options)


class PersonSerializer(RecordSerializer):
    """A person. Names, numbers and contacts are masked; `…/reveal/` gives them for a purpose."""

    name = MaskedNameField(max_length=60)
    identity_number = SealedTextField()
    phone = SealedTextField()
    email = SealedTextField()

    class Meta:
        model = Person
        fields = ("id", "name", "gender", "birth_year", "identity_number", "phone", "email", "changed_at")


class RevealSerializer(serializers.Serializer[Any]):
    """What is asked for, and what for."""

    purpose = serializers.CharField(min_length=PURPOSE[0], max_length=PURPOSE[1])

    def get_fields(self) -> dict[str, Any]:
        """Add `fields`, which is a name of the framework's own."""
        return {"fields": serializers.MultipleChoiceField(choices=sealed_fields()), **super().get_fields()}

    def to_internal_value(self, data: Any) -> Any:
        """Refuse keys that would be passed over."""
        values = super().to_internal_value(data)
        refuse_unknown(self, data)
        return values


class RevealedSerializer(serializers.Serializer[Any]):
    """The texts that were asked for; an empty one is not recorded."""

    identity_number = serializers.CharField(required=False)
    phone = serializers.CharField(required=False)
    email = serializers.CharField(required=False)
