"""Jobs."""

from __future__ import annotations

from governance.desk.models import Job
from governance.regions.models import Region
from tests.factories.making import number
from tests.factories.users import make_user


def _job(region: Region, name: str) -> Job:
    return Job.objects.create(
        name="regions.import_divisions", title=name, by=make_user(f"j{next(number)}", region, name=name), region=region
    )


MAKERS = {Job: _job}
