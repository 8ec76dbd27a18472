"""Steps that touch all that an organisation is: another status, another place.

Each locks the organisation first, so that of two at once the later one sees what the earlier one has written.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from governance.kit import records
from governance.kit.errors import DomainError
from governance.kit.refusals import missing_for
from governance.kit.scoping import may
from governance.kit.wording import listed
from governance.regions.models import Region
from organizations.actions.register import SPANS, change_organization
from organizations.models import (
    Organization,
    OrganizationEnding,
    OrganizationParty,
    OrganizationSpan,
    OrganizationStatus,
)


@transaction.atomic
def enter_status(
    organization: Organization,
    *,
    by: Any,
    status: str,
    on: date,
    document_no: str = "",
    uscc: str | None = None,
    uscc_proof: str = "",
    seen: datetime | None = None,
) -> Organization:
    """Give an organisation another status from a day on: the one before ends that day. A code comes along with it."""
    organization = locked(organization)
    require_living(organization)
    if uscc and uscc != organization.uscc:
        organization = change_organization(organization, by=by, seen=seen, uscc=uscc, uscc_proof=uscc_proof)
    rows = OrganizationStatus.objects.filter(organization=organization, until__isnull=True)
    now = rows.select_related("organization", "region").first()
    if now is not None and now.status == status:
        reason = _("该组织从 %(since)s 起已是“%(status)s”。")
        said = {"since": now.since, "status": now.get_status_display()}
        raise DomainError(reason % said, field="status", code="same_status")
    if now is not None and now.since >= on:
        reason = _("“%(status)s”从 %(since)s 才开始，请填更晚的日期。")
        said = {"since": now.since, "status": now.get_status_display()}
        raise DomainError(reason % said, field="on", code="begins_later")
    if now is not None:
        records.change(now, by=by, until=on)
    records.add(OrganizationStatus(organization=organization, status=status, document_no=document_no, since=on), by=by)
    return organization


@transaction.atomic
def relocate(
    organization: Organization, *, by: Any, region: Region, on: date, seen: datetime | None = None
) -> Organization:
    """Move an organisation on a day: its facts end at the old place and go on at the new one, the past does not move."""
    organization = locked(organization)
    require_living(organization)
    if region == organization.region:
        raise DomainError(_("该组织就在这个地区。"), field="region", code="same_region")
    moved = copy(organization)
    moved.region = region
    if not may(by, "change", organization) or not may(by, "change", moved):
        at = organization if not may(by, "change", organization) else moved
        raise missing_for(by, "change", at, first=_("您的岗位不能在这个地区办理这件事。"))
    spans = list(lasting(organization, on))
    require_own(spans, by)
    following: list[OrganizationSpan] = []
    for span in spans:
        if span.since >= on:
            records.change(span, by=by, region=region)
        elif span.region != region:
            following.append(_ended(span, by=by, on=on))
    organization = records.change(organization, by=by, seen=seen, region=region)
    for span in following:
        span.organization, span.region, span.since = organization, region, on
        records.add(span, by=by)
    return organization


def hindrances(organization: Organization, by: Any) -> str:
    """Return why `by` cannot move or dissolve an organisation today, or nothing: facts that others rule on are open."""
    open_ = [
        span
        for model in SPANS
        for span in model._default_manager.filter(organization=organization, until__isnull=True).select_related(
            "organization", "region"
        )
    ]
    return _others(open_, by)


def _others(spans: list[OrganizationSpan], by: Any) -> str:
    """Return which of the facts `by` may not end, in words: a charity is recognised by civil affairs, not by a street."""
    theirs = [span for span in spans if not may(by, "change", span)]
    if not theirs:
        return ""
    named = listed(
        _("%(what)s（%(since)s 起）") % {"what": span._meta.verbose_name, "since": span.since} for span in theirs
    )
    reason = _("%(named)s还在用，不归您的岗位办理：请民政局先登记它的终止日期，或者由民政局来办理。")
    return reason % {"named": named}


def require_own(spans: list[OrganizationSpan], by: Any) -> None:
    """Refuse where facts are open that `by` may not end."""
    reason = _others(spans, by)
    if reason:
        raise DomainError(reason, code="ruled_by_others")


def _ended(span: OrganizationSpan, *, by: Any, on: date) -> OrganizationSpan:
    """End a fact on a day; return what goes on elsewhere, without its place and its first day."""
    kept = ("id", "changed_at", "region", "since", "organization")
    values = {field.name: getattr(span, field.name) for field in span._meta.fields if field.name not in kept}
    ended: dict[str, Any] = {"until": on}
    if isinstance(span, OrganizationParty) and span.established_on is not None and span.established_on >= on:
        ended["established_on"] = None  # it was founded at the new place
    records.change(span, by=by, **ended)
    return type(span)(**values)


def locked(organization: Organization) -> Organization:
    """Return the organisation as it is stored, locked until the end of the transaction."""
    rows = Organization.objects.select_for_update(of=("self",), no_key=True).select_related("region")
    stored: Organization | None = rows.filter(pk=organization.pk).first()
    if stored is None:
        raise DomainError(_("这条记录刚被别人删除了。"), code="gone")
    return stored


def lasting(organization: Organization, on: date) -> Iterator[OrganizationSpan]:
    """Yield the facts that hold on a day or later."""
    for model in SPANS:
        rows = model._default_manager.filter(Q(until__isnull=True) | Q(until__gt=on), organization=organization)
        yield from rows.select_related("organization", "region").order_by("since")


def require_living(organization: Organization) -> None:
    """Refuse what can only be done to an organisation that has not ended."""
    ending = OrganizationEnding.objects.filter(organization=organization).first()
    if ending is not None:
        reason = _("该组织已于 %(on)s %(way)s；如果办错了，请先“恢复”。")
        raise DomainError(reason % {"on": ending.on, "way": ending.get_way_display()}, code="has_ended")
