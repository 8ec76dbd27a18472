"""How records of this app look to partner systems, where that does not follow from the form."""

from __future__ import annotations

from rest_framework import serializers

from governance.kit.serializers import RecordSerializer
from governance.people.fields import PersonKeyField
from projects.models import ServiceCase


class ServiceCaseSerializer(RecordSerializer):
    """A case. Whose it is and what it is about is written and never read."""

    client = PersonKeyField(write_only=True)
    summary = serializers.CharField(write_only=True, required=False, allow_blank=True, max_length=2000)

    class Meta:
        model = ServiceCase
        fields = (
            "id", "community", "number", "client", "field", "social_worker", "organization", "project", "opened_on",
            "closed_on", "summary", "changed_at",
        )  # fmt: skip
