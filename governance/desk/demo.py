"""Demonstration data of this app: the jobs that load, one after the other, what is not needed for the first page."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import get_user_model
from django.utils.translation import gettext as _

from governance.desk.models import Job
from governance.kit import demo, jobs
from governance.regions.models import Region

NAME = "desk.load_demo"


def start_next() -> None:
    """Start the job of the first part that is missing, unless one is under way.

    A job that failed is started anew at the next start of the portal; without the accounts of the demonstration there is
    nobody to start one, for then the data are not of it.
    """
    if not Job.objects.filter(name=NAME, status__in=(Job.Status.PENDING, Job.Status.RUNNING)).exists():
        _start(demo.missing_parts())


@jobs.job(NAME)
def load_demo(progress: jobs.Progress, *, by: Any, part: str) -> dict[str, Any]:
    """Load a part of the demonstration data, and let the next one follow."""
    demo.load_part(part, progress)
    _start([missing for missing in demo.missing_parts() if missing != part])
    return {}


def _start(parts: list[str]) -> None:
    """Start the first of these parts, each called by the code of its place, in the name of an administrator there."""
    known = [account.username for account in demo.accounts()]
    for part in parts:
        place = Region.objects.filter(code=part).first()
        by = get_user_model().objects.filter(region=place, username__in=known).order_by("pk").first()
        if place is not None and by is not None:
            jobs.start(NAME, title=_("载入演示数据：%(place)s") % {"place": place}, by=by, region=place, part=part)
            return


demo.register_starter(start_next)
