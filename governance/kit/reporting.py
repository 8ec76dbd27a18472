"""What a report of an unforeseen failure may say: where it happened, and nothing that anybody had typed or recorded."""

from __future__ import annotations

from types import FrameType
from typing import Any

from django.http import HttpRequest
from django.views.debug import SafeExceptionReporterFilter


class NothingTyped(SafeExceptionReporterFilter):
    """Leaves out every value of a form and every variable, not only those that somebody thought of marking."""

    def get_post_parameters(self, request: HttpRequest | None) -> Any:
        """Return the names of what was sent."""
        if request is None or not self.is_active(request):
            return super().get_post_parameters(request)
        return dict.fromkeys(request.POST, self.cleansed_substitute)

    def get_traceback_frame_variables(self, request: HttpRequest, tb_frame: FrameType) -> Any:
        """Return the names of the variables."""
        if not self.is_active(request):
            return super().get_traceback_frame_variables(request, tb_frame)
        return [(name, self.cleansed_substitute) for name in tb_frame.f_locals]
