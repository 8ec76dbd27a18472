"""How records of this app look to partner systems, where that does not follow from the form."""

from __future__ import annotations

from rest_framework import serializers

from governance.kit.serializers import RecordSerializer
from governance.people.fields import PersonKeyField
from volunteers.models import PartyReport


class PartyReportSerializer(RecordSerializer):
    """A report to a community. Who reported, and from which branch, is written and never read."""

    person = PersonKeyField(write_only=True)
    unit_name = serializers.CharField(write_only=True, max_length=120)

    class Meta:
        model = PartyReport
        fields = ("id", "person", "community", "unit_name", "post", "since", "until", "changed_at")
