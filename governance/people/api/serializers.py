"""How persons look to partner systems: masked, unless a purpose is named."""

from __future__ import annotations

from typing import Any

from rest_framework import serializers

from governance.kit.masks import mask_name
from governance.kit.serializers import RecordSerializer
from governance.people import names
from governance.people.models import Person


class MaskedNameField(serializers.CharField):
    """The masked name; sent back as it was read, it stays what it is."""

    def to_representation(self, value: Any) -> str:
        """Return 张*三."""
        return mask_name(str(value))

    def to_internal_value(self, data: Any) -> str:
        """Return the name."""
        return names.unmasked(super().to_internal_value(data), getattr(self.parent, "instance", None))


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
