"""What the records of this app need more than their fields say."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from governance.accounts.models import User
from governance.privacy.models import Consent, DataSubjectRequest, PrivacyNotice, RetentionItem, RetentionRun
from governance.regions.models import Region
from tests.factories.making import number
from tests.factories.users import make_user


def make_run(region: Region, name: str, **fields: Any) -> RetentionRun:
    """Announce a run; the one that was open at the place is over."""
    open_runs = RetentionRun.objects.filter(region=region, state="announced")
    open_runs.update(state="done", finished_at=timezone.now())
    return RetentionRun.objects.create(region=region, **{"due_on": date(2024, 3, 8), **fields})


def make_notice(region: Region, by: Any, **fields: Any) -> PrivacyNotice:
    """Publish a version."""
    given = {"version": f"v{next(number)}", "title": "个人信息处理告知", "changes": "首次发布", "text": "目的和方式。"}
    given |= {"state": "standing", "published_at": timezone.now(), "published_by": by}
    return PrivacyNotice.objects.create(region=region, **given | fields)


MAKERS = {RetentionRun: make_run}


def _scan() -> ContentFile[bytes]:
    return ContentFile(b"%PDF-1.4 made", name="made.pdf")


def _of_a_guardian(region: Region, name: str) -> dict[str, Any]:
    by = User.objects.order_by("pk").first() or make_user(f"publisher{next(number)}", region)
    notice = make_notice(region, by, title=name[:120])
    guardian = {"how": "guardian", "guardian_name": "监护人", "guardian_relation": "parent"}
    # a consent never changes, not even by a file that is added to it
    return {"basis": "consent", "duty": name[:200], "notice": notice, "file": _scan()} | guardian


def _run_at(region: Region) -> RetentionRun:
    found = RetentionRun.objects.filter(region=region, state="announced").first()
    return found if found is not None else make_run(region, "")


VALUES = {
    PrivacyNotice: lambda region, name: {"version": f"v{next(number)}"},
    Consent: _of_a_guardian,
    DataSubjectRequest: lambda region, name: {"kind": "see", "applicant": name},
    RetentionItem: lambda region, name: {"kind": "people.person", "record": next(number), "run": _run_at(region)},
}
# a guardian's name is sensitive, which the API does not take
_WITHOUT = {"how": "in_person", "guardian_relation": None}
PAYLOADS = {Consent: lambda record, surface: _WITHOUT if surface == "api" else {}}
