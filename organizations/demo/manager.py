"""The post of somebody who speaks for one organisation: she has her account before there are organisations."""

from __future__ import annotations

from datetime import date

from governance.accounts.models import Post, User
from governance.kit.demo import Progress
from organizations.models import OrganizationStatus

ROLE = "organization_manager"


def load_manager(progress: Progress) -> None:
    """Let whoever has the account speak for the oldest registered organisation at her place."""
    for user in User.objects.filter(posts=None, username=USERNAME).select_related("region"):
        registered = OrganizationStatus.objects.filter(
            status="registered",
            until=None,
            region__path__startswith=user.region.path,
            organization__community_based=True,
        ).select_related("organization")
        oldest = registered.order_by("since", "pk").first()
        if oldest is not None:
            unit = {"unit": str(oldest.organization_id), "unit_name": oldest.organization.name}
            Post.objects.create(user=user, role=ROLE, region=user.region, since=date(2024, 1, 1), **unit)
    progress("机构负责人", 1, 1)


USERNAME = "jigou"
