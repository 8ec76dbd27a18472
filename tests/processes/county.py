"""A county of 120 communities and a policy that counts its estates, for a portal that runs (`manage.py shell`)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from governance.regions.models import Estate, RegisterCoverage
from tests.factories.places import make_region
from tests.policies.made import make_clause, make_indicator, make_policy

TOWNSHIPS, COMMUNITIES = 4, 30  # enough to be cut into chunks


def fill() -> None:
    """Make everything in one transaction, as a load would."""
    with transaction.atomic():
        province = make_region("430000000000", "湖南省", partial=True)
        prefecture = make_region("430200000000", "株洲市", province, partial=True)
        county = make_region("430211000000", "天元区", prefecture)
        homes = []
        for town in range(1, TOWNSHIPS + 1):
            street = make_region(f"430211{town:03d}000", f"第{town}街道", county)
            homes += [
                make_region(f"430211{town:03d}{number:03d}", f"第{town}街道第{number}社区", street)
                for number in range(1, COMMUNITIES + 1)
            ]
        RegisterCoverage.objects.create(region=county, register="estates", since=date(2021, 1, 1))
        Estate.objects.bulk_create(Estate(community=home, name="一期", since=date(2020, 1, 1)) for home in homes)
        clause = make_clause(make_policy(county, "estates"))
        make_indicator(clause, numerator="stock(estates.all)", denominator="units(community)", kind="average_per_unit")
