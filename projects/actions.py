"""What is done in this app beyond plain writing."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from governance.kit.errors import DomainError
from governance.kit.events import Event, emit
from governance.kit.scoping import may, region_path_of
from governance.kit.texts import refused_character
from governance.people.actions import PURPOSE
from projects.models import ServiceCase


def read_summary(case: ServiceCase, *, by: Any, purpose: str) -> str:
    """Return the summary of a case; who asked, and what for, is kept on the trail first."""
    if not may(by, "view", case):
        raise PermissionDenied(_("您的岗位不能查看完整的敏感信息。"))
    purpose = purpose.strip()
    if not PURPOSE[0] <= len(purpose) <= PURPOSE[1] or refused_character(purpose):
        raise DomainError(
            _("请写明查看的用途（%(least)s 到 %(most)s 个字）。") % {"least": PURPOSE[0], "most": PURPOSE[1]},
            code="purpose",
            field="purpose",
        )
    told = {"fields": ["summary"], "purpose": purpose}
    emit(Event("projects.servicecase.reveal", by, case, region_path_of(case), after=told))
    return case.summary.open() if case.summary is not None else ""
