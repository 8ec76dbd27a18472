"""How this app's records look to partner systems."""

from functools import cached_property
from typing import Any

from rest_framework import serializers

from governance.attainment.models import AttainmentRun, ReportedFigure
from governance.attainment.runcells import SeenCells
from governance.kit.api import RecordSerializer


class ReportedFigureSerializer(RecordSerializer):
    """A figure; of a survey `value` is part of `out_of`. The state is moved by the transitions, not written."""

    class Meta:
        model = ReportedFigure
        fields = (
            "id", "region", "measure", "on", "value", "out_of", "until", "source", "state", "reason", "changed_at",
        )  # fmt: skip
        read_only_fields = ("state", "reason")


class AttainmentRunSerializer(RecordSerializer):
    """A run with its progress; what came of it is in `report`, with cells of the caller's places. Nothing can be written."""

    report = serializers.SerializerMethodField()

    class Meta:
        model = AttainmentRun
        fields = (
            "id", "cause", "status", "chunks_done", "chunks_total", "months", "rows", "report", "error", "created_at",
            "started_at", "heard_at", "finished_at",
        )  # fmt: skip
        read_only_fields = fields

    def get_report(self, run: AttainmentRun) -> dict[str, Any]:
        """Return the report; numbers of other places are left out and counted in `outside`."""
        return self._seen.report(run)

    @cached_property
    def _seen(self) -> SeenCells:
        page: Any = self.instance if self.parent is None else self.parent.instance
        runs = [page] if isinstance(page, AttainmentRun) else page
        return SeenCells(runs, self.context["request"].user)
