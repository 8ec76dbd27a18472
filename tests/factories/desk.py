"""Jobs and imports."""

from __future__ import annotations

from governance.desk.models import AcceptedFinding, ExportRequest, ImportBatch, Job
from governance.regions.models import Region
from tests.factories.making import number
from tests.factories.users import make_user


def _job(region: Region, name: str) -> Job:
    return Job.objects.create(
        name="regions.import_divisions", title=name, by=make_user(f"j{next(number)}", region, name=name), region=region
    )


def _batch(region: Region, name: str) -> ImportBatch:
    user = make_user(f"i{next(number)}", region, name=name)
    return ImportBatch.objects.create(
        listing="regions.facility", noun="设施", name=name, sha256="0" * 64, by=user, region=region
    )


def _export(region: Region, name: str) -> ExportRequest:
    user = make_user(f"e{next(number)}", region, name=name)
    return ExportRequest.objects.create(
        listing="people.person", noun=name[:80], purpose="service", note="入户走访", by=user, region=region, expected=1
    )


def _accepted(region: Region, name: str) -> AcceptedFinding:
    user = make_user(f"a{next(number)}", region, name=name)
    return AcceptedFinding.objects.create(
        check_name="regions.facility.no_area", key=next(number), region=region, reason=name[:200], by=user
    )


MAKERS = {AcceptedFinding: _accepted, ExportRequest: _export, ImportBatch: _batch, Job: _job}
