"""Handing out a private file to somebody who may see its record."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import FileResponse, Http404

from governance.kit.events import Event, emit
from governance.kit.files import FileCheck
from governance.kit.scoping import region_path_of


def file_response(request: Any, record: Model, field: str) -> FileResponse:
    """Return the file as a download; checked again, because what lies on a disk can change."""
    file = getattr(record, field)
    if not file or not file.storage.exists(file.name):
        raise Http404
    try:
        check = FileCheck()
        check(file)
        check.content(file)
    except ValidationError as error:
        raise Http404 from error
    emit(
        Event(
            f"{record._meta.label_lower}.download", request.user, record, region_path_of(record), after={"field": field}
        )
    )
    ending = file.name.rsplit(".", 1)[-1]
    response = FileResponse(file.open("rb"), as_attachment=True, filename=f"{record}.{ending}")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
