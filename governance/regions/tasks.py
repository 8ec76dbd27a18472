"""Jobs of this app."""

from __future__ import annotations

from datetime import date
from typing import Any

from governance.kit.jobs import Progress, job
from governance.regions import uploads
from governance.regions.divisions import import_divisions


@job("regions.import_divisions")
def import_uploaded(progress: Progress, *, by: Any, file: str, on: str | None, complete: bool) -> dict[str, Any]:
    """Import an uploaded division file inside the scope of who uploaded it; refused rows become a file to mend."""
    refused = uploads.path_of(uploads.refused_name(file))
    report = import_divisions(
        uploads.path_of(file),
        by=by,
        on=date.fromisoformat(on) if on else None,
        complete=complete,
        progress=progress,
        refused_to=refused,
        scope=by.scope_for("regions.import_region"),
    )
    return report.as_dict() | ({"file": uploads.refused_name(file)} if refused.exists() else {})
